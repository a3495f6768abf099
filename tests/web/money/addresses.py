"""What the addresses of the room need besides partnership and locality, for the test of every address as every role."""

from __future__ import annotations

from typing import Any

from factories import money_site, site
from locality.plans import FundingSource
from locality_web.core.models import Partnership
from locality_web.money.source_changes import keep_source


def samples(partnership: Partnership) -> dict[str, dict[str, Any]]:
    """Give the arguments of each address by its name."""
    decision = money_site.decided_budget(partnership)
    option = money_site.saved_option(partnership, name="Another option")
    keep_source(site.place(partnership), None, FundingSource("core", "Core budget", "core", "The board"))
    where = {"partnership": partnership.slug}
    year = {**where, "year": "2026-27"}
    plain = (
        *("money", "shares_csv", "shares_json", "releases", "budgets", "decisions"),
        *("services", "new_service", "load_services", "confirm_services", "services_xlsx", "services_csv"),
        *("sources", "new_source"),
    )
    return {
        **{f"money:{name}": where for name in plain},
        "money:edit_service": {**where, "code": "home-care"},
        "money:locality": {**where, "locality": partnership.localities.order_by("name")[0].slug},
        "money:set_budgets": year,
        "money:option": {**year, "number": option.pk},
        **{
            f"money:{name}": {**year, "number": decision.number}
            for name in ("decision", "decision_csv", "decision_json")
        },
        "money:source": {**where, "code": "core"},
        "money:edit_source": {**where, "code": "core"},
    }
