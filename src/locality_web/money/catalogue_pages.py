"""What the pages of the service catalogue show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from locality.plans import CatalogueService
from locality_web.core.models import Partnership
from locality_web.core.tables import Column, Link, Table
from locality_web.money.catalogue_changes import CatalogueChanges
from locality_web.money.models import Service

TITLES = {
    "service": "Code",
    "name": "Name",
    "heading": "Heading",
    "delivered_by": "Delivered by",
    "care_group": "Care group",
    "payer": "Paid by",
    "planned_at": "Planned",
    "set_aside": "Set-aside",
    "hosted_by": "Hosted by",
    "about": "About",
}


def heading_tables(partnership: Partnership, services: Sequence[CatalogueService], *, linked: bool) -> list[Table]:
    """Give one table for each heading, in order."""
    headings: dict[str, list[CatalogueService]] = {}
    for one in services:
        headings.setdefault(one.heading, []).append(one)
    columns = [
        Column("Service"),
        Column("Delivered by"),
        Column("Care group"),
        Column("Paid by"),
        Column("Planned"),
        Column("Marked"),
    ]
    return [
        Table(heading, columns, [_row(partnership, one, linked) for one in ones]) for heading, ones in headings.items()
    ]


def _row(partnership: Partnership, one: CatalogueService, linked: bool) -> list[Any]:
    address = reverse("money:edit_service", args=[partnership.slug, one.service]) if linked else ""
    return [
        Link(one.name, address) if linked else one.name,
        one.delivered_by,
        one.care_group or "everybody",
        one.payer,
        Service.PlannedAt(one.planned_at).label,
        marks(one),
    ]


def marks(one: CatalogueService) -> str:
    """Say whether a service is set-aside or hosted."""
    said = [*(["set-aside"] if one.set_aside else []), *([f"hosted by {one.hosted_by}"] if one.hosted_by else [])]
    return ", ".join(said)


def changes_tables(changes: CatalogueChanges) -> list[Table]:
    """Show what loading a catalogue would change."""
    plain = [Column("Service"), Column("Heading"), Column("Code")]
    fields = [Column("Service"), Column("What"), Column("Now"), Column("Then")]
    changed = [
        [one.name, TITLES[name], say_field(before), say_field(after)]
        for one, differences in changes.changed
        for name, before, after in differences
    ]
    return [
        Table("New services", plain, [[one.name, one.heading, one.service] for one in changes.added], empty="None."),
        Table("Services that change", fields, changed, empty="None."),
        Table(
            "Services that end today",
            plain,
            [[one.name, one.heading, one.service] for one in changes.ended],
            empty="None.",
            note="They stay in the plans that have them; new plans do not list them.",
        ),
    ]


def say_field(found: Any) -> str:
    """Write a field's value for people."""
    if isinstance(found, bool):
        return "yes" if found else "no"
    return Service.PlannedAt(found).label if found in Service.PlannedAt.values else str(found or "(empty)")
