"""Person-level rows to the cost cube: CPU, memory and ratios to the floor, all in one run.

    python bench/shares.py --rows 20e6
    python bench/shares.py --rows 1e6,20e6,100e6

The floor is a bare DuckDB scan of the columns that are needed. Each case runs in a process of its own; its CPU seconds
are those after the imports, its memory is the process's peak with everything. All use DuckDB with two threads. Wall
time depends on what else the machine does; compare the ratios.
"""

# ruff: noqa: PLC0415 - each case imports only what it needs, so that its memory is its own

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

# A nation's persons; fewer rows come from fewer persons, more rows from the same persons over more years.
MOST_PERSONS = 5_500_000
PERSONS_PER_ROW = 5.5 / 20
ZONES = 7_000
THREADS = 2
SQL_MEMORY = "450MB"
HEADINGS = (
    *("acute", "outpatients", "maternity", "mental_health", "geriatric_long_stay", "accident_emergency", "prescribing"),
    *("gp_out_of_hours", "district_nursing", "care_home", "home_care", "alarms_telecare", "self_directed_support"),
    "community_mental_health",
)
IN_YEAR = "coalesce(\"end\", start) BETWEEN DATE '2022-04-01' AND DATE '2023-03-31'"
CASES = ("floor", "sql", "first read", "prepare", "prepared", "redraw")


def generate(folder: Path, rows: int, persons: int) -> None:
    """Write random persons and activity with 16-character identifiers, as the linkage agency's are."""
    import duckdb

    con = duckdb.connect()
    con.execute("SET threads = 2; SET memory_limit = '1GB'; SET preserve_insertion_order = false")
    headings = ", ".join(f"'{heading}'" for heading in HEADINGS)
    day = "DATE '2022-04-01' + CAST(hash(i * 17) % 365 AS INTEGER)"
    tables = {
        "persons": (
            persons,
            f"""left(md5(CAST(i AS VARCHAR)), 16) AS person,
            'S' || lpad(CAST(1006506 + hash(i * 7 + 1) % {ZONES} AS VARCHAR), 8, '0') AS zone,
            CAST(10000 + hash(i * 11) % 900 AS VARCHAR) AS practice,
            CASE WHEN hash(i * 3) % 2 = 0 THEN 'female' ELSE 'male' END AS sex,
            CAST(hash(i * 5 + 3) % 95 AS INTEGER) AS age""",
        ),
        "activity": (
            rows,
            f"""left(md5(CAST(hash(i) % {persons} AS VARCHAR)), 16) AS person,
            [{headings}][1 + CAST(hash(i * 13 + 5) % {len(HEADINGS)} AS BIGINT)] AS heading,
            {day} AS start, {day} AS "end", CAST(hash(i * 19) % 30 AS DOUBLE) AS units,
            CAST(100 * exp(8.0 * (hash(i * 23) % 100000) / 100000) AS BIGINT) AS cost_pence""",
        ),
    }
    for name, (count, columns) in tables.items():
        con.execute(
            f"COPY (SELECT {columns} FROM range({count}) AS t(i)) TO '{folder / name}.parquet' "
            "(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 500000)"
        )


def scan_floor(folder: Path) -> None:
    import duckdb

    con = duckdb.connect(config={"threads": THREADS})
    activity, persons = folder / "activity.parquet", folder / "persons.parquet"
    con.execute(
        f"SELECT min(person), min(heading), max(\"end\"), sum(units), sum(cost_pence) FROM '{activity}'"
    ).fetchall()
    con.execute(f"SELECT min(person), min(zone), min(sex), min(age) FROM '{persons}'").fetchall()


def sum_by_hand(folder: Path) -> None:
    """The same tables as an analyst would write them in DuckDB; with less memory it stops for lack of it."""
    import duckdb

    with tempfile.TemporaryDirectory() as spill:
        con = duckdb.connect(config={"threads": THREADS, "memory_limit": SQL_MEMORY, "temp_directory": spill})
        con.execute("SET preserve_insertion_order = false")
        persons = f"'{folder / 'persons.parquet'}'"
        con.execute(
            f"""CREATE TEMP TABLE person_headings AS SELECT person, heading, CAST(sum(cost_pence) AS BIGINT) AS pence,
            sum(units) AS units FROM '{folder / "activity.parquet"}' WHERE {IN_YEAR} GROUP BY ALL"""
        )
        con.execute(
            f"""CREATE TEMP TABLE cells AS SELECT zone, heading, sex, age // 5 * 5 AS age_from, sum(pence) AS pence,
            sum(CAST(pence AS DOUBLE) * pence) AS pence_squared, sum(units) AS units, count(*) AS people
            FROM person_headings LEFT JOIN {persons} USING (person) GROUP BY ALL"""
        )
        con.execute(
            f"""CREATE TEMP TABLE totals AS SELECT zone, sum(total * total) AS pence_squared FROM (SELECT person,
            CAST(sum(pence) AS DOUBLE) AS total FROM person_headings GROUP BY person)
            LEFT JOIN {persons} USING (person) GROUP BY ALL"""
        )


