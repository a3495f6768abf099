"""What of the register needs somebody today: terms that end soon, and people who were asked and gave no answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, Q
from django.utils import timezone

from locality_web.core.hooks import Due
from locality_web.core.models import Person, RoleHeld
from locality_web.core.partnership_settings import read_setting
from locality_web.core.permissions import Place
from locality_web.core.roles import all_roles
from locality_web.core.words import count_of
from locality_web.members.places import address_at
from locality_web.members.register_models import Approach, SeatTerm

_KEEP = "members.keep_register"


def due_for(person: Person | AnonymousUser, roles: Iterable[RoleHeld]) -> list[Due]:
    """Give what is due about the registers that a person keeps; asks the database twice, however many they are."""
    held = [each for each in roles if _KEEP in all_roles()[each.role].may]
    whole = {each.partnership_id: Place(each.partnership) for each in held if each.locality_id is None}
    places = list(whole.values())
    places += [
        Place(each.partnership, each.locality)
        for each in {one.locality_id: one for one in held if one.locality_id}.values()
        if each.partnership_id not in whole
    ]
    if not places:
        return []
    terms, approaches = _ending(places), _unanswered(places)
    return [due for place in places for due in _due(place, terms, approaches)]


def _here(places: Sequence[Place], to: str) -> Q:
    """Say which rows are of the places: of a whole partnership, or of one locality."""
    found = Q(pk__in=[])
    for place in places:
        if place.locality is None:
            found |= Q(**{f"{to}partnership": place.partnership})
        else:
            found |= Q(**{f"{to}locality": place.locality})
    return found


def _ending(places: Sequence[Place]) -> list[SeatTerm]:
    """Give the terms that end within the longest warning, with nobody to follow on their seat."""
    today = timezone.localdate()
    most = max(int(read_setting(place.partnership, "members.seat_warning_days")) for place in places)
    soon = SeatTerm.objects.filter(
        _here(places, "seat__"),
        Q(seat__closed_on__isnull=True) | Q(seat__closed_on__gt=F("ends")),
        starts__lte=today,
        ends__gte=today,
        ends__lte=today + dt.timedelta(days=most),
    ).select_related("seat")
    follows = SeatTerm.objects.filter(seat__in=[each.seat_id for each in soon], starts__gt=today)
    later = {each.seat_id for each in follows} if soon else set()
    return [each for each in soon if each.seat_id not in later]


def _unanswered(places: Sequence[Place]) -> list[Approach]:
    waiting = Approach.objects.filter(_here(places, ""), outcome=Approach.Outcome.WAITING).select_related("locality")
    return list(waiting.order_by("on"))


def _due(place: Place, terms: Sequence[SeatTerm], approaches: Sequence[Approach]) -> Iterable[Due]:
    today = timezone.localdate()
    by = today + dt.timedelta(days=int(read_setting(place.partnership, "members.seat_warning_days")))
    ending = [each for each in terms if _is_here(each.seat, place) and each.ends and each.ends <= by]
    if ending:
        yield Due(
            f"{count_of(len(ending), 'term')} on seats in {place.name} {'ends' if len(ending) == 1 else 'end'} soon",
            "Nobody follows. Extend them, or appoint who follows, so that no group loses its voice.",
            address_at(place, "register"),
            by=min(each.ends for each in ending if each.ends),
        )
    since = today - dt.timedelta(days=int(read_setting(place.partnership, "members.approach_days")))
    silent = [each for each in approaches if _is_here(each, place) and each.on <= since]
    if silent:
        yield Due(
            f"{count_of(len(silent), 'request')} to fill a gap in {place.name} "
            f"{'has' if len(silent) == 1 else 'have'} no answer",
            f"Asked first on {silent[0].on.day} {silent[0].on:%B %Y}. Ask again, or note what came of it.",
            address_at(Place(place.partnership, silent[0].locality), "approach", approach=silent[0].pk),
        )


def _is_here(one: object, place: Place) -> bool:
    if place.locality is None:
        return getattr(one, "partnership_id", None) == place.partnership.pk
    return getattr(one, "locality_id", None) == place.locality.pk
