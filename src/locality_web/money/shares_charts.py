"""Charts of the money pages: historic beside fair share, and where the distance comes from."""

from __future__ import annotations

from collections.abc import Sequence

from locality_web.core.charts import Chart, causes, grouped_bars
from locality_web.core.models import Locality
from locality_web.money.budget_pages import MOST_IN_A_CHART
from locality_web.money.models import BudgetOption, Share
from locality_web.money.shares_pages import CAUSES, Amount, Standing


def distance_chart(standing: Standing, heading: str) -> Chart:
    """Compare localities: historic beside fair share under one heading, or all together."""
    pairs = standing.of_heading(heading)
    title = f"{heading or 'All headings'}: what is used now beside the fair share, {standing.release.year}"
    return _beside(title, [own.locality.name for own, _ in pairs], [amount for _, amount in pairs], of="Locality")


def shares_chart(standing: Standing, locality: Locality) -> Chart:
    """Compare one locality's headings: historic beside fair share."""
    _, shares = standing.of_locality(locality)
    title = f"What is used now in {locality.name} beside its fair share, {standing.release.year}"
    return _beside(title, [one.heading for one in shares], shares, of="Heading")


def _beside(title: str, names: Sequence[str], amounts: Sequence[Amount], *, of: str) -> Chart:
    series = {
        "What is used now": [one.historic_pence for one in amounts],
        "Fair share": [one.fair_pence for one in amounts],
    }
    return grouped_bars(title, names, series, of=of)


def causes_chart(standing: Standing, locality: Locality) -> Chart:
    """Show where the distance of one locality comes from, heading by heading."""
    _, shares = standing.of_locality(locality)
    rows = [(one.heading, parts) for one in shares if (parts := _parts(one)) is not None]
    title = f"Why {locality.name}’s fair share is not what it uses now"
    return causes(title, rows, list(CAUSES.values()), of="Heading")


def _parts(share: Share) -> list[int] | None:
    found = [getattr(share, name) for name in CAUSES]
    return None if any(each is None for each in found) else found


def options_charts(options: Sequence[BudgetOption]) -> list[Chart]:
    """Compare saved options: growth, and distance from the fair share afterwards."""
    shown = list(options)
    if not 0 < len(shown) <= MOST_IN_A_CHART:
        return []
    ones = shown[0].figures["localities"]
    names = [one["name"] for one in ones]

    def measure(title: str, key: str) -> Chart:
        series = {}
        for option in shown:
            by_code = {one["code"]: one[key] or 0.0 for one in option.figures["localities"]}
            series[option.name] = [by_code.get(one["code"], 0.0) for one in ones]
        return grouped_bars(title, names, series, unit="change", of="Locality")

    return [
        measure("Growth of each locality’s budget, by option", "growth_ratio"),
        measure("Distance from the fair share afterwards, by option", "distance_after_ratio"),
    ]
