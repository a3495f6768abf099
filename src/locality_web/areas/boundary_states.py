"""Where an option stands: draft, final, put away; and whether everybody may read it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from locality.foundations import Fault, InputRefused
from locality_web.areas.boundary_changes import about, locked
from locality_web.areas.boundary_making import need_board
from locality_web.areas.boundary_measuring import measure_zones
from locality_web.areas.models import BoundaryOption
from locality_web.core.audit import record_event
from locality_web.core.models import Person

State = BoundaryOption.State


@transaction.atomic
def make_final(person: Person, option: BoundaryOption, base_version: int) -> BoundaryOption:
    """Close a draft in which nothing is wrong, so that it can be adopted.

    Raises:
        NotAllowed: The person may not.
        InputRefused: It is no draft, another editor was faster, or something keeps it from being final: each reason.
    """
    held = _in_state(person, option, State.DRAFT, "only a draft can be made final")
    if held.version != base_version:
        what = f"“{held.name}” was changed after you opened it"
        raise _refusal(what, "Look at it as it is now, then decide.", "option-changed")
    board = need_board(held.partnership)
    held.measures = measure_zones(board, held.zones, held.names)
    wrong = held.measures["warnings"]
    if wrong:
        raise InputRefused(Fault(held.name, each["what"], each["do"], each["code"]) for each in wrong)
    _move(person, held, State.FINAL)
    record_event(person, "areas.option_final", f"Made the boundary option {held.name} final", **about(held))
    return held


@transaction.atomic
def reopen(person: Person, option: BoundaryOption) -> BoundaryOption:
    """Take a final option, or one that was put away, back to draft.

    Raises:
        NotAllowed: The person may not.
        InputRefused: It is a draft already, or was adopted.
    """
    held = locked(person, option)
    if held.state not in (State.FINAL, State.PUT_AWAY):
        what = f"“{held.name}” is {held.get_state_display().lower()}"
        raise _refusal(what, "Copy it and change the copy.", "option-other-state")
    held.measures = measure_zones(need_board(held.partnership), held.zones, held.names)
    _move(person, held, State.DRAFT)
    record_event(person, "areas.option_reopened", f"Took the boundary option {held.name} back to draft", **about(held))
    return held


@transaction.atomic
def put_option_away(person: Person, option: BoundaryOption) -> BoundaryOption:
    """Put a draft or final option away; it is kept, and can be taken back.

    Raises:
        NotAllowed: The person may not.
        InputRefused: It was adopted, or is put away already.
    """
    held = locked(person, option)
    if held.state not in (State.DRAFT, State.FINAL):
        what = f"“{held.name}” is {held.get_state_display().lower()}"
        raise _refusal(what, "Leave it as it is.", "option-other-state")
    held.for_consultation = False
    _move(person, held, State.PUT_AWAY)
    record_event(person, "areas.option_put_away", f"Put the boundary option {held.name} away", **about(held))
    return held


@transaction.atomic
def consult_on(person: Person, option: BoundaryOption, *, is_open: bool) -> BoundaryOption:
    """Let everybody read an option, or stop that.

    Raises:
        NotAllowed: The person may not.
        InputRefused: It was put away.
    """
    held = locked(person, option)
    if held.state == State.PUT_AWAY:
        raise _refusal(f"“{held.name}” is put away", "Take it back to draft first.", "option-other-state")
    if held.for_consultation == is_open:
        return held
    held.for_consultation, held.opened_at = is_open, timezone.now() if is_open else None
    held.save(update_fields=["for_consultation", "opened_at"])
    did = "Opened the boundary option {} for consultation" if is_open else "Closed consultation on boundary option {}"
    kind = "areas.option_opened" if is_open else "areas.option_closed"
    record_event(person, kind, did.format(held.name), **about(held))
    return held


def _in_state(person: Person, option: BoundaryOption, state: str, why: str) -> BoundaryOption:
    held = locked(person, option)
    if held.state != state:
        what = f"“{held.name}” is {held.get_state_display().lower()}; {why}"
        raise _refusal(what, "Copy it and work on the copy.", "option-other-state")
    return held


def _move(person: Person, option: BoundaryOption, state: str) -> None:
    option.state, option.version = state, option.version + 1
    option.changed_by, option.changed_at = person, timezone.now()
    option.save()


def _refusal(what: str, do: str, code: str) -> InputRefused:
    return InputRefused([Fault("option", what, do, code)])
