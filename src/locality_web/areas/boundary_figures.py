"""Measures of options as pages show them: figures with their units, and what each option is best at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from locality.areas.measure_texts import MeasureText, measure_texts, say_figure
from locality_web.core.languages_kept import tell_kept
from locality_web.core.tables import Column, Noted, Table

_BEST = ("practice_containment", "communities_kept", "border_share", "compactness", "travel_km", "people_moved")
Figures = Mapping[str, Any]


def texts() -> list[MeasureText]:
    """Give the measures that have one figure, in the order in which they are shown."""
    return [each for each in measure_texts().values() if each.name != "balance"]


def say_measure(figures: Figures, name: str) -> str:
    """Write one measure of an option."""
    return tell_kept(say_figure(figures.get(name), measure_texts()[name].unit))


def best_at(options: Mapping[str, Figures]) -> dict[str, list[str]]:
    """Say in which measures each option is the best of them all; equal ones share the honour with nobody.

    Args:
        options: Measures by a name of each option. An option with warnings is not counted.

    Returns:
        Titles of measures by the option's name.
    """
    found: dict[str, list[str]] = {name: [] for name in options}
    sound = {name: figures for name, figures in options.items() if figures and not figures.get("warnings")}
    for text in (measure_texts()[each] for each in _BEST):
        known = {name: figures[text.name] for name, figures in sound.items() if figures.get(text.name) is not None}
        if len(known) < 2:
            continue
        best = max(known.values()) if text.better == "higher" else min(known.values())
        winners = [name for name, figure in known.items() if figure == best]
        if len(winners) == 1:
            found[winners[0]].append(text.title)
    return found


def measures_table(caption: str, columns: Sequence[tuple[str, Figures]], *, csv: str = "") -> Table:
    """Set measures of options side by side, each with the sentence that explains it.

    Args:
        caption: The table's caption.
        columns: Title and measures of each option.
        csv: The address of the same table as a file.
    """
    rows: list[list[Any]] = [
        [
            Noted(tell_kept(text.title), (tell_kept(text.says),)),
            *(say_measure(figures, text.name) for _, figures in columns),
        ]
        for text in texts()
    ]
    balance = measure_texts()["balance"]
    for place, name in enumerate(_indicators(columns)):
        told = [tell_kept(say_figure(figures.get("balance", {}).get(name), balance.unit)) for _, figures in columns]
        notes = (tell_kept(balance.says),) if place == 0 else ()
        rows.append([Noted(f"{tell_kept(balance.title)}: {name}", notes), *told])
    heads = [Column("Measure, and what it means"), *(Column(title, "number") for title, _ in columns)]
    return Table(caption, heads, rows, csv=csv)


def _indicators(columns: Sequence[tuple[str, Figures]]) -> list[str]:
    return list(dict.fromkeys(name for _, figures in columns for name in figures.get("balance", {})))


def localities_table(figures: Figures, names: Mapping[str, str], *, caption: str = "Localities") -> Table:
    """Show each locality of an option with its own measures."""
    rows = []
    for key, name in names.items():
        own = figures.get("localities", {}).get(key, {})
        rows.append(
            [
                name,
                own.get("people", 0),
                own.get("zones", 0),
                own.get("pieces", 0),
                own.get("practice_containment"),
                say_figure(own.get("compactness"), "index"),
                say_figure(own.get("travel_km"), "km"),
            ]
        )
    heads = [
        Column("Locality"),
        Column("Residents", "people"),
        Column("Zones", "number"),
        Column("Pieces", "number"),
        Column("Residents whose cluster is here", "percent"),
        Column("Compactness", "number"),
        Column("Way to the middle", "number"),
    ]
    return Table(caption, heads, rows, empty="It has no localities yet.")
