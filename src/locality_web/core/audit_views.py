"""The page of a partnership's audit record, and the same as a file."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from locality_web.core.audit import record_event
from locality_web.core.audit_models import AuditEvent
from locality_web.core.csv_out import csv_response
from locality_web.core.forms import DayField, FaultForm
from locality_web.core.pages import page
from locality_web.core.permissions import Place

_A_PAGE = 50
_COLUMNS = ("number", "at", "person", "kind", "subject", "what was done", "detail", "hash")


class FilterForm(FaultForm):
    """Which events are shown."""

    person = forms.CharField(required=False, max_length=200, label="Name of the person", help_text="Or a part of it")
    kind = forms.ChoiceField(required=False, label="Kind")
    subject = forms.CharField(
        required=False, max_length=200, label="Subject", help_text="For example, plan:levenmouth:2026/27, or its start"
    )
    first = DayField(required=False, label="From")
    last = DayField(required=False, label="To")

    def __init__(self, data: Any, kinds: list[str]):
        super().__init__(data)
        self.fields["kind"].choices = [("", "All kinds"), *((kind, kind) for kind in kinds)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse days in the wrong order."""
        said = super().clean() or self.cleaned_data
        if said.get("first") and said.get("last") and said["last"] < said["first"]:
            self.add_error("last", "The last day is before the first. Choose a later one.")
        return said

    def events(self, of: QuerySet[AuditEvent]) -> QuerySet[AuditEvent]:
        """Give the events that fit, the newest first; with a mistake in the form, none."""
        if not self.is_valid():
            return of.none()
        said = self.cleaned_data
        limits = {
            "person_name__icontains": said["person"],
            "kind": said["kind"],
            "subject__startswith": said["subject"],
            "at__gte": _start_of(said["first"]),
            "at__lt": _start_of(said["last"], days=1),
        }
        return of.filter(**{name: limit for name, limit in limits.items() if limit}).order_by("-number")


def _start_of(day: dt.date | None, days: int = 0) -> dt.datetime | None:
    if day is None:
        return None
    return timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=days), dt.time()))


def _find(request: HttpRequest, place: Place) -> tuple[FilterForm, QuerySet[AuditEvent]]:
    own = AuditEvent.objects.filter(partnership_id=place.partnership.pk)
    kinds = sorted(own.order_by().values_list("kind", flat=True).distinct())
    form = FilterForm(request.GET, kinds)
    return form, form.events(own)


@page("core.audit")
def audit_page(request: HttpRequest, place: Place) -> HttpResponse:
    """Who did what in this partnership."""
    form, events = _find(request, place)
    shown = Paginator(events, _A_PAGE).get_page(request.GET.get("page"))
    asked = [(name, value) for name, value in request.GET.items() if value and name != "page"]
    filters = f"{urlencode(asked)}&" if asked else ""
    return render(request, "core/audit.html", {"form": form, "shown": shown, "filters": filters})


@page("core.audit")
def audit_csv(request: HttpRequest, place: Place) -> HttpResponse:
    """The events that fit as a file; that somebody took it is an event itself."""
    form, events = _find(request, place)
    with transaction.atomic():
        rows = [_row(event) for event in events]
        record_event(
            request.user,
            "core.audit_downloaded",
            f"Downloaded {len(rows)} events of the audit record",
            place=place,
            detail={"filters": {name: str(value) for name, value in form.data.items() if value}},
        )
    return csv_response(f"{place.partnership.slug}-audit-{timezone.localdate()}", _COLUMNS, rows)


def _row(event: AuditEvent) -> tuple[Any, ...]:
    detail = "; ".join(f"{name}: {value}" for name, value in event.detail.items())
    at = timezone.localtime(event.at).isoformat(timespec="seconds")
    return (event.number, at, event.person_name, event.kind, event.subject, event.says, detail, event.hash)
