"""What this room puts onto a partnership's front page: how people take part."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from locality_web.core.hooks import Section
from locality_web.core.models import Person
from locality_web.core.permissions import Place, may
from locality_web.plans.editor_plan import address_arguments
from locality_web.plans.models import LocalityPlanRecord


def sections(place: Place, person: Person | AnonymousUser) -> list[Section]:
    """Give the section about taking part: plans that are open for comments first."""
    about = {
        "opened": [
            {"record": record, "address": _comments(place, record), "may_comment": _may_comment(person, record)}
            for record in open_for_comments(place)
        ],
        "plans_address": reverse("plans:all_plans", args=[place.partnership.slug]),
        "contact": place.partnership.contact,
    }
    return [Section("plans/take_part.html", about, order=20)]


def open_for_comments(place: Place) -> list[LocalityPlanRecord]:
    """Give the plans on which people can comment today, the one that closes first at the head."""
    found = LocalityPlanRecord.objects.filter(locality__partnership=place.partnership, state="open_for_comments")
    today = timezone.localdate()
    kept = found.select_related("locality").defer("fields").order_by("comments_close", "locality__name")
    return [record for record in kept if record.comments_close is None or record.comments_close >= today]


def _comments(place: Place, record: LocalityPlanRecord) -> str:
    return reverse("plans:comments", args=address_arguments(Place(place.partnership, record.locality), record.year))


def _may_comment(person: Person | AnonymousUser, record: LocalityPlanRecord) -> bool:
    return may(person, "plans.comment", Place(record.locality.partnership, record.locality))
