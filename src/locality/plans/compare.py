"""What differs between two plans, in words and pounds: two versions of one year, or the plans of two years.

What is the same in both is left out. Nothing that differs is: the property tests hold that plans without a difference
are equal in everything that people write.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from locality.foundations import say_pounds
from locality.plans.content import JointLine, LocalityPlan, Move, PlannedAction, Priority
from locality.plans.moves import say_move
from locality.plans.totals import total_plan

Topic = Literal["summary", "budget", "line", "joint", "move", "priority", "action", "note"]
How = Literal["new", "gone", "up", "down", "reworded", "changed"]


@dataclass(frozen=True)
class PlanChange:
    """One difference between two plans.

    Args:
        topic: What it is about.
        how: What became of it; a priority that is "up" stands nearer to the first.
        path: The path of its field or item, like "line/home-care/core" or "priority/P1"; the same as in `fields_of`.
        service: Code of the service; empty: none, or a whole heading.
        more_pence: By how many pence the later plan has more; 0 where it is not about money.
        before: What the earlier plan said; empty: nothing.
        after: What the later plan says; empty: nothing.
        words: The difference in a sentence.
    """

    topic: Topic
    how: How
    path: str
    service: str
    more_pence: int
    before: str
    after: str
    words: str


@dataclass(frozen=True)
class PlanComparison:
    """What differs between two plans.

    Args:
        title: Which two plans they are.
        before_pence: What the earlier one plans in all, joint shares included.
        after_pence: What the later one plans.
        more_pence: By how much the later one plans more; own lines and joint shares in `changes` add up to it.
        changes: The differences, in the order summary, budget, lines, joint lines, moves, priorities, actions, notes.
        words: The comparison of totals in a sentence.
    """

    title: str
    before_pence: int
    after_pence: int
    more_pence: int
    changes: tuple[PlanChange, ...]
    words: str

    def about(self, topic: Topic) -> tuple[PlanChange, ...]:
        """Give the differences of one topic."""
        return tuple(one for one in self.changes if one.topic == topic)


def compare_plans(before: LocalityPlan, after: LocalityPlan) -> PlanComparison:
    """Compare two plans of one locality.

    Args:
        before: The earlier version, or the earlier year's plan.
        after: The later one.

    Returns:
        Every difference in what people write and in the money, in words and pounds.
    """
    was, now = total_plan(before).grand.planned_pence, total_plan(after).grand.planned_pence
    both = _Both(before, after)
    changes = (
        *both.summary(),
        *both.budget(),
        *both.lines(),
        *both.joint(),
        *both.moves(),
        *both.priorities(),
        *both.actions(),
        *both.notes(),
    )
    words = f"{say_pounds(now)} is planned; before it was {say_pounds(was)}{_say_more(now - was)}."
    return PlanComparison(both.title(), was, now, now - was, changes, words)


Item = TypeVar("Item")


def _say_more(pence: int) -> str:
    if not pence:
        return ", the same"
    return f", {say_pounds(abs(pence))} {'more' if pence > 0 else 'less'}"


def _pairs(was: Mapping[str, Item], now: Mapping[str, Item]) -> Iterator[tuple[str, Item | None, Item | None]]:
    """Give what differs by key, in the order of the later plan, with what is gone at the end."""
    for key in dict.fromkeys([*now, *was]):
        if was.get(key) != now.get(key):
            yield key, was.get(key), now.get(key)


def _became(was: object, now: object) -> How:
    return "new" if was is None else "gone" if now is None else "changed"


class _Both:
    """Two plans side by side, and the names of what they speak of."""

    def __init__(self, before: LocalityPlan, after: LocalityPlan):
        self.before, self.after = before, after
        self.services = {one.service: one.name for plan in (before, after) for one in plan.services}
        self.sources = {one.source: one.name for plan in (before, after) for one in plan.sources}

    def title(self) -> str:
        before, after = self.before, self.after
        if before.year == after.year:
            return f"{after.locality.name}, {after.year}: version {before.version} and version {after.version}"
        return f"{after.locality.name}: {before.year} and {after.year}"

    def service(self, code: str) -> str:
        return self.services.get(code, code)

    def summary(self) -> Iterator[PlanChange]:
        was, now = self.before.summary, self.after.summary
        if was != now:
            yield PlanChange("summary", "reworded", "summary", "", 0, was, now, "The summary has been reworded.")

    def budget(self) -> Iterator[PlanChange]:
        for heading, was, now in _pairs(_budget(self.before), _budget(self.after)):
            name = f"The budget of {heading}"
            yield self._money(("budget", f"budget/{heading}", ""), name, was, now)

    def lines(self) -> Iterator[PlanChange]:
        for path, was, now in _pairs(_lines(self.before), _lines(self.after)):
            _, service, source = path.split("/", 2)
            name = f"{self.service(service)}, {self.sources.get(source, source)}"
            yield self._money(("line", path, service), name, was, now)

    def _money(self, about: tuple[Topic, str, str], name: str, was: int | None, now: int | None) -> PlanChange:
        more = (now or 0) - (was or 0)
        how = _became(was, now) if was is None or now is None else "up" if more > 0 else "down"
        before, after = ("" if each is None else say_pounds(each) for each in (was, now))
        said = {"new": f"new, {after}", "gone": f"no longer there; it was {before}"}
        words = f"{name}: {said.get(how, f'{after}, before {before}{_say_more(more)}')}."
        return PlanChange(about[0], how, about[1], about[2], more, before, after, words)

    def joint(self) -> Iterator[PlanChange]:
        was_all, now_all = ({one.id: one for one in plan.joint} for plan in (self.before, self.after))
        for id_, was, now in _pairs(was_all, now_all):
            line = now or was
            assert line is not None
            old, new = _own_share(was, self.before.locality.code), _own_share(now, self.after.locality.code)
            how = _became(was, now)
            before, after = self._say_joint(was, old), self._say_joint(now, new)
            said = {"new": f"new, {after}", "gone": f"no longer there; it was {before}"}
            words = f"Joint line on {self.service(line.service)}: {said.get(how, f'{after}; before {before}')}."
            yield PlanChange("joint", how, f"joint/{id_}", line.service, new - old, before, after, words)

    def _say_joint(self, line: JointLine | None, own: int) -> str:
        if line is None:
            return ""
        agreed = sum(bool(share.agreed_on) for share in line.shares)
        source = self.sources.get(line.source, line.source)
        return (
            f"{say_pounds(line.total_pence)} of {source}, of which {say_pounds(own)} is this locality's share, "
            f"agreed by {agreed} of {len(line.shares)}"
        )

    def moves(self) -> Iterator[PlanChange]:
        was_all, now_all = ({one.id: one for one in plan.moves} for plan in (self.before, self.after))
        for id_, was, now in _pairs(was_all, now_all):
            before, after = self._say_move(was, self.before), self._say_move(now, self.after)
            words = {"new": f"New move: {after}", "gone": f"No longer moved: {before}"}
            said = words.get(how := _became(was, now), f"Changed move: {after} Before: {before}")
            service = (now or was).from_service  # type: ignore[union-attr]
            yield PlanChange("move", how, f"move/{id_}", service, 0, before, after, said)

    @staticmethod
    def _say_move(move: Move | None, plan: LocalityPlan) -> str:
        return say_move(move, plan) if move else ""

    def priorities(self) -> Iterator[PlanChange]:
        was_all, now_all = ({one.id: one for one in plan.priorities} for plan in (self.before, self.after))
        for id_, was, now in _pairs(was_all, now_all):
            path = f"priority/{id_}"
            if was and now:
                yield from self._priority_changes(path, was, now)
            elif now:
                said = f"New priority, rank {now.rank}: {now.title}."
                yield PlanChange("priority", "new", path, now.service, 0, "", now.title, said)
            elif was:
                said = f"Dropped priority, it had rank {was.rank}: {was.title}."
                yield PlanChange("priority", "gone", path, was.service, 0, was.title, "", said)

    def _priority_changes(self, path: str, was: Priority, now: Priority) -> Iterator[PlanChange]:
        if was.rank != now.rank:
            how: How = "up" if now.rank < was.rank else "down"
            said = f"{now.title}: rank {now.rank}, before {was.rank}."
            yield PlanChange("priority", how, f"{path}/rank", now.service, 0, str(was.rank), str(now.rank), said)
        for part, name in _PRIORITY_PARTS.items():
            old, new = self._say_part(part, was), self._say_part(part, now)
            if getattr(was, part) != getattr(now, part):
                how = "reworded" if part in ("title", "why") else "changed"
                said = f"{now.title}: {name} is now “{new}”, before “{old}”."
                yield PlanChange("priority", how, f"{path}/{part}", now.service, 0, old, new, said)

    def _say_part(self, part: str, priority: Priority) -> str:
        text = str(getattr(priority, part))
        return self.service(text) if part == "service" and text else text

    def actions(self) -> Iterator[PlanChange]:
        was_all, now_all = ({one.id: one for one in plan.actions} for plan in (self.before, self.after))
        for id_, was, now in _pairs(was_all, now_all):
            before, after = self._say_action(was), self._say_action(now)
            words = {"new": f"New action: {after}.", "gone": f"No longer an action: {before}."}
            said = words.get(how := _became(was, now), f"Changed action: {after}. Before: {before}.")
            service = (now or was).service  # type: ignore[union-attr]
            yield PlanChange("action", how, f"action/{id_}", service, 0, before, after, said)

    def _say_action(self, action: PlannedAction | None) -> str:
        if action is None:
            return ""
        said = [f"{self.service(action.service)}: {action.what.rstrip('.')}", action.who]
        return ", ".join([each for each in said if each] + ([f"by {action.by}"] if action.by else []))

    def notes(self) -> Iterator[PlanChange]:
        for service, was, now in _pairs(dict(self.before.notes), dict(self.after.notes)):
            how = _became(was, now)
            words = {"new": "has a note now", "gone": "has no note any more", "changed": "has another note"}
            kind: How = "reworded" if how == "changed" else how
            said = f"{self.service(service)} {words[how]}."
            yield PlanChange("note", kind, f"note/{service}", service, 0, was or "", now or "", said)


_PRIORITY_PARTS = {
    "title": "its title",
    "why": "its reason",
    "direction": "what it asks for",
    "heading": "its heading",
    "service": "its service",
    "raised_by": "who raised it",
}


def _budget(plan: LocalityPlan) -> dict[str, int]:
    found: Counter[str] = Counter()
    for row in plan.budget.headings if plan.budget else ():
        found[row.heading] += row.budget_pence
    return dict(found)


def _lines(plan: LocalityPlan) -> dict[str, int]:
    """Give pence by path; a line of nought is a service that has nothing, and is left out."""
    found: dict[str, Any] = {}
    for line in plan.lines:
        path = f"line/{line.service}/{line.source}"
        found[path] = found.get(path, 0) + line.pence
    return {path: pence for path, pence in found.items() if pence}


def _own_share(line: JointLine | None, locality: str) -> int:
    return sum(share.pence for share in line.shares if share.locality == locality) if line else 0
