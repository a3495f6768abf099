"""Write the record of what was done, in the transaction in which it is done."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.utils import timezone

from locality_web.core.audit_models import WHOLE_SITE, AuditEvent, AuditHead, NewestEvent
from locality_web.core.permissions import Place

FIRST_HASH = "0" * 64
_LOCK = 7_021_966  # any number that nothing else locks in the same database


def record_event(
    person: Any,
    kind: str,
    says: str,
    *,
    place: Place | None = None,
    subject: str = "",
    detail: dict[str, Any] | None = None,
    of_whole_site: bool = False,
) -> AuditEvent:
    """Record what a person did; must be called inside the transaction that does it.

    Args:
        person: A `Person`, or None for the site itself.
        kind: What kind of thing, like "plans.agreed"; stable.
        says: One sentence for people; no personal data beyond the names of those who act for the partnership.
        place: Where.
        subject: The stable name of the thing, like "plan:leven:2026/27".
        detail: Plain values that prove it: ids, hashes, amounts in pence.
        of_whole_site: Whether everything that was read of any partnership may be out of date.

    Returns:
        The event as written.

    Raises:
        TransactionManagementError: No transaction is open. This is a mistake of ours.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("record_event must run in the transaction of what it records.")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    head = AuditHead.objects.first()
    someone = person is not None and not isinstance(person, AnonymousUser)
    event = AuditEvent(
        number=(head.number if head else 0) + 1,
        at=timezone.now(),
        partnership_id=place.partnership.pk if place else None,
        person_id=person.pk if someone else None,
        person_name=str(person) if someone else "",
        kind=kind,
        subject=subject,
        says=says,
        detail=_plain(detail or {}),
        previous_hash=head.hash if head else FIRST_HASH,
    )
    event.hash = hash_event(event)
    event.save(force_insert=True)
    if event.partnership_id or of_whole_site:
        _note_newest(event)
    return event


def _note_newest(event: AuditEvent) -> None:
    """Say to whoever remembers something of the room that it may be out of date; an account's own matters are none."""
    newest = NewestEvent(
        room=event.kind.partition(".")[0], partnership_id=event.partnership_id or WHOLE_SITE, hash=event.hash
    )
    NewestEvent.objects.bulk_create(
        [newest], update_conflicts=True, unique_fields=["partnership_id", "room"], update_fields=["hash"]
    )


def hash_event(event: AuditEvent) -> str:
    """Give the SHA-256 of everything that an event says and of the hash before it."""
    said = {
        "number": event.number,
        "at": event.at.isoformat(),
        "partnership": event.partnership_id,
        "person": event.person_id,
        "person_name": event.person_name,
        "kind": event.kind,
        "subject": event.subject,
        "says": event.says,
        "detail": event.detail,
        "previous": event.previous_hash,
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _plain(value: Any) -> Any:
    """Give a value as every database gives it back: fractions as text, because databases write them differently."""
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if value is None or isinstance(value, str | bool | int):
        return value
    return str(value)
