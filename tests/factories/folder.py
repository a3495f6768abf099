"""A small sound partnership folder, to be spoiled in one place by each test.

Eight zones, two localities, three practices, a few hundred made-up people whose counts agree in every table:
persons, population, registrations and practice lists all say the same. Nothing is drawn at random.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

ZONES = tuple(f"S0100800{number}" for number in range(1, 9))
LOCALITIES = {"North": ZONES[:4], "South": ZONES[4:]}
PRACTICES = ("10011", "10026", "10030")
AGE_BANDS = ((0, 15), (16, 64), (65, 74), (75, None))
YEAR = "2022/23"
MADE_UP = {name: f'{{ file = "{name}.csv", made_up = true }}' for name in ("persons", "activity")}

SETTINGS = """\
[partnership]
code = "S37999999"
name = "Smallshire"
nation = "Scotland"

[year]
financial_year = "2022/23"

[tables]
"""


@dataclass
class SmallPartnership:
    """The folder before it is written: tables of text, and the lines of partnership.toml.

    Args:
        tables: Cells as they will stand in the files, by table name; change them at will.
        entries: What stands behind each table's name in partnership.toml; by default `{ file = "<name>.csv" }`.
        settings: Everything in partnership.toml above the tables' entries.
        more: Further lines at its end, a `[money]` part for example.
    """

    tables: dict[str, pd.DataFrame]
    entries: dict[str, str] = field(default_factory=lambda: dict(MADE_UP))
    settings: str = SETTINGS
    more: str = ""

    def without(self, *names: str) -> SmallPartnership:
        """Leave tables out."""
        for name in names:
            del self.tables[name]
        return self

    def put(self, table: str, row: int, column: str, cell: str) -> SmallPartnership:
        """Change one cell; the row is the file's, as a spreadsheet counts it."""
        frame = self.tables[table]
        frame.loc[frame.index[row - 2], column] = cell
        return self

    def write(self, folder: Path) -> Path:
        """Write the files and partnership.toml; give the folder."""
        folder.mkdir(parents=True, exist_ok=True)
        lines = []
        for name, frame in self.tables.items():
            frame.to_csv(folder / f"{name}.csv", index=False)
            lines.append(f"{name} = " + self.entries.get(name, f'{{ file = "{name}.csv" }}'))
        toml = self.settings + "\n".join(lines) + "\n" + self.more
        (folder / "partnership.toml").write_text(toml, encoding="utf-8")
        return folder


def write_small_partnership(folder: Path) -> Path:
    """Write the sound folder as it is."""
    return small_partnership().write(folder)


def small_partnership() -> SmallPartnership:
    """Build the sound folder's tables."""
    persons = _persons()
    return SmallPartnership(
        {
            "zones": _frame("zone name urban_rural", [(zone, f"Zone {zone[-1]}", "3") for zone in ZONES]),
            "localities": _frame(
                "zone locality name",
                [(zone, name.lower(), name) for name, zones in LOCALITIES.items() for zone in zones],
            ),
            "population": _population(persons),
            "indicators": _frame(
                "zone indicator period value",
                [(zone, "income_deprived", "2020", str(5 + 3 * at)) for at, zone in enumerate(ZONES)],
            ),
            "practices": _practices(persons),
            "registrations": _count(persons, ["zone", "practice"], "patients"),
            "services": _services(),
            "ledger": _ledger(),
            "cost_curves": _cost_curves(),
            "persons": persons,
            "activity": _activity(persons),
        }
    )


def _frame(columns: str, rows: list[tuple[str, ...]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=columns.split(), dtype="string")


def _cells() -> list[tuple[str, str, int, int | None, int]]:
    """Zone, sex, age band and how many people: three to eight, so that no two zones are alike."""
    return [
        (zone, sex, low, high, 3 + (at * 5 + band * 2 + (sex == "male")) % 6)
        for at, zone in enumerate(ZONES)
        for sex in ("female", "male")
        for band, (low, high) in enumerate(AGE_BANDS)
    ]


def _persons() -> pd.DataFrame:
    rows: list[tuple[str, ...]] = []
    for zone, sex, low, high, people in _cells():
        for nth in range(people):
            age = min(low + nth * 3, high or 95)
            practice = PRACTICES[(ZONES.index(zone) + nth) % 3]
            rows.append((f"P{len(rows) + 1:06d}", zone, practice, sex, str(age)))
    return _frame("person zone practice sex age", rows)


def _population(persons: pd.DataFrame) -> pd.DataFrame:
    rows = [
        (zone, "2022", sex, str(low), "" if high is None else str(high), str(people))
        for zone, sex, low, high, people in _cells()
    ]
    assert sum(int(row[-1]) for row in rows) == len(persons)
    return _frame("zone year sex age_from age_to people", rows)


def _count(persons: pd.DataFrame, by: list[str], name: str) -> pd.DataFrame:
    return persons.groupby(by).size().rename(name).reset_index().astype("string")


def _practices(persons: pd.DataFrame) -> pd.DataFrame:
    lists = _count(persons, ["practice"], "patients")
    return lists.assign(name="Surgery " + lists["practice"], zone=list(ZONES[:3]))[
        ["practice", "name", "zone", "patients"]
    ]


def _services() -> pd.DataFrame:
    return _frame(
        "service heading need_programme scope in_plan split_by activity",
        [
            ("Hospital stays", "Acute", "acute", "set_aside", "yes", "", ""),
            ("GP prescribing", "Prescribing", "prescribing", "delegated", "yes", "", ""),
            ("Care at home", "Social care", "social_care", "delegated", "yes", "", "Home care"),
            ("Community nursing", "Community", "community", "delegated", "yes", "population", ""),
            ("Management", "Overheads", "", "overhead", "no", "", ""),
        ],
    )


def _ledger() -> pd.DataFrame:
    return _frame(
        "service year source pence",
        [
            ("Hospital stays", YEAR, "health board", "25000000"),
            ("GP prescribing", YEAR, "health board", "2500000"),
            ("Care at home", YEAR, "council", "7500000"),
            ("Community nursing", YEAR, "health board", "1200000"),
            ("Management", YEAR, "council", "300001"),
        ],
    )


def _cost_curves() -> pd.DataFrame:
    heads = {
        "acute": (4, 6, 15, 30),
        "prescribing": (1, 3, 8, 12),
        "community": (2, 1, 6, 20),
        "social_care": (1, 1, 9, 60),
    }
    rows = [
        (programme, sex, str(low), "" if high is None else str(high), "", str(per_head), "An invented curve")
        for programme, curve in heads.items()
        for sex in ("female", "male")
        for (low, high), per_head in zip(AGE_BANDS, curve, strict=True)
    ]
    return _frame("programme sex age_from age_to deprivation_fifth per_head source", rows)


def _activity(persons: pd.DataFrame) -> pd.DataFrame:
    """Prescribing for everybody, a hospital stay for each fourth person, home care for those of 75 and over."""
    rows: list[tuple[str, ...]] = []
    for at, (person, age) in enumerate(zip(persons["person"], persons["age"].astype(int), strict=True)):
        day = f"2022-{4 + at % 9:02d}-{1 + at % 28:02d}"
        rows.append((person, "Prescribing", day, "", "1", str(5000 + 37 * (at % 100)), "health board"))
        if at % 4 == 0:
            rows.append((person, "Acute", day, "2023-01-15", "3", str(250000 + 1000 * (at % 50)), "health board"))
        if age >= 75:
            rows.append((person, "Home care", day, "2023-03-31", "40", str(80000 + 500 * (at % 20)), "council"))
    return _frame("person heading start end units cost_pence payer", rows)
