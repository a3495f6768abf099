"""Lookups from Scottish data zones to localities."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from locality.foundations import Fault
from locality.foundations.core_tables import LOCALITIES
from locality.sources.columns import option_texts, place_key, refusal, take_columns
from locality.sources.files import read_cells
from locality.sources.partnerships import read_each, rows_of_partnership
from locality.sources.readers import Asked, RawTable, Reader, register
from locality.sources.scottish_zones import OGL, clean_name

_PUBLISHED = "published"
_PARTNERSHIP_CODE = "S37"


def read_phs_localities(asked: Asked) -> list[RawTable]:
    """Read the published lookup; 9 of the 31 partnerships are not in it."""

    def read_one(path: Path, name: str) -> RawTable:
        columns = {"zone": "DataZone", "locality": "SubHSCP", "name": "SubHSCPName", "hscp": "HSCP", "council": "CA"}
        rows = take_columns(read_cells(path, name), name, columns)
        # South Ayrshire stands in the published file with its own partnership code in the council column and East
        # Ayrshire's in the partnership column.
        slipped = rows["council"].str.startswith(_PARTNERSHIP_CODE).fillna(False).astype(bool)
        ours = rows_of_partnership(rows["hscp"].mask(slipped, rows["council"]), asked, name)
        localities = rows.loc[ours, ["zone", "locality", "name"]]
        note = f"{name}: the partnership's code stands in the council column (CA); it was taken from there"
        notes = (note,) if slipped[ours].any() else ()
        return RawTable(localities.assign(name=clean_name(localities["name"])), name, notes=notes)

    return read_each(asked, read_one)


def read_best_available(asked: Asked) -> list[RawTable]:
    """Read the lookup for all partnerships, of which nine are made from wards: refused unless accepted."""
    accepted = {_PUBLISHED, *option_texts(asked.options, "accept")}

    def read_one(path: Path, name: str) -> RawTable:
        columns = {
            "zone": "DataZone",
            "locality": "SubHSCP",
            "name": "Locality",
            "hscp": "HSCP",
            "confidence": "confidence",
            "source": "source",
        }
        rows = take_columns(read_cells(path, name), name, columns)
        rows = rows[rows_of_partnership(rows["hscp"], asked, name)]
        names = clean_name(rows["name"])
        localities = rows[["zone"]].assign(locality=rows["locality"].fillna(names), name=names)
        made = rows[rows["confidence"].ne(_PUBLISHED).fillna(True).astype(bool)]
        refused = made[~made["confidence"].isin(accepted)]
        faults = (_not_published(refused, name),) if len(refused) else ()
        return RawTable(localities, name, faults, notes=() if faults else _how_made(made, name))

    return read_each(asked, read_one)


def _not_published(rows: pd.DataFrame, file: str) -> Fault:
    grades = sorted(rows["confidence"].fillna("none").unique())
    what = f"these localities are not the partnership's published ones: {', '.join(grades)} ({rows['source'].iloc[0]})"
    listed = ", ".join(f'"{grade}"' for grade in grades)
    do = f"Use the partnership's own lookup; to go on with these, add accept = [{listed}] to this entry."
    row = int(rows.index[0])
    return Fault(file, what, do, "locality-not-published", row=row, column="confidence", rows=len(rows))


def _how_made(rows: pd.DataFrame, file: str) -> tuple[str, ...]:
    """Say how localities that nobody published came about."""
    return tuple(
        f"{file}: {len(part):,} zones are in {grade} localities, not in published ones: {part['source'].iloc[0]}"
        for grade, part in rows.groupby("confidence")
    )


def read_nhs_highland(asked: Asked) -> list[RawTable]:
    """Read the community partnerships of NHS Highland; the council's name tells the partnership."""
    wanted = place_key(asked.partnership.name)

    def read_one(path: Path, name: str) -> RawTable:
        columns = {"zone": "DataZone", "locality": "CP_Name", "council": "CAName"}
        rows = take_columns(read_cells(path, name), name, columns)
        ours = rows[rows["council"].fillna("").map(place_key).eq(wanted)]
        if ours.empty:
            what = f"it has no rows of {asked.partnership.name}; it has: {', '.join(rows['council'].dropna().unique())}"
            raise refusal(name, what, "Use a lookup that covers the partnership.", "partnership-not-in-file")
        names = clean_name(ours["locality"])
        return RawTable(ours[["zone"]].assign(locality=names, name=names), name)

    return read_each(asked, read_one)


register(
    Reader(
        "phs-datazone-locality",
        LOCALITIES,
        "Public Health Scotland, Data Zone to Locality lookup (sub-HSCP areas)",
        OGL,
        "DataZone, SubHSCP, SubHSCPName, CA, HSCP; data zones of 2011. The edition of 2021 lacks nine partnerships.",
        read=read_phs_localities,
        national=True,
    )
)
register(
    Reader(
        "locality-best-available",
        LOCALITIES,
        "Public Health Scotland, Data Zone to Locality lookup, completed from council wards",
        OGL,
        "DataZone, Locality, SubHSCP, HSCP, source, confidence; every data zone of 2011. Rows whose confidence is "
        "not 'published' are refused unless accepted, and are spoken of in the notes when they are.",
        read=read_best_available,
        national=True,
        options={"accept": 'Grades of confidence to go on with besides "published", like ["approximate"]'},
    )
)
register(
    Reader(
        "nhs-highland-partnerships",
        LOCALITIES,
        "NHS Highland, data zones of its community partnerships",
        OGL,
        "DataZone, IntZone, CP_Name, CAName; Highland and Argyll and Bute, data zones of 2011.",
        read=read_nhs_highland,
        national=True,
    )
)
