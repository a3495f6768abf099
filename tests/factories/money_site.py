"""Money of a made-up partnership on a site: catalogue, release, budgets - all by way of the public functions."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path

import pandas as pd

from factories import release as releases
from factories import site
from locality.foundations import InputFile, split_pence
from locality.plans import CatalogueService
from locality.release import ReleaseContent, ReleaseTotals, write_release
from locality_web.core.bridge import load_release
from locality_web.core.models import Partnership, Person, ReleaseLoaded
from locality_web.money.budgets import Rules, headings_held_by_default
from locality_web.money.catalogue_changes import load_catalogue
from locality_web.money.changes import decide_budget, save_option
from locality_web.money.models import BudgetDecision, BudgetOption, Service

HEADINGS = ("Care at home", "Community nursing", "Equipment")
SERVICES = (
    CatalogueService("home-care", "Home care", "Care at home", "The council", "Older people", "council"),
    CatalogueService("day-care", "Day care", "Care at home", "Voluntary bodies", "Older people", "council"),
    CatalogueService(
        "reablement", "Reablement", "Care at home", "The council", "Older people", "council", planned_at="across"
    ),
    CatalogueService("district-nursing", "District nursing", "Community nursing", "Health board", "", "health board"),
    CatalogueService(
        "geriatric-wards", "Geriatric wards", "Community nursing", "Health board", "", "health board", set_aside=True
    ),
    CatalogueService("equipment", "Equipment store", "Equipment", "Both", "", "council", planned_at="partnership"),
)
YEAR = "2026/27"
TOTAL_PENCE = 10_000_000_00


def officer(partnership: Partnership, role: str) -> Person:
    """Somebody who holds a role in the partnership; the same person whenever asked."""
    found = Person.objects.filter(roles__role=role, roles__partnership=partnership, roles__locality=None).first()
    return found or site.person(role, partnership)


def catalogue(partnership: Partnership, services: tuple[CatalogueService, ...] = SERVICES) -> list[Service]:
    """Six services under three headings; equipment is planned once for the whole partnership."""
    load_catalogue(site.place(partnership), officer(partnership, "finance"), services)
    return list(Service.objects.filter(partnership=partnership))


def release_content(partnership: Partnership, **changes: object) -> ReleaseContent:
    """A release of the partnership's own localities: the first uses most, the last least, fair is by population."""
    localities = list(partnership.localities.order_by("name"))
    headings = changes.pop("headings", HEADINGS)
    per_heading = TOTAL_PENCE // len(headings)
    rows, used = [], range(len(localities) + 2, 2, -1)
    for heading in headings:
        historic = split_pence(per_heading, list(used))
        fair = split_pence(per_heading, [1] * len(localities))
        for at, one in enumerate(localities):
            rows.append(_share(one.code, heading, int(historic[at]), int(fair[at])))
    total = per_heading * len(headings)
    zones = [(f"S0200{at:04}", f"Zone {at}", one.code) for at, one in enumerate(localities)]
    made = dict(
        partnership_code=partnership.code,
        partnership_name=partnership.name,
        nation="Scotland",
        year="2025/26",
        areas=pd.DataFrame(zones, columns=["zone", "name", "locality"]),
        localities=pd.DataFrame(
            [(one.code, one.name, 10_000) for one in localities], columns=["locality", "name", "population"]
        ),
        population=pd.DataFrame(
            [(zone, 2024, sex, 0, None, 5000.0) for zone, _, _ in zones for sex in ("female", "male")],
            columns=["zone", "year", "sex", "age_from", "age_to", "people"],
        ),
        service_users=pd.DataFrame({"locality": [], "heading": [], "people": []}),
        shares=pd.DataFrame(rows),
        budget=pd.DataFrame({"locality": [], "heading": [], "year": [], "budget_pence": []}),
        reconciliation=pd.DataFrame(
            [(heading, per_heading, None, None, 0.0) for heading in headings],
            columns=["heading", "ledger_pence", "found_pence", "coverage_ratio", "grade_d_ratio"],
        ),
        totals=ReleaseTotals(total, total, {}),
        summary=_summary(localities, rows),
        inputs=(InputFile("ledger", "ledger.csv", "declared", "ab" * 32, 120, made_up=True),),
    )
    return ReleaseContent(**{**made, **changes})


