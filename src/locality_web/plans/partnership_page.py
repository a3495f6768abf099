"""What this room puts onto a partnership's front page: how people take part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from locality_web.core.hooks import Section
from locality_web.core.models import Person
from locality_web.core.permissions import Place, may
from locality_web.plans.editing import Record
from locality_web.plans.editor_plan import address_arguments
from locality_web.plans.models import LocalityPlanRecord, StrategicPlanRecord
from locality_web.plans.year_addresses import slug_of_year


@dataclass(frozen=True)
class Opened:
    """A plan on which people can comment today: whose it is, where they do it, and whether the reader may."""

    record: Record
    whose: str
    address: str
    may_comment: bool


def sections(place: Place, person: Person | AnonymousUser) -> list[Section]:
    """Give the section about taking part: plans that are open for comments first."""
    about = {
        "opened": list(open_for_comments(place, person)),
        "plans_address": reverse("plans:all_plans", args=[place.partnership.slug]),
        "contact": place.partnership.contact,
    }
    return [Section("plans/take_part.html", about, order=20)]


def open_for_comments(place: Place, person: Person | AnonymousUser) -> Iterator[Opened]:
    """Give the plans on which people can comment today: the strategic plan, then those of localities by last day."""
    still = Q(comments_close__isnull=True) | Q(comments_close__gte=timezone.localdate())
    whole = StrategicPlanRecord.objects.filter(still, partnership=place.partnership, state="open_for_comments")
    for record in whole.defer("fields").order_by("year"):
        where = [place.partnership.slug, slug_of_year(record.year)]
        may_comment = may(person, "plans.comment", Place(place.partnership))
        address = reverse("plans:strategic_comments", args=where)
        yield Opened(record, f"The strategic plan of {place.partnership}", address, may_comment)
    own = LocalityPlanRecord.objects.filter(still, locality__partnership=place.partnership, state="open_for_comments")
    own = own.select_related("locality").defer("fields")
    for plan in own.order_by(F("comments_close").asc(nulls_last=True), "locality__name"):
        at = Place(place.partnership, plan.locality)
        address = reverse("plans:comments", args=address_arguments(at, plan.year))
        yield Opened(plan, f"The plan of {plan.locality}", address, may(person, "plans.comment", at))
