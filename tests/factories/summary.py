"""A made-up `summary.json` of any size in which everything adds up to the penny."""

from __future__ import annotations

import random
from typing import Any

from locality.foundations import split_pence

LOCALITIES = (
    ("L1", "Ardbreck", 21_480),
    ("L2", "Calder and Loch Orran", 17_310),
    ("L3", "Dunmarra", 12_905),
    ("L4", "Inverlaith", 18_220),
    ("L5", "Kilsannan Islands", 4_115),
    ("L6", "Marnock Town", 22_640),
    ("L7", "Upper Glens and the Western Shore", 8_330),
)

# heading, need programme, scope, ledger in pence, grade, split by, activity as a share of resources
HEADINGS = (
    ("Emergency hospital care", "acute", "set_aside", 5_412_300_017, "A", "cost", 0.97),
    ("Planned hospital care", "acute", "set_aside", 2_980_411_250, "A", "cost", 0.95),
    ("Mental health inpatient care", "mental_health", "hosted_here", 1_104_220_991, "A", "cost", 0.91),
    ("Community nursing", "community", "delegated", 1_262_040_300, "B", "units", None),
    ("General practice", "gms", "delegated", 1_702_300_000, "C", "practice_list", None),
    ("Prescribing", "prescribing", "delegated", 2_260_118_745, "A", "cost", 0.99),
    ("Care homes for older people", "care_older", "delegated", 2_805_000_433, "A", "cost", 0.93),
    ("Home care", "care_older", "delegated", 2_190_650_208, "B", "units", None),
    ("Learning disability services", "care_adults", "delegated", 1_650_090_000, "C", "practice_list", None),
    ("Drug and alcohol services", "mental_health", "hosted_elsewhere", 310_200_655, "B", "units", None),
    ("Carers' support", "care_adults", "delegated", 140_770_900, "D", "population", None),
    ("Management and support", "", "overhead", 540_600_011, "A", "cost", None),
)

_LETTERS = "ABCD"
_YEARS = ("2023/24", "2024/25", "2025/26", "2026/27", "2027/28")


def example_summary(
    *, localities: int = 7, headings: int = 12, budget: bool = True, optional: bool = True, seed: int = 7
) -> dict[str, Any]:
    """Make a summary.

    Args:
        localities: How many; beyond seven they are numbered.
        headings: How many, at most twelve.
        budget: With a budget and its path, as after `money budget`; without, as after `money shares`.
        optional: With every optional key that does not belong to the budget.
        seed: Another seed makes other figures.
    """
    dice = random.Random(seed)
    places = [
        LOCALITIES[place] if place < 7 else (f"L{place + 1}", f"Locality number {place + 1}", 3_000 + 577 * place)
        for place in range(localities)
    ]
    people = [population for _, _, population in places]
    needs = [count * dice.uniform(0.9, 1.12) for count in people]
    tilts = [dice.uniform(0.93, 1.07) for _ in people]
    cells = {entry[0]: _cell(entry, people, needs, tilts, dice) for entry in HEADINGS[:headings]}
    lines = [cell["line"] for cell in cells.values()]
    rows = [_locality(place, places, cells, dice) for place in range(localities)]
    if budget:
        _add_budget(rows, cells)
    summary = _frame(rows, lines, cells, sum(people), budget)
    return {**summary, **_optional(cells)} if optional else summary


def _cell(
    entry: tuple[Any, ...], people: list[int], needs: list[float], tilts: list[float], dice: random.Random
) -> dict[str, Any]:
    """Make one heading: its reconciliation line, and its pence by locality."""
    heading, programme, scope, gross, grade, split_by, coverage = entry
    ledger = 0 if scope == "hosted_elsewhere" else gross
    out = gross // 9 if scope == "hosted_here" else 0
    into = gross // 4 if scope == "hosted_elsewhere" else 0
    resources = ledger - out + into
    apart = 40_000_000 if heading == "Planned hospital care" else 0
    shared = resources - apart
    weights = (
        people
        if grade == "D"
        else [need * tilt * dice.uniform(0.95, 1.05) for need, tilt in zip(needs, tilts, strict=True)]
    )
    activity = 0 if coverage is None else int(resources * coverage)
    line = {
        "heading": heading,
        "ledger_pence": ledger,
        "hosted_out_pence": out,
        "hosted_in_pence": into,
        "overhead_pence": resources if scope == "overhead" else 0,
        "set_aside_pence": resources if scope == "set_aside" else 0,
        "resources_pence": resources,
        "activity_pence": None if coverage is None else activity,
        "coverage_ratio": coverage,
        "no_locality_pence": activity // 80,
        "no_locality_ratio": activity // 80 / resources,
        "apart_pence": apart,
        "grade": grade,
        "split_by": split_by,
    }
    return {
        "line": line,
        "gross": gross,
        "programme": programme,
        "scope": scope,
        "grade": grade,
        "historic": [int(pence) for pence in split_pence(shared, weights)],
        "fair": [int(pence) for pence in split_pence(shared, needs)],
        "wide": 0.04 if grade in "AB" else 0.02,
    }


