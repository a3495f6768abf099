"""What the pages of budgets show: one budget's figures, saved options side by side, and decisions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from locality.foundations import pounds_from_pence, say_pounds
from locality_web.core.models import Partnership
from locality_web.core.tables import Column, Link, Table
from locality_web.core.words import join_words, say
from locality_web.money.budgets import OWN
from locality_web.money.models import BudgetDecision, BudgetOption
from locality_web.money.shares_pages import per_head

Figures = Mapping[str, Any]

MOST_IN_A_CHART = 6
"""As many options as can be told apart in one chart."""


def slug_of(year: str) -> str:
    """Write a year for an address."""
    return year.replace("/", "-")


def main_table(figures: Figures, year: str, csv: str = "") -> Table:
    """Show every locality's budget."""
    rows = [
        [
            one["name"],
            one["historic_pence"],
            one["budget_pence"],
            one["growth_ratio"],
            one["distance_ratio"],
            one["distance_after_ratio"],
            say_years(one["years_to_target"]),
            per_head(one["budget_pence"], one["population"]),
        ]
        for one in figures["localities"]
    ]
    historic = sum(one["historic_pence"] for one in figures["localities"])
    budget = sum(one["budget_pence"] for one in figures["localities"])
    people = sum(one["population"] for one in figures["localities"])
    growth = budget / historic - 1 if historic else None
    return Table(
        f"Budget of each locality for {year}",
        [
            Column("Locality"),
            Column(f"Uses now ({figures['ledger_year']})", "pounds"),
            Column("Budget", "pounds"),
            Column("Growth", "change"),
            Column("Distance now", "change"),
            Column("Distance then", "change"),
            Column("At fair share"),
            Column("Budget, each person", "pounds"),
        ],
        rows,
        totals=["All localities", historic, budget, growth, "", "", "", per_head(budget, people)],
        csv=csv,
        note="Distance is over (+) or under (−) the fair share. “At fair share” says in which year of the path the "
        "locality comes within the tolerance.",
    )


def say_years(years: int | None) -> str:
    """Write when a locality is at its fair share."""
    if years is None:
        return "not within 20 years"
    return "in the first year" if years == 1 else f"in year {years}"


def headings_table(figures: Figures, year: str) -> Table:
    """Show the budget by heading and locality, with what is held; rows, columns and total agree to the penny."""
    names = [line["heading"] for line in figures["localities"][0]["headings"]]
    by_heading = [
        [
            name,
            *(_pence_of(one, name) for one in figures["localities"]),
            None,
            sum(_pence_of(one, name) for one in figures["localities"]),
        ]
        for name in names
    ]
    held = [
        [line["heading"], *(None for _ in figures["localities"]), line["budget_pence"], line["budget_pence"]]
        for line in figures["held"]
    ]
    rows = [[cell if cell is not None else "–" for cell in row] for row in [*by_heading, *held]]
    sums = [one["budget_pence"] for one in figures["localities"]]
    held_pence = sum(line["budget_pence"] for line in figures["held"])
    return Table(
        f"Budget by heading for {year}",
        [
            Column("Heading"),
            *(Column(one["name"], "pence") for one in figures["localities"]),
            Column("Held for all", "pence"),
            Column("All together", "pence"),
        ],
        rows,
        totals=["All headings", *sums, held_pence, figures["total_pence"]],
    )


def _pence_of(locality: Mapping[str, Any], heading: str) -> int:
    return next((int(line["budget_pence"]) for line in locality["headings"] if line["heading"] == heading), 0)


def path_table(figures: Figures) -> Table:
    """Show the years to come under the same rules."""
    years = [step["year"] for step in figures["localities"][0]["path"]]
    rows = [[one["name"], *(step["pence"] for step in one["path"])] for one in figures["localities"]]
    totals = [sum(column) for column in zip(*(row[1:] for row in rows), strict=True)]
    return Table(
        "The path: budgets in the years to come if the rules stay",
        [Column("Locality"), *(Column(year, "pounds") for year in years)],
        rows,
        totals=["All localities", *totals],
    )


def in_words(figures: Figures) -> list[str]:
    """Say what a budget does, in sentences."""
    ones = figures["localities"]
    shared, total = (say_pounds(figures[name], whole=True) for name in ("shared_pence", "total_pence"))
    said = [f"{shared} of {total} is shared out to {len(ones)} localities; {_say_held(figures)}."]
    grown = sorted((one for one in ones if one["growth_ratio"] is not None), key=lambda one: float(one["growth_ratio"]))
    if grown:
        least, most = grown[0], grown[-1]
        said.append(
            f"Least growth: {least['name']}, {say(least['growth_ratio'], 'change')}. "
            f"Most growth: {most['name']}, {say(most['growth_ratio'], 'change')}."
        )
    before, after = (_furthest(ones, name) for name in ("distance_ratio", "distance_after_ratio"))
    if before is not None and after is not None:
        how = "narrows" if after < before else "widens" if after > before else "stays"
        said.append(f"The largest distance from a fair share {how}: {before:.1%} now, {after:.1%} then.")
    return said


def _say_held(figures: Figures) -> str:
    if not figures["held"]:
        return "nothing is held for the whole partnership"
    names = join_words(line["heading"] for line in figures["held"])
    pence = sum(line["budget_pence"] for line in figures["held"])
    return f"{say_pounds(pence, whole=True)} is held for the whole partnership ({names})"


def _furthest(ones: Iterable[Mapping[str, Any]], name: str) -> float | None:
    known = [abs(one[name]) for one in ones if one[name] is not None]
    return max(known) if known else None


