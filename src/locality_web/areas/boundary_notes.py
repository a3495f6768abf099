"""Notes that are pinned to a zone or a settlement of an option."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from locality.areas.ground import Ground
from locality.foundations import Fault, InputRefused
from locality_web.areas.boundary_making import need_board
from locality_web.areas.boundary_queries import NOTE, READ
from locality_web.areas.models import BoundaryNote, BoundaryOption
from locality_web.core.audit import record_event
from locality_web.core.models import Person
from locality_web.core.permissions import NotAllowed, Place, may, require


@transaction.atomic
def pin_note(person: Person, option: BoundaryOption, spot: str, text: str) -> BoundaryNote:
    """Pin a note to a zone (by code or name) or a settlement (by name).

    Raises:
        NotAllowed: The person may not comment, or may not read the option.
        InputRefused: There is no such place, or the note is empty.
    """
    place = Place(option.partnership)
    require(person, NOTE, place)
    if not option.is_public:
        require(person, READ, place)
    found = find_spot(need_board(option.partnership).ground, spot)
    faults = []
    if found is None:
        what = f"“{spot.strip()}” is no zone and no settlement of the area"
        do = "Write the code or the name of a zone, or the name of a settlement."
        faults.append(Fault("note", what, do, "note-place", column="spot"))
    if not text.strip():
        faults.append(Fault("note", "the note is empty", "Write what you want to say.", "note-empty", column="text"))
    if faults or found is None:
        raise InputRefused(faults)
    note = option.notes.create(kind=found[0], spot=found[1], text=text.strip(), made_by=person, made_at=timezone.now())
    _record(
        person, option, note, "areas.note_pinned", f"Pinned a note to {found[1]} in the boundary option {option.name}"
    )
    return note


@transaction.atomic
def remove_note(person: Person, note: BoundaryNote) -> None:
    """Take a note away: its writer may, and whoever may change localities.

    Raises:
        NotAllowed: Neither of these.
    """
    place = Place(note.option.partnership)
    if note.made_by_id != person.pk and not may(person, "areas.edit", place):
        raise NotAllowed("This note was written by somebody else.", "Ask its writer, or a planner of the partnership.")
    note.removed_at = timezone.now()
    note.save(update_fields=["removed_at"])
    says = f"Removed a note on {note.spot} from the boundary option {note.option.name}"
    _record(person, note.option, note, "areas.note_removed", says)


def find_spot(ground: Ground, spot: str) -> tuple[str, str] | None:
    """Find a zone by code or name, or a settlement by name.

    Returns:
        The kind of the place, and the zone's code or the settlement's name.
    """
    said = spot.strip().casefold()
    for name in ground.settlements:
        if name.casefold() == said:
            return BoundaryNote.Kind.SETTLEMENT, name
    zone = find_zone(ground, spot)
    return (BoundaryNote.Kind.ZONE, zone) if zone else None


def find_zone(ground: Ground, said: str) -> str | None:
    """Find a zone's code by code or name; None: there is none, or several have the name."""
    text = said.strip().casefold()
    found = [
        code
        for code, name in zip(ground.zones, ground.names, strict=True)
        if code.casefold() == text or name.casefold() == text
    ]
    return found[0] if len(found) == 1 else None


def _record(person: Person, option: BoundaryOption, note: BoundaryNote, kind: str, says: str) -> None:
    detail = {"note": note.pk, "spot": note.spot}
    record_event(
        person, kind, says, place=Place(option.partnership), subject=f"boundary-option:{option.pk}", detail=detail
    )
