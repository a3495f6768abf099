"""From a folder of results, as `locality money` writes it, to what goes into a release."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from locality.foundations import Fault, InputFile, InputRefused
from locality.money.cube import CostCube
from locality.money.places import LocalityList
from locality.release.content import ReleaseContent, ReleaseTotals

_STEPS = ("population", "age_sex", "need", "supply")
# Notes may count the records of a file ("3 persons have no zone"): such counts have not been through disclosure.
_STAYS_BEHIND = ("notes",)


def content_of_results(folder: Path, *, threshold: int | None = None) -> ReleaseContent:
    """Gather what may leave from a folder of results.

    Args:
        folder: Holds summary.json, areas.parquet, population.parquet and, where people were counted, cube/.
        threshold: The partnership's own, stricter threshold of small counts, in people.

    Returns:
        The content, before suppression.

    Raises:
        InputRefused: A file of the results is missing or is not what it should be.
    """
    summary = _read_summary(folder)
    areas = _read_table(folder, "areas")
    try:
        return _gather(folder, summary, areas, threshold)
    except (KeyError, TypeError, AttributeError) as error:
        raise InputRefused([_broken(folder / "summary.json")]) from error


def _gather(folder: Path, summary: dict[str, Any], areas: pd.DataFrame, threshold: int | None) -> ReleaseContent:
    return ReleaseContent(
        partnership_code=summary["partnership"]["code"],
        partnership_name=summary["partnership"]["name"],
        nation=summary["partnership"]["nation"],
        year=summary["financial_year"],
        areas=areas.reindex(columns=["zone", "name", "locality", "easting", "northing"]),
        localities=_localities(summary),
        population=_read_table(folder, "population"),
        service_users=_service_users(folder, areas, summary["financial_year"]),
        shares=_shares(summary),
        budget=_budget(summary),
        reconciliation=_reconciliation(summary),
        totals=_totals(summary),
        summary=_what_leaves(summary),
        parameters=summary["parameters"],
        vintages={one["table"]: one["vintage"] for one in summary["inputs"] if one["vintage"]},
        inputs=tuple(InputFile(**one) for one in summary["inputs"]),
        threshold=threshold,
    )


def _what_leaves(summary: Mapping[str, Any]) -> dict[str, Any]:
    """Leave behind what has not been through disclosure, and rule values that are tables: id and date name them."""
    leaves = {key: found for key, found in summary.items() if key not in _STAYS_BEHIND}
    plain = [
        {key: found for key, found in rule.items() if key != "value" or not isinstance(found, dict | list)}
        for rule in summary["rules"]
    ]
    return leaves | {"rules": plain}


def _read_summary(folder: Path) -> dict[str, Any]:
    path = folder / "summary.json"
    try:
        summary: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise InputRefused([_missing(folder, "summary.json")]) from error
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise InputRefused([_broken(path)]) from error
    return summary


def _read_table(folder: Path, name: str) -> pd.DataFrame:
    path = folder / f"{name}.parquet"
    if not path.exists():
        raise InputRefused([_missing(folder, path.name)])
    try:
        return pd.read_parquet(path)
    except pa.ArrowException as error:
        raise InputRefused([_broken(path)]) from error


def _broken(path: Path) -> Fault:
    do = "Work out the shares again: locality money shares DIR --out OUT."
    return Fault(str(path), "it is cut off or was changed", do, "results-broken")


def _missing(folder: Path, name: str) -> Fault:
    return Fault(
        str(folder),
        f"it holds no {name}, so it is not a folder of results",
        "Give the folder that locality money shares or budget wrote with --out, or a partnership folder.",
        "results-missing",
    )


def _localities(summary: Mapping[str, Any]) -> pd.DataFrame:
    rows = [(one["code"], one["name"], one["population"]) for one in summary["localities"]]
    return pd.DataFrame(rows, columns=["locality", "name", "population"])


def _service_users(folder: Path, areas: pd.DataFrame, year: str) -> pd.DataFrame:
    """Count people by locality and activity heading: each person once under each heading that they used."""
    empty = pd.DataFrame({"locality": [], "heading": [], "people": []})
    if not (folder / "cube").is_dir():
        return empty
    try:
        cube = CostCube.read(folder / "cube")
    except (pa.ArrowException, FileNotFoundError) as error:
        raise InputRefused([_broken(folder / "cube")]) from error
    if cube.place_kind != "zone":
        return empty
    places = LocalityList.from_table(areas[["zone", "locality"]])
    cells = cube.cells[cube.cells["year"].astype(str) == year]
    row = places.rows_of_zones(cells["place"].astype("string"))
    codes = pd.Index([*places.codes, ""]).take(row)
    counts = cells["people"].groupby([codes, cells["heading"].astype(str)]).sum()
    frame = counts.rename_axis(["locality", "heading"]).rename("people").reset_index()
    return frame[frame["locality"] != ""].reset_index(drop=True)


def _shares(summary: Mapping[str, Any]) -> pd.DataFrame:
    rows = [
        {
            "locality": locality["code"],
            "heading": line["heading"],
            **{key: line[key] for key in ("historic_pence", "fair_pence", "fair_low_pence", "fair_high_pence")},
            "distance_ratio": line["distance_ratio"],
            "grade": line["grade"],
            **{f"step_{cause}_pence": line["steps"][cause] for cause in _STEPS},
        }
        for locality in summary["localities"]
        for line in locality["headings"]
    ]
    return pd.DataFrame(rows)


def _budget(summary: Mapping[str, Any]) -> pd.DataFrame:
    columns = ["locality", "heading", "year", "budget_pence"]
    if "budget_year" not in summary:
        return pd.DataFrame({name: [] for name in columns})
    rows = [
        (locality["code"], line["heading"], summary["budget_year"], line["budget_pence"])
        for locality in summary["localities"]
        for line in locality["headings"]
    ]
    return pd.DataFrame(rows, columns=columns)


def _reconciliation(summary: Mapping[str, Any]) -> pd.DataFrame:
    grades = {one["heading"]: one["grades"] for one in summary["headings"]}
    rows = []
    for line in summary["reconciliation"]["lines"]:
        placed = sum(grades[line["heading"]].values())
        rows.append(
            {
                "heading": line["heading"],
                "ledger_pence": line["ledger_pence"],
                "found_pence": line["activity_pence"],
                "coverage_ratio": line["coverage_ratio"],
                "grade_d_ratio": grades[line["heading"]]["D"] / placed if placed else None,
            }
        )
    return pd.DataFrame(rows)


def _totals(summary: Mapping[str, Any]) -> ReleaseTotals:
    """Take the totals from the ledger's walk, not from the tables that are checked against them."""
    walk = summary["reconciliation"]
    placed = walk["ledger_pence"] - walk["hosted_out_pence"] + walk["hosted_in_pence"] - walk["apart_pence"]
    budget = {summary["budget_year"]: summary["budget_rules"]["total_pence"]} if "budget_year" in summary else {}
    return ReleaseTotals(placed, placed, budget)
