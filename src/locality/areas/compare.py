"""Several divisions of one area side by side: measures, who moves where, and in words what each is best at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from locality.areas.change import Flow, flows
from locality.areas.ground import DesignRules, Division, Ground
from locality.areas.measure_texts import MeasureText, measure_texts, say_figure
from locality.areas.measures import Measures, measure

_SAME = 5e-4
"""Figures that differ by less than this share of the larger look alike when they are written, and count as alike."""


@dataclass(frozen=True)
class ComparedMeasure:
    """One measure of all options.

    Args:
        text: What it is.
        label: Its title; for a balance with the indicator.
        figures: By option; None: not known.
        best: The options with the best figure; none where all are alike or no way is better.
    """

    text: MeasureText
    label: str
    figures: dict[str, float | None]
    best: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """Divisions side by side.

    Args:
        measures: All measures by option, in the order given.
        rows: The table: one row for each measure.
        moves: Who moves where between each two options; keys are the options' names, the earlier one first.
        words: In whole sentences, by option, what it is best at and what is wrong with it.
    """

    measures: dict[str, Measures]
    rows: tuple[ComparedMeasure, ...]
    moves: dict[tuple[str, str], tuple[Flow, ...]]
    words: dict[str, tuple[str, ...]]


def compare(
    ground: Ground,
    options: Mapping[str, Division],
    rules: DesignRules,
    *,
    today: Division | None = None,
    names: Mapping[str, Sequence[str]] | None = None,
) -> Comparison:
    """Compare divisions.

    Args:
        ground: What all are drawn on.
        options: The divisions by name.
        rules: What they must keep to, and what counts how much.
        today: Today's localities, for how many people move.
        names: Names of the localities of each option, by number.

    Returns:
        The comparison. A division with faults takes part and is said to have them; it can still be best at something.
    """
    named = names or {}
    measures = {
        name: measure(ground, division, rules, today=today, names=named.get(name)) for name, division in options.items()
    }
    rows = tuple(_rows(measures))
    pairs = [(one, two) for place, one in enumerate(options) for two in list(options)[place + 1 :]]
    moves = {(one, two): flows(ground, options[one], options[two]) for one, two in pairs}
    return Comparison(measures, rows, moves, {name: _words(name, measures[name], rows) for name in options})


def _rows(measures: Mapping[str, Measures]) -> list[ComparedMeasure]:
    rows = []
    for name, text in measure_texts().items():
        if name == "balance":
            known = list(dict.fromkeys(indicator for found in measures.values() for indicator in found.balance))
            for one in known:
                figures = {option: found.balance.get(one) for option, found in measures.items()}
                rows.append(_row(text, f"{text.title}: {one}", figures))
        else:
            rows.append(_row(text, text.title, {option: getattr(found, name) for option, found in measures.items()}))
    return [row for row in rows if any(figure is not None for figure in row.figures.values())]


def _row(text: MeasureText, label: str, figures: dict[str, float | None]) -> ComparedMeasure:
    return ComparedMeasure(text, label, figures, _best(text.better, figures))


def _best(better: str, figures: Mapping[str, float | None]) -> tuple[str, ...]:
    known = {name: figure for name, figure in figures.items() if figure is not None}
    if better == "neither" or len(known) < 2:
        return ()
    wanted = max(known.values()) if better == "higher" else min(known.values())
    margin = _SAME * max(abs(figure) for figure in known.values())
    best = tuple(name for name, figure in known.items() if abs(figure - wanted) <= margin)
    return best if len(best) < len(known) else ()


def _words(name: str, found: Measures, rows: tuple[ComparedMeasure, ...]) -> tuple[str, ...]:
    said = []
    for row in rows:
        if row.best == (name,):
            others = [figure for option, figure in row.figures.items() if option != name and figure is not None]
            # The nearest rival tells how much it is better, the others would only flatter it.
            rival = max(others) if row.text.better == "higher" else min(others)
            own, next_best = (say_figure(figure, row.text.unit) for figure in (row.figures[name], rival))
            said.append(f"Best at {_small(row.label)}: {own}; the next best has {next_best}.")
    said += [f"Not final: {fault.what}." for fault in found.faults]
    return tuple(said) or ("Best at nothing by itself.",)


def _small(label: str) -> str:
    return label[:1].lower() + label[1:]
