"""Services, ledger and activity set against each other."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from locality.foundations import Fault, load_rule, say_pounds
from locality.sources.loaded import Loaded, fault_at
from locality.sources.partnership_file import suggest

# A service that is split in one of these ways is seen in activity, or not at all.
_BY_ACTIVITY = ("cost", "units", "priced_units")


def claims_of(services: pd.DataFrame) -> pd.DataFrame:
    """Give one row for each service and activity heading that shows its use.

    Args:
        services: The services table.

    Returns:
        `service`, `scope`, `split_by` and `shown_by`, an activity heading: those named under `activity`, otherwise
        the service's own heading.
    """
    shown = services["activity"].str.split(";").fillna(services["heading"].map(lambda heading: [heading]))
    claims = services[["service", "scope", "split_by"]].assign(shown_by=shown).explode("shown_by")
    return claims.assign(shown_by=claims["shown_by"].astype("string").str.strip()).query("shown_by != ''")


def _paid_services(loaded: Loaded) -> pd.Series:
    """Give the pence of each service in the folder's year; a heading with one service stands for it."""
    services, ledger = loaded.tables["services"], loaded.tables["ledger"]
    single = services.drop_duplicates("heading", keep=False).set_index("heading")["service"]
    alone = {heading: service for heading, service in single.items() if heading not in set(services["service"])}
    rows = ledger[ledger["year"] == str(loaded.year)]
    paid: pd.Series = rows["pence"].groupby(rows["service"].replace(alone)).sum()
    return paid


def find_unknown_services(loaded: Loaded) -> list[Fault]:
    """Name services of the ledger that the services table lacks."""
    services, ledger = loaded.tables["services"], loaded.tables["ledger"]
    headings = services["heading"].value_counts()
    known = [*services["service"], *headings.index[headings == 1]]
    unknown = ledger["service"].notna() & ~ledger["service"].isin(known)
    faults = []
    for name in ledger.loc[unknown, "service"].unique():
        several = int(headings.get(name, 0))
        what = f"'{name}' is not in the services table"
        if several:
            what = f"the heading '{name}' has {several} services, so its money belongs to none of them"
        do = (
            "Name one service in each row." if several else f"Add it to services, or correct it. {suggest(name, known)}"
        )
        faults.append(fault_at(ledger, ledger["service"] == name, what, do, "service-unknown", "service"))
    return faults


def find_missing_year(loaded: Loaded) -> list[Fault]:
    """Refuse a ledger that says nothing about the folder's year."""
    ledger = loaded.tables["ledger"]
    years = sorted(set(ledger["year"].dropna()))
    if loaded.year is None or str(loaded.year) in years:
        return []
    what = f"it has no amount for {loaded.year}, only for {', '.join(years)}"
    do = "Add that year's amounts, or change financial_year in partnership.toml."
    return [Fault(", ".join(ledger.index.unique("file")), what, do, "ledger-without-year", column="year")]


def find_unknown_headings(loaded: Loaded) -> list[Fault]:
    """Name headings of activity that no service claims."""
    known = set(claims_of(loaded.tables["services"])["shown_by"])
    unknown = [heading for heading in loaded.summaries["activity"]["heading"].dropna() if heading not in known]
    do = "Add a service with this heading, or name the heading under 'activity' of a service. "
    return [
        _of_activity(loaded, heading, f"no service has the heading '{heading}'", do + suggest(heading, known))
        for heading in sorted(unknown)
    ]


def _of_activity(loaded: Loaded, heading: str, what: str, do: str) -> Fault:
    seen = loaded.summaries["activity"]
    rows = int(seen.loc[seen["heading"] == heading, "rows"].sum())
    return Fault(loaded.file_of("activity"), what, do, "heading-not-in-ledger", column="heading", rows=rows)


