"""What the pages about notices show."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse

from locality_web.core.permissions import Place
from locality_web.core.site_address import full_address
from locality_web.core.tables import Column, Link, Table
from locality_web.core.words import join_words
from locality_web.members.kinds import needs
from locality_web.members.notice_changes import letters_too_late, letters_waiting
from locality_web.members.notice_models import Notice, PaperBatch
from locality_web.members.register_models import Member

_LARGE = "large-print"


@dataclass(frozen=True)
class Letter:
    """One letter of a batch: to whom, in which forms, and what it says."""

    member: Member
    notices: tuple[Notice, ...]
    forms: tuple[str, ...]

    @property
    def lines(self) -> list[str]:
        """The lines of the envelope: name and address."""
        return [self.member.name, *(line for line in self.member.address.splitlines() if line.strip())]

    @property
    def is_large(self) -> bool:
        """Whether it is printed large."""
        return _LARGE in self.forms

    @property
    def other_forms(self) -> str:
        """The forms besides print and large print in which they need what is sent, in words."""
        names = {each.code: each.name for each in needs() if each.met_in != "meeting"}
        return join_words(names[code].lower() for code in self.forms if code in names and code != _LARGE)

    def paragraphs(self) -> list[tuple[str, list[str], str]]:
        """Subject, paragraphs and full address of each notice."""
        return [
            (
                each.subject,
                [part.strip() for part in each.text.split("\n\n") if part.strip()],
                full_address(each.address) if each.address else "",
            )
            for each in self.notices
        ]


def letters_page(place: Place) -> dict[str, object]:
    """What waits for the post, whose address is missing, and the batches that were made."""
    waiting = list(letters_waiting(place.partnership).order_by("member__name", "member_id"))
    lacking = {each.member for each in waiting if not each.member.address}
    ready = {each.member_id for each in waiting if each.member.address}
    return {
        "letters": len(ready),
        "notices": sum(1 for each in waiting if each.member.address),
        "lacking": sorted(lacking, key=lambda each: each.name),
        "late": letters_too_late(place.partnership).values("member").distinct().count(),
        "batches": _batches(place),
    }


def _batches(place: Place) -> Table:
    batches = list(place.partnership.paper_batches.prefetch_related("notices").select_related("made_by")[:50])
    rows = [
        [
            Link(str(batch), _address(place, batch)),
            len({each.member_id for each in batch.notices.all()}),
            str(batch.made_by or ""),
            f"{batch.posted_on.day} {batch.posted_on:%B %Y}" if batch.posted_on else "not yet",
        ]
        for batch in batches
    ]
    columns = [Column("Printed"), Column("Letters", "number"), Column("By"), Column("Posted")]
    return Table("Letters that were printed", columns, rows, empty="No letters have been printed yet.")


def _address(place: Place, batch: PaperBatch) -> str:
    return reverse("members:letters_batch", args=[place.partnership.slug, batch.pk])


def letters_of(batch: PaperBatch) -> list[Letter]:
    """Give the letters of a batch, one for each member, in order of name."""
    notices = batch.notices.select_related("member").prefetch_related("member__needs")
    in_order = sorted(notices, key=lambda each: (each.member.name, each.member_id, each.made_at, each.pk))
    return [
        Letter(member, tuple(told), _forms(member))
        for member, told in groupby(in_order, lambda each: each.member)
        if not member.erased_at
    ]


def _forms(member: Member) -> tuple[str, ...]:
    return tuple(need.kind for need in member.needs.all() if need.ended_on is None)
