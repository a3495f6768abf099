"""The service catalogue: the public list, changing a service, loading a spreadsheet, and files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from locality.foundations import Fault, InputRefused
from locality.plans import CatalogueService
from locality.plans.catalogue import check_catalogue
from locality.plans.workbooks import read_catalogue, write_catalogue_csv, write_catalogue_workbook
from locality_web.core.forms import FaultForm, UploadField
from locality_web.core.pages import PUBLIC, page
from locality_web.core.permissions import Place, may
from locality_web.core.tables import Column, Table
from locality_web.money import catalogue_pages as pages
from locality_web.money.budget_views import signed_in
from locality_web.money.catalogue_changes import compare_catalogue, end_service, keep_service, load_catalogue
from locality_web.money.models import Service
from locality_web.money.queries import catalogue

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SALT = "money.catalogue"
_KEPT_SECONDS = 60 * 60


@page(PUBLIC)
def services(request: HttpRequest, place: Place) -> HttpResponse:
    """All services, by heading."""
    found = catalogue(place.partnership)
    linked = may(request.user, "money.catalogue", place)
    ended = Service.objects.filter(partnership=place.partnership, ended_on__isnull=False)
    shown = {
        "tables": pages.heading_tables(place.partnership, found, linked=linked),
        "count": len(found),
        "may_edit": linked,
        "ended": ended if linked else (),
    }
    return render(request, "money/services.html", shown)


@page(PUBLIC)
def services_xlsx(request: HttpRequest, place: Place) -> HttpResponse:
    """The catalogue as a workbook that can be edited and loaded back."""
    return _file(place, write_catalogue_workbook(catalogue(place.partnership)), "xlsx", _XLSX)


@page(PUBLIC)
def services_csv(request: HttpRequest, place: Place) -> HttpResponse:
    """The catalogue as CSV that can be edited and loaded back."""
    return _file(place, write_catalogue_csv(catalogue(place.partnership)), "csv", "text/csv; charset=utf-8")


def _file(place: Place, content: bytes, ending: str, kind: str) -> HttpResponse:
    said = HttpResponse(content, content_type=kind)
    said["Content-Disposition"] = f'attachment; filename="{place.partnership.slug}-services.{ending}"'
    return said


class ServiceForm(FaultForm):
    """One service of the catalogue."""

    service = forms.CharField(label="Code", max_length=60, help_text="Short and stable, like home-care")
    name = forms.CharField(label="Name", max_length=200)
    heading = forms.CharField(label="Heading", max_length=200, help_text="Under which it is planned and budgeted")
    planned_at = forms.ChoiceField(
        label="Where it is planned", choices=Service.PlannedAt.choices, widget=forms.RadioSelect, initial="locality"
    )
    delivered_by = forms.CharField(label="Delivered by", max_length=200, required=False)
    care_group = forms.CharField(
        label="Care group", max_length=200, required=False, help_text="Whom it is for; empty: everybody"
    )
    payer = forms.CharField(
        label="Paid by", max_length=200, required=False, help_text="Health board, council, or another body’s name"
    )
    set_aside = forms.BooleanField(label="Paid from the set-aside hospital budget", required=False)
    hosted_by = forms.CharField(
        label="Hosted by",
        max_length=200,
        required=False,
        help_text="The partnership that runs it for several; empty: not hosted",
    )
    about = forms.CharField(
        label="What it is, in plain words", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def given(self) -> CatalogueService:
        """Give the service of a valid form."""
        return CatalogueService(**self.cleaned_data)


@page("money.catalogue", methods=("GET", "POST"))
def new_service(request: HttpRequest, place: Place) -> HttpResponse:
    """Add a service."""
    form = ServiceForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _save(request, place, form, None):
        return redirect("money:services", place.partnership.slug)
    return render(request, "money/edit_service.html", {"form": form})


@page("money.catalogue", methods=("GET", "POST"))
def edit_service(request: HttpRequest, place: Place, code: str) -> HttpResponse:
    """Change a service, or end it."""
    kept = get_object_or_404(Service, partnership=place.partnership, service=code)
    if request.POST.get("action") == "end":
        end_service(place, signed_in(request), kept)
        messages.success(request, f"Ended “{kept.name}”. Plans that have it keep it.")
        return redirect("money:services", place.partnership.slug)
    form = ServiceForm(request.POST or None, initial=asdict(kept.as_content()))
    form.fields["service"].disabled = True
    if request.method == "POST" and form.is_valid() and _save(request, place, form, kept):
        return redirect("money:services", place.partnership.slug)
    return render(request, "money/edit_service.html", {"form": form, "service": kept})


def _save(request: HttpRequest, place: Place, form: ServiceForm, kept: Service | None) -> bool:
    given = form.given()
    others = [one for one in catalogue(place.partnership) if kept is None or one.service != kept.service]
    own = len(others) + 2  # the row that the library gives to the last service of the list
    faults = [each for each in check_catalogue([*others, given]) if each.row == own]
    if faults:
        form.add_faults([Fault(each.file, each.what, each.do, each.code, column=each.column) for each in faults])
        return False
    keep_service(place, signed_in(request), given)
    messages.success(request, f"Saved “{given.name}”.")
    return True


class CatalogueForm(FaultForm):
    """A catalogue as a file."""

    file = UploadField(label="Workbook or CSV file", accepts=(".xlsx", ".csv"))


@page("money.catalogue", methods=("GET", "POST"))
def load_services(request: HttpRequest, place: Place) -> HttpResponse:
    """Read a catalogue and show what it would change; nothing is changed yet."""
    form = CatalogueForm(request.POST or None, request.FILES or None)
    shown: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            wanted = read_catalogue(file.read(), file=file.name)
        except InputRefused as refused:
            form.add_error(None, "Nothing was loaded. Mend what the table below names, then send the file again.")
            shown["faults"] = _faults_table(refused.faults)
        else:
            return render(request, "money/confirm_services.html", _preview(place, wanted))
    return render(request, "money/load_services.html", shown)


def _faults_table(faults: Sequence[Fault]) -> Table:
    return Table(
        "What is wrong with the file",
        [Column("Where"), Column("Row"), Column("Column"), Column("What is wrong"), Column("What to do")],
        [[each.file, each.row or "", each.column or "", each.what, each.do] for each in faults],
    )


def _preview(place: Place, wanted: Sequence[CatalogueService]) -> dict[str, Any]:
    changes = compare_catalogue(place.partnership, wanted)
    kept = {"services": [asdict(one) for one in wanted], "before": _state(place), "partnership": place.partnership.pk}
    return {
        "changes": changes,
        "tables": pages.changes_tables(changes),
        "kept": signing.dumps(kept, salt=_SALT, compress=True),
        "count": len(wanted),
    }


def _state(place: Place) -> str:
    """Name the catalogue as it stands, so that a confirmation does not overwrite what somebody else has changed."""
    plain = [asdict(one) for one in catalogue(place.partnership)]
    return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()


@page("money.catalogue", methods=("POST",))
def confirm_services(request: HttpRequest, place: Place) -> HttpResponse:
    """Load what was previewed."""
    try:
        kept = signing.loads(request.POST.get("kept", ""), salt=_SALT, max_age=_KEPT_SECONDS)
    except signing.BadSignature:
        messages.warning(request, "The preview is too old or was changed. Send the file again.")
        return redirect("money:load_services", place.partnership.slug)
    if kept["partnership"] != place.partnership.pk or kept["before"] != _state(place):
        messages.warning(request, "The catalogue has changed since the preview. Send the file again.")
        return redirect("money:load_services", place.partnership.slug)
    changes = load_catalogue(place, signed_in(request), [CatalogueService(**one) for one in kept["services"]])
    said = f"{len(changes.added)} new, {len(changes.changed)} changed, {len(changes.ended)} ended"
    messages.success(request, f"Loaded the catalogue: {said}.")
    return redirect(reverse("money:services", args=[place.partnership.slug]))
