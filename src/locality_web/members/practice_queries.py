"""Read general practice: practices, who speaks for each practice or cluster, open links, and gaps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from locality.members.practices import By
from locality_web.core.models import Partnership
from locality_web.core.partnership_settings import read_setting
from locality_web.core.permissions import Place
from locality_web.members.models import Liaison, NominationLink, Practice


@dataclass(frozen=True)
class Unit:
    """What has a liaison: a practice, or a cluster with its practices.

    Args:
        practice: The practice, or the first one of the cluster by name: the pages' address of it.
        name: Its name.
        cluster: The cluster's name; empty: a single practice.
        practices: The practices of this place that belong to it.
        liaison: Who speaks for it today.
        to_come: Who will, where nobody does today.
        former: Who did last, where nobody does today.
        links: Links that can still be used.
    """

    practice: Practice
    name: str
    cluster: str
    practices: tuple[Practice, ...]
    liaison: Liaison | None
    to_come: Liaison | None
    former: Liaison | None
    links: tuple[NominationLink, ...]


def gp_by(partnership: Partnership) -> By:
    """Give how a partnership represents general practice."""
    found: By = read_setting(partnership, "members.gp_by")
    return found


def practices_at(place: Place, on: dt.date | None = None) -> QuerySet[Practice]:
    """Give the practices of a locality, or of the whole partnership, that there are on a day (default: today)."""
    day = on or timezone.localdate()
    found = place.partnership.practices.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day))
    return found.filter(locality=place.locality) if place.locality else found


def practice_at(place: Place, pk: int) -> Practice:
    """Give a practice of a place.

    Raises:
        Http404: There is none.
    """
    found = practices_at(place).select_related("locality").filter(pk=pk).first()
    if found is None:
        raise Http404(f"There is no practice {pk} in {place.name}.")
    found.partnership = place.partnership
    return found


def cluster_of(practice: Practice) -> str:
    """Give the cluster by which a practice is represented; empty: it is represented by itself."""
    return practice.cluster if gp_by(practice.partnership) == "cluster" else ""


def liaisons_of(practice: Practice) -> QuerySet[Liaison]:
    """Give all liaisons of a practice, or of the cluster by which it is represented."""
    cluster = cluster_of(practice)
    found = Liaison.objects.filter(partnership=practice.partnership)
    return found.filter(cluster=cluster) if cluster else found.filter(practice=practice)


def units_at(place: Place) -> list[Unit]:
    """Give every practice or cluster of a place with who speaks for it; three queries."""
    today, by = timezone.localdate(), gp_by(place.partnership)
    practices = list(practices_at(place).select_related("locality"))
    liaisons = _by_unit(Liaison.objects.filter(partnership=place.partnership).select_related("member__organisation"))
    links: dict[int, list[NominationLink]] = {}
    for link in open_links(place.partnership):
        links.setdefault(link.practice_id, []).append(link)
    groups: dict[tuple[str, int], list[Practice]] = {}
    for each in practices:
        cluster = each.cluster if by == "cluster" else ""
        groups.setdefault((cluster, 0 if cluster else each.pk), []).append(each)
    found = [
        _unit(cluster, those, liaisons.get(cluster or those[0].pk, []), links, today)
        for (cluster, _), those in groups.items()
    ]
    return sorted(found, key=lambda unit: unit.name.casefold())


def _by_unit(liaisons: QuerySet[Liaison]) -> dict[str | int, list[Liaison]]:
    found: dict[str | int, list[Liaison]] = {}
    for each in liaisons.order_by("starts", "id"):
        found.setdefault(each.cluster or each.practice_id or 0, []).append(each)
    return found


def _unit(
    cluster: str,
    practices: Sequence[Practice],
    liaisons: Sequence[Liaison],
    links: dict[int, list[NominationLink]],
    today: dt.date,
) -> Unit:
    now = next((each for each in liaisons if each.starts <= today and (each.ends is None or today <= each.ends)), None)
    over = [each for each in liaisons if each.ends is not None and each.ends < today]
    to_come = [each for each in liaisons if each.starts > today]
    return Unit(
        practices[0],
        cluster or practices[0].name,
        cluster,
        tuple(practices),
        now,
        to_come[0] if to_come and now is None else None,
        over[-1] if over and now is None else None,
        tuple(link for each in practices for link in links.get(each.pk, ())),
    )


def open_links(partnership: Partnership) -> QuerySet[NominationLink]:
    """Give the links that can still be used."""
    waiting = NominationLink.objects.filter(used_at__isnull=True, withdrawn_at__isnull=True)
    return waiting.filter(practice__partnership=partnership, expires_at__gt=timezone.now()).order_by("made_at")
