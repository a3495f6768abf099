"""What pages show of general practice: who speaks for each practice or cluster, gaps, and the rhythm of meetings."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from locality_web.core.models import Person
from locality_web.core.permissions import Place, may
from locality_web.core.tables import Column, Link, Table
from locality_web.core.words import count_of
from locality_web.members.meeting_models import MeetingKind
from locality_web.members.meeting_queries import rhythm_at
from locality_web.members.models import Liaison, Member
from locality_web.members.pages import say_day
from locality_web.members.practice_changes import PERMISSION
from locality_web.members.practice_queries import Unit, gp_by, practices_at, units_at


@dataclass(frozen=True)
class UnitShown:
    """A practice or cluster as the page of a locality shows it.

    Args:
        unit: Itself.
        about: Its practices or its cluster, with its patients.
        who: Who speaks for it and since when; empty: nobody does.
        gap: What is known of the gap; empty: there is none.
        by_itself: Whether the practice named its liaison itself.
        until: Until when its link can be used; None: it has none.
        unreached: Why nothing reaches its liaison; empty: they are reached.
    """

    unit: Unit
    about: str
    who: str
    gap: str
    by_itself: bool
    until: dt.date | None
    unreached: str = ""


def locality_page(place: Place, person: Person | AnonymousUser) -> dict[str, Any]:
    """Practices or clusters of a locality, gaps first, and how regularly they meet the lead."""
    units = [_shown(unit) for unit in units_at(place)]
    by = gp_by(place.partnership)
    gaps = [each for each in units if each.gap]
    return {
        "gaps": gaps,
        "filled": [each for each in units if not each.gap],
        "by": by,
        "says": f"With a liaison: {len(units) - len(gaps)} of {count_of(len(units), by)}.",
        "rhythm": rhythm_at(place, MeetingKind.PRACTICE),
        "keeps": may(person, PERMISSION, place),
        "keeps_list": may(person, PERMISSION, Place(place.partnership)),
    }


def _shown(unit: Unit) -> UnitShown:
    liaison = unit.liaison
    who = gap = ""
    if liaison is not None:
        until = f", until {say_day(liaison.ends)}" if liaison.ends else ""
        who = f"{liaison.member}, since {say_day(liaison.starts)}{until}"
    elif unit.to_come is not None:
        gap = f"Nobody yet; {unit.to_come.member} begins on {say_day(unit.to_come.starts)}."
    elif unit.former is not None and unit.former.ends is not None:
        gap = f"Nobody since {say_day(unit.former.ends + dt.timedelta(days=1))}."
    else:
        gap = "Nobody was ever named."
    links = [timezone.localtime(link.expires_at).date() for link in unit.links]
    by_itself = liaison is not None and liaison.named_by == Liaison.By.PRACTICE
    unreached = _unreached(liaison.member) if liaison is not None else ""
    return UnitShown(unit, _about(unit), who, gap, by_itself, max(links, default=None), unreached)


def _unreached(member: Member) -> str:
    """Say why nothing reaches a liaison, with what would help."""
    if member.email or member.address:
        return ""
    if member.email_to_confirm:
        return (
            "The e-mail address that the practice gave is not confirmed, so what they are told waits. "
            "Ask them to answer the message that was sent there."
        )
    if member.notices == Member.Notices.NONE:
        return "They get no notices. Ask them, or the practice, how they want to be told."
    return "No address is known for their notices. Ask the practice, and write it on the register."


def _about(unit: Unit) -> str:
    known = [each.patients for each in unit.practices if each.patients is not None]
    patients = [f"{sum(known):,} patients"] if known else []
    patients += [f"{each.name} is not in the newest release" for each in unit.practices if each.missing_since]
    if unit.cluster:
        named = ", ".join(each.name for each in unit.practices)
        return "; ".join([f"{count_of(len(unit.practices), 'practice')}: {named}", *patients])
    cluster = unit.practices[0].cluster
    return "; ".join([*([f"Cluster {cluster}"] if cluster else []), *patients])


def partnership_page(place: Place) -> dict[str, Any]:
    """All practices of a partnership, with how many of each locality have somebody who speaks for them."""
    whole = Place(place.partnership)
    units = units_at(whole)
    practices = list(practices_at(whole).select_related("locality"))
    return {
        "table": _practices_table(whole, practices, units),
        "gaps": _gaps_table(whole, units),
        "by": gp_by(place.partnership),
        "missing": [each for each in practices if each.missing_since],
        "without_locality": sum(1 for each in practices if each.locality_id is None),
    }


def _practices_table(place: Place, practices: list[Any], units: list[Unit]) -> Table:
    liaison_of = {practice.pk: unit.liaison for unit in units for practice in unit.practices}
    slug = place.partnership.slug
    rows = []
    for each in practices:
        liaison = liaison_of.get(each.pk)
        name = Link(each.name, reverse("members:practice_change", args=[slug, each.pk]))
        where = each.locality.name if each.locality else "not known"
        rows.append([name, each.code, each.cluster, where, each.patients, str(liaison.member) if liaison else "nobody"])
    heads = [
        Column("Practice"),
        Column("Code"),
        Column("Cluster"),
        Column("Locality"),
        Column("Patients", "people"),
        Column("Liaison"),
    ]
    csv = reverse("members:practices_file", args=[slug])
    return Table("Practices", heads, rows, csv=csv, empty="No practice is listed yet.")


def _gaps_table(place: Place, units: list[Unit]) -> Table:
    """A cluster that reaches over localities counts in each of them."""
    counts: dict[tuple[str, str], list[int]] = {}
    for unit in units:
        for where in {(each.locality.name, each.locality.slug) for each in unit.practices if each.locality}:
            found = counts.setdefault(where, [0, 0])
            found[0] += 1
            found[1] += unit.liaison is None
    rows = [
        [Link(name, reverse("members:practices", args=[place.partnership.slug, slug])), total, total - without, without]
        for (name, slug), (total, without) in sorted(counts.items())
    ]
    units_are = "Clusters" if gp_by(place.partnership) == "cluster" else "Practices"
    heads = [
        Column("Locality"),
        Column(units_are, "number"),
        Column("With a liaison", "number"),
        Column("Without", "number"),
    ]
    return Table("Who speaks for general practice, by locality", heads, rows, empty="No practice has a locality yet.")
