"""The register as a file: written from what is held, and loaded whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from locality.foundations import Fault, InputRefused
from locality.members import RegisterRow, read_register
from locality_web.core.audit import record_event
from locality_web.core.models import Locality, Person
from locality_web.core.permissions import Place, require
from locality_web.members.register_books import Books, Loaded, interests_of
from locality_web.members.register_models import Member, SeatTerm
from locality_web.members.register_place import code_of, lock
from locality_web.members.register_queries import members_at, register_kinds

_KEEP = "members.keep_register"


def rows_of(place: Place) -> list[RegisterRow]:
    """Give the register of a place as rows: everybody who has not left, on each seat of theirs that is not over."""
    today = timezone.localdate()
    members = list(
        members_at(place)
        .filter(Q(left_on__isnull=True) | Q(left_on__gt=today))
        .select_related("organisation")
        .prefetch_related("interests")
        .order_by("name", "pk")
    )
    terms: dict[int, list[SeatTerm]] = {}
    for term in _running_terms(place):
        terms.setdefault(term.member_id, []).append(term)
    return [row for each in members for row in _rows_of_member(each, terms.get(each.pk, []), place)]


def _running_terms(place: Place) -> Iterable[SeatTerm]:
    today = timezone.localdate()
    found = SeatTerm.objects.filter(seat__partnership=place.partnership).select_related("seat__locality")
    if place.locality is not None:
        found = found.filter(seat__locality=place.locality)
    open_seats = Q(seat__closed_on__isnull=True) | Q(seat__closed_on__gt=today)
    return found.filter(open_seats, Q(ends__isnull=True) | Q(ends__gte=today)).order_by("starts", "pk")


def _rows_of_member(member: Member, terms: Sequence[SeatTerm], place: Place) -> list[RegisterRow]:
    person: dict[str, Any] = {
        "name": member.name,
        "organisation": member.organisation.name if member.organisation else "",
        "organisation_kind": member.organisation.kind if member.organisation else "",
        "interests": tuple(" ".join(each.says.split()) for each in interests_of(member)),
        "email": member.email,
        "telephone": member.telephone,
        "address": "\n".join(line.strip() for line in member.address.splitlines() if line.strip()),
        "notices": member.notices,
        "shown": member.shown,
    }
    if not terms:
        return [RegisterRow(**person)] if place.locality is None else []
    return [
        RegisterRow(
            **person,
            group=term.seat.group,
            seat=term.seat.name,
            locality=code_of(term.seat.locality),
            starts=term.starts,
            ends=term.ends,
            chosen=term.chosen,
        )
        for term in terms
    ]


def read_file(place: Place, content: bytes, file: str) -> tuple[RegisterRow, ...]:
    """Read a file of a place's register; refuse what belongs elsewhere.

    Raises:
        InputRefused: Every fault, with row and column.
    """
    rows = read_register(content, file, register_kinds(place))
    faults = [] if place.locality is None else list(_not_here(rows, file, place.locality))
    if faults:
        raise InputRefused(faults)
    return rows


def _not_here(rows: Iterable[RegisterRow], file: str, here: Locality) -> Iterable[Fault]:
    for row in rows:
        if row.locality != here.code:
            what = "the row has no seat" if not row.group else "the seat is not in this locality"
            do = f"Write a group and {here.name}, or load the file on the register of the whole partnership."
            yield Fault(
                file, what, do, "register-other-place", row=row.row, column="group" if not row.group else "locality"
            )


def preview_register(by: Person, place: Place, rows: Sequence[RegisterRow], *, file: str) -> Loaded:
    """Say what loading would do, by doing it and taking it all back.

    Raises:
        NotAllowed: The person may not.
        InputRefused: Every row that cannot be loaded.
    """
    with transaction.atomic():
        loaded = load_register(by, place, rows, file=file)
        transaction.set_rollback(True)
    return loaded


@transaction.atomic
def load_register(by: Person, place: Place, rows: Sequence[RegisterRow], *, file: str) -> Loaded:
    """Load a register: people, organisations, seats and terms; whole or not at all.

    Raises:
        NotAllowed: The person may not.
        InputRefused: Every row that cannot be loaded: a seat that is taken, an address that is somebody else's.
    """
    require(by, _KEEP, place)
    lock(place)
    books = Books(by, place, file)
    for row in rows:
        books.take(row)
    if books.faults:
        raise InputRefused(books.faults)
    loaded = books.loaded
    if loaded.changes:
        says = (
            f"Loaded a file of the register of {place.name}: {loaded.people_added} members added, "
            f"{loaded.people_changed} changed, {loaded.seats_made} seats made, {loaded.terms_added} terms added, "
            f"{loaded.terms_changed} changed"
        )
        record_event(by, "members.register_loaded", says, place=place, detail={"members": sorted(books.touched)})
    return loaded
