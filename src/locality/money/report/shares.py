"""Sections on historic and fair shares: side by side, per head, by cause and by heading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from locality.money.report import charts, svg
from locality.money.report.amounts import (
    NOT_KNOWN,
    say_change,
    say_count,
    say_percent,
    say_range,
    say_short,
    say_whole,
)
from locality.money.report.blocks import Figure, Fold, Heading, Numbers, PageTable, Prose, Section, Swatch

Entry = Mapping[str, Any]

# More localities than these would make the page long before the reader has met its other parts.
_OPEN_AT_MOST = 8


def side_by_side(summary: Entry, numbers: Numbers) -> Section:
    """Make the section that sets historic and fair share side by side."""
    localities, number = summary["localities"], next(numbers.figures)
    title = f"Historic and fair share by locality, {summary['financial_year']}"
    most = max(localities, key=lambda entry: abs(entry["distance_ratio"] or 0))
    says = (
        f"The largest relative distance is that of {most['name']}: historic {say_short(most['historic_pence'])}, "
        f"fair {say_short(most['fair_pence'])} ({say_percent(most['distance_ratio'], signed=True)})."
    )
    figure = Figure(
        number,
        title,
        says,
        (charts.shares_chart(f"figure-{number}", localities, title=title, says=says),),
        (_shares_table(summary, numbers),),
        (Swatch("historic", "Historic share"), Swatch("fair", "Fair share"), Swatch("whisker", "Range (interval)")),
    )
    return Section("shares", "Historic beside fair", (figure,))


def _shares_table(summary: Entry, numbers: Numbers) -> PageTable:
    totals = summary["totals"]
    rows = [
        (
            entry["name"],
            say_count(entry["population"]),
            say_whole(entry["historic_pence"]),
            say_range(entry["historic_low_pence"], entry["historic_high_pence"], short=True),
            say_whole(entry["fair_pence"]),
            say_range(entry["fair_low_pence"], entry["fair_high_pence"], short=True),
            say_change(entry["distance_pence"]),
            say_percent(entry["distance_ratio"], signed=True),
        )
        for entry in summary["localities"]
    ]
    total = (
        "All localities",
        say_count(totals["population"]),
        say_whole(totals["historic_pence"]),
        "",
        say_whole(totals["fair_pence"]),
        "",
        say_change(totals["historic_pence"] - totals["fair_pence"]),
        "",
    )
    headings = (
        "Locality",
        "People",
        "Historic",
        "Range of historic",
        "Fair",
        "Range of fair",
        "Historic minus fair",
        "In % of fair",
    )
    return numbers.table("Historic and fair share by locality", headings, rows, [total])


_OVERLAP = {True: "yes", False: "no", None: NOT_KNOWN}


def per_head(summary: Entry, numbers: Numbers) -> Section:
    """Make the section on the distance per head, the furthest above first."""
    number = next(numbers.figures)
    ordered = sorted(
        summary["localities"], key=lambda entry: float(entry["distance_per_head_pence"] or 0), reverse=True
    )
    title = "Historic minus fair share, in pounds for each person"
    first, last = ordered[0], ordered[-1]
    says = (
        f"From {say_change(first['distance_per_head_pence'])} for each person in {first['name']} "
        f"to {say_change(last['distance_per_head_pence'])} in {last['name']}. "
        "To the right of nought a locality uses more than its fair share, to the left less."
    )
    rows = [
        (
            entry["name"],
            say_change(entry["distance_per_head_pence"]),
            say_change(entry["distance_pence"]),
            say_percent(entry["distance_ratio"], signed=True),
            _OVERLAP[charts.ranges_overlap(entry)],
        )
        for entry in ordered
    ]
    table = numbers.table(
        "Distance from the fair share, furthest above first",
        (
            Heading("Locality", "text"),
            "For each person",
            "In all",
            "In % of fair",
            Heading("Do the two ranges overlap?", "text"),
        ),
        rows,
    )
    chart = charts.distance_chart(f"figure-{number}", ordered, title=title, says=says)
    key = (
        Swatch("sure", "The two ranges lie apart"),
        Swatch("unsure", "They overlap, or are not known: may be chance alone"),
    )
    return Section("per-head", "Distance per head", (Figure(number, title, says, (chart,), (table,), key),))


_STEPS_KEY = (Swatch("more", "Adds"), Swatch("less", "Takes away"), Swatch("fair", "All causes together"))


def causes(summary: Entry, numbers: Numbers) -> Section:
    """Make the section that explains each locality's distance, one waterfall for each."""
    localities = summary["localities"]
    ends = [end for entry in localities for _, _, end in charts.steps_per_head(entry)]
    scale = svg.scale_for(ends)
    lead = Prose(
        (
            "Each chart starts at the historic share (nought) and leads to the fair share, in pounds for each person. "
            "Population: what a share by number of people would change. Age and sex: what older or younger people "
            "would change on top of that. Need: what more or less need at the same age would change. Supply: the "
            "unavoidable extra cost of providing services there. All charts have the same axis.",
            "A cause's amount step by step depends on the order of the steps. The order-free amount is its mean over "
            "all orders (Shapley value). Both add up to fair minus historic.",
        )
    )
    is_open = len(localities) <= _OPEN_AT_MOST
    folds = tuple(
        Fold(_causes_line(entry), (_causes_figure(entry, scale, numbers),), is_open=is_open) for entry in localities
    )
    return Section("causes", "Where the distance comes from", (lead, *folds))


