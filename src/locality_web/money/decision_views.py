"""Public pages of budget decisions: here "follow the money" ends."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from locality_web.core.csv_out import csv_response
from locality_web.core.hooks import ask_rooms
from locality_web.core.pages import PUBLIC, page
from locality_web.core.permissions import Place
from locality_web.money import budget_pages as pages
from locality_web.money.budget_views import tables_of, year_of
from locality_web.money.models import BudgetDecision


@page(PUBLIC)
def decisions(request: HttpRequest, place: Place) -> HttpResponse:
    """All decisions of the partnership."""
    return render(request, "money/decisions.html", {"table": pages.decisions_table(place.partnership)})


def _find(place: Place, year: str, number: int) -> BudgetDecision:
    return get_object_or_404(
        BudgetDecision.objects.select_related("release", "partnership"),
        partnership=place.partnership,
        year=year_of(year),
        number=number,
    )


@page(PUBLIC)
def decision(request: HttpRequest, place: Place, year: str, number: int) -> HttpResponse:
    """What was decided, by whom, why, on which release, by which rules, and every figure."""
    found = _find(place, year, number)
    of_year = BudgetDecision.objects.filter(partnership=place.partnership, year=found.year)
    csv = reverse("money:decision_csv", args=[place.partnership.slug, year, number])
    shown = {
        "decision": found,
        "year": found.year,
        "release": found.release,
        "later": of_year.filter(number__gt=found.number).order_by("-number").first(),
        "before": of_year.filter(number=found.number - 1).first(),
        "rules": pages.rules_in_words(found.rules, found.figures),
        "says": pages.in_words(found.figures),
        "next": [entry for each in ask_rooms("after_budget", "entries", place, found.year) for entry in each],
        **tables_of(found.figures, found.year, csv),
    }
    return render(request, "money/decision.html", shown)


@page(PUBLIC)
def decision_csv(request: HttpRequest, place: Place, year: str, number: int) -> HttpResponse:
    """Every amount of a decision as CSV."""
    found = _find(place, year, number)
    return csv_response(
        f"{place.partnership.slug}-budget-{year}-{number}", pages.FILE_COLUMNS, pages.decision_rows(found)
    )


@page(PUBLIC)
def decision_json(request: HttpRequest, place: Place, year: str, number: int) -> HttpResponse:
    """A decision as JSON."""
    return JsonResponse(pages.decision_json(_find(place, year, number)))
