"""The register of members as a spreadsheet: its columns, and what one row says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from locality.foundations import Column, Kind, Table
from locality.members.kinds import GroupKind
from locality.members.kinds import Kind as OrganisationKind

CHOSEN: Mapping[str, str] = {
    "elected": "Elected by those they speak for",
    "nominated": "Nominated by their organisation",
    "appointed": "Appointed by the partnership",
    "volunteered": "Came forward",
    "office": "By their office",
}
"""How somebody was chosen: what is kept, and what people read."""

TOLD: Mapping[str, str] = {
    "at_once": "By e-mail, each at once",
    "daily": "By e-mail, one each day at most",
    "weekly": "By e-mail, one each week at most",
    "paper": "By post",
    "none": "No notices",
}
"""How notices reach somebody."""

SHOWN: Mapping[str, str] = {
    "name": "Name and organisation",
    "organisation": "Organisation alone",
    "nothing": "Neither: only the group that they speak for",
}
"""What everybody may read of somebody."""

REGISTER_FILE = Table(
    "register",
    "One person on one seat; somebody with two seats has two rows, somebody with none has one row without a seat.",
    (
        Column("name", Kind.TEXT, "The person's name"),
        Column("organisation", Kind.TEXT, "The organisation that they come from, if any", nullable=True),
        Column("organisation kind", Kind.TEXT, "What kind of organisation it is, as listed", nullable=True),
        Column("group", Kind.TEXT, "The group that they speak for, as listed; empty: no seat", nullable=True),
        Column(
            "seat",
            Kind.TEXT,
            'Name of the seat, like "Carers, second seat"; empty: one is named for the group',
            nullable=True,
            optional=True,
        ),
        Column(
            "locality",
            Kind.TEXT,
            "The locality, or the partnership for the whole partnership's group",
            nullable=True,
            optional=True,
        ),
        Column("from", Kind.DATE, "First day on the seat, like 2026-04-01 or 1/4/2026", nullable=True),
        Column("to", Kind.DATE, "Last day on the seat; empty: no end is set", nullable=True, optional=True),
        Column("how chosen", Kind.TEXT, "How they were chosen, as listed", nullable=True),
        Column("interests", Kind.TEXT, "Interests that they declared, each on a line", nullable=True, optional=True),
        Column("e-mail", Kind.TEXT, "Their e-mail address", nullable=True, optional=True),
        Column("telephone", Kind.TEXT, "Their telephone number", nullable=True, optional=True),
        Column("address", Kind.TEXT, "Their address for post, as on an envelope", nullable=True, optional=True),
        Column(
            "how to be told",
            Kind.TEXT,
            "How notices reach them, as listed; empty: by e-mail, or by post where there is only an address",
            nullable=True,
            optional=True,
        ),
        Column(
            "what is shown",
            Kind.TEXT,
            "What everybody may read of them, as listed; empty: only the group that they speak for",
            nullable=True,
            optional=True,
        ),
    ),
)
"""The file of the register."""


@dataclass(frozen=True)
class RegisterRow:
    """One row of the register.

    Args:
        name: The person's name.
        organisation: Name of their organisation; empty: none.
        organisation_kind: Code of its kind; empty: not said.
        group: Code of the group that they speak for; empty: they have no seat.
        seat: Name of the seat; empty: not named.
        locality: Code of the locality; empty: the whole partnership's group; None: no seat.
        starts: First day on the seat.
        ends: Last day; None: no end is set.
        chosen: Code of how they were chosen.
        interests: What they declared.
        email: Their e-mail address.
        telephone: Their number.
        address: Their address, in lines.
        notices: Code of how they are told.
        shown: Code of what everybody may read.
        row: The row of the file, as a spreadsheet counts it; 0: from no file.
    """

    name: str
    organisation: str = ""
    organisation_kind: str = ""
    group: str = ""
    seat: str = ""
    locality: str | None = None
    starts: dt.date | None = None
    ends: dt.date | None = None
    chosen: str = ""
    interests: tuple[str, ...] = ()
    email: str = ""
    telephone: str = ""
    address: str = ""
    notices: str = "none"
    shown: str = "nothing"
    row: int = 0

    @property
    def person(self) -> tuple[str, str]:
        """By what rows are known to be of one person: the e-mail address, or else name and organisation."""
        return (self.email.lower(), "") if self.email else (self.name.casefold(), self.organisation.casefold())


@dataclass(frozen=True)
class RegisterKinds:
    """The words that a register's file may use.

    Args:
        groups: The groups that the partnership knows.
        organisation_kinds: The kinds of organisation that it knows.
        localities: Names of its localities by code; the partnership's own name under "".
        here: Code of the locality that is meant where a row with a group names none; None: it must be named.
    """

    groups: tuple[GroupKind, ...]
    organisation_kinds: tuple[OrganisationKind, ...]
    localities: Mapping[str, str]
    here: str | None = None

    def words(self, column: str) -> Mapping[str, str]:
        """Give what may stand in a column, by the code that is kept; nothing for a column of free text."""
        words: dict[str, Mapping[str, str]] = {
            "organisation kind": {each.code: each.name for each in self.organisation_kinds},
            "group": {each.code: each.name for each in self.groups},
            "locality": self.localities,
            "how chosen": CHOSEN,
            "how to be told": TOLD,
            "what is shown": SHOWN,
        }
        return words.get(column, {})
