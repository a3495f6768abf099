"""Pages of a partnership's settings."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from locality.foundations import InputRefused
from locality_web.core.pages import page
from locality_web.core.partnership_settings import all_settings, change_setting, read_setting, settings_lines
from locality_web.core.permissions import Place
from locality_web.core.settings_changes import change_look
from locality_web.core.settings_forms import LookForm, SettingForm


@page("core.settings")
def list_settings(request: HttpRequest, place: Place) -> HttpResponse:
    """Everything that the partnership decides for itself, with reasons."""
    return render(request, "core/settings/list.html", {"lines": settings_lines(place.partnership)})


@page("core.settings", methods=("GET", "POST"))
def look(request: HttpRequest, place: Place) -> HttpResponse:
    """Name, colour and contact."""
    now = {name: getattr(place.partnership, name) for name in ("name", "accent", "contact")}
    form = LookForm(request.POST or None, initial=now)
    if form.is_valid():
        try:
            change_look(request.user, place, **form.cleaned_data)  # type: ignore[arg-type]
        except InputRefused as refused:
            form.add_faults(refused)
        else:
            messages.success(request, "Name, colour and contact are saved.")
            return redirect("core:settings", place.partnership.slug)
    return render(request, "core/settings/look.html", {"form": form})


@page("core.settings", methods=("GET", "POST"))
def change(request: HttpRequest, place: Place, name: str) -> HttpResponse:
    """One setting."""
    declared = all_settings().get(name)
    if declared is None:
        raise Http404(f"There is no setting called '{name}'.")
    now = read_setting(place.partnership, name)
    form = SettingForm(request.POST or None, declared=declared, initial={"value": now})
    if form.is_valid():
        try:
            wanted = {key: form.cleaned_data[key] for key in ("value", "reason")}
            change_setting(request.user, place, name, **wanted)  # type: ignore[arg-type]
        except InputRefused as refused:
            form.add_faults(refused)
        else:
            messages.success(request, "The setting is saved.")
            return redirect("core:settings", place.partnership.slug)
    return render(request, "core/settings/change.html", {"form": form, "declared": declared})
