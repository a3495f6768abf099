"""The public money pages: the partnership, a locality, and the figures as files."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from locality_web.core.csv_out import csv_response
from locality_web.core.pages import PUBLIC, page
from locality_web.core.permissions import Place
from locality_web.money import shares_pages as pages
from locality_web.money.shares_charts import causes_chart, distance_chart, shares_chart


@page(PUBLIC)
def money(request: HttpRequest, place: Place) -> HttpResponse:
    """Money of the partnership: all localities side by side, by heading."""
    standing = pages.standing_of(place.partnership)
    if standing is None:
        return render(request, "money/nothing.html", {})
    heading = request.GET.get("heading", pages.ALL)
    heading = heading if heading in standing.headings else pages.ALL
    shown = {
        "release": standing.release,
        "total": pages.say_total(standing),
        "headings": standing.headings,
        "heading": heading,
        "chart": distance_chart(standing, heading),
        "table": pages.comparison_table(standing, heading),
        "each_person": pages.each_person_table(standing, heading),
        "words": [
            pages.in_plain_words(own.locality.name, amount, standing.release.year)[0]
            for own, amount in standing.of_heading(heading)
        ],
        "grades": pages.GRADES,
    }
    return render(request, "money/money.html", shown)


@page(PUBLIC, at="locality")
def locality_money(request: HttpRequest, place: Place) -> HttpResponse:
    """Money of one locality."""
    standing = pages.standing_of(place.partnership)
    assert place.locality is not None  # the page is declared at a locality
    own = standing.of_locality(place.locality)[0] if standing else None
    if standing is None or own is None:
        return render(request, "money/nothing.html", {})
    shown = {
        "release": standing.release,
        "own": own,
        "words": pages.in_plain_words(place.locality.name, own, standing.release.year),
        "historic_head": pages.per_head(own.historic_pence, own.population),
        "fair_head": pages.per_head(own.fair_pence, own.population),
        "chart": shares_chart(standing, place.locality),
        "table": pages.headings_table(standing, place.locality),
        "causes": causes_chart(standing, place.locality),
        "grades": pages.GRADES,
    }
    return render(request, "money/locality.html", shown)


@page(PUBLIC)
def shares_csv(request: HttpRequest, place: Place) -> HttpResponse:
    """Every figure of the money pages as CSV."""
    standing = pages.standing_of(place.partnership)
    rows = pages.file_rows(standing) if standing else ()
    return csv_response(f"{place.partnership.slug}-shares", pages.file_columns(), rows)


@page(PUBLIC)
def shares_json(request: HttpRequest, place: Place) -> HttpResponse:
    """Every figure of the money pages as JSON."""
    standing = pages.standing_of(place.partnership)
    return JsonResponse(pages.as_json(standing) if standing else {"schema": "locality-money/1", "localities": []})
