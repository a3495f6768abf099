"""What nobody answered and what nobody asked for; and whether a conversation may close."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from locality.foundations import ResultRefused
from locality.voice.exact_shares import asked_and_not
from locality.voice.influence.graph import Influence
from locality.voice.influence.things import Ref, Thing


@dataclass(frozen=True)
class Unasked:
    """Money of which a part can be followed back to no view: the pounds, and how many pence of them."""

    thing: Thing
    pence: int


@dataclass(frozen=True)
class Orphans:
    """What stands alone, seen from either end.

    Args:
        views: Views that wait for an answer.
        themes: Themes that led to nothing and have no answer.
        pounds: Money that can be followed back to no view, in part or as a whole, most first.
        unasked_pence: Their sum.
        pounds_pence: All the money that was looked at.
    """

    views: tuple[Thing, ...]
    themes: tuple[Thing, ...]
    pounds: tuple[Unasked, ...]
    unasked_pence: int
    pounds_pence: int


@dataclass(frozen=True)
class Closing:
    """Whether a conversation may close.

    Args:
        may_close: Whether every view of it that waits for an answer has one.
        unanswered: Those that have none.
        words: The same in a sentence.
    """

    may_close: bool
    unanswered: tuple[Thing, ...]
    words: str


def find_orphans(influence: Influence) -> Orphans:
    """Find views without an answer, themes that led nowhere, and pounds that nobody asked for.

    Args:
        influence: From `join_influence`.

    Returns:
        All three; for each sum of money the pence are those that `who_asked` gives to nobody at the views.
    """
    answered = _answered(influence)
    traced = _traced_to_views(influence)
    money = [one for one in influence.of_kind("pounds") if one.pence]
    unasked = [Unasked(one, asked_and_not(one.pence or 0, traced[one.ref])[1]) for one in money]
    return Orphans(
        views=tuple(one for one in influence.of_kind("view") if one.needs_answer and one.ref not in answered),
        themes=tuple(
            one for one in influence.of_kind("theme") if one.ref not in answered and not influence.links_from(one.ref)
        ),
        pounds=tuple(sorted((one for one in unasked if one.pence), key=lambda one: (-one.pence, one.thing.ref))),
        unasked_pence=sum(one.pence for one in unasked),
        pounds_pence=sum(one.pence or 0 for one in money),
    )


def check_closing(influence: Influence, views: Iterable[str]) -> Closing:
    """Say whether a conversation may close: never while a view of it waits for an answer.

    Args:
        influence: From `join_influence`.
        views: Ids of the conversation's views.

    Returns:
        Whether it may, and the views that wait. An answer to a theme answers every view in it.

    Raises:
        ResultRefused: A view is not among the things.
    """
    answered = _answered(influence)
    refs = [Ref("view", view) for view in views]
    if strange := [ref.id for ref in refs if ref not in influence.things]:
        raise ResultRefused(f"There is no view {strange[0]}.", "Hand in every view of the conversation as a thing.")
    own = [influence.things[ref] for ref in refs]
    waiting = tuple(one for one in own if one.needs_answer and one.ref not in answered)
    if waiting:
        left = f"{len(waiting):,} of {len(own):,} views wait" if len(waiting) > 1 else f"1 of {len(own):,} views waits"
        return Closing(False, waiting, f"{left} for an answer. Answer them, or a theme that they are in.")
    return Closing(True, (), f"Every view has its answer: {len(own):,} of {len(own):,}.")


def _answered(influence: Influence) -> set[Ref]:
    """Find the views and themes that have an answer, their own or that of a theme which they are part of."""
    answered = set(influence.answers)
    for ref in reversed(influence.order):
        if ref.kind in ("view", "theme") and any(
            link.end.kind == "theme" and link.end in answered for link in influence.links_from(ref)
        ):
            answered.add(ref)
    return answered


def _traced_to_views(influence: Influence) -> dict[Ref, Fraction]:
    """Give the part of every thing that can be followed back to views."""
    traced: dict[Ref, Fraction] = {}
    for ref in influence.order:
        if ref.kind == "view":
            traced[ref] = Fraction(1)
        else:
            into = influence.shares_into(ref)
            traced[ref] = sum((share * traced[link.start] for link, share in into), Fraction(0))
    return traced
