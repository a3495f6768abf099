"""What the pages show that carry localities over to other zones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from locality.areas import CarryOver
from locality_web.areas.models import CarriedDivision
from locality_web.areas.overlap_changes import outcome_of
from locality_web.core.permissions import Place
from locality_web.core.tables import Column, Table
from locality_web.core.words import count_of, join_words

_CHOSEN = {
    "most": "most live there",
    "tied": "as many in two; the first by code",
    "empty": "nobody lives there; the first by code",
    "hand": "decided by hand",
}


def carry_page(place: Place) -> dict[str, Any]:
    """What waits to be looked at, and what the localities are made of now."""
    newest = place.partnership.area_versions.last()
    waiting = place.partnership.carried_divisions.filter(version=None).defer("rows", "names").select_related("made_by")
    example = newest.zones.values_list("zone", flat=True).first() if newest else None
    return {"newest": newest, "waiting": list(waiting), "example": example}


def carried_page(place: Place, kept: CarriedDivision, found: CarryOver, names: Mapping[str, str]) -> dict[str, Any]:
    """What a table carries over, before it counts."""
    lost = [names[code] for code in found.lost]
    return {
        "carried": kept,
        "says": _say(found),
        "border": _say_border(found),
        "lost": lost,
        "split": len(found.split),
        "by_hand": len(kept.settled),
        **outcome_tables(outcome_of(found), names, kept.counted),
        "csv": reverse("areas:split_zones_csv", args=[place.partnership.slug, kept.pk]),
    }


def _say(found: CarryOver) -> str:
    zones = count_of(len(found.zones), "zone")
    if not found.moving:
        return f"There are {zones} of the new vintage. Nobody comes to another locality."
    share = found.moving / (sum(found.before.values()) or 1)
    comes = f"{found.moving:,} {found.counted} ({share:.1%}) come to another locality"
    return f"There are {zones} of the new vintage. {comes}, because most of their zone is there."


def _say_border(found: CarryOver) -> str:
    left = sum(found.left.values())
    if not left and not found.joined:
        return ""
    joined = f"{found.joined:,} {found.counted} come to it from beyond the border as it was."
    return f"{left:,} {found.counted} live in new zones that are mostly outside the partnership. {joined}"


def outcome_tables(outcome: Mapping[str, Any], names: Mapping[str, str], counted: str) -> dict[str, Any]:
    """Give sizes and flows as tables, as they are before adoption and as the record keeps them."""
    before, after = outcome["before"], outcome["after"]
    sizes = [[names.get(code, code), people, after.get(code, 0)] for code, people in before.items()]
    kind = counted.capitalize()
    return {
        "sizes": Table(
            caption="The localities before and after",
            columns=[Column("Locality"), Column(f"{kind} before", "people"), Column(f"{kind} after", "people")],
            rows=sizes,
            totals=["All", sum(row[1] for row in sizes), sum(row[2] for row in sizes)],
        ),
        "flows": Table(
            caption="Who comes to another locality",
            columns=[Column("From"), Column("To"), Column(kind, "people")],
            rows=[[names.get(one, one), names.get(two, two), people] for one, two, people in outcome["flows"]],
            empty="Nobody comes to another locality.",
        ),
    }


def split_table(outcome: Mapping[str, Any], names: Mapping[str, str], counted: str, *, csv: str = "") -> Table:
    """Give each split zone with its shares and what became of it."""
    rows = [
        [
            one["name"] or one["zone"],
            one["zone"],
            join_words(f"{names.get(code, code)} {people:,}" for code, people in one["shares"]),
            names.get(one["locality"], one["locality"]),
            _CHOSEN[one["chosen"]],
        ]
        for one in outcome["split"]
    ]
    return Table(
        caption="Zones that lie in several of the localities before",
        columns=[
            Column("Zone"),
            Column("Code"),
            Column(f"{counted.capitalize()} in"),
            Column("Comes to"),
            Column("Why"),
        ],
        rows=rows,
        csv=csv,
        empty="No zone lies in several of the localities before.",
    )


def carried_record(kept: CarriedDivision) -> dict[str, Any]:
    """Give what everybody reads with the version that a carried division became."""
    names = dict(kept.partnership.localities.values_list("code", "name"))
    csv = reverse("areas:split_zones_csv", args=[kept.partnership.slug, kept.pk])
    return {
        "carried": kept,
        **outcome_tables(kept.outcome, names, kept.counted),
        "split": split_table(kept.outcome, names, kept.counted, csv=csv),
        "moving": kept.outcome["moving"],
    }
