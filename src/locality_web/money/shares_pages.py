"""What the public money pages show: historic beside fair share, distance, causes, and what each figure is worth."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from locality.foundations import pounds_from_pence
from locality_web.core.models import Locality, Partnership, ReleaseLoaded
from locality_web.core.tables import Column, Link, Table
from locality_web.core.words import say, say_short
from locality_web.money.models import LocalityShare, Share
from locality_web.money.queries import release_in_use

ALL = ""
"""Stands for all headings together."""

GRADES = {
    "A": "records of what each person used and what it cost",
    "B": "counts of use, such as visits or hours, without the cost of each",
    "C": "lists of the people registered with each practice",
    "D": "population alone, because nothing better was known",
}
CAUSES = {
    "step_population_pence": "How many people live there",
    "step_age_sex_pence": "Their age and sex",
    "step_need_pence": "Their need",
    "step_supply_pence": "What it costs to serve the place",
}

Amount = LocalityShare | Share


@dataclass(frozen=True)
class Standing:
    """The shares of one release, read once: sums by locality, and every locality's headings."""

    partnership: Partnership
    release: ReleaseLoaded
    sums: tuple[LocalityShare, ...]
    shares: tuple[Share, ...]

    @property
    def headings(self) -> list[str]:
        """All headings, in order."""
        return sorted({one.heading for one in self.shares})

    def of_heading(self, heading: str) -> list[tuple[LocalityShare, Amount]]:
        """Give each locality with its shares under a heading, or with its sums."""
        if heading == ALL:
            return [(one, one) for one in self.sums]
        by_locality = {one.locality_id: one for one in self.shares if one.heading == heading}
        return [(one, by_locality[one.locality_id]) for one in self.sums if one.locality_id in by_locality]

    def of_locality(self, locality: Locality) -> tuple[LocalityShare | None, list[Share]]:
        """Give one locality's sums and its headings."""
        own = next((one for one in self.sums if one.locality_id == locality.pk), None)
        return own, [one for one in self.shares if one.locality_id == locality.pk]


def standing_of(partnership: Partnership) -> Standing | None:
    """Read the shares of the release in use in three queries; None: no release is loaded."""
    release = release_in_use(partnership)
    if release is None:
        return None
    sums = LocalityShare.objects.filter(release=release).select_related("locality").order_by("locality__name")
    return Standing(partnership, release, tuple(sums), tuple(Share.objects.filter(release=release)))


def ratio_of(amount: Amount) -> float | None:
    """Give historic over fair share, less 1."""
    return amount.historic_pence / amount.fair_pence - 1 if amount.fair_pence > 0 else None


def say_range(low: int | None, high: int | None) -> str:
    """Write an interval; without one, say so."""
    if low is None or high is None:
        return "not known"
    # Spaces that do not break: an interval in a narrow column stays on one line.
    return f"{say_short(low, 'pounds')}\u00a0to\u00a0{say_short(high, 'pounds')}"


def ranges_overlap(amount: Amount) -> bool | None:
    """Say whether the distance may be chance alone; None: a range is not known."""
    ends = (amount.historic_low_pence, amount.historic_high_pence, amount.fair_low_pence, amount.fair_high_pence)
    low, high, fair_low, fair_high = ends
    if low is None or high is None or fair_low is None or fair_high is None:
        return None
    return low <= fair_high and fair_low <= high


def comparison_table(standing: Standing, heading: str) -> Table:
    """Compare all localities under one heading, or under all together."""
    pairs = standing.of_heading(heading)
    slug = standing.partnership.slug
    rows = [[_link(slug, own.locality), *_comparison_row(own, amount)] for own, amount in pairs]
    return Table(
        f"{heading or 'All headings'}: what each locality uses and its fair share, {standing.release.year}",
        [
            Column("Locality"),
            Column("People", "people"),
            Column("Uses now", "pounds"),
            Column("Fair share", "pounds"),
            Column("Fair share lies between"),
            Column("Distance", "pounds"),
            Column("Distance, % of fair share", "change"),
        ],
        rows,
        totals=["All localities", *_totals(pairs)] if rows else None,
        csv=reverse("money:shares_csv", args=[slug]),
        note="Distance is what is used now, less the fair share: above nought a locality uses more than its share.",
        name=f"comparison {heading}",
    )


