"""A site many times the demo's size, made quickly: agreed plans are kept as they would be, without their way there.

A locality's money is spread by the library, plans are put together from the site's own frames and consolidated as on
a live site; only the stances, steps and audit events that lead to an agreed plan are left out, and the PDF and Word
files of what is published.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib

from factories import money_site, site
from locality.foundations import split_pence
from locality.plans import (
    Agreement,
    CatalogueService,
    FundingSource,
    LocalityPlan,
    Stance,
    StrategicPlan,
    canonical_bytes,
    complete_fields,
    hash_plan,
    plan_as_json,
    plan_of_fields,
)
from locality.plans.documents import open_data
from locality_web.areas.models import LocalityFacts, ZoneIn
from locality_web.core.models import Locality, Partnership, ReleaseLoaded
from locality_web.core.permissions import Place
from locality_web.money.models import LedgerHeading, LocalityShare, Share
from locality_web.money.source_changes import keep_source
from locality_web.plans import models
from locality_web.plans.consolidating import strategic_content
from locality_web.plans.frames import frame_of_record
from locality_web.plans.publishing import make_body

HEADINGS = (*money_site.HEADINGS, *(f"Heading {number}" for number in range(1, 10)))
SOURCES = (
    FundingSource("core", "Core budget", "core", "The board"),
    FundingSource("grant", "A grant", "grant", "The council", headings=HEADINGS, rule="For new things."),
    FundingSource("fund", "A fund", "contribution", "A charity", headings=HEADINGS, rule="For carers."),
)
AGREEMENT = Agreement(
    "2025-03-01",
    2,
    (
        Stance("J. Lead", "Locality lead", "agree", "", "2025-03-01"),
        Stance("C. Arer", "Carers", "agree", "We were heard.", "2025-03-01"),
    ),
)


def services(count: int) -> tuple[CatalogueService, ...]:
    """The six services of the small site and as many more as make up the number."""
    own = [heading for heading in HEADINGS if heading != "Equipment"]
    more = (
        CatalogueService(f"service-{number}", f"Service {number}", own[number % len(own)], "The council")
        for number in range(count - len(money_site.SERVICES))
    )
    return (*money_site.SERVICES, *more)


def partnership(
    slug: str, name: str, *, localities: tuple[str, ...], catalogue: int = 80, like: Partnership | None = None
) -> Partnership:
    """A partnership with its catalogue, sources and release; `like` gives one whose figures it takes over."""
    made = site.partnership(slug, name, localities=localities)
    money_site.catalogue(made, services(catalogue))
    for source in SOURCES:
        keep_source(site.place(made), None, source, is_new=True)
    if like is None:
        money_site.loaded_release(made, headings=HEADINGS)
    else:
        copy_release(like, made)
    return made


def copy_release(like: Partnership, to: Partnership) -> ReleaseLoaded:
    """Take over another partnership's figures and zones, locality by locality in order of name."""
    others, own = ([*each.localities.order_by("name")] for each in (like, to))
    place = {other.pk: mine.pk for other, mine in zip(others, own, strict=True)}
    release, version = like.releases.get(), like.area_versions.get()
    figures = [list(model.objects.filter(release=release)) for model in (LocalityShare, Share, LedgerHeading)]
    areas = [list(model.objects.filter(version=version)) for model in (ZoneIn, LocalityFacts)]
    release.release = hashlib.sha256(to.slug.encode()).hexdigest()
    for one in (release, version):
        one.pk, one.partnership = None, to
        one._state.adding = True
        one.save()
    for rows in (*figures, *areas):
        for row in rows:
            row.pk = None
            if hasattr(row, "locality_id"):
                row.locality_id = place[row.locality_id]
            if hasattr(row, "release_id"):
                row.release = release
            else:
                row.version = version
        type(rows[0]).objects.bulk_create(rows)
    return release


