"""Take in what people said elsewhere: each thing once, whatever file it comes in again."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils import timezone

from locality.foundations import Fault, InputRefused, ResultRefused
from locality_web.core.audit import record_event
from locality_web.core.models import Person
from locality_web.core.permissions import require
from locality_web.core.words import count_of
from locality_web.voice.conversations.changes import contribute
from locality_web.voice.conversations.kinds import PUBLIC_VIEW
from locality_web.voice.conversations.models import Conversation
from locality_web.voice.conversations.places import place_of
from locality_web.voice.conversations.said_values import Came, Said, View
from locality_web.voice.conversations.translating import languages
from locality_web.voice.informed.models import ImportedFile
from locality_web.voice.informed.take_in_files import Taken, read_file

PERMISSION = "voice.take_in"
_REPLIED_TO = (*PUBLIC_VIEW, "held")


@dataclass(frozen=True)
class File:
    """A file that somebody sent: its name, its content, and the system that wrote it."""

    name: str
    content: bytes
    system: str


@transaction.atomic
def take_in(by: Person, conversation: Conversation, file: File) -> ImportedFile:
    """Take what people said elsewhere into a conversation; all of a file or nothing.

    Args:
        by: Who takes it in.
        conversation: It takes views, and is open or closed to views.
        file: The file, as the other system wrote it.

    Returns:
        What was taken in, and which rows were left out and why.

    Raises:
        NotAllowed: The person may not.
        InputRefused: The file cannot be read; every fault at once.
        ResultRefused: The same file was taken in already, or the conversation takes nothing.
    """
    place = place_of(conversation)
    require(by, PERMISSION, place)
    sha256 = hashlib.sha256(file.content).hexdigest()
    if conversation.imported.filter(sha256=sha256).exists():
        raise ResultRefused("This very file was taken in already.", "Look at the list of files.")
    found = read_file(file.content, file.system)
    known = set(conversation.contributions.exclude(source="").values_list("source", flat=True))
    left_out = [[each.row, why] for each in found if (why := _why_left_out(each, known))]
    new = [each for each in found if not _why_left_out(each, known)]
    _write(by, conversation, new)
    kept = ImportedFile.objects.create(
        conversation=conversation,
        system=file.system,
        name=file.name[:200],
        sha256=sha256,
        rows=len(new),
        left_out=left_out,
        by=by,
    )
    says = f"Took in {count_of(len(new), 'contribution')} from a file of {kept.get_system_display()}"
    detail = {"sha256": sha256, "taken": len(new), "left_out": len(left_out)}
    record_event(by, "voice.taken_in", says, place=place, subject=f"conversation:{conversation.pk}", detail=detail)
    return kept


def _why_left_out(each: Taken, known: set[str]) -> str:
    if each.source in known:
        return "It was taken in before."
    return "" if each.text else "It has no words."


def _write(by: Person, conversation: Conversation, new: Sequence[Taken]) -> None:
    there = conversation.opinions.exclude(contribution__source="").filter(state__in=_REPLIED_TO, replies_to=None)
    views = dict(there.values_list("contribution__source", "pk"))
    for each in new:
        said = Said(views=(_view(each, views.get(each.replies_to)),), consents=True)
        on = min(each.on, timezone.localdate()) if each.on else None
        try:
            made = contribute(place_of(conversation), conversation, said, _came(by, each, on))
        except InputRefused as refused:
            raise InputRefused([_at(fault, each) for fault in refused.faults]) from refused
        for opinion in made.contribution.opinions.filter(state__in=_REPLIED_TO, replies_to__isnull=True):
            views[each.source] = opinion.pk


def _view(each: Taken, replies_to: int | None) -> View:
    """Give a view: a reply to what is held is held with it; one to what was hidden or taken back stands alone."""
    language = each.language if each.language in languages() else "en"
    return View(each.text, language=language, replies_to=replies_to, also_to_held=True)


def _came(by: Person, each: Taken, on: dt.date | None) -> Came:
    return Came("web", recorded_by=by, received_on=on, source=each.source)


def _at(fault: Fault, each: Taken) -> Fault:
    return replace(fault, row=each.row, column="text")
