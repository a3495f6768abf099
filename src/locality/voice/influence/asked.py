"""Who asked for this pound: the way back from money to priorities, themes and views, exact to the penny."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction

from locality.foundations import ResultRefused
from locality.voice.exact_shares import asked_and_not, pence_by_share
from locality.voice.influence.faults import say_ref
from locality.voice.influence.graph import Influence
from locality.voice.influence.things import Ref, Thing


@dataclass(frozen=True)
class AskedShare:
    """What one thing has asked for, of a sum: an exact fraction of it, and the same in pence."""

    thing: Thing
    share: Fraction
    pence: int


@dataclass(frozen=True)
class AskedLevel:
    """Who asked, seen at one kind of thing.

    Args:
        kind: "line", "priority", "theme" or "view".
        shares: Each thing of that kind with its part, the largest first.
        nobody_pence: The pence for which no thing of that kind stands.
        nobody_share: The same as an exact fraction.
    """

    kind: str
    shares: tuple[AskedShare, ...]
    nobody_pence: int
    nobody_share: Fraction


@dataclass(frozen=True)
class Asked:
    """Who asked for a sum.

    Args:
        thing: The pounds or the plan line.
        pence: How much it is.
        levels: One for each kind that comes before it, the nearest first. At each, the parts and what nobody asked
            for add up to `pence`, to the penny.
    """

    thing: Thing
    pence: int
    levels: tuple[AskedLevel, ...]

    def level(self, kind: str) -> AskedLevel:
        """Give what is seen at one kind of thing."""
        return next(one for one in self.levels if one.kind == kind)


def who_asked(influence: Influence, ref: Ref) -> Asked:
    """Follow a sum of money back to those who asked for it.

    A link that claims a share passes that part of the sum back to its start; links that claim nothing of their own
    share equally what is left. What no link claims nobody asked for.

    Args:
        influence: From `join_influence`.
        ref: Pounds or a plan line.

    Returns:
        Shares by plan line, priority, theme and view, each level adding up to the sum. Where things of one kind are
        part of each other, the one nearest to the money stands for them.

    Raises:
        ResultRefused: There is no such thing, or it has no amount.
    """
    thing = influence.things.get(ref)
    if thing is None or thing.pence is None:
        why = "is not known" if thing is None else "has no amount"
        raise ResultRefused(f"The {say_ref(ref)} {why}.", "Ask for money or for a plan line with an amount.")
    arrived = _passed_back(influence, ref)
    levels = [_level(influence, kind, arrived.get(kind, {}), thing.pence) for kind in influence.pairs.before(ref.kind)]
    return Asked(thing, thing.pence, tuple(levels))


def _passed_back(influence: Influence, ref: Ref) -> dict[str, dict[Ref, Fraction]]:
    """Give for each kind the parts that arrive at its things from another kind, so that none is counted twice."""
    waiting: dict[Ref, Fraction] = {ref: Fraction(1)}
    arrived: dict[str, dict[Ref, Fraction]] = defaultdict(lambda: defaultdict(Fraction))
    for at in reversed(_behind(influence, ref)):
        part = waiting.pop(at, None)
        if not part:
            continue
        for link, share in influence.shares_into(at):
            if share:
                waiting[link.start] = waiting.get(link.start, Fraction(0)) + part * share
                if link.start.kind != at.kind:
                    arrived[link.start.kind][link.start] += part * share
    return arrived


def _behind(influence: Influence, ref: Ref) -> list[Ref]:
    """Give a thing and all that led to it, each after all that led to it."""
    found = {ref}
    waiting = [ref]
    while waiting:
        for link in influence.before.get(waiting.pop(), ()):
            if link.start not in found:
                found.add(link.start)
                waiting.append(link.start)
    return [each for each in influence.order if each in found]


def _level(influence: Influence, kind: str, parts: dict[Ref, Fraction], pence: int) -> AskedLevel:
    asked = sum(parts.values(), Fraction(0))
    asked_pence, nobody = asked_and_not(pence, asked)
    ordered = sorted(parts.items(), key=lambda each: (-each[1], each[0]))
    amounts = pence_by_share(asked_pence, [part / asked for _, part in ordered]) if ordered else ()
    shares = tuple(
        AskedShare(influence.things[ref], part, amount) for (ref, part), amount in zip(ordered, amounts, strict=True)
    )
    return AskedLevel(kind, shares, nobody, 1 - asked)