def _scans(folder: Path) -> tuple[Any, Any, Any]:
    from locality.foundations.core_tables import ACTIVITY, PERSONS
    from locality.sources.engines import connect
    from locality.sources.row_checks import scan_declared

    con = connect(threads=THREADS)
    activity = scan_declared(ACTIVITY, [folder / "activity.parquet"], con)
    return con, activity, scan_declared(PERSONS, [folder / "persons.parquet"], con)


def read_first(folder: Path) -> None:
    from locality.foundations import FinancialYear
    from locality.sources.prepared_cube import read_cube

    con, activity, persons = _scans(folder)
    read_cube(activity, persons, con=con, years=(FinancialYear(2022),))


def prepare_folder(folder: Path) -> None:
    from locality.foundations import FinancialYear
    from locality.sources.prepared import prepare

    con, activity, persons = _scans(folder)
    inputs = [folder / "activity.parquet", folder / "persons.parquet"]
    prepare(activity, persons, con=con, years=(FinancialYear(2022),), folder=folder / "prepared", inputs=inputs)


def read_prepared(folder: Path) -> None:
    from locality.sources.prepared_cube import cube_from_prepared

    cube_from_prepared(folder / "prepared")


def redraw(folder: Path) -> dict[str, float]:
    from locality.money.cube import CostCube
    from locality.money.cube_redraw import cube_by_locality
    from locality.sources.prepared_cube import cube_from_prepared

    cube_from_prepared(folder / "prepared").write(folder / "cube")
    cube = CostCube.read(folder / "cube")
    zones = {zone: f"locality {at % 125}" for at, zone in enumerate(cube.cells["place"].cat.categories)}
    times, used = [], []
    for _ in range(5):
        begin, begin_cpu = time.perf_counter(), time.process_time()
        cube_by_locality(cube, zones)
        times.append(time.perf_counter() - begin)
        used.append(time.process_time() - begin_cpu)
    return {"redraw_ms": 1000 * min(times), "redraw_cpu_ms": 1000 * min(used), "cells": len(cube.cells)}


RUN = {
    "floor": scan_floor,
    "sql": sum_by_hand,
    "first read": read_first,
    "prepare": prepare_folder,
    "prepared": read_prepared,
    "redraw": redraw,
}


def run_case(name: str, folder: Path) -> None:
    """Run one case in this process and print what it used as JSON."""
    import duckdb  # noqa: F401

    if name not in ("floor", "sql"):
        import locality.sources.prepared_cube  # noqa: F401
    before, begin = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
    more = RUN[name](folder) or {}
    after = resource.getrusage(resource.RUSAGE_SELF)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    used = {"cpu": cpu, "wall": time.perf_counter() - begin, "gb": after.ru_maxrss / 1024**2}
    print(json.dumps(used | more))


def measure(name: str, folder: Path) -> dict[str, float]:
    ran = subprocess.run(
        [sys.executable, __file__, "--case", name, "--folder", str(folder)],
        check=False,
        capture_output=True,
        text=True,
    )
    if ran.returncode:
        raise SystemExit(f"{name} failed:\n{ran.stderr}")
    used: dict[str, float] = json.loads(ran.stdout.splitlines()[-1])
    return used


def report(rows: int, cases: list[str]) -> None:
    persons = min(MOST_PERSONS, int(rows * PERSONS_PER_ROW))
    with tempfile.TemporaryDirectory() as name:
        generate(Path(name), rows, persons)
        print(f"\n{rows:,} rows, {persons:,} persons, {ZONES:,} zones; DuckDB with {THREADS} threads")
        print(f"{'case':<12}{'CPU s':>8}{'x floor':>9}{'x sql':>8}{'wall s':>8}{'peak GB':>9}")
        floor = by_hand = 0.0
        for case in cases:
            used = measure(case, Path(name))
            if case == "redraw":
                spent = f"{used['redraw_ms']:.0f} ms ({used['redraw_cpu_ms']:.0f} ms CPU)"
                print(f"redraw of {used['cells']:,} cells: {spent}")
                continue
            floor = used["cpu"] if case == "floor" else floor
            by_hand = used["cpu"] if case == "sql" else by_hand
            ratios = [f"{used['cpu'] / base:.1f}" if base else "-" for base in (floor, by_hand)]
            print(
                f"{case:<12}{used['cpu']:>8.1f}{ratios[0]:>9}{ratios[1]:>8}{used['wall']:>8.1f}{used['gb']:>9.2f}",
                flush=True,
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", default="20e6", help="rows of activity, several with commas between")
    parser.add_argument("--cases", default=",".join(CASES), help="which cases, with commas between")
    parser.add_argument("--case", choices=CASES, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.case:
        run_case(asked.case, asked.folder)
        return
    for rows in asked.rows.split(","):
        report(int(float(rows)), asked.cases.split(","))


if __name__ == "__main__":
    main()
