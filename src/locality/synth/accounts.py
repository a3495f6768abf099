"""The money of a made-up partnership: services, a ledger that differs from the activity, prices, national rates."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from locality.foundations import FinancialYear, split_pence
from locality.synth import dice
from locality.synth.linked_files import LinkedFiles
from locality.synth.national import national
from locality.synth.published import BAND_STARTS, FIFTHS, SEXES, SHAPE, rows, rule

HEALTH_BOARD = "Health board"
COUNCIL = "Council"
SOCIAL_CARE = "Social care"

_CURVE_SOURCE = (
    "Made-up national rates: NHS spend by age, sex and deprivation (PSSRU Unit Costs 2017), divided between programmes "
    "by assumption; social care from Public Health Scotland 2019/20"
)
_PRICE_SOURCE = "Made up: mean cost of the made-up activity"


def services_table() -> pd.DataFrame:
    """Give the services of a made-up partnership, as the declared table `services` has them."""
    names = ["service", "heading", "need_programme", "scope", "in_plan", "split_by", "activity"]
    return pd.DataFrame([{name: row[name] or None for name in names} for row in rows("services")], columns=names)


def ledger_table(files: LinkedFiles, year: FinancialYear, seed: int) -> pd.DataFrame:
    """Make up what was spent on each service from each source.

    Args:
        files: The activity, at list prices.
        year: The financial year.
        seed: Decides by how much spend differs from list prices.

    Returns:
        The declared table `ledger`: whole pence, two sources, nowhere equal to the activity.
    """
    lines = []
    for row in rows("services"):
        pence = round(_spent(row, files) * _gap(seed, row["service"]) * _gross_factor(row["scope"]))
        board = float(row["health_board_share"])
        parts = split_pence(pence, [board, 1 - board])
        for source, part in zip((HEALTH_BOARD, COUNCIL), parts.tolist(), strict=True):
            if part:
                lines.append((row["service"], str(year), source, part))
    return pd.DataFrame(lines, columns=["service", "year", "source", "pence"])


def health_board_lines(ledger: pd.DataFrame) -> pd.DataFrame:
    """Give the health board's lines outside social care: what no published file knows about a real place."""
    social = {row["service"] for row in rows("services") if row["heading"] == SOCIAL_CARE}
    kept = ledger[(ledger["source"] == HEALTH_BOARD) & ~ledger["service"].isin(social)]
    return kept.reset_index(drop=True)


def _spent(row: dict[str, str], files: LinkedFiles) -> float:
    """Give a service's cost in pence before the gap between ledger and list prices."""
    if row["pounds_per_head"]:
        return float(row["pounds_per_head"]) * 100 * files.people
    return float(sum(files.pence.get(part, 0) for part in row["activity"].split(";")))


def _gap(seed: int, service: str) -> float:
    terms = rule("ledger_gap")
    drawn = dice.uniform(dice.name_keys(seed, [service]), "ledger gap")[0]
    return float(terms["lowest"] + (terms["highest"] - terms["lowest"]) * drawn)


def _gross_factor(scope: str) -> float:
    """A host's ledger holds the whole service, for every partnership whose people use it."""
    if scope in ("hosted_here", "hosted_elsewhere"):
        return 1.0 + float(sum(rule("ledger_gap")["hosted_users"].values()))
    return 1.0


def hosted_use_table(code: str, people: int, files: LinkedFiles) -> pd.DataFrame:
    """Make up the use of hosted services by our people and by two neighbours that do not exist."""
    lines = []
    for row in rows("services"):
        if row["scope"] in ("hosted_here", "hosted_elsewhere"):
            ours = files.units.get(row["activity"], 0) or max(1, round(people / 50))
            lines.append((row["service"], code, ours))
            for other, relative in rule("ledger_gap")["hosted_users"].items():
                lines.append((row["service"], other, round(ours * relative)))
    return pd.DataFrame(lines, columns=["service", "partnership", "units"])


def unit_costs_table(files: LinkedFiles) -> pd.DataFrame:
    """Give the mean cost of one bed day or contact for every activity that set-aside budgets are shared by."""
    lines = []
    for row in rows("services"):
        if row["scope"] == "set_aside" and files.units.get(row["activity"], 0):
            days = files.days[row["activity"]]
            unit = "bed day" if days else "attendance"
            price = round(files.pence[row["activity"]] / (days or files.units[row["activity"]]))
            lines.append((row["activity"], unit, price, _PRICE_SOURCE))
    return pd.DataFrame(lines, columns=["heading", "unit", "pence_per_unit", "source"])


def cost_curves_table() -> pd.DataFrame:
    """Give the national rates from which all made-up people come: pounds per head by age, sex and deprivation fifth."""
    rates = national()
    cells: dict[str, npt.NDArray[np.float64]] = {}
    for programme in rates.programmes.values():
        cells[programme.need] = cells.get(programme.need, np.zeros(SHAPE)) + programme.cost
    cells |= {"home_care": rates.home_care.cost, "care_home": rates.care_home.cost}
    sexes, bands, fifths = (axis.reshape(-1) for axis in np.indices(SHAPE))
    start = np.array(BAND_STARTS)[bands]
    parts = [
        pd.DataFrame(
            {
                "programme": name,
                "sex": np.array(SEXES)[sexes],
                "age_from": start,
                "age_to": pd.array(start + 4, dtype="Int64"),
                "deprivation_fifth": fifths % FIFTHS + 1,
                "per_head": np.round(cost.reshape(-1), 4),
                "source": _CURVE_SOURCE,
            }
        )
        for name, cost in cells.items()
    ]
    curves = pd.concat(parts, ignore_index=True)
    return curves.assign(age_to=curves["age_to"].mask(curves["age_from"] == BAND_STARTS[-1]))