def _link(slug: str, locality: Locality) -> Link:
    return Link(locality.name, reverse("money:locality", args=[slug, locality.slug]))


def _comparison_row(own: LocalityShare, amount: Amount) -> list[Any]:
    return [
        own.population,
        amount.historic_pence,
        amount.fair_pence,
        say_range(amount.fair_low_pence, amount.fair_high_pence),
        amount.historic_pence - amount.fair_pence,
        ratio_of(amount),
    ]


def each_person_table(standing: Standing, heading: str) -> Table:
    """Compare what localities use and their fair share for each person who lives there."""
    rows = [
        [
            _link(standing.partnership.slug, own.locality),
            *_each_person(amount.historic_pence, amount.fair_pence, own.population),
        ]
        for own, amount in standing.of_heading(heading)
    ]
    people, historic, fair = _sums(standing.of_heading(heading))
    return Table(
        f"{heading or 'All headings'}: for each person who lives there, {standing.release.year}",
        [
            Column("Locality"),
            Column("Uses now", "pounds"),
            Column("Fair share", "pounds"),
            Column("Distance", "pounds"),
        ],
        rows,
        totals=["All localities", *_each_person(historic, fair, people)] if rows else None,
        name=f"each person {heading}",
    )


def _each_person(historic: int, fair: int, people: int) -> list[int | None]:
    return [per_head(historic, people), per_head(fair, people), per_head(historic - fair, people)]


def _totals(pairs: list[tuple[LocalityShare, Amount]]) -> list[Any]:
    people, historic, fair = _sums(pairs)
    return [people, historic, fair, "", historic - fair, historic / fair - 1 if fair > 0 else None]


def _sums(pairs: list[tuple[LocalityShare, Amount]]) -> tuple[int, int, int]:
    """Give people, historic and fair shares of all localities together."""
    people = sum(own.population for own, _ in pairs)
    historic = sum(amount.historic_pence for _, amount in pairs)
    return people, historic, sum(amount.fair_pence for _, amount in pairs)


def per_head(pence: int, people: int) -> int | None:
    """Give pence for each person; nobody lives there: not known."""
    return round(pence / people) if people else None


def headings_table(standing: Standing, locality: Locality) -> Table:
    """Show one locality's money by heading."""
    own, shares = standing.of_locality(locality)
    rows = [
        [
            one.heading,
            one.historic_pence,
            one.fair_pence,
            say_range(one.fair_low_pence, one.fair_high_pence),
            one.historic_pence - one.fair_pence,
            ratio_of(one),
            one.grade or "none",
        ]
        for one in shares
    ]
    totals = (
        [
            "All headings",
            own.historic_pence,
            own.fair_pence,
            say_range(own.fair_low_pence, own.fair_high_pence),
            own.historic_pence - own.fair_pence,
            ratio_of(own),
            "",
        ]
        if own
        else None
    )
    return Table(
        f"{locality.name} by heading, {standing.release.year}",
        [
            Column("Heading"),
            Column("Uses now", "pounds"),
            Column("Fair share", "pounds"),
            Column("Fair share lies between"),
            Column("Distance", "pounds"),
            Column("Distance, % of fair share", "change"),
            Column("Grade"),
        ],
        rows,
        totals=totals,
        csv=reverse("money:shares_csv", args=[standing.partnership.slug]),
    )


def in_plain_words(name: str, amount: Amount, year: str) -> list[str]:
    """Say what one locality's figures mean to somebody who lives there."""
    if amount.historic_pence <= 0 or amount.fair_pence <= 0:
        return [f"For {name} there is no money in the figures of {year}."]
    fair = _of_hundred(amount.fair_pence, amount)
    said = f"For every £100 that people in {name} use now, their fair share would be {fair}"
    if amount.fair_low_pence is not None and amount.fair_high_pence is not None:
        low, high = (_of_hundred(end, amount) for end in (amount.fair_low_pence, amount.fair_high_pence))
        said += f"; it could as well lie anywhere between {low} and {high}"
    return [f"{said}.", _certainty(name, amount)]


