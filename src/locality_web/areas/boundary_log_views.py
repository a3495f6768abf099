"""The files of an adopted division with the record of its consultation."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from locality_web.areas.boundary_log_pages import COLUMNS, record_json, record_rows, zip_of
from locality_web.areas.models import BoundaryConsultation
from locality_web.core.csv_out import csv_response
from locality_web.core.pages import PUBLIC, page
from locality_web.core.permissions import Place


@page(PUBLIC)
def consultation_file(request: HttpRequest, place: Place, version: int, kind: str) -> HttpResponse:
    """How a division was consulted on and agreed, as CSV or JSON; or with its zones as a zip."""
    kept = BoundaryConsultation.objects.select_related("option", "version")
    about = kept.filter(version=version, version__partnership=place.partnership).first()
    if about is None or about.version is None or kind not in ("csv", "json", "zip"):
        raise Http404("There is no record of a consultation with this division.")
    name = f"{place.partnership.slug}-localities-{about.version.applies_from}"
    if kind == "csv":
        return csv_response(f"{name}-consultation", COLUMNS, record_rows(about))
    content, ending, type_of = (
        (record_json(about), "-consultation.json", "application/json")
        if kind == "json"
        else (zip_of(about.version, about), ".zip", "application/zip")
    )
    answer = HttpResponse(content, content_type=type_of)
    answer["Content-Disposition"] = f'attachment; filename="{name}{ending}"'
    return answer
