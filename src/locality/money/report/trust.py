"""Sections that say how far the figures can be trusted: grades, coverage, and the way from the ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from locality.money.report import charts
from locality.money.report.amounts import say_exact, say_percent, say_whole
from locality.money.report.blocks import Block, Figure, Heading, Numbers, PageTable, Prose, Section, Swatch
from locality.money.report.settings import humanise

Entry = Mapping[str, Any]

GRADE_MEANS = {
    "A": "records of what each person used and what it cost",
    "B": "counts of use, such as visits or hours, without the cost of each",
    "C": "lists of the people registered with each practice",
    "D": "population alone, because nothing better was known",
}
"""What each grade of evidence means, the best first."""


def coverage(summary: Entry, numbers: Numbers) -> Section:
    """Make the section on grades of evidence and on coverage."""
    lead = Prose(("Every pound of a historic share carries the grade of the evidence by which it was shared.",))
    return Section(
        "coverage", "Coverage and grades", (lead, _grades(summary, numbers), _coverage(summary["headings"], numbers))
    )


def _grades(summary: Entry, numbers: Numbers) -> Figure:
    totals, number = summary["totals"], next(numbers.figures)
    entries = [(entry["name"], entry["grades"]) for entry in summary["localities"]]
    entries.append(("All localities", totals["grades"]))
    title = "Historic share of each locality by grade of evidence"
    says = f"{say_percent(totals['grade_d_ratio'])} of all pounds have grade D; its part stands beside each bar."
    rows = [_grade_row(name, grades) for name, grades in entries]
    table = numbers.table(
        "Pounds by grade of evidence",
        ("Locality", *(f"Grade {letter}" for letter in charts.GRADES), "Part of grade D"),
        rows[:-1],
        rows[-1:],
    )
    key = tuple(Swatch(f"grade-{letter.lower()}", f"{letter}: {means}") for letter, means in GRADE_MEANS.items())
    chart = charts.grades_chart(f"figure-{number}", entries, title=title, says=says)
    return Figure(number, title, says, (chart,), (table,), key)


def _grade_row(name: str, grades: Mapping[str, int]) -> tuple[str, ...]:
    whole = sum(grades.values())
    part = grades.get("D", 0) / whole if whole else None
    return (name, *(say_whole(grades.get(letter, 0)) for letter in charts.GRADES), say_percent(part))


def _coverage(headings: Sequence[Entry], numbers: Numbers) -> Figure:
    number = next(numbers.figures)
    title = "How much of each heading's resources costed records of activity explain"
    none = sum(entry["coverage_ratio"] is None for entry in headings)
    says = (
        "The line marks 100%. Records that explain more or less are scaled to the ledger: what they leave "
        f"out is shared like what they hold. Headings without costed records: {none} of {len(headings)}."
    )
    has_intervals = any(entry.get("interval") for entry in headings)
    rows = [
        (
            entry["heading"],
            _say_coverage(entry),
            humanise(entry["split_by"] or ""),
            ", ".join(letter for letter in charts.GRADES if entry["grades"].get(letter)),
            humanise(entry["need_programme"] or "all others together"),
            *((entry.get("interval") or "not stated",) if has_intervals else ()),
        )
        for entry in headings
    ]
    names = ["Shared by", "Grades", "Need programme", *(["How its range was found"] if has_intervals else [])]
    table = numbers.table(
        "Evidence for each heading", ("Heading", "Coverage", *(Heading(name, "text") for name in names)), rows
    )
    chart = charts.coverage_chart(f"figure-{number}", headings, title=title, says=says)
    return Figure(number, title, says, (chart,), (table,), (Swatch("historic", "Explained by records"),))


_LINE = {
    "ledger_pence": "Ledger",
    "hosted_out_pence": "Hosted, moved out",
    "hosted_in_pence": "Hosted, moved in",
    "resources_pence": "Resources",
    "apart_pence": "Kept apart",
}
_RECORDS = {"activity_pence": "Costed activity", "no_locality_pence": "Locality not known"}
_NOT_COSTED = "not costed"


def reconciliation(summary: Entry, numbers: Numbers) -> Section:
    """Make the section that leads from the ledger to the localities, to the penny."""
    record = summary["reconciliation"]
    lead = Prose(
        (
            "Moved out: used by people of other partnerships. Moved in: used here, but in another partnership's "
            "ledger. Resources: the ledger without what was moved out, with what was moved in. Kept apart: not shared "
            "between localities. Every amount is exact to the penny.",
        )
    )
    blocks: list[Block] = [lead, _steps(record, numbers)]
    if record.get("by_source"):
        blocks.append(_by_source(record["by_source"], numbers))
    blocks += [_lines(record["lines"], numbers), _records(record["lines"], numbers)]
    return Section("reconciliation", "From ledger to localities", tuple(blocks))


def _steps(record: Entry, numbers: Numbers) -> PageTable:
    names = {
        "ledger_pence": "Ledger",
        "hosted_out_pence": "Less: hosted services moved out",
        "hosted_in_pence": "Plus: hosted services moved in",
        "resources_pence": "Resources used by the people of the partnership",
        "apart_pence": "Less: kept apart, not shared between localities",
        "historic_pence": "Historic shares of all localities",
        "fair_pence": "Fair shares of all localities",
        "budget_pence": "Budgets of all localities",
    }
    rows = [(say, say_exact(record[name])) for name, say in names.items() if record.get(name) is not None]
    total = ("Difference that remains", say_exact(record["difference_pence"]))
    return numbers.table("From ledger to localities", ("Step", "Amount"), rows, [total])


def _lines(lines: Sequence[Entry], numbers: Numbers) -> PageTable:
    rows = [(line["heading"], *(say_exact(line.get(name) or 0) for name in _LINE)) for line in lines]
    total = ("All headings", *_sums(lines, _LINE))
    return numbers.table("From ledger to resources by heading", ("Heading", *_LINE.values()), rows, [total])


def _records(lines: Sequence[Entry], numbers: Numbers) -> PageTable:
    rows = [
        (
            line["heading"],
            *(_NOT_COSTED if line.get(name) is None else say_exact(line[name]) for name in _RECORDS),
            say_percent(line.get("no_locality_ratio")),
            _say_coverage(line),
            line.get("grade") or "none",
            humanise(line.get("split_by") or "none"),
        )
        for line in lines
    ]
    total = ("All headings", *_sums(lines, _RECORDS), "", "", "", "")
    texts = (Heading("Grade", "text"), Heading("Shared by", "text"))
    headings: list[Heading | str] = ["Heading", *_RECORDS.values(), "In %", "Coverage", *texts]
    return numbers.table("Records of activity behind each heading", headings, rows, [total])


def _say_coverage(entry: Entry) -> str:
    known = entry.get("coverage_ratio")
    return _NOT_COSTED if known is None else say_percent(known)


def _sums(lines: Sequence[Entry], names: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(say_exact(sum(line.get(name) or 0 for line in lines)) for name in names)


def _by_source(sources: Mapping[str, int], numbers: Numbers) -> PageTable:
    rows = [(source, say_exact(pence)) for source, pence in sources.items()]
    total = ("All sources", say_exact(sum(sources.values())))
    return numbers.table("The ledger by source of the money", ("Source", "Ledger"), rows, [total])


_SCOPES = {
    "delegated": "planned here",
    "set_aside": "set aside in large hospitals, by use",
    "hosted_here": "hosted here for others",
    "hosted_elsewhere": "hosted elsewhere",
    "overhead": "overhead",
}


def hosted(summary: Entry, numbers: Numbers) -> Section | None:
    """Make the section on hosted services and set-aside budgets; None where there are neither."""
    blocks: list[Block] = []
    if summary.get("hosted"):
        blocks.append(_hosted_table(summary["hosted"], numbers))
    special = {
        entry["heading"]: entry["scopes"] for entry in summary["headings"] if set(entry["scopes"]) - {"delegated"}
    }
    if special:
        blocks.append(_scopes_table(special, summary["reconciliation"]["lines"], numbers))
    if not blocks:
        return None
    lead = Prose(
        (
            "A hosted service is run by one partnership for several: its cost is moved to the people who used it. "
            "A set-aside budget pays for large hospitals: it is shared by the use of beds and clinics.",
        )
    )
    return Section("hosted", "Hosted services and set-aside budgets", (lead, *blocks))


def _scopes_table(special: Mapping[str, Sequence[str]], lines: Sequence[Entry], numbers: Numbers) -> PageTable:
    """List the headings of more than delegated services, with what of their resources is set aside or overhead."""
    names = ("resources_pence", "set_aside_pence", "overhead_pence")
    rows = [
        (line["heading"], _say_scopes(special[line["heading"]]), *(say_exact(line.get(name) or 0) for name in names))
        for line in lines
        if line["heading"] in special
    ]
    headings = ("Heading", Heading("Kind of service", "text"), "Resources", "Of it set aside", "Of it overheads")
    return numbers.table("Headings that hold more than delegated services", headings, rows)


def _say_scopes(scopes: Sequence[str]) -> str:
    return "; ".join(_SCOPES.get(scope, humanise(scope)) for scope in scopes)


def _hosted_table(entries: Sequence[Entry], numbers: Numbers) -> PageTable:
    rows = [
        (
            entry["service"],
            _SCOPES.get(entry["scope"], humanise(entry["scope"])),
            *(say_exact(entry[name]) for name in ("gross_pence", "used_here_pence", "moved_pence")),
            _used_by(entry),
        )
        for entry in entries
    ]
    texts = (Heading("Service", "text"), Heading("Kind", "text"))
    headings = (*texts, "Whole cost", "Used here", "Used by others", Heading("By partnership", "text"))
    return numbers.table("Hosted services", headings, rows)


def _used_by(entry: Entry) -> str:
    used = entry.get("by_partnership")
    if not used:
        return entry.get("partnership") or "not stated"
    return "; ".join(f"{partnership} {say_exact(pence)}" for partnership, pence in used.items())


def council_lines(summary: Entry, numbers: Numbers) -> Section | None:
    """Make the section on a council's published lines taken down to localities; None where there are none."""
    lines = summary.get("council_lines")
    if not lines:
        return None
    names = {entry["code"]: entry["name"] for entry in summary["localities"]}
    rows = [
        (
            f"{line['line']}, {line['year']}",
            *(say_whole(line["localities"][code]) for code in names),
            say_whole(line["council_pence"]),
        )
        for line in lines
    ]
    headings = (Heading("Line", "text"), *names.values(), "Council, as published")
    table = numbers.table("Council lines by locality, as modelled", headings, rows)
    return Section(
        "council-lines", "Council lines", (Prose(tuple(dict.fromkeys(line["sentence"] for line in lines))), table)
    )
