"""Every version of a plan: who saved it and what changed; two compared; an earlier one brought back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from locality.foundations import InputRefused, ResultRefused
from locality.plans import changes_between, compare_plans
from locality_web.core import drafts
from locality_web.core.forms import FaultForm
from locality_web.core.pages import page
from locality_web.core.permissions import Place, may
from locality_web.core.tables import Column, Table
from locality_web.plans.editing import fields_at, versions_of
from locality_web.plans.editor_forms import TextField
from locality_web.plans.editor_plan import OpenPlan, address_arguments, content_at, open_plan, signed_in
from locality_web.plans.editor_saving import after_saving
from locality_web.plans.editor_words import FieldWords, name_version
from locality_web.plans.models import PlanVersion
from locality_web.plans.writing import save_edits

A_PAGE = 25
SHOWN_CHANGES = 6
LONGEST_REASON = 200  # letters: it stands in one line of the list of versions


@dataclass(frozen=True)
class Shown:
    """A version as the list shows it."""

    version: PlanVersion
    says: tuple[str, ...]
    more: int


class RestoreForm(FaultForm):
    """Why an earlier version is brought back."""

    base_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    reason = TextField(label="Why is it brought back?", required=True, max_length=LONGEST_REASON)


class CompareForm(FaultForm):
    """Which two versions."""

    first = forms.IntegerField(min_value=0)
    second = forms.IntegerField(min_value=0)


@page("plans.read_drafts", at="locality")
def versions(request: HttpRequest, place: Place, year: str) -> HttpResponse:
    """All versions, the newest first."""
    plan = open_plan(place, year)
    pages = Paginator(versions_of(plan.record).select_related(None), A_PAGE).get_page(request.GET.get("page"))
    words = FieldWords(plan)
    for version in pages:
        name_version(words, version.changes)
    may_restore = plan.is_writable and may(request.user, "plans.edit", place)
    shown = {"plan": plan, "pages": pages, "rows": [_shown(words, one) for one in pages], "may_restore": may_restore}
    return render(request, "plans/version_list.html", shown)


def _shown(words: FieldWords, version: PlanVersion) -> Shown:
    if version.number == 0:
        return Shown(version, (f"Begun {version.says}.",), 0)
    says = [words.change(path, was, now) for path, (was, now) in version.changes.items()]
    return Shown(version, tuple(says[:SHOWN_CHANGES]), max(0, len(says) - SHOWN_CHANGES))


@page("plans.read_drafts", at="locality")
def compare(request: HttpRequest, place: Place, year: str) -> HttpResponse:
    """Two versions in words and pounds."""
    plan = open_plan(place, year)
    newest = plan.record.version
    form = CompareForm({"first": request.GET.get("from", max(0, newest - 1)), "second": request.GET.get("to", newest)})
    shown: dict[str, Any] = {"plan": plan, "numbers": range(newest, -1, -1)}
    if form.is_valid():
        first, second = form.cleaned_data["first"], form.cleaned_data["second"]
        try:
            found = compare_plans(content_at(plan, first), content_at(plan, second))
            shown |= {"first": first, "second": second, "found": found, "table": _money_table(found.changes)}
        except ResultRefused as refused:
            shown["wrong"] = str(refused)
    else:
        shown["wrong"] = f"Choose two versions from 0 to {newest}."
    return render(request, "plans/version_compare.html", shown)


def _money_table(changes: Any) -> Table:
    rows = [[each.words, each.more_pence] for each in changes if each.topic in ("line", "joint", "budget")]
    return Table("Changes of money", [Column("What"), Column("More or less", "pence")], rows, empty="No money changed.")


@page("plans.edit", at="locality", methods=("GET", "POST"))
def restore(request: HttpRequest, place: Place, year: str, number: int) -> HttpResponse:
    """Bring an earlier version back, as a new version."""
    plan = open_plan(place, year)
    if number > plan.record.version:
        raise Http404(f"This plan has no version {number}.")
    initial = {"base_version": plan.record.version}
    form = RestoreForm(drafts.form_data(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        answer = _restore(request, place, plan, form, number)
        if answer is not None:
            return answer
    found = compare_plans(content_at(plan, plan.record.version), content_at(plan, number))
    return render(request, "plans/version_restore.html", {"plan": plan, "form": form, "number": number, "found": found})


def _restore(request: HttpRequest, place: Place, plan: OpenPlan, form: RestoreForm, number: int) -> HttpResponse | None:
    base_version = form.cleaned_data["base_version"]
    says = f"from version {number}: {form.cleaned_data['reason']}"
    try:
        seen = fields_at(plan.record, base_version)
        changes = changes_between(seen, fields_at(plan.record, number))
        edits = {path: now for path, (_, now) in changes.items()}
        if not edits:
            messages.info(request, f"The plan says the same as version {number} already.")
            return redirect("plans:versions", *address_arguments(place, plan.year))
        saved = save_edits(signed_in(request), plan.record, edits, base_version=base_version, says=says)
    except (InputRefused, ResultRefused) as refused:
        form.add_faults(refused)
        return None
    back = redirect("plans:versions", *address_arguments(place, plan.year)).url
    return after_saving(request, place, plan, saved, base_version=base_version, back=back)