def planned_year(of: Partnership, year: str, *, published: bool = True) -> models.StrategicPlanRecord:
    """A year with a decided budget, an agreed plan for each locality, and the strategic plan made of them."""
    if not of.budget_decisions.filter(year=year).exists():
        money_site.decided_budget(of, year)
    for locality in of.localities.all():
        if not locality.plans.filter(year=year).exists():
            record = agreed_plan(locality, year)
            if published:
                publish(record, record.content, Place(of, locality))
    record = models.StrategicPlanRecord(partnership=of, year=year, state="agreed", version=1)
    content = dataclasses.replace(strategic_content(record), agreement=AGREEMENT)
    record.snapshot = keep_snapshot(of, "strategic", content)
    record.save()
    if published:
        publish(record, content, Place(of))
    return record


def agreed_plan(locality: Locality, year: str) -> models.LocalityPlanRecord:
    """An agreed plan with a line for every service and source."""
    record = models.LocalityPlanRecord(locality=locality, year=year, state="agreed", version=1)
    frame = frame_of_record(record)
    record.fields = complete_fields(full_fields(locality, frame), frame)
    content = dataclasses.replace(plan_of_fields(record.fields, frame), agreement=AGREEMENT, version=1)
    record.snapshot = keep_snapshot(locality.partnership, "locality", content)
    record.save()
    record.content = content
    return record


def draft_plan(locality: Locality, year: str) -> models.LocalityPlanRecord:
    """A full draft, with the version that it began with."""
    record = models.LocalityPlanRecord(locality=locality, year=year)
    frame = frame_of_record(record)
    record.fields = complete_fields(full_fields(locality, frame), frame)
    record.save()
    changes = {path: [None, each] for path, each in record.fields.items()}
    record.planversions.create(number=0, changes=changes, by_name="J. Lead", says="begun")
    return record


def full_fields(locality: Locality, frame) -> dict[str, str | int]:
    """Words, two dozen priorities and actions, and money from every source for every service."""
    fields: dict[str, str | int] = {"summary": f"What {locality} will do."}
    own = [one for one in frame.services if one.planned_at == "locality"]
    for rank, one in enumerate(own[:: max(1, len(own) // 24)], start=1):
        said = {"heading": one.heading, "service": one.service, "rank": rank, "title": f"About {one.name}"}
        said |= {"why": "People asked for it.", "direction": ("more", "less", "keep")[rank % 3], "raised_by": "Carers"}
        fields |= {f"priority/P{rank}/{part}": each for part, each in said.items()}
        act = {"service": one.service, "what": "Do it", "who": "The council", "by": "2027-01-31"}
        fields |= {f"action/A{rank}/{part}": each for part, each in act.items()}
    for money in frame.budget.headings:
        under = [one for one in own if one.heading == money.heading]
        parts = split_pence(money.budget_pence * 9 // 10, [1] * len(under)) if under else ()
        for one, pence in zip(under, parts, strict=True):
            fields |= {f"line/{one.service}/core": int(pence), f"line/{one.service}/grant": 1_000_00}
            fields[f"line/{one.service}/fund"] = 500_00
    return fields


def keep_snapshot(of: Partnership, kind: str, content: LocalityPlan | StrategicPlan) -> models.Snapshot:
    """Keep an agreed plan as the text that is hashed."""
    return models.Snapshot.objects.create(
        partnership=of, kind=kind, text=canonical_bytes(plan_as_json(content)).decode(), sha256=hash_plan(content)
    )


def publish(record, content: LocalityPlan | StrategicPlan, place: Place) -> models.Publication:
    """Keep what the public reads: the page's body and the open data."""
    kept = models.Publication.objects.create(
        snapshot=record.snapshot,
        locality=place.locality,
        year=record.year,
        published_by_name="P. Lanner",
        published_at=dt.datetime(2025, 3, 26, tzinfo=dt.UTC),
    )
    files = [make_body(content, place.partnership)]
    for name, data in open_data(content).items():
        kind = "application/json" if name.endswith(".json") else "text/csv; charset=utf-8"
        sha256 = hashlib.sha256(data).hexdigest()
        files.append(
            models.PublishedFile(name=name, title=name, media_type=kind, content=data, bytes=len(data), sha256=sha256)
        )
    for each in files:
        each.publication = kept
    models.PublishedFile.objects.bulk_create(files)
    return kept


__all__ = [
    "HEADINGS",
    "SOURCES",
    "agreed_plan",
    "copy_release",
    "draft_plan",
    "partnership",
    "planned_year",
    "publish",
    "services",
]
