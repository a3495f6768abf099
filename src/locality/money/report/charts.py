"""The charts of the report, each drawn from localities or headings of `summary.json` alone.

No chart tells two things apart by colour only: bars are solid or hatched, marks differ in shape, segments carry
their letter, and every figure is written beside its row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from markupsafe import Markup

from locality.money.report import svg
from locality.money.report.amounts import say_change, say_exact, say_percent, say_short

Entry = Mapping[str, Any]

CAUSES = (
    ("population", "Population"),
    ("age_sex", "Age and sex"),
    ("need", "Need"),
    ("supply", "Supply"),
)
"""Causes of the distance in the order in which they are applied, with their names on the page."""

GRADES = "ABCD"
_BAR = 16
_PANEL = 96


_ENDS = ("historic_low_pence", "historic_high_pence", "fair_low_pence", "fair_high_pence")


def ranges_overlap(entry: Entry) -> bool | None:
    """Say whether the intervals of historic and fair share have an amount in common; None where one is not known."""
    if any(entry.get(end) is None for end in _ENDS):
        return None
    return bool(
        entry["historic_low_pence"] <= entry["fair_high_pence"]
        and entry["fair_low_pence"] <= entry["historic_high_pence"]
    )


def shares_chart(identifier: str, localities: Sequence[Entry], *, title: str, says: str) -> Markup:
    """Draw historic and fair share of every locality as paired bars with their intervals."""
    names = ("historic_pence", "fair_pence", *_ENDS)
    scale = svg.scale_for(entry[name] for entry in localities for name in names if entry.get(name) is not None)
    rows = [svg.Row(entry["name"], _beside(entry), _pair(entry, scale)) for entry in localities]
    return svg.rows_chart((identifier, title, says), rows, band=2 * _BAR + 6, scale=scale, say=_say_pounds)


def _beside(entry: Entry) -> str:
    return f"{say_short(entry['historic_pence'])} | {say_short(entry['fair_pence'])}"


def _pair(entry: Entry, scale: svg.Scale) -> Markup:
    marks = Markup()
    for name, top in (("historic", 0), ("fair", _BAR + 5)):
        marks += svg.bar(scale.at(0), scale.at(entry[f"{name}_pence"]), top=top, height=_BAR, mark=name)
        low, high = (entry.get(f"{name}_{end}_pence") for end in ("low", "high"))
        if low is not None and high is not None:
            marks += svg.whisker(scale.at(low), scale.at(high), top + _BAR / 2)
    return marks


def distance_chart(identifier: str, localities: Sequence[Entry], *, title: str, says: str) -> Markup:
    """Draw the distance per head: to the right above the fair share, to the left below it."""
    scale = svg.scale_for(entry["distance_per_head_pence"] or 0 for entry in localities)
    rows = [
        svg.Row(
            entry["name"],
            f"{say_change(entry['distance_per_head_pence'])} ({say_percent(entry['distance_ratio'], signed=True)})",
            svg.bar(
                scale.at(0),
                scale.at(entry["distance_per_head_pence"] or 0),
                top=0,
                height=_BAR,
                mark="sure" if ranges_overlap(entry) is False else "unsure",
            ),
        )
        for entry in localities
    ]
    return svg.rows_chart((identifier, title, says), rows, band=_BAR, scale=scale, say=_say_change)


def steps_per_head(entry: Entry) -> list[tuple[str, float, float]]:
    """Give for each cause its name and where its step starts and ends, in pence per head from the historic share."""
    people, at, steps = entry["population"] or float("inf"), 0.0, []
    for cause, name in CAUSES:
        end = at + entry["steps"].get(cause, 0) / people
        steps.append((name, at, end))
        at = end
    return steps


def waterfall(identifier: str, entry: Entry, scale: svg.Scale, *, title: str, says: str) -> Markup:
    """Draw the way from the historic share (nought) to the fair share of one locality, in pounds per head."""
    steps = steps_per_head(entry)
    rows = [
        svg.Row(
            name,
            say_change(round(end - start)),
            svg.bar(scale.at(start), scale.at(end), top=0, height=_BAR, mark="more" if end >= start else "less")
            + svg.line((scale.at(end), 0), (scale.at(end), _BAR + 14), "step"),
        )
        for name, start, end in steps
    ]
    last = steps[-1][2]
    fair = svg.bar(scale.at(0), scale.at(last), top=0, height=_BAR, mark="fair")
    rows.append(svg.Row("All causes together", say_change(round(last)), fair))
    return svg.rows_chart((identifier, title, says), rows, band=_BAR, scale=scale, say=_say_change)


def closing_chart(identifier: str, localities: Sequence[Entry], *, title: str, says: str) -> Markup:
    """Draw the distance from target before the budget (ring) and with it (dot)."""
    ratios = [entry[name] or 0 for entry in localities for name in ("distance_ratio", "budget_distance_ratio")]
    scale = svg.scale_for(ratios)
    rows = []
    for entry in localities:
        before, after = (scale.at(entry[name] or 0) for name in ("distance_ratio", "budget_distance_ratio"))
        marks = svg.line((before, 8), (after, 8), "way") + svg.dot(before, 8, "before") + svg.dot(after, 8, "after")
        said = " → ".join(say_percent(entry[name], signed=True) for name in ("distance_ratio", "budget_distance_ratio"))
        rows.append(svg.Row(entry["name"], said, marks))
    return svg.rows_chart((identifier, title, says), rows, band=_BAR, scale=scale, say=_say_ratio)


def path_chart(identifier: str, entry: Entry, bounds: svg.Scale, *, title: str, says: str) -> Markup:
    """Draw one locality's distance from target year by year; nought is the fair share.

    Args:
        identifier: Name of the chart on the page.
        entry: The locality.
        bounds: The scale that all localities share.
        title: What it shows.
        says: The same in a sentence.
    """
    path = entry["path"]
    top = svg.LABEL_HEIGHT + 26

    def height(ratio: float) -> float:
        return top + 8 + (_PANEL - 16) * (bounds.high - ratio) / (bounds.high - bounds.low)

    across = [(3 + 94 * place / max(len(path) - 1, 1)) for place in range(len(path))]
    points = [(place, height(step["distance_ratio"])) for place, step in zip(across, path, strict=True)]
    first, last = path[0], path[-1]
    said = f"{say_percent(first['distance_ratio'], signed=True)} → {say_percent(last['distance_ratio'], signed=True)}"
    marks = svg.text(0, 18, svg.cut(entry["name"], 36), mark="name") + svg.text(0, 40, said)
    marks += svg.line((0, height(0)), (100, height(0)), "target")
    for start, end in pairwise(points):
        marks += svg.line(start, end, "way")
    for point in points:
        marks += svg.dot(*point, "after")
    bottom = top + _PANEL + 18
    marks += svg.text(0, bottom, first["year"]) + svg.text(100, bottom, last["year"], anchor="end")
    return svg.frame(identifier, title, says, height=bottom + 8, inside=marks)


def path_scale(localities: Sequence[Entry]) -> svg.Scale:
    """Give the scale on which every locality's path is drawn."""
    return svg.scale_for(step["distance_ratio"] for entry in localities for step in entry["path"])


