"""Reads the Source Linkage episode file as activity: one record of care, with its modelled cost in the year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from locality.foundations import Fault
from locality.foundations.core_tables import ACTIVITY
from locality.sources.linkage_columns import (
    LICENCE,
    NOT_ATTENDED_OPTION,
    PARTNERSHIP_OPTION,
    PUBLISHER,
    YearsOfFile,
    code_text,
    column_or_empty,
    is_not_attended,
    linkage_rule,
    open_linkage,
    pence,
    person_of,
    present_name,
    wrong_years,
)
from locality.sources.readers import Asked, Reader, register
from locality.sources.scans import need_columns_of, typed_columns

_NEEDED = ("year", "recid", "record_keydate1", "record_keydate2", "anon_chi")

# Records that are made once for each client by design; two that are alike are a fault of linkage. Elsewhere (two
# appointments on one day at one average price) records may rightly be alike.
_ONE_EACH = ("CH", "HC", "AT", "SDS")
_ALIKE = (
    "recid",
    "year",
    "sc_send_lca",
    "social_care_id",
    "record_keydate1",
    "record_keydate2",
    "yearstay",
    "cost_total_net",
    "ch_name",
    "ch_nursing",
    "hc_hours_annual",
    "hc_provider",
    "hc_reablement",
    "smrtype",
)


def scan_episodes(asked: Asked, con: Any) -> Any:
    """Give activity from episode files.

    Args:
        asked: The files; options ``did_not_attend`` and ``partnership_column``.
        con: The Ibis connection.

    Returns:
        The columns of the declared activity table. Records of types that hold no care (deaths, delays, homelessness,
        people who used no service) are left out; a type that is not known keeps its own name as heading. Costs that
        the publisher could not price are empty, their units stay. Money is whole pence.

    Raises:
        InputRefused: A file cannot be read, lacks a column, or is about other partnerships only.
    """
    rows = open_linkage(asked, con)
    cost = _cost_column(rows, asked)
    need_columns_of(rows, (*_NEEDED, cost), ", ".join(asked.names))
    types = linkage_rule("linkage_headings", asked)
    recid = _recid(rows)
    idle = [known.upper() for known, what in types.items() if what["heading"] is None]
    activity = rows.mutate(
        person=person_of(rows),
        heading=_by_type(recid, {known: what["heading"] for known, what in types.items() if what["heading"]}, rows),
        start=rows["record_keydate1"].cast("date"),
        end=rows["record_keydate2"].cast("date"),
        units=_units(rows, recid, types, asked),
        cost_pence=pence(rows[cost]),
        year=YearsOfFile.read(rows, con).text(rows),
    ).filter(recid.notin(idle) | recid.isnull())
    declared = [name for name in ACTIVITY.names if name in activity.columns]
    return typed_columns(ACTIVITY, activity.select(*declared))


def _cost_column(rows: Any, asked: Asked) -> str:
    wanted = "cost_total_net_inc_dnas" if asked.options.get("did_not_attend", False) else "cost_total_net"
    return present_name(rows, wanted, asked)


def _recid(rows: Any) -> Any:
    """Give the record type in capitals: releases have written OoH in several ways."""
    return code_text(rows["recid"]).upper()


def _by_type(recid: Any, headings: Mapping[str, str], rows: Any) -> Any:
    branches = [(recid == known.upper(), ibis.literal(heading)) for known, heading in headings.items()]
    return ibis.cases(*branches, else_=code_text(rows["recid"]))


def _units(rows: Any, recid: Any, types: Mapping[str, Mapping[str, Any]], asked: Asked) -> Any:
    """Count bed days, items, hours or contacts, as the record's type has them; missed appointments are no contact."""
    contact: Any = ibis.literal(1.0)
    if not asked.options.get("did_not_attend", False):
        contact = ibis.ifelse(is_not_attended(rows, asked), 0.0, 1.0)
    branches = []
    for known, what in types.items():
        if what["heading"] is not None:
            counted = contact if what["units"] == "record" else column_or_empty(rows, what["units"], "float64")
            branches.append((recid == known.upper(), counted))
    return ibis.cases(*branches)


