"""From an open partnership folder to what the money room needs: one cost cube, weights and the small tables."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from locality.areas import localities_on
from locality.foundations import Fault, InputRefused
from locality.money.cube import CostCube
from locality.money.places import LocalityList
from locality.money.registration import localities_of_practices, weights_by_registration
from locality.money.settings import ShareSettings
from locality.money.statement import MoneyInputs
from locality.money.weights import MadeWeights, WeightTables, make_weights
from locality.sources.folder import OpenFolder
from locality.sources.prepared_cube import read_cube


@dataclass(frozen=True)
class GatheredMoney:
    """What shares are made of, and how the weights in it came about."""

    inputs: MoneyInputs
    made: MadeWeights


def gather_money(opened: OpenFolder, settings: ShareSettings, *, cube: CostCube | None, on: dt.date) -> GatheredMoney:
    """Bring a folder's tables to what the money room needs.

    Args:
        opened: The folder.
        settings: Its `[money]`.
        cube: The cost cube of its person-level files; None where there are none.
        on: The day whose rules hold.

    Returns:
        The inputs and the weights.

    Raises:
        InputRefused: A table that shares cannot do without is missing, or does not carry what the settings ask for.
    """
    _refuse_missing(opened)
    tables = opened.tables
    localities = LocalityList.from_table(localities_on(tables["localities"], opened.year.end))
    given = WeightTables(
        zones=tuple(sorted(localities.zones)),
        tables=tables,
        cube=cube if cube is not None and cube.place_kind == "zone" else None,
        years=settings.years or (opened.year,),
        on=on,
    )
    made = make_weights(given, settings)
    weights = made.weights
    if settings.basis == "registration":
        localities = localities_of_practices(localities, tables["practices"])
        weights = weights_by_registration(weights, tables["registrations"])
    inputs = MoneyInputs(
        partnership=opened.partnership.code,
        year=opened.year,
        localities=localities,
        weights=weights,
        services=tables["services"],
        ledger=tables["ledger"],
        hosted_use=tables.get("hosted_use"),
        unit_costs=tables.get("unit_costs"),
        area_activity=tables.get("area_activity"),
        practices=tables.get("practices"),
        registrations=tables.get("registrations"),
        cube=cube,
    )
    return GatheredMoney(inputs, made)


def cube_of_folder(opened: OpenFolder, settings: ShareSettings, connection: Any) -> CostCube | None:
    """Scan the person-level files once into a cost cube; None where the folder has none."""
    if "activity" not in opened.scans or "persons" not in opened.scans:
        return None
    return read_cube(
        opened.scans["activity"],
        opened.scans["persons"],
        con=connection,
        years=settings.years or (opened.year,),
        place_kind=place_kind_of(settings),
    )


def place_kind_of(settings: ShareSettings) -> str:
    """What the places of a cube are: practices where people count by registration, else zones."""
    return "practice" if settings.basis == "registration" else "zone"


def _refuse_missing(opened: OpenFolder) -> None:
    needed = ["localities", "population", "services", "ledger"]
    if opened.money.get("basis") == "registration":
        needed += ["practices", "registrations"]
    faults = [
        Fault(
            "partnership.toml",
            f"shares need the table '{name}', which the folder does not have",
            f"Add {name} under [tables].",
            "table-missing",
        )
        for name in needed
        if name not in opened.tables
    ]
    if faults:
        raise InputRefused(faults)