def grades_chart(identifier: str, entries: Sequence[tuple[str, Mapping[str, int]]], *, title: str, says: str) -> Markup:
    """Draw for each name how its pounds divide into the grades A to D."""
    scale = svg.Scale(0, 1, (0, 0.25, 0.5, 0.75, 1))
    rows = [svg.Row(name, f"D {say_percent(_part(grades, 'D'))}", _stack(grades, scale)) for name, grades in entries]
    return svg.rows_chart((identifier, title, says), rows, band=26, scale=scale, say=_say_plain_ratio)


def _part(grades: Mapping[str, int], letter: str) -> float:
    whole = sum(abs(grades.get(each, 0)) for each in GRADES)
    return abs(grades.get(letter, 0)) / whole if whole else 0.0


def _stack(grades: Mapping[str, int], scale: svg.Scale) -> Markup:
    marks, start = Markup(), 0.0
    for letter in GRADES:
        part = _part(grades, letter)
        left, right = scale.at(start), scale.at(start + part)
        if part:
            marks += svg.bar(left, right, top=0, height=26, mark=f"grade-{letter.lower()}")
        if part >= 0.07:  # narrower than this, the letter would touch its neighbours on a telephone
            words = f"{letter} {say_percent(part, places=0)}" if part >= 0.22 else letter
            marks += svg.text((left + right) / 2, 19, words, anchor="middle", mark=f"on-grade on-{letter.lower()}")
        start += part
    return marks


def coverage_chart(identifier: str, headings: Sequence[Entry], *, title: str, says: str) -> Markup:
    """Draw for each heading how much of its resources the costed records explain."""
    scale = svg.scale_for([1.0, *(entry["coverage_ratio"] or 0 for entry in headings)])
    rows = []
    for entry in headings:
        known = entry["coverage_ratio"]
        marks = svg.bar(scale.at(0), scale.at(known or 0), top=0, height=_BAR, mark="historic")
        marks += svg.line((scale.at(1), -2), (scale.at(1), _BAR + 2), "full")
        rows.append(svg.Row(entry["heading"], "not costed" if known is None else _say_plain_ratio(known), marks))
    return svg.rows_chart((identifier, title, says), rows, band=_BAR, scale=scale, say=_say_plain_ratio)


def _say_pounds(pence: float) -> str:
    return say_short(round(pence)).replace(".0m", "m").replace(".00m", "m")


def _say_change(pence: float) -> str:
    """Write an amount of an axis; where the axis is finer than a pound, with pence."""
    whole = round(pence)
    return f"{'+' if whole > 0 else ''}{say_exact(whole)}" if whole % 100 else say_change(whole)


def _say_ratio(ratio: float) -> str:
    return say_percent(ratio, signed=True)


def _say_plain_ratio(ratio: float) -> str:
    return say_percent(ratio, places=0)
