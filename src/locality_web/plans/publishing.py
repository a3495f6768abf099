"""Publish an agreed plan in all its forms at once: made in the background, kept in one transaction, never changed."""

from __future__ import annotations

import hashlib

from django.db import transaction
from django.utils import timezone

from locality.foundations import ResultRefused
from locality.plans import LocalityPlan, StrategicPlan
from locality.plans.documents import OPEN_TABLES, open_data, outline_of, write_pdf, write_sheets, write_word
from locality_web.core import jobs
from locality_web.core.audit import record_event
from locality_web.core.models import Job, Partnership, Person
from locality_web.core.permissions import Place, require
from locality_web.plans import models
from locality_web.plans.editing import Record
from locality_web.plans.public_body import write_body
from locality_web.plans.public_links import links_of
from locality_web.plans.public_records import BODY
from locality_web.plans.snapshots import read_snapshot, read_strategic_snapshot
from locality_web.plans.telling import tell_of_publication

KIND = "plans.publish"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"


def place_of_plan(record: Record) -> Place:
    """Give the place of a locality plan or a strategic plan."""
    if isinstance(record, models.LocalityPlanRecord):
        return Place(record.locality.partnership, record.locality)
    return Place(record.partnership)


@transaction.atomic
def ask_to_publish(person: Person, record: Record) -> Job:
    """Ask for an agreed plan to be published; a job makes its files.

    Args:
        person: Who asks; needs `plans.publish`.
        record: An agreed plan.

    Raises:
        NotAllowed: The person may not.
        ResultRefused: The plan is not agreed, or published already.
    """
    place = place_of_plan(record)
    require(person, "plans.publish", place)
    record.refresh_from_db(fields=["state", "snapshot"])
    if record.state != "agreed" or record.snapshot is None:
        raise ResultRefused("Only an agreed plan can be published.", "Let it be agreed first.")
    if models.Publication.objects.filter(snapshot=record.snapshot).exists():
        raise ResultRefused(
            "This plan is published already.", "A changed plan is a new edition: agree it, then publish."
        )
    record_event(
        person,
        "plans.publishing_asked",
        f"Asked to publish {record}",
        place=place,
        subject=f"snapshot:{record.snapshot.sha256}",
        detail={"sha256": record.snapshot.sha256},
    )
    kind = "locality" if isinstance(record, models.LocalityPlanRecord) else "strategic"
    return jobs.start(KIND, {"kind": kind, "record": record.pk}, place=place, person=person)


def is_being_published(record: Record) -> bool:
    """Say whether a job that publishes a plan is waiting or running."""
    kind = "locality" if isinstance(record, models.LocalityPlanRecord) else "strategic"
    return Job.objects.filter(
        kind=KIND, arguments={"kind": kind, "record": record.pk}, state__in=(Job.State.WAITING, Job.State.RUNNING)
    ).exists()


def make_files(plan: LocalityPlan | StrategicPlan) -> list[models.PublishedFile]:
    """Make every form of a plan, not yet kept.

    Args:
        plan: The agreed plan.

    Returns:
        PDF, large-print PDF, Word, workbook, JSON and CSV files; all of the same figures.
    """
    document = outline_of(plan)
    made = [
        ("plan.pdf", "PDF", "application/pdf", write_pdf(document)),
        ("plan-large-print.pdf", "PDF in large print", "application/pdf", write_pdf(document, large_print=True)),
        ("plan.docx", "Word", WORD, write_word(document)),
        ("plan.xlsx", "Spreadsheet", EXCEL, write_sheets(document, plan)),
    ]
    titles = {f"{table.name}.csv": f"CSV: {table.about}" for table in OPEN_TABLES}
    for name, content in open_data(plan).items():
        is_json = name.endswith(".json")
        made.append((name, titles.get(name, "JSON: the whole plan"), "application/json" if is_json else CSV, content))
    return [_file(*each) for each in made]


def make_body(plan: LocalityPlan | StrategicPlan, partnership: Partnership) -> models.PublishedFile:
    """Make the body of the plan's web page, whose lines lead to where their money is followed."""
    body = write_body(outline_of(plan), links_of(plan, partnership))
    return _file(BODY, "Web page", "text/html; charset=utf-8", body.encode())


def _file(name: str, title: str, media_type: str, content: bytes) -> models.PublishedFile:
    return models.PublishedFile(
        name=name,
        title=title,
        media_type=media_type,
        content=content,
        bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )


def publish_files(job: Job) -> None:
    """Publish an agreed plan in all its forms."""
    record = _record_of(job)
    snapshot = record.snapshot
    if snapshot is None or record.state != "agreed":
        raise ResultRefused("This plan is not the agreed one any more.", "Publish the edition that is in force.")
    is_locality = isinstance(record, models.LocalityPlanRecord)
    plan = read_snapshot(snapshot) if is_locality else read_strategic_snapshot(snapshot)
    files = [*make_files(plan), make_body(plan, place_of_plan(record).partnership)]
    with jobs.finishing(job):
        _keep(job, record, snapshot, files)
        job.says = f"Published {record} in {len(files)} forms."


def _record_of(job: Job) -> Record:
    if job.arguments["kind"] == "locality":
        return models.LocalityPlanRecord.objects.select_related("locality__partnership", "snapshot").get(
            pk=job.arguments["record"]
        )
    return models.StrategicPlanRecord.objects.select_related("partnership", "snapshot").get(pk=job.arguments["record"])


def _keep(job: Job, record: Record, snapshot: models.Snapshot, files: list[models.PublishedFile]) -> None:
    place = place_of_plan(record)
    publication, is_new = models.Publication.objects.get_or_create(
        snapshot=snapshot,
        defaults={
            "locality": place.locality,
            "year": record.year,
            "edition": record.edition,
            "published_at": timezone.now(),
            "published_by_name": str(job.asked_by or "The site"),
        },
    )
    if not is_new:
        return
    for file in files:
        file.publication = publication
    models.PublishedFile.objects.bulk_create(files)
    record_event(
        job.asked_by,
        "plans.published",
        f"Published {record}",
        place=place,
        subject=f"snapshot:{snapshot.sha256}",
        detail={"sha256": snapshot.sha256, "files": {file.name: file.sha256 for file in files}},
    )
    tell_of_publication(place, publication)