def _around(name: str, pence: int, wide: float) -> dict[str, int]:
    spread = int(abs(pence) * wide)
    return {f"{name}_pence": pence, f"{name}_low_pence": pence - spread, f"{name}_high_pence": pence + spread}


def _distance(historic: int, fair: int) -> dict[str, Any]:
    return {"distance_pence": historic - fair, "distance_ratio": (historic - fair) / fair}


def _locality(
    place: int, places: list[tuple[str, str, int]], cells: dict[str, Any], dice: random.Random
) -> dict[str, Any]:
    code, name, people = places[place]
    historic = sum(cell["historic"][place] for cell in cells.values())
    fair = sum(cell["fair"][place] for cell in cells.values())
    total = sum(sum(cell["historic"]) for cell in cells.values())
    head = total * people // sum(count for _, _, count in places) - historic
    age = int((fair - historic - head) * dice.uniform(0.3, 0.7))
    need = int((fair - historic - head - age) * 0.8)
    moved = dice.randrange(0, 9_000_000)
    return {
        "code": code,
        "name": name,
        "population": people,
        **_around("historic", historic, 0.012),
        **_around("fair", fair, 0.009),
        **_distance(historic, fair),
        "distance_per_head_pence": round((historic - fair) / people),
        "steps": _causes(fair - historic, head, age, need),
        "shapley": _causes(fair - historic, head, age - moved, need + moved),
        "grades": {
            letter: sum(cell["historic"][place] for cell in cells.values() if cell["grade"] == letter)
            for letter in _LETTERS
        },
        "headings": [
            {
                "heading": heading,
                **_around("historic", cell["historic"][place], cell["wide"]),
                **_around("fair", cell["fair"][place], cell["wide"]),
                **_distance(cell["historic"][place], cell["fair"][place]),
                "grade": cell["grade"],
            }
            for heading, cell in cells.items()
        ],
    }


def _causes(total: int, population: int, age_sex: int, need: int) -> dict[str, int]:
    return {
        "population": population,
        "age_sex": age_sex,
        "need": need,
        "supply": total - population - age_sex - need,
    }


