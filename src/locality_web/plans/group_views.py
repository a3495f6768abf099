"""The group and its plan: what it is asked, who agrees and who objects, the steps of the plan's life, the snapshot."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from locality.foundations import ResultRefused
from locality_web.core import drafts
from locality_web.core.pages import PUBLIC, page
from locality_web.core.partnership_settings import read_setting
from locality_web.core.permissions import NotAllowed, Place
from locality_web.plans import editor_pages as pages
from locality_web.plans.editor_plan import OpenPlan, address_arguments, find_record, open_plan, signed_in
from locality_web.plans.group_forms import StanceForm, StepForm, TakeBackForm
from locality_web.plans.standing import is_asked
from locality_web.plans.steps import CYCLE, take_stance, take_step
from locality_web.plans.what_was_put import changed_since_put, say_changed


@page("plans.read_drafts", at="locality")
def group(request: HttpRequest, place: Place, year: str) -> HttpResponse:
    """What the group is asked, and how the agreement stands."""
    return _show(request, place, open_plan(place, year))


def _show(request: HttpRequest, place: Place, plan: OpenPlan, refused: StepForm | None = None) -> HttpResponse:
    standing = pages.standing_now(plan)
    shown = {
        **_reading(plan, place),
        "standing": standing,
        "agreement": plan.content.agreement,
        "steps": pages.next_steps(plan, place, request.user, standing),
        "is_asked": is_asked(plan.record, request.user),
        "blocks": read_setting(place.partnership, "plans.objection_blocks"),
        "form": refused,
    }
    return render(request, "plans/group.html", shown)


def _reading(plan: OpenPlan, place: Place) -> dict[str, Any]:
    return {
        "plan": plan,
        "state": CYCLE.state(plan.record.state),
        "groups": pages.services_by_heading(plan, place, linked=False),
        "headings": pages.headings_table(plan),
        "changed": say_changed(changed_since_put(plan.record, plan.content)),
    }


@page("plans.agree", at="locality", methods=("GET", "POST"))
def stance(request: HttpRequest, place: Place, year: str) -> HttpResponse:
    """Read the plan, and agree or object."""
    plan = open_plan(place, year)
    form = StanceForm(drafts.form_data(request), initial={"version": plan.record.version})
    if request.method == "POST" and form.is_valid():
        said, reason, version = (form.cleaned_data[name] for name in ("stance", "reason", "version"))
        try:
            take_stance(signed_in(request), plan.record, said, reason=reason, version=version)
        except (ResultRefused, NotAllowed) as refused:
            form.add_error(None, str(refused))
        else:
            says = "You agree to this plan." if said == "agree" else "Your objection is kept with its reason."
            return _done(request, place, plan, says)
    shown = {**_reading(plan, place), "form": form, "is_asked": is_asked(plan.record, request.user)}
    return render(request, "plans/group_stance.html", shown)


@page("plans.open", at="locality", methods=("POST",))
def step(request: HttpRequest, place: Place, year: str) -> HttpResponse:
    """Open for comments, or put to the group."""
    form = StepForm(request.POST)
    return _step(request, place, open_plan(place, year), form, form.data.get("to", "") if form.is_valid() else "")


@page("plans.agree", at="locality", methods=("POST",))
def agree(request: HttpRequest, place: Place, year: str) -> HttpResponse:
    """Record that the plan is agreed, once enough have answered."""
    return _step(request, place, open_plan(place, year), StepForm({"to": "put_to_group"}), "agreed")


def _step(request: HttpRequest, place: Place, plan: OpenPlan, form: StepForm, to: str) -> HttpResponse:
    """Take a step that needs no words of its own; what stops it is said on the group's page."""
    if form.is_valid():
        try:
            record = take_step(signed_in(request), plan.record, to)
        except ResultRefused as refused:
            form.add_faults(refused)
        else:
            return _done(request, place, plan, _SAID[record.state])
    return _show(request, place, plan, form)


_SAID = {
    "open_for_comments": "The plan is now open for comments.",
    "put_to_group": "The plan is now put to the group. Its text stands still meanwhile.",
    "agreed": "The plan is agreed. It is kept as it is, with its hash.",
}


@page("plans.open", at="locality", methods=("GET", "POST"))
def take_back(request: HttpRequest, place: Place, year: str) -> HttpResponse:
    """Take a plan back to draft, with the reason."""
    record = find_record(place, year)
    form = TakeBackForm(drafts.form_data(request))
    if request.method == "POST" and form.is_valid():
        try:
            take_step(signed_in(request), record, "draft", reason=form.cleaned_data["reason"])
        except ResultRefused as refused:
            form.add_faults(refused)
        else:
            drafts.clear(request)
            messages.success(request, "The plan is a draft again.")
            return redirect("plans:group", *address_arguments(place, record.year))
    return render(request, "plans/group_take_back.html", {"record": record, "form": form})


def _done(request: HttpRequest, place: Place, plan: OpenPlan, says: str) -> HttpResponse:
    drafts.clear(request)
    messages.success(request, says)
    return redirect("plans:group", *address_arguments(place, plan.year))


@page(PUBLIC, at="locality")
def snapshot(request: HttpRequest, place: Place, year: str) -> HttpResponse:
    """The agreed plan as the very text that was hashed."""
    assert place.locality is not None
    newest = find_record(place, year)
    agreed = place.locality.plans.filter(year=newest.year, state="agreed").select_related("snapshot").first()
    if agreed is None or agreed.snapshot is None:
        raise Http404(f"The plan of {place.name} for {newest.year} is not agreed.")
    said = HttpResponse(agreed.snapshot.text.encode(), content_type="application/json")
    name = f"{place.locality.slug}-{year}.json"
    said["Content-Disposition"] = f'attachment; filename="{name}"'
    return said
