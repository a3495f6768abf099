"""The section on the budget, and the path by which it leads to the fair shares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from locality.money.report import charts
from locality.money.report.amounts import say_change, say_percent, say_whole
from locality.money.report.blocks import Block, Figure, Heading, Numbers, PageTable, Prose, Section, Swatch
from locality.money.report.opening import has_budget
from locality.money.report.settings import settings_table

Entry = Mapping[str, Any]


def budget(summary: Entry, numbers: Numbers) -> Section | None:
    """Make the section; None where no budget was set."""
    if not has_budget(summary):
        return None
    blocks: list[Block] = []
    if all(entry.get("budget_distance_ratio") is not None for entry in summary["localities"]):
        blocks.append(_closing(summary, numbers))
    else:
        blocks.append(_budget_table(summary, numbers))
    if all(entry.get("path") for entry in summary["localities"]):
        blocks.append(_path(summary["localities"], numbers))
    if summary.get("budget_rules"):
        blocks += _rules(summary["budget_rules"], numbers)
    return Section("budget", "Budget and path", tuple(blocks))


def _rules(rules: Entry, numbers: Numbers) -> list[Block]:
    """Say the rules in their own sentence, where they have one, and list their values."""
    said: list[Block] = [Prose((f"How the budget was set: {rules['says']}",))] if rules.get("says") else []
    values = {name: value for name, value in rules.items() if name != "says"}
    return [*said, settings_table("The rules of the budget", values, numbers)]


def _closing(summary: Entry, numbers: Numbers) -> Figure:
    localities, number = summary["localities"], next(numbers.figures)
    nearer = sum(abs(entry["budget_distance_ratio"]) < abs(entry["distance_ratio"] or 0) for entry in localities)
    title = "Distance from the fair share before and with the budget, in % of the fair share"
    says = f"The budget brings {nearer} of {len(localities)} localities nearer to their fair share."
    chart = charts.closing_chart(f"figure-{number}", localities, title=title, says=says)
    key = (Swatch("before", "Before the budget"), Swatch("after", "With the budget"))
    return Figure(number, title, says, (chart,), (_budget_table(summary, numbers),), key)


def _budget_table(summary: Entry, numbers: Numbers) -> PageTable:
    totals = summary["totals"]
    rows = [
        (
            entry["name"],
            say_whole(entry["historic_pence"]),
            say_whole(entry["budget_pence"]),
            say_change(entry["budget_pence"] - entry["historic_pence"]),
            say_percent(entry.get("budget_growth_ratio"), signed=True),
            say_percent(entry["distance_ratio"], signed=True),
            say_percent(entry.get("budget_distance_ratio"), signed=True),
            _say_years(entry),
        )
        for entry in summary["localities"]
    ]
    change = totals["budget_pence"] - totals["historic_pence"]
    growth = change / totals["historic_pence"] if totals["historic_pence"] else None
    total = (
        "All localities",
        say_whole(totals["historic_pence"]),
        say_whole(totals["budget_pence"]),
        say_change(change),
        say_percent(growth, signed=True),
        "",
        "",
        "",
    )
    headings = (
        *("Locality", "Historic", "Budget", "Change", "Change in %", "Distance before", "Distance with budget"),
        Heading("Years to fair share", "text"),
    )
    return numbers.table("The budget of each locality", headings, rows, [total])


def _say_years(entry: Entry) -> str:
    if "years_to_target" not in entry:
        return "not worked out"
    years = entry["years_to_target"]
    return "not within the path" if years is None else "there now" if years == 0 else str(years)


def _path(localities: Sequence[Entry], numbers: Numbers) -> Figure:
    number = next(numbers.figures)
    years = [step["year"] for step in localities[0]["path"]]
    title = f"Distance from the fair share, {years[0]} to {years[-1]}, in % of the fair share"
    end = max(abs(entry["path"][-1]["distance_ratio"]) for entry in localities)
    says = (
        f"In {years[-1]} no locality is further than {say_percent(end)} from its fair share, if the rules and the "
        "weights stay as they are. The dashed line is the fair share; all charts have the same axis."
    )
    scale = charts.path_scale(localities)
    drawn = tuple(
        charts.path_chart(
            f"figure-{number}-{place}", entry, scale, title=f"{title}: {entry['name']}", says=_path_says(entry)
        )
        for place, entry in enumerate(localities, start=1)
    )
    return Figure(number, title, says, drawn, _path_tables(localities, years, numbers), layout="many")


def _path_says(entry: Entry) -> str:
    steps = ", ".join(f"{step['year']} {say_percent(step['distance_ratio'], signed=True)}" for step in entry["path"])
    return f"{entry['name']}: {steps}."


def _path_tables(localities: Sequence[Entry], years: Sequence[str], numbers: Numbers) -> tuple[PageTable, ...]:
    ratios = [
        (entry["name"], *(say_percent(step["distance_ratio"], signed=True) for step in entry["path"]))
        for entry in localities
    ]
    pounds = [(entry["name"], *(say_whole(step["pence"]) for step in entry["path"])) for entry in localities]
    sums = [say_whole(sum(entry["path"][place]["pence"] for entry in localities)) for place in range(len(years))]
    return (
        numbers.table("Distance from the fair share, year by year", ("Locality", *years), ratios),
        numbers.table("Budget, year by year", ("Locality", *years), pounds, [("All localities", *sums)]),
    )