def episode_faults(asked: Asked, con: Any) -> list[Fault]:
    """Find what is wrong with episode files that the declaration of activity cannot know.

    Returns:
        Unknown record types, another year, dates outside the record's year, and repeated records of social care and
        prescribing: one social care identifier that was linked to several persons doubles its care. Counts only.
    """
    rows = open_linkage(asked, con)
    need_columns_of(rows, (*_NEEDED, _cost_column(rows, asked)), ", ".join(asked.names))
    return [
        *_unknown_types(asked, rows, con),
        *wrong_years(asked, rows, con),
        *_outside_year(asked, rows, con),
        *_repeated(asked, rows, con),
    ]


def _unknown_types(asked: Asked, rows: Any, con: Any) -> list[Fault]:
    known = {name.upper() for name in linkage_rule("linkage_headings", asked)}
    counted = rows.group_by(recid=code_text(rows["recid"])).agg(rows=ibis._.count())
    faults = []
    for found in sorted(con.to_pyarrow(counted).to_pylist(), key=lambda row: str(row["recid"])):
        if str(found["recid"]).upper() not in known:
            what = f"the record type {found['recid']} is not known" if found["recid"] else "the record type is empty"
            do = "Say to which heading it belongs in the rule linkage_headings, or take the records out."
            faults.append(Fault(asked.names[0], what, do, "unknown-record-type", column="recid", rows=found["rows"]))
    return faults


def _outside_year(asked: Asked, rows: Any, con: Any) -> list[Fault]:
    """Count records outside the year that they say; stays may begin before it and end after it."""
    types = linkage_rule("linkage_headings", asked)
    stays = [known.upper() for known, what in types.items() if what.get("stay")]
    used = [known.upper() for known, what in types.items() if what["heading"]]
    recid, years = _recid(rows), YearsOfFile.read(rows, con)
    first = rows["record_keydate1"].cast("date")
    last = ibis.coalesce(rows["record_keydate2"].cast("date"), first)
    begun = ibis.ifelse(recid.isin(stays), last, first) >= years.start(rows)
    open_stay = recid.isin(stays) & rows["record_keydate2"].isnull()
    wrong = ~((begun | open_stay) & (first <= years.end(rows))) & recid.isin(used)
    count = _number_of(rows.filter(wrong), con)
    if not count:
        return []
    what = "records lie outside the financial year that they say"
    do = "Find out whether the year or the dates are wrong."
    return [Fault(asked.names[0], what, do, "date-outside-year", column="record_keydate1", rows=count)]


def _repeated(asked: Asked, rows: Any, con: Any) -> list[Fault]:
    found = 0
    if "social_care_id" in rows.columns:
        linked = rows["social_care_id"].cast("string").nullif("").notnull()
        care = rows.filter(_recid(rows).isin(list(_ONE_EACH)) & linked)
        found += _extra(care, [name for name in _ALIKE if name in rows.columns], con)
    prescribing = rows.filter((_recid(rows) == "PIS") & person_of(rows).notnull())
    found += _extra(prescribing, ["anon_chi", "year"], con)
    if not found:
        return []
    what = "records of social care or prescribing stand there more than once, which doubles their cost"
    do = "Keep one of each; often one social care identifier was linked to several persons. Tell the publisher."
    return [Fault(asked.names[0], what, do, "repeated-activity", rows=found)]


def _extra(rows: Any, alike: list[str], con: Any) -> int:
    """Count the rows beyond the first of each group of rows that are alike."""
    counted = rows.group_by(*alike).agg(times=ibis._.count())
    again = counted.filter(counted.times > 1)
    return int(con.to_pyarrow(again.aggregate(extra=(again.times - 1).sum())).to_pylist()[0]["extra"] or 0)


def _number_of(rows: Any, con: Any) -> int:
    return int(con.to_pyarrow(rows.aggregate(rows=rows.count())).to_pylist()[0]["rows"])


SLF_EPISODE = register(
    Reader(
        name="slf-episode",
        table=ACTIVITY,
        publisher=PUBLISHER,
        licence=LICENCE,
        describes="Source Linkage episode file: one record of care, by record type, with its modelled cost in the year",
        scan=scan_episodes,
        faults=episode_faults,
        options={"did_not_attend": NOT_ATTENDED_OPTION, "partnership_column": PARTNERSHIP_OPTION},
    )
)
