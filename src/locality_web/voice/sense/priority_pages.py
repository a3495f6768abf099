"""What pages show of priorities: how they come about, every step in words, and what the plan made of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from locality.voice.priorities import MethodKind
from locality_web.core.models import Person
from locality_web.core.permissions import Place, may
from locality_web.core.remembered import Memory
from locality_web.voice.sense.influence_queries import others_of
from locality_web.voice.sense.models import Prioritising
from locality_web.voice.sense.priority_changes import CHOOSE, RANK, RECORD, State
from locality_web.voice.sense.priority_queries import kinds_offered, method_of

_RULES = {"below": "stands below all that have a place", "no_opinion": "has nothing said of it"}


@dataclass(frozen=True)
class ShownChoice:
    """A choice of priorities as a page shows it.

    Args:
        choice: Itself.
        method: The method in words.
        rules: Its settings, sentence by sentence.
        names: Themes that are ranked, in order of name.
        ballots: How many ballots came.
        steps: What whoever asks may do: words and address.
        address: Its page.
    """

    choice: Prioritising
    method: MethodKind
    rules: tuple[str, ...]
    names: tuple[str, ...]
    ballots: int
    steps: tuple[tuple[str, str], ...]
    address: str


def address_at(place: Place, name: str, *rest: Any) -> str:
    """Give the address of a page of priorities."""
    assert place.locality is not None
    return reverse(f"voice:{name}", args=[place.partnership.slug, place.locality.slug, *rest])


def show(place: Place, choice: Prioritising, person: Person | AnonymousUser, ballots: int | None = None) -> ShownChoice:
    """Give a choice of priorities as a page shows it; `ballots`: how many came, where that is known already."""
    method = method_of(choice)
    on = timezone.localdate(choice.frozen_at) if choice.frozen_at else timezone.localdate()
    kinds = {each.code: each for each in kinds_offered(on)[0]}
    return ShownChoice(
        choice,
        kinds[method.kind],
        _rules(choice, method.kind),
        tuple(sorted(each.name for each in method.candidates)),
        choice.ballots.count() if ballots is None else ballots,
        tuple(_steps(place, choice, person, method.kind)),
        address_at(place, "priorities_one", choice.pk),
    )


def _rules(choice: Prioritising, kind: str) -> tuple[str, ...]:
    method = method_of(choice)
    found = []
    if kind == "ranked_pairs":
        found.append(f"A theme without a place {_RULES[method.unranked]}.")
    if kind == "borda":
        found.append("Themes without a place share the points that are left.")
    if kind == "score":
        decides = "The mean" if method.average == "mean" else "The middle score"
        found.append(f"{decides} of the scores from {method.lowest} to {method.highest} decides.")
    if kind != "discussion":
        found.append(f"No result is given of fewer than {method.least_ballots} ballots.")
        lot = ", ".join(method.name(code) for code in method.lot)
        drawn = f"as the lot was drawn when the method was frozen: {lot}" if choice.sha256 else "by a lot that is drawn"
        found.append(f"Where two are level, the earlier one comes first {drawn}.")
    return tuple(found)


def _steps(place: Place, choice: Prioritising, person: Any, kind: str) -> Any:
    chooses = may(person, CHOOSE, place)
    if choice.state == State.FROZEN and kind != "discussion":
        if may(person, RANK, place):
            yield "Put the themes in order", address_at(place, "priorities_rank", choice.pk)
        if may(person, RECORD, place):
            yield "Record the ballot of a member", address_at(place, "priorities_record", choice.pk)
    if choice.state == State.FROZEN and chooses:
        name = "priorities_discussion" if kind == "discussion" else "priorities_count"
        yield "Record the discussion" if kind == "discussion" else "Count", address_at(place, name, choice.pk)
    if choice.state == State.DRAFT and chooses:
        yield "Freeze the method", address_at(place, "priorities_freeze", choice.pk)
    if choice.state in (State.DRAFT, State.FROZEN) and chooses:
        yield "Call it off", address_at(place, "priorities_call_off", choice.pk)


def priorities_page(place: Place, person: Person | AnonymousUser) -> dict[str, Any]:
    """How a locality's priorities come about, and those of its agreed plans."""
    assert place.locality is not None
    keeps = may(person, CHOOSE, place)
    ordered = place.locality.prioritisings.order_by("-year", "heading", "-id")
    kept = ordered.annotate(number_of_ballots=Count("ballots"))
    rows = kept if keeps else kept.exclude(state=State.DRAFT)
    shown = []
    for each in rows:
        each.locality = place.locality
        shown.append(show(place, each, person, each.number_of_ballots))
    planned = _planned(place)
    return {
        "choices": shown,
        "keeps": keeps,
        "new_address": address_at(place, "priorities_new"),
        "planned": planned,
    }


def _planned(place: Place) -> list[tuple[str, str, str]]:
    """Give the priorities of the locality's agreed plans, the newest year first."""
    assert place.locality is not None
    slug = place.locality.slug

    def read() -> list[tuple[str, str, str]]:
        there = [each for each in others_of(place.partnership, everything=False).values() if each.kind == "priority"]
        own = sorted((each for each in there if each.locality == slug), key=lambda one: one.year, reverse=True)
        return [(each.year, each.title, each.address) for each in own]

    rooms = ("voice", "plans", "money", "areas", "core")
    return Memory(place.partnership).read(("voice.planned_priorities", slug), rooms, read)
