"""Papers of a meeting: sent, given out to those who may read them, withheld with a reason."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone

from locality.foundations import Fault, InputRefused, load_rule
from locality_web.core.audit import record_event
from locality_web.core.models import Person
from locality_web.core.permissions import Place, may, require
from locality_web.members.meeting_models import AgendaItem, Meeting, Paper
from locality_web.members.meeting_queries import is_invited
from locality_web.members.practice_models import Document


@dataclass(frozen=True)
class PaperSent:
    """A file as it was sent, with the item that it belongs to, and why it is not published."""

    name: str
    content: bytes
    item: AgendaItem | None = None
    withheld_why: str = ""


def paper_limits() -> tuple[dict[str, str], int]:
    """Give the media type of each ending that may be sent, and the most bytes of one paper."""
    value: dict[str, Any] = load_rule("locality.members", "meeting_papers").at(timezone.localdate()).value
    return dict(value["kinds"]), int(value["most_megabytes"]) * 2**20


@transaction.atomic
def add_paper(person: Person, place: Place, meeting: Meeting, sent: PaperSent) -> Paper:
    """Keep a paper of a meeting.

    Raises:
        NotAllowed: The person may not.
        InputRefused: The file is empty, too large or of another kind.
    """
    require(person, "members.meet", place)
    kinds, most = paper_limits()
    ending = PurePath(sent.name).suffix.lower()
    if ending not in kinds or not 0 < len(sent.content) <= most:
        what = f"'{sent.name}' is empty, larger than {most // 2**20} MB or of another kind"
        do = f"Choose a file that ends in {', '.join(kinds)}."
        raise InputRefused([Fault(sent.name, what, do, "paper-refused", column="file")])
    document = Document.objects.create(
        partnership=place.partnership,
        name=PurePath(sent.name).name[:200],
        media_type=kinds[ending],
        content=sent.content,
        sha256=hashlib.sha256(sent.content).hexdigest(),
        public=not sent.withheld_why and meeting.public,
        added_by=person,
    )
    made = Paper.objects.create(
        meeting=meeting, item=sent.item, document=document, withheld_why=sent.withheld_why.strip()
    )
    detail = {"sha256": document.sha256, "withheld": sent.withheld_why}
    subject = f"meeting:{meeting.pk}"
    record_event(
        person, "members.meeting_paper_added", "Added a paper of a meeting", place=place, subject=subject, detail=detail
    )
    return made


@transaction.atomic
def withhold_paper(person: Person, place: Place, paper: Paper, why: str) -> None:
    """Say why a paper is not published; an empty reason publishes it again.

    Raises:
        NotAllowed: The person may not.
    """
    require(person, "members.meet", place)
    paper.withheld_why = why.strip()
    paper.save(update_fields=["withheld_why"])
    paper.document.public = not paper.withheld_why and paper.meeting.public
    paper.document.save(update_fields=["public"])
    says = f"Withheld a paper: {paper.withheld_why}" if paper.withheld_why else "Published a paper that was withheld"
    record_event(
        person,
        "members.meeting_paper_withheld",
        says,
        place=place,
        subject=f"meeting:{paper.meeting_id}",
        detail={"sha256": paper.document.sha256},
    )


def papers_of(meeting: Meeting) -> list[Paper]:
    """Give a meeting's papers without their content."""
    return list(meeting.papers.select_related("document", "item").defer("document__content"))


def may_read_paper(person: Person | AnonymousUser, place: Place, paper: Paper) -> bool:
    """Say whether somebody may open a paper: everybody what is published, members and who is invited all of them."""
    is_public = not paper.withheld_why and paper.meeting.public
    return is_public or may(person, "members.see_register", place) or is_invited(person, paper.meeting)
