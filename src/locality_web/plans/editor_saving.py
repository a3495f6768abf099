"""Save what a form of the editor holds: faults stand beside their fields, clashes wait on a page of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from locality.foundations import Fault, InputRefused, ResultRefused
from locality.plans import check_fields, complete_fields, next_id
from locality_web.core import drafts
from locality_web.core.permissions import Place
from locality_web.plans.editing import Saved, Value, fields_at
from locality_web.plans.editor_clash import keep_clashes
from locality_web.plans.editor_forms import NEW, PathForm
from locality_web.plans.editor_plan import OpenPlan, address_arguments, signed_in
from locality_web.plans.editor_words import say_saved
from locality_web.plans.writing import save_edits

Fields = dict[str, str | int]


def apply_edits(base: Mapping[str, str | int], edits: Mapping[str, Value]) -> Fields:
    """Give fields with edits put into them."""
    return {path: each for path, each in {**base, **edits}.items() if each is not None}


def new_faults(plan: OpenPlan, base: Fields, edits: Mapping[str, Value]) -> list[Fault]:
    """Give what is wrong with the edits: the faults that were not there without them."""
    before = {(fault.column, fault.what) for fault in check_fields(complete_fields(base, plan.frame), plan.frame)}
    after = check_fields(complete_fields(apply_edits(base, edits), plan.frame), plan.frame)
    return [fault for fault in after if (fault.column, fault.what) not in before]


def number_new(edits: Mapping[str, Value], known: Fields) -> dict[str, Value]:
    """Give what is new its own id."""
    found: dict[str, Value] = {}
    ids: dict[str, str] = {}
    for path, value in edits.items():
        kind, *rest = path.split("/")
        if len(rest) == 2 and rest[0] == NEW:
            ids.setdefault(kind, next_id(known, kind))
            found[f"{kind}/{ids[kind]}/{rest[1]}"] = value
        else:
            found[path] = value
    return found


def save_form(request: HttpRequest, place: Place, plan: OpenPlan, form: PathForm) -> HttpResponse | None:
    """Save a valid form; None: it holds faults now, and nothing was saved."""
    try:
        base: Fields = complete_fields(fields_at(plan.record, form.cleaned_data["base_version"]), plan.frame)
        edits = form.edits(base)
        faults = [*getattr(form, "too_much", ()), *new_faults(plan, base, edits)]
        if faults:
            form.add_faults(faults)
            return None
        edits = number_new(edits, {**base, **plan.fields})
        saved = (
            save_edits(signed_in(request), plan.record, edits, base_version=form.cleaned_data["base_version"])
            if edits
            else Saved(plan.record.version, (), ())
        )
    except (InputRefused, ResultRefused) as refused:
        form.add_faults(refused)
        return None
    return after_saving(request, place, plan, saved, base_version=form.cleaned_data["base_version"])


def after_saving(
    request: HttpRequest, place: Place, plan: OpenPlan, saved: Saved, *, base_version: int, back: str = ""
) -> HttpResponse:
    """Say what was saved; lead to the clashes when there are any."""
    drafts.clear(request)
    if saved.changed:
        says = f"Saved as version {saved.version}: {say_saved(saved.changed)}."
        messages.success(request, says)
    elif not saved.clashes:
        messages.info(request, "Nothing was changed, so nothing was saved.")
    if saved.clashes:
        return keep_clashes(request, place, plan, saved, base_version=base_version)
    return redirect(back or request.path)


def where_of(place: Place, plan: OpenPlan) -> Sequence[str]:
    """Give what the addresses of a plan's pages carry."""
    return address_arguments(place, plan.year)
