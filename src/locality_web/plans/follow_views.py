"""Follow the money: all lines of a year, one line with everything behind it, one priority with its pounds."""

from __future__ import annotations

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from locality.plans.documents.words import ASKS
from locality_web.core.csv_out import csv_response
from locality_web.core.pages import PUBLIC, page
from locality_web.core.permissions import Place
from locality_web.plans import models
from locality_web.plans.follow_lines import KINDS, AgreedYear, FollowLine, Wanted, agreed_year, lines_table
from locality_web.plans.follow_trace import find_line, follow_priority, trace
from locality_web.plans.year_addresses import slug_of_year, year_of

_ON_A_PAGE = 100


def _open(place: Place, slug: str) -> AgreedYear:
    agreed = agreed_year(place, year_of(slug))
    if not agreed.plans:
        raise Http404(f"{place.name} has no agreed locality plan for {agreed.year} yet.")
    return agreed


def _wanted(request: HttpRequest) -> Wanted:
    return Wanted(*(request.GET.get(name, "").strip() for name in ("locality", "heading", "source", "words")))


@page(PUBLIC)
def follow_latest(request: HttpRequest, place: Place) -> HttpResponse:
    """Lead to the newest year with an agreed plan, or say that there is none yet."""
    years = _years(place)
    if not years:
        return render(request, "plans/follow_none.html", {})
    return redirect(years[0][1])


@page(PUBLIC)
def follow(request: HttpRequest, place: Place, year: str) -> HttpResponse:
    """Every line of the agreed plans of a year."""
    agreed = _open(place, year)
    every, wanted = list(agreed.lines()), _wanted(request)
    found = [one for one in every if wanted.takes(one)]
    pages = Paginator(found, _ON_A_PAGE)
    shown = pages.get_page(request.GET.get("page"))
    asked = {name: text for name, text in wanted.__dict__.items() if text}
    query = f"?{urlencode(asked)}" if asked else ""
    csv = reverse("plans:follow_csv", args=[place.partnership.slug, year]) + query
    total = sum(one.pence for one in found)
    context = {
        "year": agreed.year,
        "years": _years(place),
        "table": lines_table(place, agreed.year, shown.object_list, total=total, csv=csv),
        "count": len(found),
        "total": total,
        "page": shown,
        "query": f"{query}&" if query else "?",
        "wanted": wanted,
        "choices": _choices(every),
        "not_agreed": agreed.strategic is None,
    }
    return render(request, "plans/follow.html", context)


def _years(place: Place) -> list[tuple[str, str]]:
    kept = models.LocalityPlanRecord.objects.filter(locality__partnership=place.partnership, state="agreed")
    years = sorted(set(kept.values_list("year", flat=True)), reverse=True)
    return [(one, reverse("plans:follow", args=[place.partnership.slug, slug_of_year(one)])) for one in years]


def _choices(lines: list[FollowLine]) -> list[tuple[str, str, list[tuple[str, str]]]]:
    return [
        ("locality", "Locality", list(dict.fromkeys((one.whose, one.place) for one in lines))),
        ("heading", "Heading", list(dict.fromkeys((one.service.heading, one.service.heading) for one in lines))),
        ("source", "Paid from", list(dict.fromkeys((one.source, one.source_name) for one in lines))),
    ]


@page(PUBLIC)
def follow_csv(request: HttpRequest, place: Place, year: str) -> HttpResponse:
    """The lines that are looked for, as a file."""
    agreed, wanted = _open(place, year), _wanted(request)
    columns = ("year", "locality", "heading", "service", "service_name", "source", "source_name", "kind", "joint_line")
    rows = [
        (
            *(agreed.year, one.place, one.service.heading, one.service.service, one.service.name),
            *(one.source, one.source_name, KINDS[one.kind], one.joint, one.pence),
            "" if one.last_year_pence is None else one.last_year_pence,
        )
        for one in agreed.lines()
        if wanted.takes(one)
    ]
    return csv_response(f"{place.partnership.slug}-{year}-lines", [*columns, "planned_pence", "last_year_pence"], rows)


@page(PUBLIC)
def line(request: HttpRequest, place: Place, year: str, whose: str, service: str, source: str) -> HttpResponse:
    """One line: why, from where, and who agreed to it."""
    agreed = _open(place, year)
    found = find_line(agreed, whose, service, source)
    return render(request, "plans/follow_line.html", {"year": agreed.year, **trace(place, agreed, found)})


@page(PUBLIC)
def priority(request: HttpRequest, place: Place, year: str, whose: str, id: str) -> HttpResponse:
    """One priority: who raised it, and what became of it in pounds and actions."""
    agreed = _open(place, year)
    found = follow_priority(place, agreed, whose, id)
    return render(
        request,
        "plans/follow_priority.html",
        {"year": agreed.year, "asks": ASKS[found["priority"].direction], **found},
    )
