"""Prove that the audit record is whole: nothing changed, nothing left out, nothing cut off at the end."""

from __future__ import annotations

import re
from dataclasses import dataclass

from locality.foundations import Fault, InputRefused
from locality_web.core.audit import FIRST_HASH, hash_event
from locality_web.core.audit_models import AuditEvent, AuditHead

_AT_ONCE = 2000  # events held in memory


@dataclass(frozen=True)
class Verified:
    """What was found: how many events were read, the head, and the first thing that is wrong (empty: nothing)."""

    events: int
    head: str
    wrong: str = ""
    at_event: int | None = None


def verify_record(noted: tuple[int, str] | None = None) -> Verified:
    """Read the whole record in order, a part at a time; events that are written meanwhile are left out.

    Args:
        noted: Number and hash of a head that was noted outside of the database.

    Returns:
        What was found; the first broken link is named.
    """
    head = AuditHead.objects.first()
    number, before = 0, FIRST_HASH
    last = head.number if head else None
    events = AuditEvent.objects.order_by("number")
    for event in (events.filter(number__lte=last) if last is not None else events).iterator(_AT_ONCE):
        wrong = _check(event, number, before) or _check_noted(event, noted)
        if wrong:
            return Verified(number, str(head or ""), wrong, event.number)
        number, before = event.number, event.hash
    wrong = _check_end(number, before, head) or _check_length(number, noted)
    return Verified(number, str(head or f"0:{FIRST_HASH}"), wrong, number or None if wrong else None)


def _check(event: AuditEvent, number: int, before: str) -> str:
    if event.number != number + 1:
        missing = (
            f"Event {number + 1} is" if event.number == number + 2 else f"Events {number + 1} to {event.number - 1} are"
        )
        return f"{missing} missing: event {event.number} comes after event {number}."
    if hash_event(event) != event.hash:
        return f"Event {event.number} was changed after it was written: its hash is not that of what it says."
    if event.previous_hash != before:
        return f"Event {event.number} does not follow event {number}: one of them was put in later."
    return ""


def _check_noted(event: AuditEvent, noted: tuple[int, str] | None) -> str:
    if noted is None or event.number != noted[0] or event.hash == noted[1]:
        return ""
    return f"Event {event.number} is not the one that was noted: the record was written anew up to there or further."


def _check_end(number: int, before: str, head: AuditHead | None) -> str:
    if head is None:
        return "The head is missing although there are events: it was deleted." if number else ""
    if number < head.number:
        return f"The record ends at event {number}, but its head says {head.number}: events at its end are missing."
    return "" if before == head.hash else f"The hash of event {number} is not the one that the head says."


def _check_length(number: int, noted: tuple[int, str] | None) -> str:
    if noted is None or number >= noted[0]:
        return ""
    return f"The record ends at event {number}, but event {noted[0]} was noted: events at its end are missing."


def read_noted(text: str) -> tuple[int, str]:
    """Read a head as it was noted: "95:3f2a...".

    Raises:
        InputRefused: It has another shape.
    """
    number, _, hashed = text.strip().partition(":")
    if not number.isdecimal() or not re.fullmatch(r"[0-9a-f]{64}", hashed):
        raise InputRefused(
            [
                Fault(
                    file="--noted",
                    what=f"'{text}' is not a head of the audit record",
                    do="Write it as it was printed: the number, a colon, and 64 figures and letters.",
                    code="bad-head",
                )
            ]
        )
    return int(number), hashed
