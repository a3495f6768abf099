"""Plans as the public reads them: the right edition, its published files, and agreed plans read once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import parse_etags, quote_etag

from locality.foundations import InputRefused, ResultRefused
from locality.plans import LocalityPlan, StrategicPlan
from locality_web.core.models import Person
from locality_web.core.permissions import Place, may
from locality_web.core.remembered import Memory
from locality_web.plans import models
from locality_web.plans.consolidating import strategic_content, strategic_now
from locality_web.plans.editing import Record
from locality_web.plans.frames import content_of
from locality_web.plans.snapshots import agreed_plan
from locality_web.plans.year_addresses import year_of

HIDDEN_STATES = ("draft", "put_to_group", "put_to_board")
"""States in which only those who may read drafts see a plan."""
BODY = "plan.html"
"""The published page's body, kept beside the files that people download."""
_CACHE_SECONDS = 600


@dataclass(frozen=True)
class Shown:
    """A plan that a page shows: its record, all editions that the reader may see, and its publication."""

    record: Record
    editions: tuple[Record, ...]
    publication: models.Publication | None

    @property
    def is_newest(self) -> bool:
        """Whether no later edition is to be seen."""
        return self.record.pk == self.editions[0].pk

    @property
    def in_force(self) -> Record | None:
        """Give the agreed edition, when another one is shown."""
        return next((one for one in self.editions if one.state == "agreed" and one.pk != self.record.pk), None)


def editions_of(place: Place, year: str, person: Person | AnonymousUser) -> list[Record]:
    """Give the editions of a year's plan that somebody may see, newest first; their texts are not read yet."""
    if place.locality is not None:
        found = models.LocalityPlanRecord.objects.filter(locality=place.locality, year=year)
    else:
        found = models.StrategicPlanRecord.objects.filter(partnership=place.partnership, year=year)  # type: ignore[assignment]
    rows: list[Any] = list(
        found.select_related("snapshot__publication").defer("fields", "snapshot__text").order_by("-edition")
    )
    for row in rows:
        if place.locality is not None:
            row.locality = place.locality
        else:
            row.partnership = place.partnership
    if any(row.state in HIDDEN_STATES for row in rows) and not may(person, "plans.read_drafts", place):
        rows = [row for row in rows if row.state not in HIDDEN_STATES]
    return cast(list[Record], rows)


def find_shown(request: HttpRequest, place: Place, slug: str) -> Shown:
    """Give the newest edition that is not a draft, or the one that `?edition=` names."""
    year = year_of(slug)
    editions = editions_of(place, year, request.user)
    wanted = request.GET.get("edition", "")
    chosen = [one for one in editions if str(one.edition) == wanted] if wanted else _default(editions)
    if not chosen:
        which = f" in edition {wanted}" if wanted and editions else ""
        raise Http404(f"There is no plan of {place.name} for {year}{which} to read here yet.")
    return Shown(chosen[0], tuple(editions), publication_of(chosen[0]))


def _default(editions: list[Record]) -> list[Record]:
    return [one for one in editions if one.state not in HIDDEN_STATES] or editions


def publication_of(record: Record) -> models.Publication | None:
    """Give a plan's publication; None: it is not published."""
    return getattr(record.snapshot, "publication", None) if record.snapshot is not None else None


def plan_of(record: Record, memory: Memory | None = None) -> LocalityPlan | StrategicPlan:
    """Give a plan's content: what was agreed, read once and kept in memory, or what is written today.

    Args:
        record: The plan.
        memory: What the page knows of the partnership already.
    """
    if record.snapshot is not None:
        return agreed_plan(record.snapshot)
    if isinstance(record, models.LocalityPlanRecord):
        return content_of(record)
    now = strategic_now(record.partnership, record.year, memory or Memory(record.partnership))
    if isinstance(now, InputRefused | ResultRefused):
        raise now
    return now if now is not None else strategic_content(record)


def published_body(publication: models.Publication | None) -> str:
    """Give the body that was written at publication; empty: there is none."""
    if publication is None:
        return ""
    kept = publication.files.filter(name=BODY).values_list("content", flat=True).first()
    return bytes(kept).decode() if kept is not None else ""


def downloads_of(publication: models.Publication | None) -> list[models.PublishedFile]:
    """Give the files of a published plan without their contents."""
    return [] if publication is None else list(publication.files.exclude(name=BODY).defer("content"))


def send_file(request: HttpRequest, shown: Shown, name: str, *, saved_as: str) -> HttpResponse:
    """Send one published file; a browser that has it already is told so."""
    found = shown.publication.files.filter(name=name).exclude(name=BODY).first() if shown.publication else None
    if found is None:
        raise Http404(f"There is no published file '{name}' of this plan.")
    tag = quote_etag(found.sha256)
    if tag in parse_etags(request.headers.get("If-None-Match", "")):
        said = HttpResponse(status=304)
    else:
        said = HttpResponse(bytes(found.content), content_type=found.media_type)
        said["Content-Disposition"] = f'attachment; filename="{saved_as}-{name}"'
    said["ETag"], said["Cache-Control"] = tag, f"public, max-age={_CACHE_SECONDS}"
    return said
