"""What can be wrong with things and links: every fault is found before anything is said about influence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction

from locality.foundations import Fault, say_pounds
from locality.voice.influence.things import Answer, Link, Pairs, Ref, Thing

_FILE = "influence"
_NAMED_AT_MOST = 5


def faults_of_things(things: Sequence[Thing], answers: Iterable[Answer], pairs: Pairs) -> list[Fault]:
    """Find things of no known kind or state, named twice, not done without a reason, or with less than no money."""
    counts = Counter(thing.ref for thing in things)
    faults = [
        _fault("influence-twice", f"{say_ref(ref)} stands there {count} times", "Name it once.")
        for ref, count in counts.items()
        if count > 1
    ]
    for thing in things:
        faults += _of_thing(thing, pairs)
    for answer in answers:
        faults += _of_answer(answer, counts)
    return faults


def _of_thing(thing: Thing, pairs: Pairs) -> list[Fault]:
    named = say_ref(thing.ref)
    faults = []
    if thing.ref.kind not in pairs.kinds or thing.state not in pairs.states:
        do = f"Use one of: {', '.join(pairs.kinds)}; and for its state one of: {', '.join(pairs.states)}."
        faults.append(_fault("influence-kind", f"{named} has a kind or a state that is not known", do))
    if thing.state == "not_done" and not thing.why.strip():
        faults.append(_fault("influence-no-reason", f"{named} was not done, and no reason stands there", "Say why."))
    if thing.pence is not None and thing.pence < 0:
        faults.append(_fault("influence-money", f"{named} has {say_pounds(thing.pence)}", "Give an amount from 0."))
    return faults


def _of_answer(answer: Answer, known: Collection[Ref]) -> list[Fault]:
    named = f"the answer to {say_ref(answer.to)}"
    if answer.to not in known or answer.to.kind not in ("view", "theme"):
        return [_fault("influence-unknown", f"{named} is to nothing that is known", "Answer a view or a theme.")]
    if not answer.words.strip() or not answer.who.strip():
        return [_fault("influence-not-said", f"{named} lacks its words or who gave it", "Write both.")]
    if answer.verdict == "did_not" and not answer.why.strip():
        return [_fault("influence-no-reason", f"{named} says no, and no reason stands there", "Say why.")]
    return []


def faults_of_links(known: Mapping[Ref, Thing], links: Sequence[Link], pairs: Pairs) -> list[Fault]:
    """Find links to nothing, of a pair that cannot be, made twice, without who or why, or with a claim that is none."""
    twice = {pair for pair, count in Counter((link.start, link.end) for link in links).items() if count > 1}
    faults = [
        _fault("influence-twice", f"the link {_say_pair(start, end)} stands there twice", "Keep one, with one share.")
        for start, end in sorted(twice)
    ]
    for link in links:
        faults += _of_link(known, link, pairs)
    return faults


def _of_link(known: Mapping[Ref, Thing], link: Link, pairs: Pairs) -> list[Fault]:
    named = f"the link {_say_pair(link.start, link.end)}"
    missing = [ref for ref in (link.start, link.end) if ref not in known]
    if missing:
        what = f"{named} names {' and '.join(map(say_ref, missing))}, which is not there"
        return [_fault("influence-unknown", what, "Add it, or take the link away.")]
    if (link.start.kind, link.end.kind) not in pairs.words:
        ways = [pairs.kinds[end] for start, end in pairs.words if start == link.start.kind]
        do = f"From here a link can lead to: {', '.join(ways) or 'nothing'}."
        return [_fault("influence-pair", f"{named} joins two kinds that are not linked", do)]
    faults = []
    if not link.who.strip() or not link.why.strip():
        faults.append(_fault("influence-not-said", f"{named} lacks who made it or why", "Write both."))
    return faults + _of_claim(link, known[link.end], named)


def _of_claim(link: Link, end: Thing, named: str) -> list[Fault]:
    if link.share is None and link.pence is None:
        return []
    if link.share is not None and link.pence is not None:
        return [_fault("influence-share", f"{named} has a share and an amount", "Keep one of the two.")]
    if link.share is not None and not 0 <= link.share <= 1:
        return [_fault("influence-share", f"{named} has the share {link.share}", "Give a fraction from 0 to 1.")]
    if link.pence is not None and (end.pence is None or not 0 <= link.pence <= end.pence):
        has = "no amount" if end.pence is None else say_pounds(end.pence)
        what = f"{named} claims {say_pounds(link.pence)} of {has}"
        return [_fault("influence-share", what, "Claim no more than there is.")]
    return []


def faults_of_shares(known: Mapping[Ref, Thing], before: Mapping[Ref, Sequence[Link]]) -> list[Fault]:
    """Find things of which links claim more than there is."""
    faults = []
    for ref, links in before.items():
        claimed = sum((_part(link, known[ref].pence) for link in links), Fraction(0))
        if claimed > 1:
            what = f"links to {say_ref(ref)} claim {claimed} of it, which is more than the whole"
            faults.append(_fault("influence-too-much", what, "Make the shares add up to 1 or less."))
    return faults


def _part(link: Link, pence: int | None) -> Fraction:
    if link.pence is not None:
        return Fraction(link.pence, pence) if pence else Fraction(0)
    return link.share or Fraction(0)


def faults_of_circles(left_over: Collection[Ref]) -> list[Fault]:
    """Say which things lead round to themselves, given those that could not be put in order."""
    if not left_over:
        return []
    named = ", ".join(say_ref(ref) for ref in sorted(left_over)[:_NAMED_AT_MOST])
    what = f"links lead round in a circle, among: {named}"
    return [_fault("influence-circle", what, "Take one of the links away.", rows=len(left_over))]


def say_ref(ref: Ref) -> str:
    """Name a thing in a sentence."""
    return f"{ref.kind} {ref.id}"


def _say_pair(start: Ref, end: Ref) -> str:
    return f"from {say_ref(start)} to {say_ref(end)}"


def _fault(code: str, what: str, do: str, *, rows: int = 1) -> Fault:
    return Fault(file=_FILE, what=what, do=do, code=code, rows=rows)
