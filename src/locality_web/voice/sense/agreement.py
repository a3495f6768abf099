"""How well those who read views into themes agree: the library's measures on what this site holds."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone

from locality.voice.themes import ReaderAgreement, ThemeAgreement, agreement_rules, reader_agreement
from locality_web.core.models import Person
from locality_web.core.tables import Column, Table

Readings = Mapping[int, Sequence[tuple[Person | None, frozenset[int]]]]


@dataclass(frozen=True)
class Agreement:
    """How well readers agree: sentences, a sentence for each theme, and the figures; None: nothing was read twice.

    Args:
        words: What alpha means, in sentences.
        by_theme: The same for each theme.
        table: Alpha and kappa as figures.
        order: Views that were read differently, the furthest apart first.
    """

    words: str
    by_theme: tuple[str, ...]
    table: Table | None
    order: tuple[int, ...]


def agreement_of(readings: Readings, names: Mapping[int, str]) -> Agreement:
    """Say how alike people read.

    Args:
        readings: What each reader found in each view.
        names: Themes by key.
    """
    found: dict[Hashable, list[frozenset[Hashable]]] = {
        view: [frozenset(themes & set(names)) for _, themes in those] for view, those in readings.items()
    }
    named: dict[Hashable, str] = {key: name for key, name in names.items()}  # for its wider type
    measured = reader_agreement(found, named, agreement_rules(timezone.localdate()))
    order = tuple(int(str(each.view)) for each in measured.differing)
    twice = any(len(those) > 1 for those in found.values())
    says = tuple(each.says for each in measured.themes if each.both or each.one)
    return Agreement(measured.says, says, _table(measured, names) if twice else None, order)


def _table(measured: ReaderAgreement, names: Mapping[int, str]) -> Table:
    rows = [[names[int(str(each.theme))], each.both, each.one, *_figures(each)] for each in measured.themes]
    alpha = measured.alpha
    between = f"{alpha.low:.2f} to {alpha.high:.2f}" if alpha.low is not None and alpha.high is not None else ""
    last = ["All themes (alpha)", "", "", "" if alpha.alpha is None else f"{alpha.alpha:.2f}", between]
    columns = [
        Column("Theme"),
        Column("Found by both", "number"),
        Column("Found by one alone", "number"),
        Column("Kappa"),
        Column("Between"),
    ]
    note = "Kappa and alpha are 1 where readers always agree and 0 where they agree as if by chance."
    return Table("How readers agree, in figures", columns, rows, totals=last, note=note)


def _figures(each: ThemeAgreement) -> tuple[str, str]:
    kappa = each.kappa
    if kappa.kappa is None:
        return "", ""
    return f"{kappa.kappa:.2f}", f"{kappa.low:.2f} to {kappa.high:.2f}"