def find_headings_without_money(loaded: Loaded) -> list[Fault]:
    """Name headings of activity whose services the ledger lacks in the folder's year."""
    claims, paid = claims_of(loaded.tables["services"]), _paid_services(loaded)
    if paid.empty:
        return []  # The year is missing altogether, which is named already.
    # What others pay for our people stands in their ledgers.
    has_money = claims["service"].isin(paid.index) | (claims["scope"] == "hosted_elsewhere")
    without = claims[~claims["shown_by"].isin(claims.loc[has_money, "shown_by"])]
    met = without[without["shown_by"].isin(loaded.summaries["activity"]["heading"])]
    faults = []
    for heading, part in met.groupby("shown_by", sort=True):
        names = " and ".join(f"'{name}'" for name in part["service"])
        what = f"the ledger has no amount in {loaded.year} for {names}, which the activity heading '{heading}' shows"
        do = "Add the amount to the ledger, or take the heading out of the activity."
        faults.append(_of_activity(loaded, str(heading), what, do))
    return faults


def find_money_without_activity(loaded: Loaded) -> list[Fault]:
    """Name services that have money and are split by activity, but have none."""
    claims, ledger = claims_of(loaded.tables["services"]), loaded.tables["ledger"]
    seen = set(loaded.summaries["activity"]["heading"])
    if "area_activity" in loaded.tables:
        seen |= set(loaded.tables["area_activity"]["heading"])
    by_activity = (claims["split_by"].isna() | claims["split_by"].isin(_BY_ACTIVITY)) & (claims["scope"] != "overhead")
    shown = set(claims.loc[claims["shown_by"].isin(seen), "service"])
    wanted = set(claims.loc[by_activity, "service"]) - shown
    faults = []
    for service in sorted(wanted & set(_paid_services(loaded).index)):
        headings = " or ".join(f"'{heading}'" for heading in claims.loc[claims["service"] == service, "shown_by"])
        what = f"'{service}' has money, but there is no activity under {headings} to split it by"
        do = "Correct the heading, add the activity, or say in services what it follows (split_by = population)."
        names = [service, *_heading_of(loaded, service)]
        faults.append(fault_at(ledger, ledger["service"].isin(names), what, do, "heading-without-activity", "service"))
    return faults


def _heading_of(loaded: Loaded, service: str) -> list[str]:
    services = loaded.tables["services"]
    return list(services.loc[services["service"] == service, "heading"])


def find_pounds(loaded: Loaded) -> list[Fault]:
    """Suspect pounds where pence are declared, from how far the ledger is from the cost of the same services."""
    claims, paid = claims_of(loaded.tables["services"]), _paid_services(loaded)
    seen = loaded.summaries["activity"].set_index("heading")["cost_pence"]
    both = claims[claims["shown_by"].isin(seen[seen > 0].index) & claims["service"].isin(paid[paid > 0].index)]
    ledger_pence = int(paid[paid.index.isin(both["service"])].sum())
    activity_pence = int(seen[seen.index.isin(both["shown_by"])].sum()) // max(1, len(loaded.settings.years))
    if both.empty or activity_pence == 0:
        return []
    band = load_rule("locality.sources", "pounds_for_pence").at(dt.date.max).value
    times = ledger_pence / activity_pence
    if band["least"] <= times <= band["most"]:
        return [_pounds(loaded.file_of("activity"), "cost_pence", activity_pence, "the ledger", ledger_pence)]
    if band["least"] <= 1 / times <= band["most"]:
        file = ", ".join(loaded.tables["ledger"].index.unique("file"))
        return [_pounds(file, "pence", ledger_pence, "the activity", activity_pence)]
    return []


def _pounds(file: str, column: str, here: int, where: str, there: int) -> Fault:
    what = (
        f"it adds up to {say_pounds(here, whole=True)}, but {where} for the same services to "
        f"{say_pounds(there, whole=True)}, {there / here:,.0f} times as much: these look like pounds, not pence"
    )
    return Fault(file, what, "Multiply by 100: £12.34 is written 1234.", "pounds-not-pence", column=column)
