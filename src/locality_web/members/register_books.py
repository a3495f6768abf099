"""What is held of a partnership while a file of its register is loaded, row by row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from locality.foundations import Fault, InputRefused
from locality.members import RegisterRow
from locality_web.core.models import Locality, Person
from locality_web.core.permissions import Place
from locality_web.members.kinds import name_of_group
from locality_web.members.notice_changes import follow_choice
from locality_web.members.register_models import Interest, Member, Organisation, Seat, SeatTerm
from locality_web.members.register_people import REACH, Details, account_for, details_faults, fields_of
from locality_web.members.register_place import code_of
from locality_web.members.register_queries import localities_today, members_at
from locality_web.members.register_seats import as_library

_COLUMN = {"starts": "from", "ends": "to", "email": "e-mail", "organisation_kind": "organisation kind"}


@dataclass
class Loaded:
    """What a file of the register does, or did.

    Args:
        lines: One sentence for each row that changes something: (row, what).
        people_added: Members who are new.
        people_changed: Members of whom something else is held now.
        seats_made: Seats that are new.
        terms_added: Terms that are new.
        terms_changed: Terms with another last day or way of choosing.
        unchanged: Rows that say what is held already.
    """

    lines: list[tuple[int, str]] = field(default_factory=list)
    people_added: int = 0
    people_changed: int = 0
    seats_made: int = 0
    terms_added: int = 0
    terms_changed: int = 0
    unchanged: int = 0

    @property
    def changes(self) -> bool:
        """Whether anything changes."""
        return bool(self.lines)


class Books:
    """What is held of a partnership while a file is loaded, so that no row asks the database for it again."""

    def __init__(self, by: Person, place: Place, file: str):
        self.by, self.place, self.file = by, place, file
        self.loaded, self.faults, self.touched = Loaded(), list[Fault](), set[int]()
        partnership = place.partnership
        gone = Q(left_on__isnull=False) | Q(erased_at__isnull=False)
        kept = partnership.members.exclude(gone).select_related("organisation").prefetch_related("interests")
        self.members = {_key(each): each for each in kept}
        self.here = set(members_at(place).values_list("pk", flat=True))
        self.localities: dict[str, Locality | None] = {"": None, **{e.code: e for e in localities_today(partnership)}}
        self.seats: dict[tuple[str, str], list[Seat]] = {}
        for seat in partnership.seats.filter(closed_on__isnull=True).select_related("locality").order_by("pk"):
            self.seats.setdefault((code_of(seat.locality), seat.group), []).append(seat)
        self.terms: dict[int, list[SeatTerm]] = {}
        for term in SeatTerm.objects.filter(seat__partnership=partnership).select_related("seat__locality"):
            self.terms.setdefault(term.seat_id, []).append(term)
        self.done: set[tuple[str, str]] = set()

    def take(self, row: RegisterRow) -> None:
        """Load one row; what is wrong with it is kept, and nothing of it is written then."""
        said: list[str] = []
        try:
            member = self._person(row, said)
            if row.group:
                self._sit(row, member, said)
        except InputRefused as refused:
            self.faults += [self._at(fault, row) for fault in refused.faults]
            return
        if said:
            self.touched.add(member.pk)
            self.loaded.lines.append((row.row, f"{row.name}: {', '.join(said)}"))
        else:
            self.loaded.unchanged += 1

    def _at(self, fault: Fault, row: RegisterRow) -> Fault:
        column = _COLUMN.get(fault.column or "", fault.column)
        return Fault(self.file, fault.what, fault.do, fault.code, row=row.row or None, column=column)

    def _person(self, row: RegisterRow, said: list[str]) -> Member:
        member = self.members.get(row.person) or self._by_name(row)
        if row.person in self.done and member is not None:
            return member
        details = Details(
            **{
                name: getattr(row, name) for name in ("name", "organisation", "organisation_kind", "email", "telephone")
            },
            **{name: getattr(row, name) for name in ("address", "notices", "shown")},
        )
        faults = details_faults(self.place.partnership, details, besides=member)
        if faults:
            raise InputRefused(faults)
        found = self._add(row, details, said) if member is None else self._renew(member, row, (details, said))
        self.members[row.person] = found
        self.done.add(row.person)
        return found

    def _by_name(self, row: RegisterRow) -> Member | None:
        """An address that is new may be of somebody who is known by name and organisation, and had none."""
        found = self.members.get((row.name.casefold(), row.organisation.casefold())) if row.email else None
        return found if found is not None and not found.email else None

    def _add(self, row: RegisterRow, details: Details, said: list[str]) -> Member:
        made = Member.objects.create(partnership=self.place.partnership, **fields_of(self.place, details))
        Interest.objects.bulk_create(Interest(member=made, says=says) for says in row.interests)
        self.loaded.people_added += 1
        self.here.add(made.pk)
        said.append("new on the register")
        return made

    def _renew(self, member: Member, row: RegisterRow, wanted: tuple[Details, list[str]]) -> Member:
        """Whoever keeps one register may not change what is held of a member of other places only."""
        if member.pk not in self.here:
            return member
        details, said = wanted
        new = fields_of(self.place, details, besides=member)
        new["person"] = member.person or account_for(self.place.partnership, details.email, member)
        if not details.organisation_kind or member.organisation is None:
            kind = ""
        else:
            kind = details.organisation_kind if new["organisation"] == member.organisation else ""
        changed = [name for name, value in new.items() if _held(member, name) != value]
        declared = [each.says for each in interests_of(member)]
        fresh = [says for says in row.interests if says not in [" ".join(each.split()) for each in declared]]
        if kind and member.organisation and member.organisation.kind != kind:
            Organisation.objects.filter(pk=member.organisation.pk).update(kind=kind)
            member.organisation.kind = kind
            changed.append("organisation_kind")
        if changed or fresh:
            for name, value in new.items():
                setattr(member, name, value)
            member.save(update_fields=list(new))
            if REACH.intersection(changed):
                follow_choice(member)
            Interest.objects.bulk_create(Interest(member=member, says=says) for says in fresh)
            self.loaded.people_changed += 1
            words = [
                *(_COLUMN.get(name, name).replace("_", " ") for name in changed if name != "email_to_confirm"),
                *(["interests"] if fresh else []),
            ]
            said.append(f"another {' and '.join(words)}")
        return member

    def _sit(self, row: RegisterRow, member: Member, said: list[str]) -> None:
        assert row.starts is not None, "the file's own check names a row with a group and no first day"
        seats = self.seats.get((row.locality or "", row.group), [])
        same = [term for seat in seats for term in self.terms.get(seat.pk, []) if _is_same(term, row, member)]
        if same:
            self._renew_term(same[0], row, said)
            return
        seat = next((each for each in seats if _is_free(each, self.terms.get(each.pk, []), row)), None)
        if seat is None:
            named = next((each for each in seats if row.seat and each.name.casefold() == row.seat.casefold()), None)
            if named is not None:
                raise InputRefused([self._taken(row, named)])
            seat = self._make_seat(row, said)
        term = SeatTerm.objects.create(
            seat=seat,
            member=member,
            starts=row.starts,
            ends=row.ends,
            chosen=row.chosen,
            given_by=self.by,
        )
        self.terms.setdefault(seat.pk, []).append(term)
        self.loaded.terms_added += 1
        said.append(f"sits on “{seat.name}”")

    def _taken(self, row: RegisterRow, seat: Seat) -> Fault:
        others = sorted(term.starts for term in self.terms.get(seat.pk, []) if _meets(term, row))
        what = f"somebody sits on “{seat.name}” from {others[0].day} {others[0]:%B %Y}"
        do = "End that term first, choose days outside it, or name another seat."
        return Fault(self.file, what, do, "seat-double-booked", column="seat")

    def _renew_term(self, term: SeatTerm, row: RegisterRow, said: list[str]) -> None:
        others = [each for each in self.terms[term.seat_id] if each != term]
        if any(_meets(each, row) for each in others):
            raise InputRefused([self._taken(row, term.seat)])
        if (term.ends, term.chosen) == (row.ends, row.chosen):
            return
        term.ends, term.chosen = row.ends, row.chosen
        term.save(update_fields=["ends", "chosen"])
        self.loaded.terms_changed += 1
        said.append(f"another last day on “{term.seat.name}”" if term.ends else f"no last day on “{term.seat.name}”")

    def _make_seat(self, row: RegisterRow, said: list[str]) -> Seat:
        place = Place(self.place.partnership, self.localities[row.locality or ""])
        seats = self.seats.setdefault((row.locality or "", row.group), [])
        name = row.seat or self._free_name(row, place)
        seat = Seat.objects.create(partnership=place.partnership, locality=place.locality, group=row.group, name=name)
        seats.append(seat)
        self.loaded.seats_made += 1
        said.append(f"a new seat “{name}”")
        return seat

    def _free_name(self, row: RegisterRow, place: Place) -> str:
        group = name_of_group(place.partnership, row.group)
        code = code_of(place.locality)
        taken = {seat.name.casefold() for (where, _), each in self.seats.items() if where == code for seat in each}
        number, name = 1, group
        while name.casefold() in taken:
            number += 1
            name = f"{group}, seat {number}"
        return name


def _key(member: Member) -> tuple[str, str]:
    organisation = member.organisation.name if member.organisation else ""
    return (member.email.lower(), "") if member.email else (member.name.casefold(), organisation.casefold())


def _held(member: Member, name: str) -> object:
    """Give what is held as a file would say it."""
    said = getattr(member, name)
    return "\n".join(line.strip() for line in said.splitlines() if line.strip()) if name == "address" else said


def _is_same(term: SeatTerm, row: RegisterRow, member: Member) -> bool:
    named = not row.seat or term.seat.name.casefold() == row.seat.casefold()
    return term.member_id == member.pk and term.starts == row.starts and named


def _is_free(seat: Seat, terms: Iterable[SeatTerm], row: RegisterRow) -> bool:
    named = not row.seat or seat.name.casefold() == row.seat.casefold()
    return named and not any(_meets(term, row) for term in terms)


def _meets(term: SeatTerm, row: RegisterRow) -> bool:
    assert row.starts is not None
    held = as_library(term)
    assert held.starts is not None
    return (held.ends is None or held.ends >= row.starts) and (row.ends is None or row.ends >= held.starts)


def interests_of(member: Member) -> list[Interest]:
    """Give the interests of a member that have not ended, the first declared first."""
    declared = [each for each in member.interests.all() if each.ended_on is None]
    return sorted(declared, key=lambda each: (each.declared_on, each.pk))
