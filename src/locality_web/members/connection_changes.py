"""What people may do about connections: record who was connected with whom, what came of it, and that it ended."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from locality.foundations import ResultRefused
from locality_web.core.audit import record_event
from locality_web.core.models import Person
from locality_web.core.permissions import Place, require
from locality_web.members.access_models import Connection
from locality_web.members.register_models import Member, Organisation

_PERMISSION = "members.connect"
End = Member | Organisation


@dataclass(frozen=True)
class Tie:
    """Who was connected with whom, for what, on which day."""

    one: End
    other: End
    for_what: str
    made_on: dt.date


@transaction.atomic
def connect(by: Person, place: Place, tie: Tie) -> Connection:
    """Record that two of those who take part were connected.

    Raises:
        NotAllowed: The person may not.
        ResultRefused: Both ends are the same, the day is to come, or it is not said for what.
    """
    require(by, _PERMISSION, place)
    if tie.one == tie.other:
        raise ResultRefused("Both ends are the same.", "Choose two different ones.")
    if tie.made_on > timezone.localdate():
        raise ResultRefused("The day is to come.", "Record the connection once it is made.")
    if not tie.for_what.strip():
        raise ResultRefused("It is not said for what they were connected.", "Write for what.")
    kept = Connection.objects.create(
        partnership=place.partnership,
        locality=place.locality,
        **_end("one", tie.one),
        **_end("other", tie.other),
        for_what=tie.for_what.strip(),
        made_on=tie.made_on,
        made_by=by,
    )
    record_event(by, "members.connected", "Recorded a connection", place=place, subject=f"connection:{kept.pk}")
    return kept


def _end(name: str, end: End) -> dict[str, End]:
    return {name: end} if isinstance(end, Member) else {f"{name}_organisation": end}


@transaction.atomic
def say_what_came(by: Person, place: Place, connection: Connection, *, came_of: str) -> None:
    """Say what came of a connection.

    Raises:
        NotAllowed: The person may not.
        ResultRefused: Nothing is written.
    """
    require(by, _PERMISSION, place)
    if not came_of.strip():
        raise ResultRefused("There is nothing written yet.", "Write what came of it.")
    connection.came_of, connection.came_of_on = came_of.strip(), timezone.localdate()
    connection.save(update_fields=["came_of", "came_of_on"])
    says = "Said what came of a connection"
    record_event(by, "members.connection_told", says, place=place, subject=f"connection:{connection.pk}")


@transaction.atomic
def end_connection(by: Person, place: Place, connection: Connection) -> None:
    """Note that a connection is no more.

    Raises:
        NotAllowed: The person may not.
        ResultRefused: It ended already.
    """
    require(by, _PERMISSION, place)
    if connection.ended_on is not None:
        raise ResultRefused("This connection ended already.")
    connection.ended_on = timezone.localdate()
    connection.save(update_fields=["ended_on"])
    says = "Noted that a connection ended"
    record_event(by, "members.connection_ended", says, place=place, subject=f"connection:{connection.pk}")
