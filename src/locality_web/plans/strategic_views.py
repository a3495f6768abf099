"""The planners' pages of the strategic plan: begin, consolidate, write, plan for all, put to the board."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from locality.foundations import InputRefused, ResultRefused
from locality.plans import Clash, StrategicPlan
from locality_web.areas.queries import division_of_year
from locality_web.core import drafts
from locality_web.core.pages import page
from locality_web.core.permissions import NotAllowed, Place, may
from locality_web.core.remembered import Memory
from locality_web.core.tables import Column, Table
from locality_web.plans import models, strategic
from locality_web.plans import strategic_pages as pages
from locality_web.plans.comment_pages import comments_in_short
from locality_web.plans.consolidating import planning_year, plans_in
from locality_web.plans.editing import Saved, fields_at
from locality_web.plans.editor_plan import signed_in
from locality_web.plans.publishing import is_being_published
from locality_web.plans.standing import who_may_agree_strategic
from locality_web.plans.strategic_forms import BoardForm, LinesForm, NarrativeForm, StrategicStepForm
from locality_web.plans.what_was_put import changed_since_put, say_changed
from locality_web.plans.year_addresses import slug_of_year, year_of


def newest_record(place: Place, slug: str) -> models.StrategicPlanRecord | None:
    """Give the newest edition of a year's strategic plan."""
    found = place.partnership.strategic_plans.filter(year=year_of(slug))
    record = found.select_related("snapshot").order_by("-edition").first()
    if record is not None:
        record.partnership = place.partnership
    return record


def open_record(place: Place, slug: str) -> models.StrategicPlanRecord:
    """Give the newest edition, or say that there is none."""
    record = newest_record(place, slug)
    if record is None:
        raise Http404(f"The strategic plan for {year_of(slug)} is not begun yet.")
    return record


def _to(place: Place, name: str, year: str) -> HttpResponse:
    return redirect(f"plans:{name}", place.partnership.slug, slug_of_year(year))


@page("plans.read_drafts")
def edit(request: HttpRequest, place: Place, year: str) -> HttpResponse:
    """What is missing first, then the facts as they are today."""
    memory = Memory(place.partnership)
    record = plans_in(place.partnership, year_of(year), memory).strategic
    may_begin = may(request.user, "plans.consolidate", place)
    if record is None:
        shown = {"year": year_of(year), "may_begin": may_begin}
        return render(request, "plans/strategic_begin.html", shown)
    tried = pages.try_for_page(record, place, memory)
    shown = {
        **_about(place, record),
        "refused": pages.refused_because(place, record.year, tried),
        "steps": pages.steps_of(record, place, request.user, tried),
        "may_write": may_begin and record.state in strategic.WRITTEN_IN,
        "said": comments_in_short(record),
        "may_begin": may_begin and record.state == "agreed",
    }
    if isinstance(tried, StrategicPlan):
        shown |= {
            "missing": pages.missing_of(
                place, record.year, tried, slugs=division_of_year(place.partnership, record.year, memory).slugs
            ),
            "in_short": pages.in_short(tried),
            "chart": pages.distance_chart(tried),
            "body": pages.facts_body(tried),
        }
    return render(request, "plans/strategic_edit.html", shown)


def _about(place: Place, record: models.StrategicPlanRecord) -> dict[str, Any]:
    return {
        "record": record,
        "year": record.year,
        "state": strategic.CYCLE.state(record.state),
        "is_waiting": record.state == "agreed" and is_being_published(record),
        "public_address": reverse("plans:strategic", args=[place.partnership.slug, slug_of_year(record.year)]),
    }


@page("plans.consolidate", methods=("POST",))
def begin(request: HttpRequest, place: Place, year: str) -> HttpResponse:
    """Begin the plan of a year, or a new edition."""
    try:
        record = strategic.start_strategic(signed_in(request), place, year_of(year))
    except ResultRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"The strategic plan for {record.year} is begun.")
    return _to(place, "strategic_edit", year_of(year))