def _add_budget(rows: list[dict[str, Any]], cells: dict[str, Any]) -> None:
    """Share what there is, 3% more than before, half-way between historic and fair."""
    for heading, cell in cells.items():
        half = [(past + fair) / 2 for past, fair in zip(cell["historic"], cell["fair"], strict=True)]
        cell["budget"] = [int(pence) for pence in split_pence(sum(cell["historic"]) * 103 // 100, half)]
        for place, row in enumerate(rows):
            entry = next(entry for entry in row["headings"] if entry["heading"] == heading)
            entry["budget_pence"] = cell["budget"][place]
    total = sum(row["historic_pence"] for row in rows)
    given = sum(sum(cell["budget"]) for cell in cells.values())
    for place, row in enumerate(rows):
        row["budget_pence"] = sum(cell["budget"][place] for cell in cells.values())
        row["budget_change_pence"] = row["budget_pence"] - row["historic_pence"]
        row["budget_growth_ratio"] = row["budget_change_pence"] / row["historic_pence"]
        target = row["fair_pence"] * given / total
        row["budget_distance_ratio"] = (row["budget_pence"] - target) / target
        row["years_to_target"] = None if abs(row["distance_ratio"]) > 0.04 else 3
        row["path"] = _path(row, target)


def _path(row: dict[str, Any], target: float) -> list[dict[str, Any]]:
    steps = []
    for place, year in enumerate(_YEARS):
        aim = round(target * 1.03**place)
        pence = row["budget_pence"] if place == 0 else round(aim * (1 + row["budget_distance_ratio"] * 0.5**place))
        steps.append({"year": year, "pence": pence, "target_pence": aim, "distance_ratio": (pence - aim) / aim})
    return steps


def _heading(heading: str, cell: dict[str, Any]) -> dict[str, Any]:
    line, historic = cell["line"], sum(cell["historic"])
    made = {
        "heading": heading,
        "need_programme": cell["programme"],
        "scopes": [cell["scope"]],
        "ledger_pence": line["ledger_pence"],
        "historic_pence": historic,
        "fair_pence": sum(cell["fair"]),
        "grades": {letter: historic if letter == cell["grade"] else 0 for letter in _LETTERS},
        "coverage_ratio": line["coverage_ratio"],
        "split_by": line["split_by"],
        "interval": "compound sum of individual costs" if cell["grade"] == "A" else "bootstrap over zones",
    }
    return {**made, "budget_pence": sum(cell["budget"])} if "budget" in cell else made


def _frame(
    rows: list[dict[str, Any]], lines: list[dict[str, Any]], cells: dict[str, Any], people: int, budget: bool
) -> dict[str, Any]:
    def total(name: str) -> int:
        return sum(row[name] for row in rows)

    grades = {letter: sum(row["grades"][letter] for row in rows) for letter in _LETTERS}
    spent = {"budget_pence": total("budget_pence")} if budget else {}
    return {
        "schema": "locality.summary/1",
        "made_by": "locality 0.1.0",
        "partnership": {"code": "S37009999", "name": "Strathorran", "nation": "Scotland"},
        "financial_year": "2022/23",
        **({"budget_year": "2023/24"} if budget else {}),
        "made_up": True,
        "basis": "residence",
        "parameters": {
            "basis": "residence",
            "seed": 7,
            "fair": {"supply": True, "bootstrap_draws": 400},
            **({"budget": {"preset": "no_cash_loss", "years": 5}} if budget else {}),
        },
        "notes": ["Home care in one locality was recorded on paper until June 2022."],
        "inputs": [_input("persons", "persons.parquet", 48_301_223), _input("ledger", "ledger.csv", 3_120)],
        "rules": [
            {
                "id": "interval",
                "description": "Level of the intervals, and how many times zones are drawn anew.",
                "value": {"level": 0.95, "resamples": 500},
                "unit": "ratio; draws",
                "from": "2020-04-01",
                "source": "A made-up source for this example",
                "review_by": "2027-04-01",
            }
        ],
        "localities": rows,
        "headings": [_heading(heading, cell) for heading, cell in cells.items()],
        "totals": {
            "population": people,
            "historic_pence": total("historic_pence"),
            "fair_pence": total("fair_pence"),
            **spent,
            "grades": grades,
            "grade_d_ratio": grades["D"] / total("historic_pence"),
        },
        "reconciliation": {
            **{
                name: sum(line[name] for line in lines)
                for name in ("ledger_pence", "hosted_out_pence", "hosted_in_pence", "resources_pence", "apart_pence")
            },
            "historic_pence": total("historic_pence"),
            "fair_pence": total("fair_pence"),
            **spent,
            "difference_pence": 0,
            "lines": lines,
        },
        **({"budget_rules": _budget_rules(spent["budget_pence"])} if budget else {}),
    }


def _input(table: str, file: str, size: int) -> dict[str, Any]:
    return {
        "table": table,
        "file": file,
        "reader": "declared",
        "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "bytes": size,
        "publisher": "made up by locality synth",
        "vintage": "2022/23",
        "made_up": True,
    }


def _budget_rules(total: int) -> dict[str, Any]:
    return {
        "preset": "no_cash_loss",
        "total_pence": total,
        "min_growth": 0.0,
        "max_growth": 0.08,
        "max_under_target": 0.05,
        "years": 5,
        "source": "A made-up source for this example",
    }


def _optional(cells: dict[str, Any]) -> dict[str, Any]:
    hosted = [
        {
            "service": heading,
            "scope": cell["scope"],
            "gross_pence": cell["gross"],
            "used_here_pence": cell["line"]["resources_pence"],
            "moved_pence": cell["gross"] - cell["line"]["resources_pence"],
            "partnership": "Glen Marrow",
        }
        for heading, cell in cells.items()
        if cell["scope"].startswith("hosted")
    ]
    return {
        "made_on": "2026-11-22",
        "made_up_note": "The zones and populations are real; the people, their care and its costs are made up.",
        "hosted": hosted,
        "need_models": [
            {
                "programme": "care_older",
                "zones": 131,
                "deviance_explained": 0.41,
                "dispersion": 1.8,
                "coefficients": [
                    {"indicator": "income_rate", "role": "need", "estimate": 0.312, "low": 0.11, "high": 0.514},
                    {"indicator": "beds_near", "role": "supply", "estimate": -0.041, "low": -0.122, "high": 0.04},
                ],
                "may_not_conclude": ["That income causes the use of care homes: zones are compared, not people."],
            }
        ],
        "method": {
            "fair": {
                "acute": "published weighted populations, re-based to the newest population",
                "care_older": "estimated from this partnership's activity",
            }
        },
    }
