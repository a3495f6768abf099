"""What this room puts onto a locality's page: its priorities and its latest plan with the money."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from locality.plans import total_plan
from locality_web.core.hooks import Section
from locality_web.core.models import Person
from locality_web.core.permissions import Place, may
from locality_web.plans.editor_plan import address_arguments
from locality_web.plans.snapshots import read_snapshot


def sections(place: Place, person: Person | AnonymousUser) -> list[Section]:
    """Give the section about the plan."""
    assert place.locality is not None
    found = place.locality.plans.filter(state__in=("agreed", "open_for_comments")).defer("fields")
    newest = list(found.select_related("snapshot").order_by("-year", "-edition")[:10])
    agreed = next((record for record in newest if record.state == "agreed"), None)
    opened = next((record for record in newest if record.state == "open_for_comments"), None)
    plan = read_snapshot(agreed.snapshot) if agreed and agreed.snapshot else None
    about = {
        "plan": plan,
        "record": agreed,
        "totals": total_plan(plan) if plan else None,
        "opened": opened,
        "plan_address": reverse("plans:plan", args=address_arguments(place, agreed.year)) if agreed else "",
        "opened_address": reverse("plans:plan", args=address_arguments(place, opened.year)) if opened else "",
        "comments_address": reverse("plans:comments", args=address_arguments(place, opened.year)) if opened else "",
        "plans_address": reverse("plans:locality_plans", args=[place.partnership.slug, place.locality.slug]),
        "may_comment": may(person, "plans.comment", place),
    }
    return [Section("plans/editor_section.html", about, order=30)]
