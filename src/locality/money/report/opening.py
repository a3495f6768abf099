"""The first screen: what the figures say, in plain words, and what limits them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from locality.money.report.amounts import say_count, say_exact, say_list, say_percent, say_short
from locality.money.report.blocks import Block, Points, Section, Terms, Warned
from locality.money.report.charts import ranges_overlap

Entry = Mapping[str, Any]

# With two localities, naming three on each side would name each of them twice.
_NAMED = 3


def has_budget(summary: Entry) -> bool:
    """Say whether every locality has a budget."""
    return all(entry.get("budget_pence") is not None for entry in summary["localities"])


def title_of(summary: Entry) -> str:
    """Write the page's title."""
    what = "Locality shares and budgets" if has_budget(summary) else "Locality shares"
    return f"{what}: {summary['partnership']['name']}, {summary.get('budget_year') or summary['financial_year']}"


def key_figures(summary: Entry) -> tuple[tuple[str, str], ...]:
    """Give the few figures that stand at the top: each with its name."""
    totals = summary["totals"]
    figures = [
        (f"Shared between localities, {summary['financial_year']}", say_short(totals["historic_pence"])),
        ("People", say_count(totals["population"])),
        ("Localities", say_count(len(summary["localities"]))),
        ("Shared by population alone (grade D)", say_percent(totals["grade_d_ratio"])),
    ]
    if has_budget(summary):
        year = f", {summary['budget_year']}" if summary.get("budget_year") else ""
        figures.insert(1, (f"Budget{year}", say_short(totals["budget_pence"])))
    return tuple(figures)


def opening(summary: Entry) -> Section:
    """Make the opening section."""
    points = [*_distances(summary["localities"]), _certainty(summary["localities"])]
    if has_budget(summary):
        points += _budget(summary)
    points += [_grades(summary), _adds_up(summary)]
    blocks: list[Block] = [Points(tuple(points))]
    if summary.get("notes"):
        blocks.append(Warned("Read this before you use the figures", tuple(summary["notes"])))
    return Section("summary", "In plain words", tuple(blocks))


def _distances(localities: Sequence[Entry]) -> list[str]:
    """Name the localities that are furthest above and below their fair share."""
    ordered = sorted(localities, key=lambda entry: entry["historic_pence"] - entry["fair_pence"], reverse=True)
    above = [entry for entry in ordered if entry["historic_pence"] > entry["fair_pence"]][:_NAMED]
    below = [entry for entry in reversed(ordered) if entry["historic_pence"] < entry["fair_pence"]][:_NAMED]
    if not above and not below:
        return ["Every locality uses exactly its fair share."]
    said = []
    if above:
        said.append(f"Furthest above their fair share: {say_list([_by(entry) for entry in above])}.")
    if below:
        said.append(f"Furthest below their fair share: {say_list([_by(entry) for entry in below])}.")
    return said


def _by(entry: Entry) -> str:
    size = abs(entry["historic_pence"] - entry["fair_pence"])
    ratio = entry["distance_ratio"]
    part = "" if ratio is None else f" ({say_percent(abs(ratio))})"
    return f"{entry['name']} by {say_short(size)}{part}"


def _certainty(localities: Sequence[Entry]) -> str:
    found = [ranges_overlap(entry) for entry in localities]
    if None in found:
        return "For some localities no range is known: how far their distance may be chance alone cannot be said."
    unsure = found.count(True)
    if not unsure:
        return "In every locality the ranges of the historic and the fair share lie apart."
    which = "every locality" if unsure == len(localities) else f"{unsure} of {len(localities)} localities"
    return f"In {which} the ranges of the historic and the fair share overlap: that distance may be chance alone."


def _budget(summary: Entry) -> list[str]:
    localities, totals = summary["localities"], summary["totals"]
    change = totals["budget_pence"] - totals["historic_pence"]
    said = [
        f"The budget shares {say_short(totals['budget_pence'])} between the localities, "
        f"{_more_or_less(change)} the historic shares of {summary['financial_year']}."
    ]
    grown = sorted(
        (entry for entry in localities if entry.get("budget_growth_ratio") is not None),
        key=lambda entry: float(entry["budget_growth_ratio"]),
    )
    if grown:
        least, most = grown[0], grown[-1]
        said.append(
            f"Budgets change by between {say_percent(least['budget_growth_ratio'], signed=True)} ({least['name']}) "
            f"and {say_percent(most['budget_growth_ratio'], signed=True)} ({most['name']})."
        )
    if all(entry.get("budget_distance_ratio") is not None for entry in localities):
        before = max(abs(entry["distance_ratio"] or 0) for entry in localities)
        after = max(abs(entry["budget_distance_ratio"]) for entry in localities)
        how = "falls" if after < before else "rises" if after > before else "stays"
        said.append(f"The largest distance from a fair share {how} from {say_percent(before)} to {say_percent(after)}.")
    return said


def _more_or_less(change_pence: int) -> str:
    if change_pence == 0:
        return "as much as"
    return f"{say_short(abs(change_pence))} {'more' if change_pence > 0 else 'less'} than"


def _grades(summary: Entry) -> str:
    totals = summary["totals"]
    return (
        f"Of every £100, £{100 * (totals['grade_d_ratio'] or 0):.2f} is shared by population alone (grade D), because "
        f"nothing better was known: {say_short(totals['grades'].get('D', 0))} in all."
    )


def _adds_up(summary: Entry) -> str:
    apart = summary["reconciliation"]["difference_pence"]
    if apart == 0:
        return "Everything adds up: from the ledger to the localities the difference is £0.00."
    return f"It does not add up: between the ledger and the localities {say_exact(apart)} are missing."


def about(summary: Entry) -> Terms:
    """Say what the page is of: place, year, basis, when and by what it was made."""
    partnership = summary["partnership"]
    people = "where people live" if summary["basis"] == "residence" else "the practice where people are registered"
    pairs = [
        ("Partnership", f"{partnership['name']} ({partnership['code']}), {partnership['nation']}"),
        ("Year of the spending", summary["financial_year"]),
        ("Year of the budget", summary.get("budget_year") or ""),
        ("A locality's people are counted by", people),
        ("Made by", summary["made_by"]),
        ("Made on", summary.get("made_on") or ""),
    ]
    return Terms(tuple((name, said) for name, said in pairs if said))