def _causes_line(entry: Entry) -> str:
    return f"{entry['name']}: {_above_or_below(entry['distance_pence'])}"


def _above_or_below(distance_pence: int) -> str:
    if distance_pence == 0:
        return "at its fair share"
    where = "above" if distance_pence > 0 else "below"
    return f"{say_short(abs(distance_pence))} {where} its fair share"


def _causes_figure(entry: Entry, scale: svg.Scale, numbers: Numbers) -> Figure:
    number, people = next(numbers.figures), entry["population"] or float("inf")
    title = f"From historic to fair share in {entry['name']}"
    strongest = max(charts.CAUSES, key=lambda cause: abs(entry["shapley"].get(cause[0], 0)))
    says = (
        f"The strongest cause, whatever the order, is {strongest[1].lower()}: "
        f"{say_change(entry['shapley'].get(strongest[0], 0), short=True)}."
    )
    rows = [
        (
            name,
            say_change(entry["steps"].get(cause, 0)),
            say_change(entry["steps"].get(cause, 0) / people),
            say_change(entry["shapley"].get(cause, 0)),
        )
        for cause, name in charts.CAUSES
    ]
    total = entry["fair_pence"] - entry["historic_pence"]
    totals = [("Fair minus historic", say_change(total), say_change(total / people), say_change(total))]
    table = numbers.table(
        f"Causes in {entry['name']}", ("Cause", "Step by step", "For each person", "Order-free"), rows, totals
    )
    chart = charts.waterfall(f"figure-{number}", entry, scale, title=title, says=says)
    return Figure(number, title, says, (chart,), (table,), _STEPS_KEY, layout="beside")


def by_heading(summary: Entry, numbers: Numbers) -> Section:
    """Make the section with every locality's headings, and all localities together first."""
    together = Fold("All localities together", (_headings_table(summary, numbers),), is_open=True)
    folds = tuple(Fold(entry["name"], (_one_locality(entry, numbers),)) for entry in summary["localities"])
    lead = Prose(("Open a locality to see its service headings. The last column is the grade of the evidence.",))
    return Section("headings", "By service heading", (lead, together, *folds))


def _headings_table(summary: Entry, numbers: Numbers) -> PageTable:
    entries, totals = summary["headings"], summary["totals"]
    with_budget = _have_budget(entries)
    rows = [
        (
            entry["heading"],
            say_whole(entry["historic_pence"]),
            say_whole(entry["fair_pence"]),
            *((say_whole(entry["budget_pence"]),) if with_budget else ()),
        )
        for entry in entries
    ]
    total = (
        "All headings",
        say_whole(totals["historic_pence"]),
        say_whole(totals["fair_pence"]),
        *((say_whole(totals["budget_pence"]),) if with_budget else ()),
    )
    headings = ("Heading", "Historic", "Fair", *(("Budget",) if with_budget else ()))
    return numbers.table("Headings, all localities together", headings, rows, [total])


def _one_locality(locality: Entry, numbers: Numbers) -> PageTable:
    entries = locality["headings"]
    with_budget = _have_budget(entries)
    rows = [
        (
            entry["heading"],
            say_whole(entry["historic_pence"]),
            say_range(entry["historic_low_pence"], entry["historic_high_pence"], short=True),
            say_whole(entry["fair_pence"]),
            say_range(entry["fair_low_pence"], entry["fair_high_pence"], short=True),
            say_change(entry["distance_pence"]),
            say_percent(entry["distance_ratio"], signed=True),
            *((say_whole(entry["budget_pence"]),) if with_budget else ()),
            entry["grade"],
        )
        for entry in entries
    ]
    total = (
        "All headings",
        say_whole(locality["historic_pence"]),
        say_range(locality["historic_low_pence"], locality["historic_high_pence"], short=True),
        say_whole(locality["fair_pence"]),
        say_range(locality["fair_low_pence"], locality["fair_high_pence"], short=True),
        say_change(locality["distance_pence"]),
        say_percent(locality["distance_ratio"], signed=True),
        *((say_whole(locality["budget_pence"]),) if with_budget else ()),
        "",
    )
    headings = (
        *("Heading", "Historic", "Range of historic", "Fair", "Range of fair", "Historic minus fair", "In % of fair"),
        *(("Budget",) if with_budget else ()),
        Heading("Grade", "text"),
    )
    return numbers.table(f"Headings in {locality['name']}", headings, rows, [total])


def _have_budget(entries: Sequence[Entry]) -> bool:
    return all(entry.get("budget_pence") is not None for entry in entries)