def _of_hundred(pence: int, amount: Amount) -> str:
    return f"£{100 * pence / amount.historic_pence:.2f}"


def _certainty(name: str, amount: Amount) -> str:
    more = "more" if amount.historic_pence > amount.fair_pence else "less"
    overlap = ranges_overlap(amount)
    if overlap is None:
        return "How sure this is cannot be said: not every range is known."
    if overlap:
        return f"The ranges overlap, so that {name} using {more} than its fair share may be chance alone."
    return f"The ranges do not overlap: {name} uses {more} than its fair share, and chance alone does not explain it."


FIGURES = (
    *("historic_pence", "historic_low_pence", "historic_high_pence"),
    *("fair_pence", "fair_low_pence", "fair_high_pence"),
)
_FILE_COLUMNS = (
    *("year", "locality", "locality_name", "heading", "people"),
    *(name.replace("_pence", "_pounds") for name in FIGURES),
    *("distance_pounds", "distance_ratio", "grade"),
    *(name.replace("_pence", "_pounds") for name in CAUSES),
    *("release", "made_up"),
)


def file_columns() -> tuple[str, ...]:
    """Give the headings of the open data file."""
    return _FILE_COLUMNS


def file_rows(standing: Standing) -> Iterable[list[Any]]:
    """Give every figure of the pages, one row for each locality and heading; the heading "all" is all together."""
    for own in standing.sums:
        yield _file_row(standing, own, "all", own)
        for share in standing.of_locality(own.locality)[1]:
            yield _file_row(standing, own, share.heading, share)


def _file_row(standing: Standing, own: LocalityShare, heading: str, amount: Amount) -> list[Any]:
    return [
        standing.release.year,
        own.locality.code,
        own.locality.name,
        heading,
        own.population,
        *(_pounds(getattr(amount, name)) for name in FIGURES),
        _pounds(amount.historic_pence - amount.fair_pence),
        ratio_of(amount),
        getattr(amount, "grade", ""),
        *(_pounds(getattr(amount, name, None)) for name in CAUSES),
        standing.release.release,
        "yes" if standing.release.made_up else "no",
    ]


def _pounds(pence: int | None) -> str:
    return "" if pence is None else str(pounds_from_pence(pence))


def as_json(standing: Standing) -> dict[str, Any]:
    """Give the same figures as plain values, money in pence."""
    return {
        "schema": "locality-money/1",
        "partnership": {"code": standing.partnership.code, "name": standing.partnership.name},
        "release": standing.release.release,
        "day": standing.release.day.isoformat(),
        "year": standing.release.year,
        "made_up": standing.release.made_up,
        "localities": [_locality_json(standing, own) for own in standing.sums],
    }


def _locality_json(standing: Standing, own: LocalityShare) -> dict[str, Any]:
    return {
        "code": own.locality.code,
        "name": own.locality.name,
        "population": own.population,
        **_figures_json(own),
        "headings": [
            {
                "heading": share.heading,
                "grade": share.grade,
                **_figures_json(share),
                "causes_pence": {
                    name.removeprefix("step_").removesuffix("_pence"): getattr(share, name) for name in CAUSES
                },
            }
            for share in standing.of_locality(own.locality)[1]
        ],
    }


def _figures_json(amount: Amount) -> Mapping[str, Any]:
    return {
        **{name: getattr(amount, name) for name in FIGURES},
        "distance_pence": amount.historic_pence - amount.fair_pence,
        "distance_ratio": ratio_of(amount),
    }


def say_total(standing: Standing) -> str:
    """Say in one sentence what there is to share."""
    total = sum(one.historic_pence for one in standing.sums)
    people = sum(one.population for one in standing.sums)
    return (
        f"In {standing.release.year}, {say_short(total, 'pounds')} was spent on health and social care for the "
        f"{say(people, 'people')} people of {standing.partnership}."
    )
