"""Work out a year's budget from the release in use: what is held for the whole partnership, and what localities get."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np

from locality.foundations import FinancialYear, ResultRefused, load_rule, say_pounds, split_pence
from locality.money.budget import BudgetStatement, Standing, set_budget
from locality.money.pace import PaceRules
from locality.money.presets import Pace, adjust_pace, load_pace
from locality_web.core.models import Partnership, ReleaseLoaded
from locality_web.money.models import LedgerHeading, LocalityShare, Service, Share

OWN = "own"
"""The name under which a partnership's own rules stand beside the presets."""

Figures = dict[str, Any]


@dataclass(frozen=True)
class Rules:
    """How a year's money is shared out.

    Args:
        preset: One of `preset_names()`, or "own".
        total_pence: What there is in the year, held money included.
        held: Headings held for the whole partnership; None as an amount: grown like everything else.
        min_growth: Least growth of a locality, as a ratio; None: the preset's own.
        max_growth: Most growth, as a ratio.
        max_under_target: Most under target, as a ratio of it.
        years: Years of a linear path or of one halving.
        growth_after: Growth of the total in each later year of the path, as a ratio.
        inflation: Growth that keeps pace with prices, for presets that promise real terms.
    """

    preset: str
    total_pence: int
    held: Mapping[str, int | None] = field(default_factory=dict)
    min_growth: float | None = None
    max_growth: float | None = None
    max_under_target: float | None = None
    years: int | None = None
    growth_after: float = 0.0
    inflation: float = 0.0

    def as_json(self) -> dict[str, Any]:
        """Give plain values; `Rules(**rules.as_json())` is the same again."""
        return asdict(self)

    def pace(self, on: dt.date) -> Pace:
        """Give the pace of change as it stands on a day.

        Raises:
            InputRefused: The preset does not exist, or does not use one of the values.
        """
        if self.preset == OWN:
            return self._own_pace(on)
        return adjust_pace(
            load_pace(self.preset, on, inflation=self.inflation),
            min_growth=self.min_growth,
            max_growth=self.max_growth,
            max_under_target=self.max_under_target,
            years=self.years,
        )

    def _own_pace(self, on: dt.date) -> Pace:
        bare = Pace(
            name=OWN,
            method="bounds",
            rules=PaceRules(),
            years=0,
            parity_tolerance=float(load_rule("locality.money", "parity_tolerance").at(on).value),
            says="Every locality as near to its fair share as the partnership's own rules allow.",
            source="The partnership's own rules.",
        )
        return adjust_pace(
            bare,
            min_growth=self.min_growth,
            max_growth=self.max_growth,
            max_under_target=self.max_under_target,
            years=self.years,
        )


@dataclass(frozen=True)
class Ground:
    """What a budget is worked out from: one release's shares, read from the database once."""

    release: ReleaseLoaded
    localities: tuple[LocalityShare, ...]
    shares: Mapping[tuple[str, str], Share]
    ledger: Mapping[str, int]

    @property
    def total_pence(self) -> int:
        """Everything that the release shares out."""
        return sum(self.ledger.values())


def ground_of(release: ReleaseLoaded) -> Ground:
    """Read what a budget is worked out from, in three queries."""
    localities = LocalityShare.objects.filter(release=release).select_related("locality").order_by("locality__name")
    rows = tuple(localities)
    codes = {one.locality_id: one.locality.code for one in rows}
    shares = {(codes[one.locality_id], one.heading): one for one in Share.objects.filter(release=release)}
    ledger = LedgerHeading.objects.filter(release=release).values_list("heading", "shared_pence")
    return Ground(release, rows, shares, dict(ledger))


def headings_held_by_default(partnership: Partnership) -> tuple[str, ...]:
    """Give the headings all of whose services are planned once for the whole partnership."""
    planned: dict[str, set[str]] = {}
    services = Service.objects.filter(partnership=partnership, ended_on__isnull=True)
    for heading, planned_at in services.values_list("heading", "planned_at"):
        planned.setdefault(heading, set()).add(planned_at)
    return tuple(sorted(name for name, places in planned.items() if places == {Service.PlannedAt.PARTNERSHIP}))


