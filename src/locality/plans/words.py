"""The four words of the guidance (9.1) - fair, accountable, practical, proportionate - as measured facts.

Nothing here judges: each word gets the few figures by which people can judge for themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from locality.foundations import FinancialYear, say_pounds
from locality.plans.content import LocalityPlan
from locality.plans.totals import spending_of

WORDS = {
    "fair": "Does money come nearer to need?",
    "accountable": "Can one see who decided what, and who agreed?",
    "practical": "Can it be done, by somebody, with this money?",
    "proportionate": "Is the effort in proportion to the money?",
}
"""The four words and the question behind each."""

_MILLION_PENCE = 100_000_000


@dataclass(frozen=True)
class Effort:
    """What planning took; None: nobody holds it.

    Args:
        meetings: Meetings of the groups in the year.
        pages: Pages of the published plans.
        objections_answered: Objections that have a written answer.
    """

    meetings: int | None = None
    pages: int | None = None
    objections_answered: int | None = None


@dataclass(frozen=True)
class MeasuredFact:
    """One figure in a sentence; `recorded` is False where nobody holds what it needs."""

    id: str
    says: str
    figures: Mapping[str, Any] = field(default_factory=dict)
    recorded: bool = True


@dataclass(frozen=True)
class WordReport:
    """One of the four words, its question, and the facts about it."""

    word: str
    question: str
    facts: tuple[MeasuredFact, ...]


def four_words(
    plans: Sequence[LocalityPlan], facts: Mapping[str, Any] | None = None, *, effort: Effort | None = None
) -> tuple[WordReport, ...]:
    """Report on the four words for one locality's plan, or for all plans of a partnership.

    Args:
        plans: The plans, of one year.
        facts: Facts of the strategic plan; None: it is not drafted, and what rests on it is not recorded.
        effort: What planning took.

    Returns:
        The four words in their order; every figure that nobody holds says so, and is never nought instead.

    Source:
        HSCI 9.1.
    """
    effort = effort or Effort()
    found = {
        "fair": _fair(plans, facts),
        "accountable": _accountable(plans, effort),
        "practical": _practical(plans),
        "proportionate": _proportionate(plans, effort),
    }
    return tuple(WordReport(word, WORDS[word], tuple(each)) for word, each in found.items())


def _not_recorded(name: str, what: str) -> MeasuredFact:
    return MeasuredFact(name, f"Not recorded here: {what}.", {}, recorded=False)


def _of(part: int, whole: int, what: str) -> str:
    return f"{part:,} of {whole:,} {what}"


def _fair(plans: Sequence[LocalityPlan], facts: Mapping[str, Any] | None) -> Iterable[MeasuredFact]:
    here = {plan.locality.code for plan in plans}
    rows = [row for row in (facts or {}).get("distance", {}).get("localities", []) if row["locality"] in here]
    if not rows:
        return [_not_recorded("distance", "fair shares before and after the plan")]
    told = [_distance_of(row) for row in rows]
    if len(rows) > 1:
        nearer = sum(row["moves"] in ("narrows", "comes within its interval", "within its interval") for row in rows)
        said = f"{_of(nearer, len(rows), 'localities')} come nearer to their fair share or are within its interval."
        told.append(MeasuredFact("nearer", said, {"nearer": nearer, "localities": len(rows)}))
    return told


def _distance_of(row: Mapping[str, Any]) -> MeasuredFact:
    before, after = _side(row["before_pence"], row["before_ratio"]), _side(row["after_pence"], row["after_ratio"])
    said = f"{row['locality_name']}: {before} before the plan, {after} after it ({row['moves']})."
    keys = ("locality", "before_pence", "before_ratio", "after_pence", "after_ratio", "moves")
    return MeasuredFact("distance", said, {key: row[key] for key in keys})


def _side(pence: int, ratio: float | None) -> str:
    if not pence:
        return "at its fair share"
    part = f" ({abs(ratio):.1%})" if ratio is not None else ""
    return f"{say_pounds(abs(pence), whole=True)}{part} {'over' if pence > 0 else 'under'} its fair share"


def _accountable(plans: Sequence[LocalityPlan], effort: Effort) -> Iterable[MeasuredFact]:
    money = [(one.pence, plan.budget is not None) for plan in plans for one in spending_of(plan) if one.pence]
    decided = sum(known for _, known in money)
    pence = sum(amount for amount, known in money if known)
    yield MeasuredFact(
        "decided",
        f"{_of(decided, len(money), 'lines')}, {say_pounds(pence, whole=True)}, rest on a decision that is named.",
        {"lines": len(money), "decided": decided, "pence": pence},
    )
    agreed = [plan.agreement for plan in plans if plan.agreement]
    by_name = sum(bool(one.stances) and all(stance.name.strip() for stance in one.stances) for one in agreed)
    said = f"{_of(by_name, len(plans), 'plans')} are agreed by people who are named."
    yield MeasuredFact("agreed_by_name", said, {"plans": len(plans), "agreed_by_name": by_name})
    objections = sum(stance.stance == "object" for one in agreed for stance in one.stances)
    if not objections:
        yield MeasuredFact("objections", "Nobody objected.", {"objections": 0, "answered": 0})
    elif effort.objections_answered is None:
        yield _not_recorded("objections", f"answers to the objections, of which there are {objections}")
    else:
        figures = {"objections": objections, "answered": effort.objections_answered}
        said = f"{_of(effort.objections_answered, objections, 'objections')} are answered."
        yield MeasuredFact("objections", said, figures)


def _practical(plans: Sequence[LocalityPlan]) -> Iterable[MeasuredFact]:
    actions = [one for plan in plans for one in plan.actions]
    ready = sum(bool(one.who.strip() and one.by.strip()) for one in actions)
    said = f"{_of(ready, len(actions), 'actions')} say who does it and by when."
    yield MeasuredFact("actions", said, {"actions": len(actions), "with_who_and_when": ready})
    moves = [(plan, move) for plan in plans for move in plan.moves]
    funded = sum(_lands(plan, move.to_service, move.source) >= move.pence for plan, move in moves)
    said = f"{_of(funded, len(moves), 'moves of money')} are in the lines of the service that receives them."
    yield MeasuredFact("moves", said, {"moves": len(moves), "funded": funded})
    yield _ending(plans)


def _lands(plan: LocalityPlan, service: str, source: str) -> int:
    return sum(one.pence for one in spending_of(plan) if (one.service, one.source) == (service, source))


def _ending(plans: Sequence[LocalityPlan]) -> MeasuredFact:
    """Money of sources that end within the year of the plan: what it pays for has nothing to follow."""
    pence = 0
    names: dict[str, None] = {}
    for plan in plans:
        last = str(FinancialYear.parse(plan.year).end)
        ending = {one.source: one.name for one in plan.sources if one.ends and one.ends <= last}
        spent = [one for one in spending_of(plan) if one.source in ending and one.pence]
        pence += sum(one.pence for one in spent)
        names |= dict.fromkeys(ending[one.source] for one in spent)
    said = f"{say_pounds(pence, whole=True)} come from sources that end within the year"
    return MeasuredFact(
        "ending", f"{said}: {', '.join(names)}." if names else f"{said}.", {"pence": pence, "sources": list(names)}
    )


def _proportionate(plans: Sequence[LocalityPlan], effort: Effort) -> Iterable[MeasuredFact]:
    spending = [one for plan in plans for one in spending_of(plan) if one.pence]
    pence = sum(one.pence for one in spending)
    counts = {
        "meetings": effort.meetings,
        "pages": effort.pages,
        "words": sum(map(_words_of, plans)),
        "lines": len(spending),
    }
    for name, number in counts.items():
        if number is None:
            yield _not_recorded(name, f"the number of {name}")
        else:
            each = number * _MILLION_PENCE / pence if pence else None
            rate = f", {each:,.1f} for each £ million" if each is not None else ""
            yield MeasuredFact(name, f"{number:,} {name}{rate}.", {name: number, "per_million_pounds": each})


def _words_of(plan: LocalityPlan) -> int:
    texts = [plan.summary, *(text for _, text in plan.notes)]
    texts += [text for one in plan.priorities for text in (one.title, one.why)]
    texts += [one.what for one in plan.actions] + [one.why for one in plan.moves]
    return sum(len(text.split()) for text in texts)
