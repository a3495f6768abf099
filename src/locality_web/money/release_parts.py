"""What this room takes from a release: shares, the ledger by heading, and the budgets that the analyst proposed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from locality.foundations import Fault, InputRefused
from locality.release import Release
from locality_web.core.models import Locality, ReleaseLoaded
from locality_web.core.permissions import Place
from locality_web.money.models import LedgerHeading, LocalityShare, ReleaseBudget, Share

_RANGE = ("historic_low_pence", "historic_high_pence")
_SHARE = (
    "historic_pence",
    "fair_pence",
    "fair_low_pence",
    "fair_high_pence",
    "distance_ratio",
    "step_population_pence",
    "step_age_sex_pence",
    "step_need_pence",
    "step_supply_pence",
)

Localities = Mapping[str, Locality]


def load_release(release: Release, place: Place, record: ReleaseLoaded) -> None:
    """Keep a verified release's money; runs inside the transaction that loads the release."""
    localities = _localities(release, place, record)
    told = _told(release)
    LocalityShare.objects.bulk_create(_locality_shares(release, record, localities, told))
    Share.objects.bulk_create(_shares(release, record, localities, told), batch_size=500)
    LedgerHeading.objects.bulk_create(_ledger(release, record))
    ReleaseBudget.objects.bulk_create(
        [
            ReleaseBudget(
                release=record,
                locality=localities[row["locality"]],
                heading=row["heading"],
                year=str(row["year"]),
                pence=int(row["budget_pence"]),
            )
            for row in _rows(release.tables["budget"])
        ],
        batch_size=500,
    )


def _localities(release: Release, place: Place, record: ReleaseLoaded) -> Localities:
    """Find the localities of the release among those of the site; the room of areas has loaded them before."""
    known = {one.code: one for one in place.partnership.localities.all()}
    missing = [row for row in _rows(release.tables["localities"]) if row["locality"] not in known]
    if missing:
        raise InputRefused(
            [
                Fault(
                    record.file_name,
                    f"it has the locality {row['name']} ({row['locality']}), which {place.partnership} does not have; "
                    "nothing was loaded",
                    "Add the locality with this code to the site, or ask the analyst for a release of today's "
                    "localities.",
                    "release-of-other-localities",
                )
                for row in missing
            ]
        )
    return known


def _locality_shares(
    release: Release, record: ReleaseLoaded, localities: Localities, told: Mapping[str, Mapping[str, Any]]
) -> list[LocalityShare]:
    """Add up each locality's shares; ranges of a sum are no sum of ranges, so they come from the summary."""
    sums = release.tables["shares"].groupby("locality")[["historic_pence", "fair_pence"]].sum()
    made = []
    for row in _rows(release.tables["localities"]):
        code = row["locality"]
        totals = sums.loc[code] if code in sums.index else {"historic_pence": 0, "fair_pence": 0}
        ranges = _whole(told.get(code, {}), (*_RANGE, "fair_low_pence", "fair_high_pence"))
        made.append(
            LocalityShare(
                release=record,
                locality=localities[code],
                population=int(row["population"]),
                historic_pence=int(totals["historic_pence"]),
                fair_pence=int(totals["fair_pence"]),
                **ranges,
            )
        )
    return made


def _shares(
    release: Release, record: ReleaseLoaded, localities: Localities, told: Mapping[str, Mapping[str, Any]]
) -> list[Share]:
    ranges = {
        (code, str(line.get("heading"))): _whole(line, _RANGE)
        for code, one in told.items()
        for line in one.get("headings") or ()
        if isinstance(line, dict)
    }
    nothing: dict[str, int | None] = dict.fromkeys(_RANGE)
    return [
        Share(
            release=record,
            locality=localities[row["locality"]],
            heading=row["heading"],
            grade=row["grade"] or "",
            **{name: row[name] for name in _SHARE},
            **ranges.get((row["locality"], row["heading"]), nothing),
        )
        for row in _rows(release.tables["shares"])
    ]


def _ledger(release: Release, record: ReleaseLoaded) -> list[LedgerHeading]:
    shared = release.tables["shares"].groupby("heading")["historic_pence"].sum()
    told = {row["heading"]: row for row in _rows(release.tables["reconciliation"])}
    return [
        LedgerHeading(
            release=record,
            heading=heading,
            ledger_pence=told.get(heading, {}).get("ledger_pence") or int(shared.get(heading, 0)),
            shared_pence=int(shared.get(heading, 0)),
            found_pence=told.get(heading, {}).get("found_pence"),
            coverage_ratio=told.get(heading, {}).get("coverage_ratio"),
            grade_d_ratio=told.get(heading, {}).get("grade_d_ratio"),
        )
        for heading in sorted({*map(str, shared.index), *told})
    ]


def _told(release: Release) -> dict[str, Mapping[str, Any]]:
    """Give what the summary says of each locality, as far as it has the form that the analyst's program writes."""
    summary = release.about.get("summary")
    entries = summary.get("localities") if isinstance(summary, dict) else None
    return {str(one.get("code")): one for one in entries or () if isinstance(one, dict)}


def _whole(told: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, int | None]:
    """Take whole pence from the summary, which is plain values without a declared form; anything else is not known."""
    return {name: found if type(found := told.get(name)) is int else None for name in names}


def _rows(table: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Give a typed table's rows with plain Python values and None for gaps."""
    names = list(table.columns)
    columns = [[None if pd.isna(each) else each for each in table[name].tolist()] for name in names]
    for values in zip(*columns, strict=True):
        yield dict(zip(names, values, strict=True))