def _share(code: str, heading: str, historic: int, fair: int) -> dict[str, object]:
    steps = [int(each) for each in split_pence(abs(fair - historic), [2, 1, 1])]
    sign = 1 if fair >= historic else -1
    return {
        "locality": code,
        "heading": heading,
        "historic_pence": historic,
        "fair_pence": fair,
        "fair_low_pence": fair * 95 // 100,
        "fair_high_pence": fair * 105 // 100,
        "distance_ratio": historic / fair - 1,
        "grade": "B",
        "step_population_pence": sign * steps[0],
        "step_age_sex_pence": sign * steps[1],
        "step_need_pence": sign * steps[2],
        "step_supply_pence": 0,
    }


def _summary(localities, rows) -> dict[str, object]:
    told = []
    for one in localities:
        own = [row for row in rows if row["locality"] == one.code]
        sums = {name: sum(row[name] for row in own) for name in ("historic_pence", "fair_pence")}
        told.append(
            {
                "code": one.code,
                **sums,
                "historic_low_pence": sums["historic_pence"] * 98 // 100,
                "historic_high_pence": sums["historic_pence"] * 102 // 100,
                "fair_low_pence": sums["fair_pence"] * 95 // 100,
                "fair_high_pence": sums["fair_pence"] * 105 // 100,
            }
        )
    return {"localities": told}


def release_bytes(partnership: Partnership, *, day: dt.date = releases.DAY, **changes: object) -> bytes:
    """The bytes of a sound release; the same for the same partnership, so they are made once."""
    plain = not changes
    names = "".join(f"{one.code}|{one.name};" for one in partnership.localities.order_by("name"))
    key = f"release:{partnership.code}:{partnership.name}:{names}:{day}".replace(" ", "_")
    if plain and key in _MADE:
        return _MADE[key]
    with tempfile.TemporaryDirectory() as folder:
        record = write_release(release_content(partnership, **changes), Path(folder), day=day, made_by=releases.MADE_BY)
        content = record.path.read_bytes()
    if plain:
        _MADE[key] = content
    return content


_MADE: dict[str, bytes] = {}


def loaded_release(partnership: Partnership, *, day: dt.date = releases.DAY, **changes: object) -> ReleaseLoaded:
    """A verified release of the partnership's own localities, loaded by its analyst."""
    content = release_bytes(partnership, day=day, **changes)
    return load_release(content, site.place(partnership), officer(partnership, "analyst"), file_name="x.release.zip")


def saved_option(
    partnership: Partnership, year: str = YEAR, *, name: str = "Closer in five years", **rules: object
) -> BudgetOption:
    """An option on the release in use (which is loaded if there is none): the linear preset and 3% more money."""
    if not partnership.releases.exists():
        loaded_release(partnership)
    held = dict.fromkeys(headings_held_by_default(partnership))
    chosen = {"preset": "linear", "total_pence": TOTAL_PENCE * 103 // 100, "held": held, **rules}
    person = officer(partnership, "finance")
    return save_option(site.place(partnership), person, year=year, name=name, rules=Rules(**chosen))


def decided_budget(partnership: Partnership, year: str = YEAR, **rules: object) -> BudgetDecision:
    """A decision in force for a year; catalogue, release and option are made where they are missing."""
    if not partnership.services.exists():
        catalogue(partnership)
    count = BudgetOption.objects.filter(partnership=partnership, year=year).count()
    option = saved_option(partnership, year, name=f"Option {count + 1}", **rules)
    return decide_budget(
        site.place(partnership),
        officer(partnership, "executive"),
        option,
        decided_by="Integration joint board",
        why="It brings every locality closer to its fair share, and nobody loses money.",
        decided_on=dt.date(2026, 3, 20),
    )
