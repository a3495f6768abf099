"""The strategic commissioning plan as the public reads it: by year, to download, to compare."""

from __future__ import annotations

from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from locality.foundations import FinancialYear, InputRefused, ResultRefused
from locality.plans import StrategicPlan
from locality.plans.documents.amounts import strategic_sums
from locality_web.core.pages import PUBLIC, page
from locality_web.core.permissions import Place, may
from locality_web.core.tables import Column, Link, Table
from locality_web.plans import models, strategic
from locality_web.plans.commenting import takes_comments
from locality_web.plans.public_records import HIDDEN_STATES, find_shown, plan_of, publication_of, send_file
from locality_web.plans.public_views import ask, earlier_plans, say_edition, shown_plan
from locality_web.plans.year_addresses import slug_of_year


def address_of(place: Place, year: str, name: str = "strategic") -> str:
    """Give the address of a page of a year's strategic plan."""
    return reverse(f"plans:{name}", args=[place.partnership.slug, slug_of_year(year)])


@page(PUBLIC)
def years(request: HttpRequest, place: Place) -> HttpResponse:
    """All strategic plans by year."""
    reads_drafts = may(request.user, "plans.read_drafts", place)
    rows: dict[str, list[Any]] = {}
    kept = place.partnership.strategic_plans.select_related("snapshot__publication")
    for record in kept.defer("fields", "snapshot__text").order_by("-year", "-edition"):
        if record.state in HIDDEN_STATES and not reads_drafts:
            continue
        published = publication_of(record)
        on = f"{published.published_at:%-d %B %Y}" if published else "not yet"
        name = "strategic_edit" if record.state in HIDDEN_STATES else "strategic"
        link = Link(record.year, address_of(place, record.year, name))
        rows.setdefault(record.year, [link, strategic.CYCLE.state(record.state).name, on])
    columns = [Column("Year"), Column("State"), Column("Published")]
    table = Table("Strategic commissioning plans", columns, list(rows.values()), empty="None can be read here yet.")
    begun = {str(row[0]) for row in rows.values()}
    now = FinancialYear.of(timezone.localdate())
    likely = [str(year) for year in (now, now.next()) if str(year) not in begun]
    begin = likely if may(request.user, "plans.consolidate", place) else []
    shown = {"table": table, "latest": _latest(place), "begin": begin}
    return render(request, "plans/public_strategic_years.html", shown)


def _latest(place: Place) -> str:
    newest = place.partnership.strategic_plans.filter(state="agreed").order_by("-year")
    return newest.values_list("year", flat=True).first() or ""


@page(PUBLIC)
def latest(request: HttpRequest, place: Place) -> HttpResponse:
    """Lead to the newest agreed strategic plan."""
    year = _latest(place)
    if not year:
        raise Http404(f"{place.name} has no agreed strategic commissioning plan yet.")
    return redirect(address_of(place, year))


@page(PUBLIC)
def plan(request: HttpRequest, place: Place, year: str) -> HttpResponse:
    """Read the strategic plan of a year."""
    shown = find_shown(request, place, year)
    try:
        found = shown_plan(request, place, shown, strategic.CYCLE)
    except (InputRefused, ResultRefused):
        # What is agreed cannot be put together today; the planners' page says why.
        raise Http404(f"The strategic plan for {shown.record.year} cannot be read at the moment.") from None
    where = shown.record.year
    context = {
        **found,
        "title": f"Strategic commissioning plan of {place.name}, {where}",
        "address": address_of(place, where),
        "compare_address": address_of(place, where, "strategic_compare"),
        "publish_address": address_of(place, where, "strategic_publish"),
        "edit_address": address_of(place, where, "strategic_edit")
        if may(request.user, "plans.read_drafts", place)
        else "",
        "comments_address": address_of(place, where, "strategic_comments") if takes_comments(shown.record) else "",
        "years_address": reverse("plans:strategic_years", args=[place.partnership.slug]),
    }
    return render(request, "plans/public_plan.html", context)


@page(PUBLIC)
def plan_file(request: HttpRequest, place: Place, year: str, name: str) -> HttpResponse:
    """Download one form of a published strategic plan."""
    return send_file(
        request, find_shown(request, place, year), name, saved_as=f"{place.partnership.slug}-strategic-{year}"
    )


@page("plans.publish", methods=("POST",))
def publish(request: HttpRequest, place: Place, year: str) -> HttpResponse:
    """Ask for the agreed strategic plan to be published."""
    shown = find_shown(request, place, year)
    ask(request, shown.record)
    return redirect(address_of(place, shown.record.year))


@page(PUBLIC)
def compare(request: HttpRequest, place: Place, year: str) -> HttpResponse:
    """Compare a strategic plan with last year's, or with an earlier edition."""
    shown = find_shown(request, place, year)
    choices = {key: one for key, one in earlier_plans(request, place, shown).items() if one.snapshot is not None}
    chosen = choices.get(request.GET.get("with", "")) or next(iter(choices.values()), None)
    tables: list[Table] = []
    if chosen is not None and shown.record.snapshot is not None:
        before, after = cast(StrategicPlan, plan_of(chosen)), cast(StrategicPlan, plan_of(shown.record))
        tables = compare_strategic(before, after)
    context = {
        "record": shown.record,
        "choices": [(key, say_edition(one), one is chosen) for key, one in choices.items()],
        "tables": tables,
        "before": say_edition(chosen) if chosen is not None else "",
        "after": say_edition(shown.record),
        "edition": shown.record.edition,
        "address": address_of(place, shown.record.year),
        "localities": _localities(place, shown.record) if tables else [],
    }
    return render(request, "plans/public_compare.html", context)


def _localities(place: Place, record: Any) -> list[Link]:
    slug = place.partnership.slug
    found = models.LocalityPlanRecord.objects.filter(
        locality__partnership=place.partnership, year=record.year, state="agreed"
    )
    return [
        Link(name, reverse("plans:plan_compare", args=[slug, at, slug_of_year(record.year)]))
        for name, at in found.values_list("locality__name", "locality__slug")
    ]


def compare_strategic(before: StrategicPlan, after: StrategicPlan) -> list[Table]:
    """Give what is planned in two strategic plans by heading and by locality, and the difference, to the penny."""
    was, now = ({one.heading: one.planned for one in strategic_sums(each)} for each in (before, after))
    return [
        _two_years("Heading", "Planned by heading", (was, now), (before.year, after.year)),
        _two_years(
            "Locality", "Planned by locality", (_by_locality(before), _by_locality(after)), (before.year, after.year)
        ),
    ]


def _by_locality(plan: StrategicPlan) -> dict[str, int]:
    rows = plan.facts.get("totals", {}).get("by_locality", ())
    return {row["locality_name"] if row["locality"] else "The whole partnership": row["pence"] for row in rows}


def _two_years(of: str, caption: str, sums: tuple[dict[str, int], dict[str, int]], years: tuple[str, str]) -> Table:
    was, now = sums
    names = list(dict.fromkeys([*now, *was]))
    rows: list[list[Any]] = [
        [name, was.get(name, 0), now.get(name, 0), now.get(name, 0) - was.get(name, 0)] for name in names
    ]
    totals = ["Total", *(sum(row[at] for row in rows) for at in (1, 2, 3))]
    first, second = years if years[0] != years[1] else ("Earlier", "Later")
    columns = [Column(of), Column(first, "pence"), Column(second, "pence"), Column("Difference", "pence")]
    return Table(caption, columns, rows, totals=totals)