@page("plans.consolidate", methods=("GET", "POST"))
def narrative(request: HttpRequest, place: Place, year: str) -> HttpResponse:
    """The sections that the partnership writes itself."""
    record = open_record(place, year)
    form = NarrativeForm(record, drafts.form_data(request))
    return _answer(request, place, record, form, "plans/strategic_narrative.html", {})


@page("plans.consolidate", methods=("GET", "POST"))
def lines(request: HttpRequest, place: Place, year: str) -> HttpResponse:
    """Money for services that are planned once for the whole partnership."""
    record = open_record(place, year)
    about = planning_year(place.partnership, record.year, Memory(place.partnership))
    form = LinesForm(record, about, drafts.form_data(request))
    planned: dict[str, int] = {}
    heading = {one.service: one.heading for one in about.services}
    in_budget = {one.source for one in about.sources if one.kind in ("core", "set_aside")}
    for path, pence in record.fields.items():
        kind, _, rest = path.partition("/")
        service, _, source = rest.partition("/")
        if kind == "line" and source in in_budget:
            planned[heading.get(service, "")] = planned.get(heading.get(service, ""), 0) + int(pence)
    held = {one.heading: one.budget_pence for one in about.held}
    rows: list[list[Any]] = [
        [name, held.get(name, 0), planned.get(name, 0), held.get(name, 0) - planned.get(name, 0)]
        for name in dict.fromkeys([*held, *planned])
    ]
    columns = [Column("Heading"), *(Column(each, "pence") for each in ("Held", "Planned from the budget", "Left"))]
    totals = ["Total", *(sum(row[at] for row in rows) for at in (1, 2, 3))] if rows else None
    table = Table(
        "Against what is held for the whole partnership", columns, rows, totals=totals, empty="Nothing is held."
    )
    return _answer(request, place, record, form, "plans/strategic_lines.html", {"table": table})


def _answer(
    request: HttpRequest,
    place: Place,
    record: models.StrategicPlanRecord,
    form: NarrativeForm | LinesForm,
    template: str,
    shown: dict[str, Any],
) -> HttpResponse:
    """Save what was sent, or show the page; where somebody else wrote the same, show both."""
    clashes: list[dict[str, str]] = []
    is_open = record.state in strategic.WRITTEN_IN
    if request.method == "POST" and form.is_valid():
        try:
            saved = _save(request, record, form)
        except (InputRefused, ResultRefused) as refused:
            form.add_faults(refused)
        else:
            if not saved.clashes:
                drafts.clear(request)
                says = f"Saved as version {saved.version}." if saved.changed else "Nothing was changed."
                messages.success(request, says)
                return redirect(request.path)
            form, clashes = _again(form, saved)
            drafts.save_draft(request, request.path, {name: [str(each)] for name, each in form.data.items()})
    context = {**_about(place, record), "form": form, "clashes": clashes, "is_open": is_open, **shown}
    return render(request, template, context)


def _save(request: HttpRequest, record: models.StrategicPlanRecord, form: NarrativeForm | LinesForm) -> Saved:
    base_version = form.cleaned_data["base_version"]
    edits = form.edits(fields_at(record, base_version))
    if not edits:
        return Saved(record.version, (), ())
    return strategic.save_strategic(signed_in(request), record, edits, base_version=base_version)


def _again(form: NarrativeForm | LinesForm, saved: Saved) -> tuple[NarrativeForm | LinesForm, list[dict[str, str]]]:
    """Keep the writer's text in the form, now on the newest version, with the others' text above it."""
    kept = cast(QueryDict, form.data).copy()
    kept[form.add_prefix("base_version")] = str(saved.version)
    form.data = kept
    return form, [_side(form, clash) for clash in saved.clashes]


