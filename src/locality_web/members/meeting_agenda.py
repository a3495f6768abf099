"""The agenda of a meeting: taken from open matters, added to, put in order."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max

from locality.foundations import ResultRefused
from locality_web.core.audit import record_event
from locality_web.core.hooks import Matter, ask_rooms
from locality_web.core.models import Person
from locality_web.core.permissions import Place, require
from locality_web.core.words import count_of
from locality_web.members.meeting_models import AgendaItem, Meeting
from locality_web.members.meeting_queries import TO_COME
from locality_web.members.register_models import Member


@dataclass(frozen=True)
class ItemSaid:
    """What people say of an item: its title, more on it, purpose, minutes of time, and who opens it."""

    title: str
    says: str = ""
    purpose: str = AgendaItem.For.DISCUSSION
    minutes_planned: int = 10
    presenter: Member | None = None


def open_matters(place: Place) -> list[Matter]:
    """Give everything open that a meeting at a place could deal with, from all rooms, the soonest first."""
    found = [each for answer in ask_rooms("agenda_matters", "matters", place) for each in answer]
    return sorted(found, key=lambda each: (each.by is None, str(each.by or ""), each.title))


def matters_left(place: Place, items: Iterable[AgendaItem]) -> list[Matter]:
    """Give the open matters that are not on an agenda yet."""
    taken = {each.matter for each in items}
    return [each for each in open_matters(place) if each.name not in taken]


@transaction.atomic
def take_matters(person: Person, place: Place, meeting: Meeting, names: Collection[str]) -> int:
    """Put open matters onto the agenda, each once; give how many were new.

    Raises:
        NotAllowed: The person may not.
        ResultRefused: The meeting is over.
    """
    _begin(person, place, meeting)
    chosen = [each for each in matters_left(place, meeting.items.all()) if each.name in names]
    at = _last(meeting)
    for number, matter in enumerate(chosen, 1):
        meeting.items.create(
            order=at + number,
            title=matter.title[:200],
            says=matter.why,
            purpose=matter.purpose,
            matter=matter.name[:200],
            address=matter.address[:300],
            decision_id=_decision_of(matter.name),
        )
    if chosen:
        _record(person, place, meeting, f"Put {count_of(len(chosen), 'open matter')} onto the agenda")
    return len(chosen)


def _decision_of(name: str) -> int | None:
    """Give the decision of which a matter speaks: the minutes then record how it was taken."""
    kind, _, number = name.partition(":")
    return int(number) if kind == "decision" and number.isdecimal() else None


@transaction.atomic
def add_item(person: Person, place: Place, meeting: Meeting, said: ItemSaid) -> AgendaItem:
    """Add an own item at the end of the agenda.

    Raises:
        NotAllowed: The person may not.
        ResultRefused: The meeting is over.
    """
    _begin(person, place, meeting)
    made = meeting.items.create(order=_last(meeting) + 1, **_fields(said))
    _record(person, place, meeting, "Added an item to the agenda")
    return made


@transaction.atomic
def change_item(person: Person, place: Place, item: AgendaItem, said: ItemSaid) -> None:
    """Change what is said of an item.

    Raises:
        NotAllowed: The person may not.
        ResultRefused: The meeting is over.
    """
    _begin(person, place, item.meeting)
    for name, each in _fields(said).items():
        setattr(item, name, each)
    item.save(update_fields=list(_fields(said)))
    _record(person, place, item.meeting, "Changed an item of the agenda")


@transaction.atomic
def remove_item(person: Person, place: Place, item: AgendaItem) -> None:
    """Take an item off the agenda; its papers stay with the meeting.

    Raises:
        NotAllowed: The person may not.
        ResultRefused: The meeting is over, or the item has minutes, a decision or an action.
    """
    _begin(person, place, item.meeting)
    if item.minutes_text or item.actions.exists():
        raise ResultRefused("This item has minutes or actions.", "Keep it on the agenda.")
    meeting = item.meeting
    item.delete()
    _renumber(list(meeting.items.order_by("order", "id")))
    _record(person, place, meeting, "Took an item off the agenda")


@transaction.atomic
def order_items(person: Person, place: Place, meeting: Meeting, wanted: Mapping[int, int]) -> None:
    """Put the agenda into the order of the numbers that were written beside the items.

    Of two items with one number that comes first which was moved to it; so "2" beside the fifth makes it the second.

    Raises:
        NotAllowed: The person may not.
        ResultRefused: The meeting is over.
    """
    _begin(person, place, meeting)
    items = list(meeting.items.order_by("order", "id"))
    at = {item.pk: number for number, item in enumerate(items, 1)}

    def place_of_item(item: AgendaItem) -> tuple[float, int]:
        new, old = wanted.get(item.pk, at[item.pk]), at[item.pk]
        # Moved down, it comes behind whoever has the number now; moved up, before.
        return (new + (0.5 if new > old else -0.5 if new < old else 0), old)

    _renumber(sorted(items, key=place_of_item))
    _record(person, place, meeting, "Put the agenda into another order")


def move_item(person: Person, place: Place, item: AgendaItem, steps: int) -> None:
    """Move an item up (below zero) or down by so many places.

    Raises:
        NotAllowed: The person may not.
        ResultRefused: The meeting is over.
    """
    numbers = list(item.meeting.items.order_by("order", "id").values_list("pk", flat=True))
    order_items(person, place, item.meeting, {item.pk: numbers.index(item.pk) + 1 + steps})


def _renumber(items: list[AgendaItem]) -> None:
    for number, item in enumerate(items, 1):
        item.order = number
    AgendaItem.objects.bulk_update(items, ["order"])


def _fields(said: ItemSaid) -> dict[str, Any]:
    return {name: getattr(said, name) for name in ("title", "says", "purpose", "minutes_planned", "presenter")}


def _last(meeting: Meeting) -> int:
    return meeting.items.aggregate(last=Max("order"))["last"] or 0


def _begin(person: Person, place: Place, meeting: Meeting) -> None:
    require(person, "members.meet", place)
    if meeting.state not in (*TO_COME, Meeting.State.HELD):
        raise ResultRefused(f"This meeting is {meeting.get_state_display().lower()}: its agenda does not change.")


def _record(person: Person, place: Place, meeting: Meeting, says: str) -> None:
    record_event(person, "members.agenda_changed", says, place=place, subject=f"meeting:{meeting.pk}")