def work_out(ground: Ground, year: str, rules: Rules, on: dt.date) -> Figures:
    """Share out a year's money.

    Args:
        ground: The release's shares.
        year: The budget year, like "2026/27".
        rules: The rules.
        on: The day on which presets are read.

    Returns:
        Plain values as `decided` describes them; held and localities' money add up to the total, to the penny.

    Raises:
        InputRefused: A rule is not usable.
        ResultRefused: The rules cannot all hold; the message names them and the pounds by which they miss.
    """
    held = _held(ground, rules)
    left = rules.total_pence - sum(held.values())
    headings = [name for name in ground.ledger if name not in held]
    _refuse_nothing_left(headings, left, rules)
    standing = _standing(ground, headings)
    budget = set_budget(
        standing,
        rules.pace(on),
        year=FinancialYear.parse(year),
        total_pence=left,
        growth=rules.growth_after,
    )
    return {
        "localities": [_locality(ground, budget, row) for row in range(len(ground.localities))],
        "held": [
            {"heading": name, "budget_pence": pence, "historic_pence": ground.ledger.get(name, 0)}
            for name, pence in held.items()
        ],
        "total_pence": rules.total_pence,
        "shared_pence": left,
        "ledger_pence": ground.total_pence,
        "ledger_year": ground.release.year,
        "says": budget.pace.says,
        "source": budget.pace.source,
    }


def _held(ground: Ground, rules: Rules) -> dict[str, int]:
    """Give each held heading what was typed, or what it has when everything grows alike."""
    income = {name: min(pence, 0) for name, pence in ground.ledger.items()}
    weights = [max(pence, 0) for pence in ground.ledger.values()]
    alike = split_pence(max(rules.total_pence - sum(income.values()), 0), weights) if any(weights) else weights
    grown = {name: int(alike[at]) + income[name] for at, name in enumerate(ground.ledger)}
    return {
        name: grown.get(name, 0) if typed is None else typed
        for name, typed in rules.held.items()
        if typed is not None or name in grown
    }


def _refuse_nothing_left(headings: Sequence[str], left: int, rules: Rules) -> None:
    if not headings:
        raise ResultRefused(
            "Every heading is held for the whole partnership, so that nothing is left for localities.",
            "Let at least one heading go to localities.",
        )
    if left <= 0:
        raise ResultRefused(
            f"What is held for the whole partnership leaves {say_pounds(left)} of {say_pounds(rules.total_pence)}.",
            "Hold less, or raise the total.",
        )


def _standing(ground: Ground, headings: Sequence[str]) -> Standing:
    codes = [one.locality.code for one in ground.localities]

    def amounts(what: str) -> Any:
        rows = [
            [getattr(share, what) if (share := ground.shares.get((code, name))) else 0 for name in headings]
            for code in codes
        ]
        return np.array(rows, dtype=np.int64)

    fair = amounts("fair_pence").sum(axis=1).astype(np.float64)
    if fair.sum() <= 0:
        raise ResultRefused("The release has no fair shares to go by.", "Load a release with this year's shares.")
    names = tuple(one.locality.name for one in ground.localities)
    return Standing(tuple(codes), names, tuple(headings), amounts("historic_pence"), fair / fair.sum())


def _locality(ground: Ground, budget: BudgetStatement, row: int) -> dict[str, Any]:
    standing, own = budget.standing, ground.localities[row]
    historic, pence = int(standing.historic[row].sum()), int(budget.budget.pence[row])
    code = own.locality.code
    target = int(budget.budget.target[row])
    fair = sum(share.fair_pence for name in standing.headings if (share := ground.shares.get((code, name))))
    return {
        "code": code,
        "name": own.locality.name,
        "slug": own.locality.slug,
        "population": own.population,
        "historic_pence": historic,
        "fair_pence": fair,
        "budget_pence": pence,
        "target_pence": target,
        "growth_ratio": pence / historic - 1 if historic else None,
        "distance_ratio": historic / fair - 1 if fair else None,
        "distance_after_ratio": pence / target - 1 if target else None,
        "years_to_target": budget.years_to_target[row],
        "path": [
            {"year": str(year.year), "pence": int(year.pence[row]), "target_pence": int(year.target[row])}
            for year in budget.path
        ],
        "headings": [
            _heading(ground.shares.get((code, name)), name, int(budget.table[row, column]))
            for column, name in enumerate(standing.headings)
        ],
    }


def _heading(share: Share | None, name: str, pence: int) -> dict[str, Any]:
    known = ("historic_pence", "fair_pence", "fair_low_pence", "fair_high_pence")
    amounts = {each: getattr(share, each) if share else None for each in known}
    return {"heading": name, "budget_pence": pence, **amounts}
