"""A plan as its pages need it: found by place and year, with its frame, its fields and its content, in few queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import cast

from django.http import Http404, HttpRequest, QueryDict
from django.utils.text import slugify

from locality.plans import (
    CatalogueService,
    PlanFrame,
    PlanTotals,
    complete_fields,
    fields_of,
    frame_of,
    headings_of,
    plan_of_fields,
    total_plan,
)
from locality.plans import LocalityPlan as PlanContent
from locality.plans.totals import NO_HEADING
from locality_web.core.models import Person
from locality_web.core.permissions import Place
from locality_web.plans.editing import fields_at
from locality_web.plans.frames import frame_of_record
from locality_web.plans.models import LocalityPlanRecord
from locality_web.plans.snapshots import read_snapshot
from locality_web.plans.writing import WRITTEN_IN
from locality_web.plans.year_addresses import slug_of_year, year_of

_KEPT_SLUGS = ("moves", "summary", "priorities", "clash")
"""Addresses beside the headings, which no heading may take."""


@dataclass(frozen=True)
class OpenPlan:
    """A plan that is open on a page: its record, everything that editors do not write, and what they do."""

    record: LocalityPlanRecord
    frame: PlanFrame
    fields: dict[str, str | int]
    content: PlanContent

    @property
    def year(self) -> str:
        """Its financial year."""
        return self.record.year

    @property
    def is_writable(self) -> bool:
        """Whether its text may change in its present state."""
        return self.record.state in WRITTEN_IN

    @cached_property
    def totals(self) -> PlanTotals:
        """Its totals."""
        return total_plan(self.content)

    @cached_property
    def services(self) -> dict[str, CatalogueService]:
        """The catalogue by code, and what has a line, a note or an action without being in it."""
        known = {one.service: one for one in self.frame.services}
        named = [path.split("/")[1] for path in self.fields if path.startswith(("line/", "note/"))]
        named += [one.service for one in self.content.actions]
        strange = {code: CatalogueService(code, code, NO_HEADING) for code in sorted(set(named) - set(known)) if code}
        return known | strange

    @cached_property
    def headings(self) -> dict[str, str]:
        """Headings by the part of their address, in the order of the catalogue."""
        return slugs_of(self._all_headings())

    def _all_headings(self) -> list[str]:
        names = list(headings_of(self.frame.services))
        lost = any(one.heading not in names for one in self.content.priorities)
        strange = lost or any(one.heading == NO_HEADING for one in self.services.values())
        return [*names, NO_HEADING] if strange else names

    def slug_of(self, heading: str) -> str:
        """Give the part of the address of a heading; one that the catalogue does not have stands with its like."""
        found = {name: slug for slug, name in self.headings.items()}
        return found.get(heading) or found.get(NO_HEADING) or next(iter(self.headings), "")

    def heading_of(self, slug: str) -> str:
        """Give the heading at an address, or say that there is none."""
        if slug not in self.headings:
            raise Http404(f"The catalogue has no service heading at the address '{slug}'.")
        return self.headings[slug]


def slugs_of(headings: Iterable[str]) -> dict[str, str]:
    """Give each heading a part of an address of its own: the heading by that part."""
    found: dict[str, str] = {}
    for heading in headings:
        base = slugify(heading)[:70] or "heading"
        number, slug = 2, base
        while slug in found or slug in _KEPT_SLUGS:
            slug, number = f"{base}-{number}", number + 1
        found[slug] = heading
    return found


def find_record(place: Place, slug: str) -> LocalityPlanRecord:
    """Give the newest edition of a locality's plan of a year, or say that there is none."""
    assert place.locality is not None
    year = year_of(slug)
    found = place.locality.plans.filter(year=year).select_related("snapshot").order_by("-edition").first()
    if found is None:
        raise Http404(f"{place.name} has no plan for {year} yet.")
    found.locality = place.locality
    return found


def open_plan(place: Place, slug: str) -> OpenPlan:
    """Open the newest edition of a locality's plan of a year."""
    return open_record(find_record(place, slug))


def open_record(record: LocalityPlanRecord) -> OpenPlan:
    """Open a plan that was found."""
    if record.snapshot is not None:
        content = read_snapshot(record.snapshot)
        return OpenPlan(record, frame_of(content), fields_of(content), content)
    frame = frame_of_record(record)
    fields = complete_fields(record.fields, frame)
    return OpenPlan(record, frame, fields, plan_of_fields(fields, frame))


def seen_by(plan: OpenPlan, sent: QueryDict | None) -> OpenPlan:
    """Give a plan as the person saw it who sent a form: what others took away meanwhile still has its place there."""
    number = str(sent.get("base_version", "")) if sent is not None else ""
    if not number.isdecimal() or int(number) >= plan.record.version:
        return plan
    fields = complete_fields(fields_at(plan.record, int(number)), plan.frame)
    return OpenPlan(plan.record, plan.frame, fields, plan_of_fields(fields, plan.frame))


def content_at(plan: OpenPlan, version: int) -> PlanContent:
    """Give a plan's content as an earlier version had it, with budget and catalogue as they are now."""
    if version == plan.record.version:
        return plan.content
    fields = fields_at(plan.record, version)
    return plan_of_fields(complete_fields(fields, plan.frame), _with_version(plan.frame, version))


def _with_version(frame: PlanFrame, version: int) -> PlanFrame:
    return PlanFrame(**{**{name: getattr(frame, name) for name in frame.__dataclass_fields__}, "version": version})


def address_arguments(place: Place, year: str) -> list[str]:
    """Give what the address of a page of a plan carries."""
    assert place.locality is not None
    return [place.partnership.slug, place.locality.slug, slug_of_year(year)]


def signed_in(request: HttpRequest) -> Person:
    """Give the person of a page that only people who are signed in can open."""
    return cast(Person, request.user)