def rules_in_words(rules: Mapping[str, Any], figures: Figures) -> list[str]:
    """Say by which rules a budget was worked out."""
    name = "Own rules" if rules["preset"] == OWN else f"Preset “{rules['preset']}”"
    said = [f"{name}: {figures['says']}"]
    if rules["preset"] != OWN:
        # The library names its own option here; on a page there is none.
        said.append(f"Where the preset comes from: {figures['source'].replace(' with --over-years', '')}")
    told = {
        "min_growth": "Least growth of a locality",
        "max_growth": "Most growth of a locality",
        "max_under_target": "Most that a locality is under its fair share",
        "growth_after": "Growth of the total in later years",
        "inflation": "Rise in prices",
    }
    said += [f"{words}: {say(rules[key], 'percent')}" for key, words in told.items() if rules.get(key)]
    if rules.get("min_growth") == 0:
        said.append("No locality gets less money than it uses now.")
    if rules.get("years"):
        said.append(f"Years: {rules['years']}")
    typed = [f"{name} ({say_pounds(pence)})" for name, pence in rules["held"].items() if pence is not None]
    if typed:
        said.append(f"Held with an amount of its own: {join_words(typed)}")
    return said


@dataclass(frozen=True)
class Compared:
    """Saved options side by side: one table for each measure."""

    options: Sequence[BudgetOption]
    tables: Sequence[Table]


def compare_options(options: Sequence[BudgetOption]) -> Compared:
    """Put saved options of one year side by side, locality by locality."""
    names = {one["code"]: one["name"] for option in options for one in option.figures["localities"]}
    by_option = [{one["code"]: one for one in option.figures["localities"]} for option in options]
    columns = [(option.name, option) for option in options]

    def measure(caption: str, key: str, kind: Any) -> Table:
        rows = [[name, *(_shown(found.get(code), key) for found in by_option)] for code, name in names.items()]
        return Table(caption, [Column("Locality"), *(Column(title, kind) for title, _ in columns)], rows)

    # Charts have their tables with them; more options than a chart can show are compared in tables alone.
    tables = (
        []
        if len(options) <= MOST_IN_A_CHART
        else [
            measure("Growth of each locality’s budget, by option", "growth_ratio", "change"),
            measure("Distance from the fair share afterwards, by option", "distance_after_ratio", "change"),
        ]
    )
    tables += [
        measure("Budget of each locality, by option", "budget_pence", "pounds"),
        measure("When each locality is at its fair share, by option", "years_to_target", "text"),
    ]
    return Compared(options, tables if options else [])


def _shown(locality: Mapping[str, Any] | None, key: str) -> Any:
    if locality is None:
        return None
    return say_years(locality[key]) if key == "years_to_target" else locality[key]


FILE_COLUMNS = (
    *("decision", "year", "locality", "locality_name", "heading"),
    *("budget_pounds", "historic_pounds", "fair_pounds", "fair_low_pounds", "fair_high_pounds"),
    *("decided_on", "decided_by", "release"),
)


def decision_rows(decision: BudgetDecision) -> Iterable[list[Any]]:
    """Give every amount of a decision, one row for each locality and heading; held money has no locality."""
    last = [decision.decided_on.isoformat(), decision.decided_by, decision.release.release]
    for one in decision.figures["localities"]:
        for line in one["headings"]:
            yield [str(decision), decision.year, one["code"], one["name"], *_amounts(line), *last]
    for line in decision.figures["held"]:
        yield [str(decision), decision.year, "", "Whole partnership", *_amounts(line), *last]


def _amounts(line: Mapping[str, Any]) -> list[str]:
    names = ("budget_pence", "historic_pence", "fair_pence", "fair_low_pence", "fair_high_pence")
    found = [line.get(name) for name in names]
    return [line["heading"], *("" if pence is None else str(pounds_from_pence(pence)) for pence in found)]


def decision_json(decision: BudgetDecision) -> dict[str, Any]:
    """Give a decision as plain values, money in pence."""
    return {
        "schema": "locality-budget-decision/1",
        "partnership": {"code": decision.partnership.code, "name": decision.partnership.name},
        "decision": str(decision),
        "year": decision.year,
        "decided_on": decision.decided_on.isoformat(),
        "decided_by": decision.decided_by,
        "why": decision.why,
        "option": decision.option_name,
        "release": decision.release.release,
        "made_up": decision.release.made_up,
        "rules": decision.rules,
        "figures": decision.figures,
    }


def decision_address(decision: BudgetDecision) -> str:
    """Give the stable address of a decision."""
    return reverse("money:decision", args=[decision.partnership.slug, slug_of(decision.year), decision.number])


def decisions_table(partnership: Partnership) -> Table:
    """List all decisions, the newest year first; the highest number of a year is in force."""
    found = list(
        BudgetDecision.objects.filter(partnership=partnership)
        .select_related("partnership")
        .order_by("-year", "-number")
    )
    newest = {one.year: one.number for one in reversed(found)}
    rows = [
        [
            Link(str(one), decision_address(one)),
            one.year,
            f"{one.decided_on:%-d %B %Y}",
            one.decided_by,
            one.figures["total_pence"],
            "in force" if newest[one.year] == one.number else f"superseded by {one.year}-{newest[one.year]}",
        ]
        for one in found
    ]
    return Table(
        "Budget decisions",
        [
            Column("Decision"),
            Column("Year", "year"),
            Column("Decided on"),
            Column("Decided by"),
            Column("Total", "pounds"),
            Column("State"),
        ],
        rows,
        empty="No budget has been decided yet.",
    )
