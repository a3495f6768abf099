"""Sections that let a reader judge and rebuild the figures: method, need models, sources, rules, settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from locality.money.report.amounts import say_count, say_number, say_percent
from locality.money.report.blocks import Block, Fold, Heading, Numbers, PageTable, Prose, Section, Terms, Warned
from locality.money.report.settings import humanise, say_setting, settings_table
from locality.money.report.trust import GRADE_MEANS

Entry = Mapping[str, Any]

_WORDS = (
    (
        "Historic share",
        "What the people of a locality used in the year, in pounds. Records of use say how a heading's money divides "
        "between localities; the ledger says how much money there is.",
    ),
    (
        "Fair share",
        "What the locality would use if its people had the same access as everybody else in the partnership at the "
        "same age, sex and need, with the unavoidable extra cost of supply where the settings include it.",
    ),
    (
        "Distance",
        "Historic minus fair share. Above nought a locality uses more than its fair share, below nought less. "
        "In per cent it is a part of the fair share.",
    ),
    (
        "Pace of change",
        "How fast budgets may move towards fair shares: the least and most that a budget may change in a year, and "
        "how far it may stay under its fair share.",
    ),
    (
        "Range (interval)",
        "How far a figure could move by chance alone, for example because one person had a long stay. How it was "
        "found is said for each heading where it is stated. Where two ranges overlap, do not read a difference into "
        "the figures.",
    ),
    (
        "Grade",
        f"The evidence behind a pound. {'; '.join(f'{grade}: {means}' for grade, means in GRADE_MEANS.items())}.",
    ),
)

_MAY_NOT = (
    "That a locality above its fair share wastes money, or that one below it is well served with less: use is not "
    "the same as need met.",
    "That people who used no service needed none. Need that nobody has met leaves no trace in records of use.",
    "That a distance is real where the ranges overlap, or where much of it rests on grade D.",
    "That one person's care should change: every figure is of a whole population.",
)


def method(summary: Entry, numbers: Numbers) -> Section:
    """Make the section that explains the words and says what may not be concluded."""
    blocks: list[Block] = [Terms(_WORDS), Warned("What may not be concluded", _MAY_NOT)]
    for part, ways in (summary.get("method") or {}).items():
        blocks.append(_ways(part, ways, numbers))
    for model in summary.get("need_models") or ():
        blocks.append(_need_model(model, numbers))
    return Section("method", "Method in plain words", tuple(blocks))


def _ways(part: str, ways: Any, numbers: Numbers) -> PageTable:
    named = ways if isinstance(ways, Mapping) else {part: ways}
    rows = [(humanise(str(name)), say_setting(str(name), way)) for name, way in named.items()]
    headings = (Heading("Programme", "text"), Heading("How", "text"))
    return numbers.table(f"How it was found: {humanise(part).lower()} share", headings, rows)


def _need_model(model: Entry, numbers: Numbers) -> Fold:
    name = humanise(model["programme"])
    said = (
        f"Estimated from {say_count(model['zones'])} zones. The model explains "
        f"{say_percent(model['deviance_explained'])} of the variation between them; "
        f"its dispersion is {say_number(model['dispersion'], places=2)}."
    )
    rows = [
        (
            humanise(each["indicator"]),
            humanise(each["role"]),
            say_number(each["estimate"]),
            say_number(each["low"]),
            say_number(each["high"]),
        )
        for each in model["coefficients"]
    ]
    headings = ("Indicator", Heading("Role", "text"), "Estimate", "Low", "High")
    blocks: list[Block] = [Prose((said,)), numbers.table(f"Need model: {name}", headings, rows)]
    if model.get("may_not_conclude"):
        blocks.append(Warned("What this model says, and what it does not", tuple(model["may_not_conclude"])))
    return Fold(f"Need model: {name}", tuple(blocks))


def sources(summary: Entry, numbers: Numbers) -> Section:
    """Make the section that names every file with its hash."""
    rows = [
        (
            each["table"],
            each["file"],
            each.get("publisher") or "not stated",
            each.get("vintage") or "not stated",
            "yes" if each.get("made_up") else "no",
            each["reader"],
            say_count(each["bytes"]),
            each["sha256"],
        )
        for each in summary["inputs"]
    ]
    headings = (
        *(Heading("Table", "text"), Heading("File", "code"), Heading("Publisher", "text"), Heading("Of", "text")),
        *(Heading("Made up", "text"), Heading("Reader", "text"), Heading("Bytes"), Heading("SHA-256", "code")),
    )
    lead = Prose(
        ("The same files, settings and version give the same figures. A hash proves that a file is the same.",)
    )
    return Section("sources", "Sources", (lead, numbers.table("Files that were read", headings, rows)))


def settings(summary: Entry, numbers: Numbers) -> Section:
    """Make the section with the settings of this run and the rules that it used."""
    blocks: list[Block] = [settings_table("Settings of this run", summary["parameters"], numbers)]
    if summary["rules"]:
        rows = [
            (
                each["id"],
                each.get("description") or "",
                say_setting(str(each["unit"] or ""), each["value"]),
                each["unit"] or "",
                str(each["from"] or ""),
                each["source"] or "",
                str(each["review_by"] or ""),
            )
            for each in summary["rules"]
        ]
        names = ("Rule", "What it says", "Value", "Unit", "From", "Source", "Review by")
        blocks.append(numbers.table("Rules that were used", [Heading(name, "text") for name in names], rows))
    return Section("settings", "Settings and rules", tuple(blocks))
