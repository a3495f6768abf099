"""Small Source Linkage files in the publisher's layout, for tests to spoil."""

import datetime as dt
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from locality.foundations import FinancialYear
from locality.sources.readers import Asked, Partnership

FIFE = "S37000032"
YEAR = FinancialYear.parse("2023/24")
DAY = dt.date(2023, 6, 1)

_EPISODE = pa.schema(
    {
        "year": pa.string(),
        "recid": pa.string(),
        "record_keydate1": pa.date32(),
        "record_keydate2": pa.date32(),
        "smrtype": pa.string(),
        "anon_chi": pa.string(),
        "gender": pa.float64(),
        "locality": pa.string(),
        "hscp2019": pa.string(),
        "hscp2018": pa.string(),
        "attendance_status": pa.float64(),
        "no_paid_items": pa.float64(),
        "yearstay": pa.float64(),
        "cost_total_net": pa.float64(),
        "cost_total_net_inc_dnas": pa.float64(),
        "social_care_id": pa.string(),
        "total_no_dn_contacts": pa.int32(),
        "hc_hours_annual": pa.float64(),
        "activity_after_death": pa.int32(),
    }
)
_USUAL_EPISODE = {
    "year": "2324",
    "recid": "01B",
    "record_keydate1": DAY,
    "record_keydate2": DAY,
    "anon_chi": "ann",
    "hscp2019": FIFE,
    "hscp2018": FIFE,
    "yearstay": 1.0,
}
_INDIVIDUAL = pa.schema(
    {
        "anon_chi": pa.string(),
        "gender": pa.float64(),
        "gpprac": pa.int32(),
        "year": pa.string(),
        "age": pa.float64(),
        "keep_population": pa.float64(),
        "health_net_cost": pa.float64(),
        "acute_cost": pa.float64(),
        "acute_inpatient_beddays": pa.float64(),
        "acute_el_inpatient_cost": pa.float64(),
        "op_newcons_attendances": pa.int32(),
        "op_cost_attend": pa.float64(),
        "op_newcons_dnas": pa.int32(),
        "op_cost_dnas": pa.float64(),
        "cmh_contacts": pa.int32(),
        "ch_beddays": pa.float64(),
        "ch_cost": pa.float64(),
        "nsu": pa.int32(),
        "locality": pa.string(),
        "datazone2011": pa.string(),
        "datazone2022": pa.string(),
        "hscp2019": pa.string(),
    }
)
_USUAL_INDIVIDUAL = {
    "anon_chi": "ann",
    "gender": 2.0,
    "gpprac": 20001,
    "year": "2324",
    "age": 41.0,
    "datazone2011": "S01009000",
    "datazone2022": "S01016000",
    "hscp2019": FIFE,
}


def write_episodes(path: Path, *rows: dict[str, object]) -> Path:
    """Write an episode file; each row says only what is special about it."""
    return _write(path, _EPISODE, _USUAL_EPISODE, rows)


def write_individuals(path: Path, *rows: dict[str, object]) -> Path:
    """Write an individual file; each row says only what is special about it."""
    return _write(path, _INDIVIDUAL, _USUAL_INDIVIDUAL, rows)


def _write(path: Path, schema: pa.Schema, usual: dict[str, object], rows: tuple[dict[str, object], ...]) -> Path:
    full = [usual | row for row in rows]
    further = sorted({name for row in full for name in row} - set(schema.names))
    table = pa.table(
        [pa.array([row.get(name) for row in full], schema.field(name).type) for name in schema.names]
        + [pa.array([row.get(name) for row in full]) for name in further],
        names=[*schema.names, *further],
    )
    pq.write_table(table, path)
    return path


def ask_linkage(*paths: Path, code: str = FIFE, **options: object) -> Asked:
    """Ask a linkage reader for Fife's rows of 2023/24."""
    fife = Partnership(code, "Fife", "Scotland")
    return Asked(tuple(paths), tuple(path.name for path in paths), fife, YEAR, options)
