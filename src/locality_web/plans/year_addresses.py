"""Financial years as addresses write them: 2026-27."""

from __future__ import annotations

from django.http import Http404

from locality.foundations import FinancialYear


def year_of(slug: str) -> str:
    """Read a year of an address, "2026-27"."""
    try:
        found = str(FinancialYear.parse(slug))
    except ValueError as wrong:
        raise Http404(f"'{slug}' is not a financial year. Write it like 2026-27.") from wrong
    if slug_of_year(found) != slug:
        raise Http404(f"Write the year like {slug_of_year(found)}.")
    return found


def slug_of_year(year: str) -> str:
    """Write a year for an address: 2026-27."""
    return year.replace("/", "-")
