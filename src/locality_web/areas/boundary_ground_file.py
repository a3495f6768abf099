"""A ground as a zip of Parquet tables and back: zones, borders and, where they are known, practices and registrations.

The same ground gives the same bytes with the same Parquet library, so that its SHA-256 says whether it changed.
"""

from __future__ import annotations

import io

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from scipy import sparse

from locality.areas.ground import Borders, Floats, Ground, Ints, Practices
from locality.release.bundle import pack, unpack

_INDICATOR = "indicator: "


def pack_ground(ground: Ground) -> bytes:
    """Write a ground as a zip."""
    tables = {"zones": _zones(ground), "borders": _borders(ground), "settlements": _named(ground.settlements)}
    if ground.practices is not None:
        tables |= {
            "practices": _practices(ground.practices),
            "clusters": _named(ground.practices.clusters),
            "registrations": _registrations(ground.practices),
        }
    return pack({f"{name}.parquet": _parquet(table) for name, table in tables.items()})


def unpack_ground(content: bytes) -> Ground:
    """Read a ground that `pack_ground` wrote."""
    members = unpack(content, "the ground")
    tables = {
        name.removesuffix(".parquet"): pq.read_table(io.BytesIO(each)).to_pandas() for name, each in members.items()
    }
    zones, borders = tables["zones"], tables["borders"]
    shown = [column for column in zones.columns if column.startswith(_INDICATOR)]
    return Ground(
        zones=_texts(zones["zone"]),
        names=_texts(zones["name"]),
        people=_whole(zones["people"]),
        settlement=_whole(zones["settlement"]),
        settlements=_texts(tables["settlements"]["name"]),
        points=zones[["easting", "northing"]].to_numpy(np.float64),
        borders=Borders(
            _whole(borders["first"]),
            _whole(borders["second"]),
            borders["metres"].to_numpy(np.float64),
            borders["crossing"].to_numpy(np.bool_),
        ),
        practices=_read_practices(tables, len(zones)) if "practices" in tables else None,
        indicators=zones[shown].to_numpy(np.float64) if shown else np.zeros((0, 0)),
        indicator_names=tuple(column.removeprefix(_INDICATOR) for column in shown),
        area=_figures(zones, "area"),
        perimeter=_figures(zones, "perimeter"),
        council=_whole(zones["council"]) if "council" in zones else None,
    )


def _zones(ground: Ground) -> pd.DataFrame:
    columns = {
        "zone": ground.zones,
        "name": ground.names,
        "people": ground.people,
        "settlement": ground.settlement,
        "easting": ground.points[:, 0],
        "northing": ground.points[:, 1],
        "area": ground.area,
        "perimeter": ground.perimeter,
        "council": ground.council,
    }
    shown = {f"{_INDICATOR}{name}": ground.indicators[:, one] for one, name in enumerate(ground.indicator_names)}
    return pd.DataFrame({name: each for name, each in (columns | shown).items() if each is not None})


def _borders(ground: Ground) -> pd.DataFrame:
    known = ground.borders
    return pd.DataFrame(
        {"first": known.first, "second": known.second, "metres": known.metres, "crossing": known.crossing}
    )


def _named(names: tuple[str, ...]) -> pd.DataFrame:
    return pd.DataFrame({"name": pd.array(list(names), dtype="string")})


def _practices(practices: Practices) -> pd.DataFrame:
    told = {
        "practice": pd.array(list(practices.codes), dtype="string"),
        "cluster": practices.cluster,
        "easting": practices.points[:, 0],
        "northing": practices.points[:, 1],
        "modelled": practices.modelled,
    }
    # A ground without names is written as ever, so that it stays the same ground.
    names = {"name": pd.array(list(practices.names), dtype="string")} if practices.names else {}
    return pd.DataFrame(told | names)


def _registrations(practices: Practices) -> pd.DataFrame:
    known = practices.patients.tocsr().sorted_indices().tocoo()
    return pd.DataFrame({"zone": known.row, "practice": known.col, "patients": known.data})


def _read_practices(tables: dict[str, pd.DataFrame], zones: int) -> Practices:
    known, held = tables["practices"], tables["registrations"]
    patients = sparse.csr_matrix(
        (held["patients"].to_numpy(), (held["zone"].to_numpy(), held["practice"].to_numpy())),
        shape=(zones, len(known)),
    )
    return Practices(
        codes=_texts(known["practice"]),
        cluster=_whole(known["cluster"]),
        clusters=_texts(tables["clusters"]["name"]),
        patients=patients,
        points=known[["easting", "northing"]].to_numpy(np.float64),
        modelled=bool(known["modelled"].any()),
        names=_texts(known["name"]) if "name" in known else (),
    )


def _parquet(table: pd.DataFrame) -> bytes:
    sink = io.BytesIO()
    arrow = pa.Table.from_pandas(table, preserve_index=False).replace_schema_metadata(None)
    pq.write_table(arrow, sink, compression="zstd")
    return sink.getvalue()


def _texts(column: pd.Series) -> tuple[str, ...]:
    return tuple(str(each) for each in column)


def _whole(column: pd.Series) -> Ints:
    return np.asarray(column, dtype=np.int64)


def _figures(table: pd.DataFrame, name: str) -> Floats | None:
    return table[name].to_numpy(np.float64) if name in table else None
