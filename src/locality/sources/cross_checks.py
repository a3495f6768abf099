"""Checks that set one table against another, each skipped by name when a table that it needs is at fault."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from locality.foundations import Fault
from locality.sources import money_checks, place_checks, practice_checks
from locality.sources.loaded import Loaded

_ZONED = ("zone_neighbours", "zone_places", "population", "indicators", "registrations", "fair_weights")


@dataclass(frozen=True)
class CrossCheck:
    """One check over several tables.

    Args:
        says: What is checked, as the report names it when it cannot be.
        needs: The tables without which it makes no sense, with the columns in which no cell may be at fault.
        find: Names the faults; may add notes.
        also: Tables that it uses when the folder names them.
    """

    says: str
    needs: Mapping[str, tuple[str, ...]]
    find: Callable[[Loaded], list[Fault]]
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def run_checks(loaded: Loaded) -> list[str]:
    """Run every check whose tables were read, and add what they find.

    Args:
        loaded: What was read; gets the faults and notes.

    Returns:
        One sentence for each check that a fault elsewhere kept from being made.
    """
    skipped = []
    named = {entry.table.name for entry in loaded.settings.entries} | loaded.settings.broken
    for check in CHECKS:
        if not set(check.needs) <= named:
            continue
        asked = {**check.needs, **{table: columns for table, columns in check.also.items() if table in named}}
        at_fault = [table for table, columns in asked.items() if not _is_sound(loaded, table, columns)]
        if at_fault:
            skipped.append(f"{check.says}: not checked, because of the faults in {' and '.join(at_fault)}")
        else:
            loaded.faults += check.find(loaded)
    return skipped


def _is_sound(loaded: Loaded, table: str, columns: tuple[str, ...]) -> bool:
    read = table in loaded.tables or table in loaded.summaries
    return read and table not in loaded.unread and not loaded.broken.get(table, set()) & set(columns)


def _of_table(table: str, find: Callable[[Loaded, str], list[Fault]]) -> Callable[[Loaded], list[Fault]]:
    return lambda loaded: find(loaded, table)


def _zone_checks(table: str) -> tuple[CrossCheck, ...]:
    columns = ("zone_a", "zone_b") if table == "zone_neighbours" else ("zone",)
    needs = {"zones": ("zone",), table: columns}
    checks = [CrossCheck(f"zones of {table}", needs, _of_table(table, place_checks.find_foreign_zones))]
    if table in ("population", "indicators"):
        says = f"every zone stands in {table}"
        checks.append(CrossCheck(says, needs, _of_table(table, place_checks.find_missing_zones)))
    return tuple(checks)


_MONEY = {
    "services": ("service", "heading", "activity", "scope", "split_by"),
    "ledger": ("service", "year"),
    "activity": ("heading",),
}
_COSTS = {**_MONEY, "ledger": ("service", "year", "pence"), "activity": ("heading", "cost_pence")}

CHECKS: tuple[CrossCheck, ...] = (
    *(check for table in _ZONED for check in _zone_checks(table)),
    CrossCheck(
        "localities are told apart by their names", {"localities": ("locality", "name")}, place_checks.find_alike
    ),
    CrossCheck(
        "each zone in one of two or more localities",
        {"zones": ("zone",), "localities": ("zone", "locality", "from", "to")},
        place_checks.find_faulty_membership,
    ),
    CrossCheck(
        "areas of published activity are known",
        {"localities": ("zone", "locality", "name"), "area_activity": ("area",)},
        place_checks.find_unknown_areas,
    ),
    CrossCheck("the population's year", {"population": ("year",)}, place_checks.note_population_year),
    CrossCheck(
        "zones of persons", {"zones": ("zone",), "persons": ("zone",)}, place_checks.find_foreign_zones_of_persons
    ),
    CrossCheck(
        "practice lists are of a likely length",
        {"practices": ("practice", "patients")},
        practice_checks.find_long_lists,
    ),
    CrossCheck(
        "practice codes are written alike",
        {"practices": ("practice",)},
        practice_checks.find_lost_noughts,
        {"registrations": ("practice",), "practice_weights": ("practice",), "persons": ("practice",)},
    ),
    CrossCheck(
        "practices of registrations are known",
        {"practices": ("practice",), "registrations": ("practice",)},
        practice_checks.find_unknown_practices,
    ),
    CrossCheck(
        "practice lists agree with registrations",
        {"practices": ("practice", "patients"), "registrations": ("practice", "patients")},
        practice_checks.find_unequal_lists,
    ),
    CrossCheck(
        "the ledger's services are known",
        {"services": ("service", "heading"), "ledger": ("service",)},
        money_checks.find_unknown_services,
    ),
    CrossCheck("the ledger has the folder's year", {"ledger": ("year",)}, money_checks.find_missing_year),
    CrossCheck(
        "headings of activity are known",
        {"services": _MONEY["services"], "activity": ("heading",)},
        money_checks.find_unknown_headings,
    ),
    CrossCheck("headings of activity have money", _MONEY, money_checks.find_headings_without_money),
    CrossCheck(
        "services in the ledger have activity",
        _MONEY,
        money_checks.find_money_without_activity,
        {"area_activity": ("heading",)},
    ),
    CrossCheck("pence, not pounds", _COSTS, money_checks.find_pounds),
)
"""Every check, in the order in which the report gives them."""
