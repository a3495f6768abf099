"""Read a large file of shapes in the background: it would keep a page waiting for longer than people wait."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import cast

from django.db import transaction

from locality.foundations import Fault, InputRefused, ResultRefused
from locality_web.areas.models import SentShapes
from locality_web.areas.shape_changes import ShapeFile, keep_shapes, make_shapes
from locality_web.core import jobs
from locality_web.core.forms import say_fault
from locality_web.core.models import Job, Partnership, Person
from locality_web.core.permissions import NotAllowed, Place, require
from locality_web.core.words import count_of

LOAD = "areas.load_shapes"
MOST_AT_ONCE = 2_000_000
"""Bytes of a file that is read while the page waits: a nation's zones, generalised and packed, have 1.8 million and
take half a second; the densest file of this size takes some five. Own choice of the founders, 2026-11."""
MOST_ZONES_AT_ONCE = 2_000
"""Zones of a partnership whose shapes are simplified while the page waits; 1,400 take half a second, those of all
Scotland 18 seconds, until they are refused as too large for one map. Own choice of the founders, 2026-11."""
_ENDED = (Job.State.DONE, Job.State.FAILED)


@dataclass(frozen=True)
class Waiting:
    """A file that was sent for the background: the record of it, and whether it is still being read."""

    sent: SentShapes
    is_under_way: bool
    has_begun: bool
    trouble: str


def is_large(place: Place, file: ShapeFile) -> bool:
    """Say whether a file is read in the background: it is large, or is cut and simplified for many zones."""
    if len(file.content) > MOST_AT_ONCE:
        return True
    newest = place.partnership.area_versions.last()
    return newest is not None and newest.zones.count() > MOST_ZONES_AT_ONCE


@transaction.atomic
def send_shapes(person: Person, place: Place, file: ShapeFile) -> SentShapes:
    """Keep a large file of shapes until the background has read it.

    Raises:
        NotAllowed: The person may not.
        InputRefused: Another file is being read.
    """
    require(person, "areas.edit", place)
    Partnership.objects.select_for_update().get(pk=place.partnership.pk)
    before = newest_sent(place.partnership)
    if before is not None and before.is_under_way:
        what = f"{before.sent.file_name} is being read already"
        raise InputRefused([Fault(file.name, what, "Wait until it is read, then send this one.", "shapes-under-way")])
    place.partnership.sent_shapes.all().delete()
    typed = {name: each for name, each in asdict(file).items() if name not in ("name", "content")}
    sent = SentShapes(partnership=place.partnership, file_name=file.name[-200:], content=file.content, typed=typed)
    sent.sent_by = person
    sent.save()
    sent.job = jobs.start(LOAD, {"sent": sent.pk}, place=place, person=person)
    sent.save(update_fields=["job"])
    return sent


def newest_sent(partnership: Partnership) -> Waiting | None:
    """Give the file that was sent last for the background, without its bytes; None: there is none."""
    sent = partnership.sent_shapes.defer("content").select_related("job", "sent_by").last()
    if sent is None:
        return None
    job = sent.job
    if job is None:  # ended long ago: jobs are forgotten in the end
        return Waiting(sent, is_under_way=False, has_begun=True, trouble="")
    trouble = job.says if job.state != Job.State.DONE else ""
    return Waiting(sent, job.state not in _ENDED, job.state != Job.State.WAITING, trouble)


def load_sent(job: Job) -> None:
    """Read the shapes of zones from a large file, simplify them together and keep them."""
    sent = SentShapes.objects.select_related("partnership").filter(pk=job.arguments["sent"]).first()
    if sent is None:
        raise ResultRefused("The file is not there any more.", "Send it again.")
    if job.asked_by is None:
        raise NotAllowed("Whoever sent the file has no account any more.", "Send it again.")
    place = Place(sent.partnership)
    file = ShapeFile(name=sent.file_name, content=bytes(sent.content), **cast(dict[str, str], sent.typed))
    try:
        require(job.asked_by, "areas.edit", place)
        made = make_shapes(place, file)
    except (InputRefused, ResultRefused) as refused:
        # What is wrong with a file is wrong at every try: the work is done, and its outcome is the list of faults.
        with jobs.finishing(job):
            _ended(sent, _sentences(refused))
            job.says = f"{sent.file_name} was refused: {count_of(len(sent.refusals), 'fault')}."
        return
    with jobs.finishing(job):
        kept = keep_shapes(job.asked_by, place, file, made)
        _ended(sent, [])
        job.says = f"Loaded the shapes of {count_of(kept.zones, 'zone')} from {kept.file_name}."


def _ended(sent: SentShapes, refusals: list[str]) -> None:
    sent.content, sent.refusals = b"", refusals
    sent.save(update_fields=["content", "refusals"])


def _sentences(refused: InputRefused | ResultRefused) -> list[str]:
    return [say_fault(fault) for fault in refused.faults] if isinstance(refused, InputRefused) else [str(refused)]
