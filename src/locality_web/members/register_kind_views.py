"""The pages of a partnership's own kinds, and of organisations."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from locality.foundations import InputRefused
from locality_web.core import drafts
from locality_web.core.forms import say_fault
from locality_web.core.pages import page
from locality_web.core.permissions import Place
from locality_web.members import register_kinds
from locality_web.members.kinds import groups_of, organisation_kinds_of
from locality_web.members.register_gap_forms import KindForm, OrganisationForm, RenameKindForm
from locality_web.members.register_models import Organisation, OwnKind
from locality_web.members.register_views import Shown, person_of, show_form

_KEEP, _KINDS, _POST = "members.keep_register", "members.kinds", ("GET", "POST")


@page(_KINDS, methods=_POST)
def kinds(request: HttpRequest, place: Place) -> HttpResponse:
    """The groups and kinds of organisation that the partnership knows; add one of its own."""
    form = KindForm(place, drafts.form_data(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = register_kinds.add_kind(person_of(request), place, form.new())
        except InputRefused as refused:
            form.add_faults(refused)
        else:
            drafts.clear(request)
            messages.success(request, f"“{made.name}” is known everywhere now.")
            return redirect("members:kinds", place.partnership.slug)
    groups = groups_of(place.partnership)
    names = {each.code: each.name for each in groups}
    context = {
        "form": form,
        "groups": [(each, names.get(each.within, "")) for each in groups],
        "organisations": organisation_kinds_of(place.partnership),
        "own": {each.code: each.pk for each in place.partnership.own_kinds.filter(retired_on__isnull=True)},
        "retired": place.partnership.own_kinds.filter(retired_on__isnull=False),
    }
    return render(request, "members/register_kinds.html", context)


def _own(place: Place, kind: int) -> OwnKind:
    return get_object_or_404(place.partnership.own_kinds, pk=kind, retired_on__isnull=True)


@page(_KINDS, methods=_POST)
def kind_rename(request: HttpRequest, place: Place, kind: int) -> HttpResponse:
    """Give a kind of the partnership's own another name."""
    found = _own(place, kind)
    back = reverse("members:kinds", args=[place.partnership.slug])
    form = RenameKindForm(drafts.form_data(request), initial={"name": found.name})

    def save(form: Any) -> tuple[str, str]:
        register_kinds.rename_kind(person_of(request), place, found, name=form.cleaned_data["name"])
        return f"It is called “{found.name}” now.", back

    return show_form(request, form, Shown(f"Rename “{found.name}”", "Rename", back), save)


@page(_KINDS, methods=("POST",))
def kind_retire(request: HttpRequest, place: Place, kind: int) -> HttpResponse:
    """Offer a kind of the partnership's own no more."""
    found = _own(place, kind)
    try:
        register_kinds.retire_kind(person_of(request), place, found)
    except InputRefused as refused:
        messages.error(request, " ".join(say_fault(fault) for fault in refused.faults))
    else:
        messages.success(request, f"“{found.name}” is retired.")
    return redirect("members:kinds", place.partnership.slug)


@page(_KEEP, methods=_POST)
def organisations(request: HttpRequest, place: Place) -> HttpResponse:
    """The organisations that people on the register come from; add one."""
    back = reverse("members:organisations", args=[place.partnership.slug])
    form = OrganisationForm(place, drafts.form_data(request))
    if request.method == "POST" and form.is_valid():
        try:
            register_kinds.keep_organisation(person_of(request), place, None, **form.cleaned_data)
        except InputRefused as refused:
            form.add_faults(refused)
        else:
            drafts.clear(request)
            messages.success(request, "The organisation is added.")
            return redirect(back)
    names = {each.code: each.name for each in organisation_kinds_of(place.partnership)}
    still = Count("members", filter=Q(members__left_on__isnull=True))
    found = place.partnership.organisations.annotate(people=still)
    listed = [(each, names.get(each.kind, each.kind)) for each in found]
    return render(request, "members/register_organisations.html", {"form": form, "listed": listed})


@page(_KEEP, methods=_POST)
def organisation_edit(request: HttpRequest, place: Place, organisation: int) -> HttpResponse:
    """Change the name and kind of an organisation."""
    found = get_object_or_404(Organisation, pk=organisation, partnership=place.partnership)
    back = reverse("members:organisations", args=[place.partnership.slug])
    form = OrganisationForm(place, drafts.form_data(request), initial={"name": found.name, "kind": found.kind})

    def save(form: Any) -> tuple[str, str]:
        register_kinds.keep_organisation(person_of(request), place, found, **form.cleaned_data)
        return "The change is saved.", back

    return show_form(request, form, Shown(f"Change {found.name}", "Save", back), save)


@page(_KEEP, methods=("POST",))
def organisation_end(request: HttpRequest, place: Place, organisation: int) -> HttpResponse:
    """Note that an organisation is no more."""
    found = get_object_or_404(Organisation, pk=organisation, partnership=place.partnership, ended_on__isnull=True)
    register_kinds.end_organisation(person_of(request), place, found)
    messages.success(request, f"{found.name} is noted as ended.")
    return redirect("members:organisations", place.partnership.slug)
