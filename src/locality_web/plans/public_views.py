"""The published locality plan: to read, to download, to compare, to verify."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe

from locality.foundations import FinancialYear, ResultRefused
from locality.foundations.life_cycles import LifeCycle
from locality.plans import LocalityPlan, StrategicPlan, compare_plans, plan_schema
from locality.plans.documents import OPEN_TABLES, outline_of
from locality_web.core.pages import PUBLIC, page
from locality_web.core.permissions import Place, may
from locality_web.members.advice_queries import consulted_on
from locality_web.members.places import address_at
from locality_web.plans import steps
from locality_web.plans.commenting import comments_of, takes_comments
from locality_web.plans.editing import Record
from locality_web.plans.editor_plan import address_arguments, signed_in
from locality_web.plans.public_body import write_body
from locality_web.plans.public_links import links_of
from locality_web.plans.public_records import (
    Shown,
    downloads_of,
    editions_of,
    find_shown,
    plan_of,
    published_body,
    send_file,
)
from locality_web.plans.publishing import ask_to_publish, is_being_published
from locality_web.plans.year_addresses import slug_of_year


@page(PUBLIC, at="locality")
def plan(request: HttpRequest, place: Place, year: str) -> HttpResponse:
    """Read a locality's plan."""
    shown = find_shown(request, place, year)
    where = address_arguments(place, shown.record.year)
    context = {
        **shown_plan(request, place, shown, steps.CYCLE),
        "title": f"Locality plan for {place.name}, {shown.record.year}",
        "address": reverse("plans:plan", args=where),
        "compare_address": reverse("plans:plan_compare", args=where),
        "publish_address": reverse("plans:plan_publish", args=where),
        "snapshot_address": reverse("plans:snapshot", args=where) if shown.record.state == "agreed" else "",
        "comments_address": reverse("plans:comments", args=where) if takes_comments(shown.record) else "",
    }
    return render(request, "plans/public_plan.html", context)


def shown_plan(request: HttpRequest, place: Place, shown: Shown, cycle: LifeCycle) -> dict[str, Any]:
    """Give what the page of any plan shows: body, state, files, editions, and whether it can be published."""
    record = shown.record
    body = published_body(shown.publication)
    if not body:
        content = plan_of(record)
        body = write_body(outline_of(content), links_of(content, place.partnership) if record.snapshot else None)
    can_publish = record.state == "agreed" and shown.publication is None
    waiting = can_publish and is_being_published(record)
    return {
        "shown": shown,
        "record": record,
        "state": cycle.state(record.state),
        "body": mark_safe(body),  # noqa: S308  # every text in it was escaped when it was written
        "comments": comments_of(record),
        "consulted": consulted_on(place, record.year),
        "advice_address": reverse("members:advice", args=[place.partnership.slug]),
        "decisions_address": address_at(place, "decisions"),
        "sha256": record.snapshot.sha256 if record.snapshot else "",
        "downloads": downloads_of(shown.publication),
        "tables": OPEN_TABLES,
        "is_waiting": waiting,
        "may_publish": can_publish and not waiting and may(request.user, "plans.publish", place),
        "edition": "" if shown.is_newest else f"?edition={record.edition}",
        "follow_address": reverse("plans:follow", args=[place.partnership.slug, slug_of_year(record.year)]),
    }


@page(PUBLIC, at="locality")
def plan_file(request: HttpRequest, place: Place, year: str, name: str) -> HttpResponse:
    """Download one form of a published plan."""
    assert place.locality is not None
    return send_file(request, find_shown(request, place, year), name, saved_as=f"{place.locality.slug}-{year}")


@page("plans.publish", at="locality", methods=("POST",))
def plan_publish(request: HttpRequest, place: Place, year: str) -> HttpResponse:
    """Ask for an agreed plan to be published."""
    shown = find_shown(request, place, year)
    ask(request, shown.record)
    return redirect("plans:plan", *address_arguments(place, shown.record.year))


def ask(request: HttpRequest, record: Record) -> None:
    """Ask for a plan to be published, and say what came of asking."""
    try:
        ask_to_publish(signed_in(request), record)
    except ResultRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "The plan is being published. Its files are made in the background.")


@page(PUBLIC, at="locality")
def plan_compare(request: HttpRequest, place: Place, year: str) -> HttpResponse:
    """Compare a plan with last year's, or with an earlier edition."""
    shown = find_shown(request, place, year)
    choices = earlier_plans(request, place, shown)
    chosen = choices.get(request.GET.get("with", "")) or next(iter(choices.values()), None)
    found = None
    if chosen is not None:
        found = compare_plans(cast(LocalityPlan, plan_of(chosen)), cast(LocalityPlan, plan_of(shown.record)))
    context = {
        "record": shown.record,
        "choices": [(key, say_edition(one), one is chosen) for key, one in choices.items()],
        "found": found,
        "before": say_edition(chosen) if chosen is not None else "",
        "after": say_edition(shown.record),
        "edition": shown.record.edition,
        "address": reverse("plans:plan", args=address_arguments(place, shown.record.year)),
    }
    return render(request, "plans/public_compare.html", context)


def earlier_plans(request: HttpRequest, place: Place, shown: Shown) -> dict[str, Record]:
    """Give what a plan can be compared with: the plan of the year before, and other editions of its own year."""
    before = str(FinancialYear.parse(shown.record.year).next(-1))
    last = [one for one in editions_of(place, before, request.user) if one.snapshot is not None]
    others = [one for one in shown.editions if one.pk != shown.record.pk]
    return {f"{slug_of_year(one.year)}.{one.edition}": one for one in [*last[:1], *others]}


def say_edition(record: Record) -> str:
    """Write which plan it is."""
    return f"{record.year}, edition {record.edition}" if record.edition > 1 else record.year


_SCHEMAS = {"locality-plan": LocalityPlan, "strategic-plan": StrategicPlan}


@page(PUBLIC)
def schema(request: HttpRequest, place: Place, kind: str) -> HttpResponse:
    """The JSON schema of a published plan."""
    if kind not in _SCHEMAS:
        raise Http404(f"There is no schema '{kind}'. There are: {', '.join(_SCHEMAS)}.")
    said = JsonResponse(plan_schema(_SCHEMAS[kind]), json_dumps_params={"indent": 1})
    said["Cache-Control"] = "public, max-age=86400"
    return said
