"""All that leads to something else, held together: sound, without circles, and ready to be walked both ways."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from locality.foundations import InputRefused
from locality.voice.influence.faults import faults_of_circles, faults_of_links, faults_of_shares, faults_of_things
from locality.voice.influence.things import Answer, Link, Pairs, Ref, Thing


@dataclass(frozen=True)
class Influence:
    """Things, links and answers that were found sound.

    Args:
        things: Every thing by its ref.
        after: The links that start at a thing.
        before: The links that end at a thing.
        answers: The answers to a view or a theme, the oldest first.
        order: Every thing, each after all that led to it.
        pairs: The kinds and their words.
    """

    things: Mapping[Ref, Thing]
    after: Mapping[Ref, Sequence[Link]]
    before: Mapping[Ref, Sequence[Link]]
    answers: Mapping[Ref, Sequence[Answer]]
    order: tuple[Ref, ...]
    pairs: Pairs

    def links_from(self, ref: Ref) -> Sequence[Link]:
        """Give the links that start at a thing."""
        return self.after.get(ref, ())

    def shares_into(self, ref: Ref) -> list[tuple[Link, Fraction]]:
        """Give the links that end at a thing, each with the part of the thing that is owed to its start."""
        return shares_of(self.before.get(ref, ()), self.things[ref].pence)

    def of_kind(self, kind: str) -> list[Thing]:
        """Give the things of a kind, in the order in which they were handed in."""
        return [thing for thing in self.things.values() if thing.ref.kind == kind]


def join_influence(
    things: Iterable[Thing], links: Iterable[Link], answers: Iterable[Answer] = (), *, pairs: Pairs
) -> Influence:
    """Hold things, links and answers together.

    Args:
        things: Everything on the way: views, themes, priorities, plan lines, pounds, actions, measures.
        links: What led to what.
        answers: What was told to those who said something.
        pairs: The kinds that can be linked, from `pairs_on`.

    Returns:
        All of it, ready to be walked both ways. No circle, no claim on more than there is, no link without who, when
        and why. Takes time in proportion to things and links.

    Raises:
        InputRefused: Every fault at once.
    """
    all_things, all_links, all_answers = tuple(things), tuple(links), tuple(answers)
    known = {thing.ref: thing for thing in all_things}
    faults = [
        *faults_of_things(all_things, all_answers, pairs),
        *faults_of_links(known, all_links, pairs),
    ]
    after, before = _by_end(all_links)
    if not faults:
        faults = faults_of_shares(known, before)
    order = _in_order(known, after, before)
    faults += faults_of_circles(_on_circles(set(known) - set(order), after))
    if faults:
        raise InputRefused(faults)
    told: dict[Ref, list[Answer]] = defaultdict(list)
    for answer in sorted(all_answers, key=lambda one: one.when):
        told[answer.to].append(answer)
    return Influence(known, after, before, dict(told), tuple(order), pairs)


def shares_of(links: Sequence[Link], pence: int | None) -> list[tuple[Link, Fraction]]:
    """Give each link to one thing the part of the thing that is owed to its start.

    Args:
        links: All links that end at the thing.
        pence: The thing's money.

    Returns:
        The links with exact fractions, together at most 1; those that claim nothing of their own share equally what
        the others leave.
    """
    claims = [_claim(link, pence) for link in links]
    open_ones = sum(claim is None for claim in claims)
    each = Fraction(0)
    if open_ones:
        left = 1 - sum((claim for claim in claims if claim is not None), Fraction(0))
        each = max(left, Fraction(0)) / open_ones
    return [(link, each if claim is None else claim) for link, claim in zip(links, claims, strict=True)]


def _claim(link: Link, pence: int | None) -> Fraction | None:
    if link.pence is not None:
        return Fraction(link.pence, pence) if pence else Fraction(0)
    return link.share


def _by_end(links: Iterable[Link]) -> tuple[dict[Ref, list[Link]], dict[Ref, list[Link]]]:
    after: dict[Ref, list[Link]] = defaultdict(list)
    before: dict[Ref, list[Link]] = defaultdict(list)
    for link in links:
        after[link.start].append(link)
        before[link.end].append(link)
    return dict(after), dict(before)


def _in_order(
    known: Mapping[Ref, Thing], after: Mapping[Ref, Sequence[Link]], before: Mapping[Ref, Sequence[Link]]
) -> list[Ref]:
    """Put every thing after all that led to it (Kahn); what stands on a circle, or behind one, is left out."""
    waits = {ref: sum(link.start in known for link in before.get(ref, ())) for ref in known}
    order = [ref for ref, count in waits.items() if not count]
    for ref in order:
        for link in after.get(ref, ()):
            if link.end in waits:
                waits[link.end] -= 1
                if not waits[link.end]:
                    order.append(link.end)
    return order


def _on_circles(left_over: set[Ref], after: Mapping[Ref, Sequence[Link]]) -> set[Ref]:
    """Of what could not be put in order, leave out what merely stands behind a circle."""
    while True:
        ends = {ref for ref in left_over if not any(link.end in left_over for link in after.get(ref, ()))}
        if not ends:
            return left_over
        left_over = left_over - ends