def _side(form: NarrativeForm | LinesForm, clash: Clash) -> dict[str, str]:
    kind, _, rest = clash.path.partition("/")
    name = clash.path if kind == "narrative" else rest.replace("/", ".")
    theirs = "" if clash.theirs is None else str(clash.theirs)
    if kind == "line":
        theirs = f"£{int(clash.theirs or 0) / 100:,.2f}"
    label = str(form.fields[name].label) if name in form.fields else clash.path
    return {"title": label, "theirs": theirs or "Nothing."}


@page("plans.read_drafts")
def board(request: HttpRequest, place: Place, year: str) -> HttpResponse:
    """What the board is asked, and how its agreement stands."""
    return _show_board(request, place, open_record(place, year))


def _show_board(
    request: HttpRequest,
    place: Place,
    record: models.StrategicPlanRecord,
    *,
    stance: BoardForm | None = None,
    step: StrategicStepForm | None = None,
) -> HttpResponse:
    tried = pages.try_for_page(record, place)
    standing = pages.standing_now(record)
    asked = {held.person_id for held in who_may_agree_strategic(place.partnership)} if standing else set()
    is_asked = request.user.pk in asked and may(request.user, "plans.agree_strategic", place)
    fresh = BoardForm(drafts.form_data(request, "stance"), initial={"version": record.version}) if is_asked else None
    shown = {
        **_about(place, record),
        "standing": standing,
        "agreement": tried.agreement if isinstance(tried, StrategicPlan) else None,
        "in_short": pages.in_short(tried) if isinstance(tried, StrategicPlan) else [],
        "refused": pages.refused_because(place, record.year, tried),
        "changed": say_changed(changed_since_put(record, tried)) if isinstance(tried, StrategicPlan) else "",
        "steps": pages.steps_of(record, place, request.user, tried),
        "stance": stance or fresh,
        "step": step or StrategicStepForm(drafts.form_data(request, "step")),
    }
    shown["form"] = stance or shown["step"]
    return render(request, "plans/strategic_board.html", shown)


@page("plans.agree_strategic", methods=("POST",))
def stance(request: HttpRequest, place: Place, year: str) -> HttpResponse:
    """Agree or object."""
    record = open_record(place, year)
    form = BoardForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            strategic.take_strategic_stance(
                signed_in(request), record, said["stance"], reason=said["reason"], version=said["version"]
            )
        except (ResultRefused, NotAllowed) as refused:
            form.add_error(None, str(refused))
        else:
            drafts.clear(request, "stance")
            agrees = said["stance"] == "agree"
            messages.success(request, "You agree to this plan." if agrees else "Your objection is kept.")
            return _to(place, "strategic_board", record.year)
    return _show_board(request, place, record, stance=form)


@page("plans.consolidate", methods=("POST",))
def step(request: HttpRequest, place: Place, year: str) -> HttpResponse:
    """Open for comments, put to the board, or take back."""
    record = open_record(place, year)
    form = StrategicStepForm(request.POST)
    if form.is_valid():
        try:
            moved = strategic.take_strategic_step(
                signed_in(request), record, form.cleaned_data["to"], reason=form.cleaned_data["reason"]
            )
        except ResultRefused as refused:
            form.add_faults(refused)
        else:
            drafts.clear(request, "step")
            messages.success(request, f"The plan is now: {strategic.CYCLE.state(moved.state).name.lower()}.")
            return _to(place, "strategic_board", record.year)
    return _show_board(request, place, record, step=form)


@page("plans.agree_strategic", methods=("POST",))
def agree(request: HttpRequest, place: Place, year: str) -> HttpResponse:
    """Record that the plan is agreed, once enough of the board have answered."""
    record = open_record(place, year)
    try:
        strategic.take_strategic_step(signed_in(request), record, "agreed")
    except ResultRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "The strategic plan is agreed. It is kept as it is, with its hash.")
    return _to(place, "strategic_board", record.year)
