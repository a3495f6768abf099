"""The editor's pages: the overview, one heading, moves, the order of priorities, the summary."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from locality.plans import explain_change
from locality_web.core import drafts
from locality_web.core.pages import page
from locality_web.core.permissions import Place, may
from locality_web.core.tables import Column, Table
from locality_web.plans import editor_pages as pages
from locality_web.plans.editor_forms import PathForm, RanksForm, SummaryForm
from locality_web.plans.editor_heading import HeadingForm
from locality_web.plans.editor_moves import MovesForm
from locality_web.plans.editor_plan import OpenPlan, open_plan, seen_by
from locality_web.plans.editor_saving import save_form
from locality_web.plans.steps import CYCLE


@page("plans.read_drafts", at="locality")
def editor(request: HttpRequest, place: Place, year: str) -> HttpResponse:
    """The whole draft at a glance, what is wrong with it, and what comes next."""
    return render(request, "plans/editor.html", pages.overview(open_plan(place, year), place, request.user))


@page("plans.edit_money", at="locality", methods=("GET", "POST"))
def edit_heading(request: HttpRequest, place: Place, year: str, heading: str) -> HttpResponse:
    """Money, notes, priorities and actions under one heading."""
    plan = open_plan(place, year)
    name = plan.heading_of(heading)
    sent = drafts.form_data(request)
    form = HeadingForm(seen_by(plan, sent), name, sent, may_text=may(request.user, "plans.edit", place))
    total = next((row for row in plan.totals.by_heading if row.heading == name), None)
    shown = {
        "heading": name,
        "total": total,
        "beside_grid": (total.in_budget_pence if total else 0) - form.in_budget_pence(),
        "over": pages.over(plan, place, name),
        "joint": [
            (line, plan.services.get(line.service), _own_share(line, plan))
            for line in plan.content.joint
            if line.service in {one.service for one in form.services}
        ],
        "elsewhere": [one for one in form.services if one.planned_at != "locality"],
        "last_year": _last_year(plan),
    }
    return _answer(request, place, plan, form, "plans/editor_heading.html", shown)


def _own_share(line: Any, plan: OpenPlan) -> int:
    return sum(share.pence for share in line.shares if share.locality == plan.content.locality.code)


def _last_year(plan: OpenPlan) -> dict[str, int | None]:
    return {one.service: one.last_year_pence for one in plan.totals.by_service}


@page("plans.edit_money", at="locality", methods=("GET", "POST"))
def edit_moves(request: HttpRequest, place: Place, year: str) -> HttpResponse:
    """Money moved from one service to another."""
    plan = open_plan(place, year)
    sent = drafts.form_data(request)
    form = MovesForm(seen_by(plan, sent), sent)
    return _answer(request, place, plan, form, "plans/editor_moves.html", {"table": moves_table(plan)})


def moves_table(plan: OpenPlan) -> Table:
    """Give for each amount that a move touches how it comes from last year's."""
    names = {one.source: one.name for one in plan.frame.sources}
    rows = [
        [
            plan.services[each.service].name if each.service in plan.services else each.service,
            names.get(each.source, each.source),
            each.last_year_pence,
            each.moved_in_pence,
            each.moved_out_pence,
            each.new_pence,
            each.this_year_pence,
        ]
        for each in explain_change(plan.content)
        if each.moved_in_pence or each.moved_out_pence
    ]
    amounts = ("Last year", "Moved in", "Moved out", "New money", "This year")
    columns = [Column("Service"), Column("Source"), *(Column(title, "pence") for title in amounts)]
    return Table("How moved money comes from last year", columns, rows, empty="No money is moved yet.")


@page("plans.edit", at="locality", methods=("GET", "POST"))
def edit_summary(request: HttpRequest, place: Place, year: str) -> HttpResponse:
    """The plan in a few words."""
    plan = open_plan(place, year)
    form = SummaryForm(plan, drafts.form_data(request))
    return _answer(request, place, plan, form, "plans/editor_summary.html", {})


@page("plans.edit", at="locality", methods=("GET", "POST"))
def edit_ranks(request: HttpRequest, place: Place, year: str) -> HttpResponse:
    """All priorities in their order."""
    plan = open_plan(place, year)
    sent = drafts.form_data(request)
    form = RanksForm(seen_by(plan, sent), sent)
    rows = [
        {
            "priority": one,
            "rank": form[f"priority/{one.id}/rank"],
            "heading": form[f"priority/{one.id}/heading"],
            "remove": form[f"remove:priority/{one.id}"],
            "slug": plan.slug_of(one.heading),
        }
        for one in form.plan.content.priorities
    ]
    return _answer(request, place, plan, form, "plans/editor_ranks.html", {"rows": rows})


def _answer(
    request: HttpRequest, place: Place, plan: OpenPlan, form: PathForm, template: str, shown: dict[str, Any]
) -> HttpResponse:
    """Save what was sent, or show the page."""
    if request.method == "POST" and form.is_valid():
        saved = save_form(request, place, plan, form)
        if saved is not None:
            return saved
    return render(request, template, {"plan": plan, "form": form, "state": CYCLE.state(plan.record.state), **shown})
