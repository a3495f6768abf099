"""Charts: each has a title, a summary in words, the same figures as a table, and a file to download.

    chart = grouped_bars("Shares of the money", ["Levenmouth", "Kirkcaldy"],
                         {"Historic share": [100_00, 200_00], "Fair share": [150_00, 150_00]},
                         unit="pounds", csv="/fife/money/shares.csv")

In a template: `{% show_chart chart %}`. Money is given in pence; "percent" and "change" are ratios.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Sized
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.text import slugify

from locality_web.core import charts_bars, charts_lines
from locality_web.core.charts_svg import SERIES, line_swatch, swatch
from locality_web.core.charts_words import (
    NOTHING,
    say_causes,
    say_comparison,
    say_highest_and_lowest,
    say_intervals,
    say_line,
)
from locality_web.core.tables import Column, Table
from locality_web.core.words import Unit

__all__ = ["Chart", "Legend", "bars", "causes", "grouped_bars", "interval_bars", "lines"]


@dataclass(frozen=True)
class Legend:
    """A sample of a series and its name."""

    sample: SafeString
    name: str


@dataclass(frozen=True)
class Chart:
    """A drawing with all that a reader who cannot see it needs."""

    title: str
    summary: str
    drawing: SafeString
    table: Table
    legend: tuple[Legend, ...] = ()
    note: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not self.table.rows


def _identity(title: str) -> str:
    return f"chart-{slugify(title)}"


def bars(
    title: str, named: Sequence[tuple[str, float]], *, unit: Unit = "pounds", of: str = "Place", csv: str = ""
) -> Chart:
    """Draw one bar for each name, in the order given.

    Args:
        title: What the chart shows; also the caption of its table.
        named: Name and amount.
        unit: What the amounts are.
        of: What the names are, for the table's heading.
        csv: The address of the same figures as a file.
    """
    names, amounts = [name for name, _ in named], [amount for _, amount in named]
    summary = say_highest_and_lowest(named, unit)
    drawn = charts_bars.draw_bars(names, {"": amounts}, unit=unit, identity=_identity(title), title=title, says=summary)
    table = Table(title, [Column(of), Column("Amount", unit)], [list(pair) for pair in named], csv=csv)
    return Chart(title, summary, drawn, table)


def grouped_bars(
    title: str,
    names: Sequence[str],
    series: Mapping[str, Sequence[float]],
    *,
    unit: Unit = "pounds",
    of: str = "Place",
    csv: str = "",
) -> Chart:
    """Draw several bars for each name, such as historic share, fair share and budget.

    Args:
        title: What the chart shows.
        names: The groups.
        series: For each series, up to six, its amounts in the order of the names; others are compared with
            the first.
        unit: What the amounts are.
        of: What the names are.
        csv: The address of the same figures as a file.
    """
    _check(series, len(names))
    _check_count(series)
    summary = _compare_all(names, series, unit)
    identity = _identity(title)
    drawn = charts_bars.draw_bars(names, series, unit=unit, identity=identity, title=title, says=summary)
    rows = [[name, *(amounts[at] for amounts in series.values())] for at, name in enumerate(names)]
    table = Table(title, [Column(of), *(Column(each, unit) for each in series)], rows, csv=csv)
    return Chart(title, summary, drawn, table, _legend(list(series), identity))


def interval_bars(
    title: str,
    rows: Sequence[tuple[str, float, float, float]],
    *,
    unit: Unit = "pounds",
    of: str = "Place",
    csv: str = "",
) -> Chart:
    """Draw a bar for each name with the range in which the true figure may lie.

    Args:
        title: What the chart shows.
        rows: Name, figure, low end and high end.
        unit: What the amounts are.
        of: What the names are.
        csv: The address of the same figures as a file.
    """
    summary = say_intervals(rows, unit)
    drawn = charts_bars.draw_intervals(rows, unit=unit, identity=_identity(title), title=title, says=summary)
    columns = [Column(of), Column("Figure", unit), Column("Low end", unit), Column("High end", unit)]
    return Chart(title, summary, drawn, Table(title, columns, [list(row) for row in rows], csv=csv))


def lines(
    title: str,
    years: Sequence[str],
    named: Mapping[str, Sequence[float | None]],
    *,
    unit: Unit = "pounds",
    csv: str = "",
) -> Chart:
    """Draw lines over years, the first six of them; what is not known (None) is a gap. The table has all.

    Args:
        title: What the chart shows.
        years: The years, in order.
        named: For each line its amounts in the order of the years.
        unit: What the amounts are.
        csv: The address of the same figures as a file.
    """
    _check(named, len(years))
    drawable = dict(list(named.items())[:SERIES])
    summary = " ".join(say_line(name, years, amounts, unit=unit) for name, amounts in named.items()) or NOTHING
    drawn = charts_lines.draw_lines(years, drawable, unit=unit, identity=_identity(title), title=title, says=summary)
    rows = [[year, *(amounts[at] for amounts in named.values())] for at, year in enumerate(years)]
    table = Table(
        title, [Column("Year", "year"), *(Column(name, unit) for name in named)], rows if named else [], csv=csv
    )
    legend = tuple(Legend(line_swatch(at), f"{at} {name}") for at, name in enumerate(drawable, 1))
    left_out = f"The drawing shows the first {SERIES} of {len(named)}; the table has them all."
    return Chart(title, summary, drawn, table, legend, left_out if len(named) > SERIES else "")


def causes(
    title: str,
    rows: Sequence[tuple[str, Sequence[float]]],
    parts: Sequence[str],
    *,
    unit: Unit = "pounds",
    of: str = "Place",
    csv: str = "",
) -> Chart:
    """Draw what a difference is made of, such as population, age, need and supply; parts may be below zero.

    Args:
        title: What the chart shows.
        rows: Name and its parts, which add up to the difference.
        parts: What the parts are called, up to six.
        unit: What the amounts are.
        of: What the names are.
        csv: The address of the same figures as a file.
    """
    _check(dict(rows), len(parts))
    _check_count(parts)
    summary, identity = say_causes(rows, parts, unit), _identity(title)
    drawn = charts_bars.draw_causes(rows, unit=unit, identity=identity, title=title, says=summary)
    columns = [Column(of), *(Column(part, unit) for part in parts), Column("Together", unit)]
    table = Table(title, columns, [[name, *amounts, sum(amounts)] for name, amounts in rows], csv=csv)
    note = "The white dot shows where the parts come out together."
    return Chart(title, summary, drawn, table, _legend(parts, identity), note)


def _check(series: Mapping[str, Sequence[float | None]], length: int) -> None:
    for name, amounts in series.items():
        if len(amounts) != length:
            raise ValueError(f"'{name}' has {len(amounts)} amounts where {length} are needed")


def _compare_all(names: Sequence[str], series: Mapping[str, Sequence[float]], unit: Unit) -> str:
    if not names or not series:
        return NOTHING
    (first, amounts), *others = series.items()
    if not others:
        return say_highest_and_lowest(list(zip(names, amounts, strict=True)), unit)
    return " ".join(say_comparison(names, (first, amounts), other, unit=unit) for other in others)


def _check_count(series: Sized) -> None:
    if len(series) > SERIES:
        raise ValueError(f"{len(series)} series cannot be told apart in one chart; at most {SERIES}")


def _legend(names: Sequence[str], identity: str) -> tuple[Legend, ...]:
    return tuple(Legend(swatch(at, identity), name) for at, name in enumerate(names, 1)) if len(names) > 1 else ()
