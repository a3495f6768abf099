"""What people may do with options of boundaries.

The contract for pages and scripts that edit an option:

* Read: `boundary_queries.option_of(partnership, pk)`, `boundary_ground.ground_of(partnership, memory)`,
  `boundary_measuring.board_of(partnership, memory)` (ground, rules in force, today's localities).
* `option.zones` is {zone: key of its locality}; a zone in no locality yet is left out. `option.names` is {key: name} in
  the order in which localities are shown. `option.version` counts every change.
* Write: `move_zones(person, option, {zone: key, ...}, base_version)`; the key "" takes a zone out of its locality.
  `undo_move(person, option, base_version)` takes the newest move back. `add_locality`, `name_locality` and
  `remove_locality` change which there are. Each gives an `Edited`: the option as it is now (with its new `version`),
  the measures as `boundary_measuring.measure_zones` writes them, and their `warnings`. A draft may be anything; what
  keeps it from being final stands in `warnings`.
* Refused with `InputRefused`: somebody else changed the option since `base_version` (code `option-changed`), the
  option is no draft (`option-not-draft`), an unknown zone (`zone-unknown`) or locality (`locality-unknown`). With
  `NotAllowed`: the person may not edit localities here (`areas.edit`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from locality.foundations import Fault, InputRefused
from locality_web.areas.boundary_measuring import Board, board_of, bring_up_to_date, measure_zones
from locality_web.areas.models import BoundaryMove, BoundaryOption
from locality_web.core.audit import record_event
from locality_web.core.models import Person
from locality_web.core.permissions import Place, require
from locality_web.core.words import count_of

LONGEST_NAME = 200
MOST_LOCALITIES = 200
"""More than any partnership would think of; own choice of the founders, 2026-11."""


@dataclass(frozen=True)
class Edited:
    """An option after a change.

    Args:
        option: As it is now.
        measures: Its measures, as `boundary_measuring.measure_zones` writes them.
    """

    option: BoundaryOption
    measures: dict[str, Any]

    @property
    def warnings(self) -> list[dict[str, Any]]:
        """What keeps it from being final."""
        found: list[dict[str, Any]] = self.measures.get("warnings", [])
        return found


@transaction.atomic
def move_zones(person: Person, option: BoundaryOption, moves: Mapping[str, str], base_version: int) -> Edited:
    """Move zones of a draft to other localities, or ("") out of any.

    Raises:
        NotAllowed: The person may not.
        InputRefused: Another editor was faster, it is no draft, or a zone or locality is not there; nothing is moved.
    """
    held = _draft(person, option, base_version)
    board = _board(held)
    _refuse_unknown(held, board, moves)
    real = {zone: key for zone, key in moves.items() if held.zones.get(zone, "") != key}
    if not real:
        bring_up_to_date(board, held)
        return Edited(held, held.measures)
    BoundaryMove.objects.create(
        option=held, before={zone: held.zones.get(zone, "") for zone in real}, after=real, made_by=person
    )
    _put(held, real)
    return _changed(person, held, board, f"moved {count_of(len(real), 'zone')}", detail={"zones": len(real)})


@transaction.atomic
def undo_move(person: Person, option: BoundaryOption, base_version: int) -> Edited:
    """Take the newest move of a draft back.

    Raises:
        NotAllowed: The person may not.
        InputRefused: Another editor was faster, it is no draft, or there is nothing to take back.
    """
    held = _draft(person, option, base_version)
    board = _board(held)
    newest = held.moves.last()
    if newest is None:
        raise _refusal("there is no move to take back", "Go on from here.", "option-no-move")
    back = {zone: key if key in held.names else "" for zone, key in newest.before.items()}
    _put(held, back)
    newest.delete()
    return _changed(
        person, held, board, f"took back a move of {count_of(len(back), 'zone')}", detail={"back": len(back)}
    )


@transaction.atomic
def add_locality(person: Person, option: BoundaryOption, name: str, base_version: int) -> Edited:
    """Add a locality without zones to a draft.

    Raises:
        NotAllowed: The person may not.
        InputRefused: Another editor was faster, it is no draft, there are too many, or the name is missing or taken.
    """
    held = _draft(person, option, base_version)
    if len(held.names) >= MOST_LOCALITIES:
        what = f"it has {len(held.names)} localities already"
        raise _refusal(what, "Remove one that has no zones first.", "option-too-many-localities")
    key = next(str(number) for number in range(1, MOST_LOCALITIES * 2) if str(number) not in held.names)
    held.names = {**held.names, key: _good_name(held, name)}
    return _changed(person, held, _board(held), f"added the locality {held.names[key]}")


@transaction.atomic
def name_locality(person: Person, option: BoundaryOption, key: str, *, name: str, base_version: int) -> Edited:
    """Give a locality of a draft another name.

    Raises:
        NotAllowed: The person may not.
        InputRefused: Another editor was faster, it is no draft, or the name is missing or taken.
    """
    held = _draft(person, option, base_version)
    _refuse_unknown_keys(held, [key])
    before = held.names[key]
    held.names = {**held.names, key: _good_name(held, name, own=key)}
    return _changed(person, held, _board(held), f"named {before} {held.names[key]}")


@transaction.atomic
def remove_locality(person: Person, option: BoundaryOption, key: str, base_version: int) -> Edited:
    """Take a locality without zones out of a draft.

    Raises:
        NotAllowed: The person may not.
        InputRefused: Another editor was faster, it is no draft, or the locality has zones.
    """
    held = _draft(person, option, base_version)
    _refuse_unknown_keys(held, [key])
    if key in held.zones.values():
        what = f"{held.names[key]} has zones"
        raise _refusal(what, "Move its zones to other localities first.", "option-locality-in-use", "key")
    gone = held.names[key]
    held.names = {each: name for each, name in held.names.items() if each != key}
    return _changed(person, held, _board(held), f"removed the locality {gone}")


@transaction.atomic
def name_option(person: Person, option: BoundaryOption, name: str) -> BoundaryOption:
    """Give an option another name.

    Raises:
        NotAllowed: The person may not.
        InputRefused: The name is missing.
    """
    held = locked(person, option)
    before, held.name = held.name, sound_name(name)
    held.save(update_fields=["name"])
    record_event(person, "areas.option_changed", f"Named the boundary option {before} {held.name}", **about(held))
    return held


def locked(person: Person, option: BoundaryOption) -> BoundaryOption:
    """Check the right to edit, and hold the option until the transaction ends."""
    require(person, "areas.edit", Place(option.partnership))
    held = BoundaryOption.objects.select_for_update().get(pk=option.pk)
    held.partnership = option.partnership
    return held


def about(option: BoundaryOption, **detail: Any) -> dict[str, Any]:
    """Give what every event about an option says besides who did what."""
    return {
        "place": Place(option.partnership),
        "subject": f"boundary-option:{option.pk}",
        "detail": {"option": option.pk, "version": option.version, **detail},
    }


def sound_name(name: str) -> str:
    """Give a name without spaces around it, or refuse it."""
    if not name.strip() or len(name.strip()) > LONGEST_NAME:
        what = "the name is missing" if not name.strip() else f"the name has more than {LONGEST_NAME} characters"
        raise _refusal(what, "Write a name.", "option-name", "name")
    return name.strip()


def _draft(person: Person, option: BoundaryOption, base_version: int) -> BoundaryOption:
    held = locked(person, option)
    if held.state != BoundaryOption.State.DRAFT:
        what = f"“{held.name}” is {held.get_state_display().lower()} and does not change"
        raise _refusal(what, "Copy it and change the copy.", "option-not-draft")
    if held.version != base_version:
        who = f" by {held.changed_by}" if held.changed_by and held.changed_by != person else ""
        what = f"“{held.name}” was changed{who} after you opened it"
        raise _refusal(what, "Look at it as it is now, then make your change again.", "option-changed")
    return held


def _board(option: BoundaryOption) -> Board:
    board = board_of(option.partnership)
    if board is None:
        do = "Ask the analyst for a release with zone borders."
        raise _refusal("what boundaries are drawn on is not on this site", do, "ground-missing")
    return board


def _refuse_unknown(option: BoundaryOption, board: Board, moves: Mapping[str, str]) -> None:
    strange = sorted(set(moves) - set(board.ground.zones))
    if strange:
        what = f"{', '.join(strange[:3])}: no such zone is in the area"
        raise _refusal(what, "Choose zones of the list.", "zone-unknown", "zones")
    _refuse_unknown_keys(option, moves.values())


def _refuse_unknown_keys(option: BoundaryOption, keys: Any) -> None:
    strange = sorted({key for key in keys if key and key not in option.names})
    if strange:
        what = f"“{strange[0]}” is no locality of this option"
        raise _refusal(what, "Choose a locality of the list, or add it first.", "locality-unknown", "key")


def _good_name(option: BoundaryOption, name: str, own: str = "") -> str:
    good = sound_name(name)
    taken = {each.casefold() for key, each in option.names.items() if key != own}
    if good.casefold() in taken:
        what = f"another locality of this option is called “{good}”"
        raise _refusal(what, "Give each its own name.", "locality-name-twice", "name")
    return good


def _put(option: BoundaryOption, moves: Mapping[str, str]) -> None:
    zones = {**option.zones, **moves}
    option.zones = {zone: key for zone, key in zones.items() if key}


def _changed(
    person: Person, option: BoundaryOption, board: Board, did: str, detail: dict[str, Any] | None = None
) -> Edited:
    """Measure an option after a change, count its version up and record it."""
    option.measures = measure_zones(board, option.zones, option.names)
    option.version += 1
    option.changed_by, option.changed_at = person, timezone.now()
    if option.origin != BoundaryOption.Origin.HAND:
        option.origin, option.best_at = BoundaryOption.Origin.HAND, ""
    option.save()
    says = f"In the boundary option {option.name}: {did}"
    record_event(person, "areas.option_changed", says, **about(option, **(detail or {})))
    return Edited(option, option.measures)


def _refusal(what: str, do: str, code: str, column: str | None = None) -> InputRefused:
    return InputRefused([Fault("option", what, do, code, column=column)])
