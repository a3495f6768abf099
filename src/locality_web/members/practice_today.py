"""What needs somebody today of general practice and of decisions: gaps, outcomes that are waited for, short notice."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from locality.members import last_day_to_announce
from locality_web.core.hooks import Due
from locality_web.core.models import Locality, Partnership, Person, RoleHeld
from locality_web.core.permissions import Place
from locality_web.core.roles import all_roles
from locality_web.core.words import count_of
from locality_web.members.decision_queries import notice_days
from locality_web.members.models import GroupDecision, Liaison, Practice
from locality_web.members.places import address_at
from locality_web.members.practice_queries import gp_by

_ASKED = ("partnership", "locality", "silent", "missing_since")
_AHEAD = dt.timedelta(days=14)  # own choice of the founders, 2026-11: time to finish a text and to announce it
State = GroupDecision.State


@dataclass(frozen=True)
class _Reach:
    """Where somebody may do a thing: all of these partnerships, and these localities of others."""

    partnerships: dict[int, Partnership]
    localities: dict[int, Locality]

    def within(self, field: str = "") -> Q:
        """Choose rows of these places; `field` leads to the row that has a partnership and a locality."""
        return Q(**{f"{field}partnership__in": self.partnerships}) | Q(**{f"{field}locality__in": self.localities})

    def partnership(self, pk: int) -> Partnership:
        """Give a partnership whose settings are read once."""
        found = self.partnerships.get(pk)
        return found or next(each.partnership for each in self.localities.values() if each.partnership_id == pk)

    def __bool__(self) -> bool:
        """Whether there is any such place."""
        return bool(self.partnerships or self.localities)


def due_for(person: Person | AnonymousUser, roles: Sequence[RoleHeld]) -> list[Due]:
    """Give what is due about decisions and general practice to those who keep them; two queries."""
    today = timezone.localdate()
    decisions, practices = _reach(roles, "members.decisions"), _reach(roles, "members.practices")
    found = list(_decisions(decisions, today)) if decisions else []
    return [*found, *(_practices(practices, today) if practices else [])]


def _reach(roles: Iterable[RoleHeld], permission: str) -> _Reach:
    having = [held for held in roles if permission in all_roles()[held.role].may]
    whole = {held.partnership_id: held.partnership for held in having if held.locality_id is None}
    local = {held.locality.pk: held.locality for held in having if held.locality is not None}
    return _Reach(whole, {pk: each for pk, each in local.items() if each.partnership_id not in whole})


def _decisions(reach: _Reach, today: dt.date) -> Iterable[Due]:
    waiting = GroupDecision.objects.filter(reach.within(), state__in=(State.PREPARED, State.ANNOUNCED))
    answered = Count("asked", filter=~Q(asked__answer=""))
    for each in waiting.select_related("locality").annotate(answers=answered).order_by("due_on", "id"):
        partnership = reach.partnership(each.partnership_id)
        address = address_at(Place(partnership, each.locality), "decision", each.pk)
        if each.state == State.PREPARED:
            yield from _to_announce(each, partnership, address, today)
        elif each.due_on <= today:
            why = "Record what was decided"
            why += f": {count_of(each.answers, 'answer')} of professions wait for an outcome." if each.answers else "."
            yield Due(f"Decision due: {each.title}", why, address, by=each.due_on, urgent=each.due_on < today)


def _to_announce(decision: GroupDecision, partnership: Partnership, address: str, today: dt.date) -> Iterable[Due]:
    latest = last_day_to_announce(decision.due_on, notice_days(partnership))
    if latest < today:
        why = "There is no time left for the notice period. Move the day, or write why it cannot wait."
        yield Due(f"Not announced in time: {decision.title}", why, address, by=decision.due_on, urgent=True)
    elif latest - _AHEAD <= today:
        why = "The professions that it affects have to be told by then to have the notice period."
        yield Due(f"Announce the decision: {decision.title}", why, address, by=latest)


def _practices(reach: _Reach, today: dt.date) -> list[Due]:
    """Count practices for which nobody speaks, by locality; one line for each partnership or locality."""
    running = Liaison.objects.filter(Q(ends__isnull=True) | Q(ends__gte=today), starts__lte=today)
    by_cluster = [each.pk for each in _partnerships(reach) if gp_by(each) == "cluster"]
    itself = Exists(running.filter(practice=OuterRef("pk")))
    its_cluster = Exists(running.filter(cluster=OuterRef("cluster"), partnership=OuterRef("partnership")))
    in_cluster = Q(partnership__in=by_cluster) & ~Q(cluster="")
    heard = (in_cluster & its_cluster) | (~in_cluster & itself)
    open_ones = Practice.objects.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=today), reach.within())
    silent = ExpressionWrapper(~heard & Q(locality__isnull=False), BooleanField())
    rows = open_ones.annotate(silent=silent).filter(Q(silent=True) | Q(missing_since__isnull=False))
    found: Counter[tuple[int, int | None]] = Counter()
    missing: Counter[int] = Counter()
    for partnership, locality, is_silent, since in rows.values_list(*_ASKED):
        found[partnership, locality if partnership not in reach.partnerships else None] += bool(is_silent)
        missing[partnership] += since is not None and partnership in reach.partnerships
    return [
        *(_missing(reach.partnerships[each], number) for each, number in missing.items() if number),
        *(_due(reach, *where, number) for where, number in found.items() if number),
    ]


def _missing(partnership: Partnership, number: int) -> Due:
    title = f"{count_of(number, 'practice')} of {partnership} not in the newest release"
    why = "Say from which day on each is no more, or keep it. Until then its liaison is still told and invited."
    return Due(title, why, reverse("members:partnership_practices", args=[partnership.slug]))


def _partnerships(reach: _Reach) -> list[Partnership]:
    return list({each.pk: each for each in (*reach.partnerships.values(), *_of(reach))}.values())


def _of(reach: _Reach) -> list[Partnership]:
    return [each.partnership for each in reach.localities.values()]


def _due(reach: _Reach, partnership: int, locality: int | None, number: int) -> Due:
    slug = reach.partnership(partnership).slug
    where = [slug, reach.localities[locality].slug] if locality is not None else [slug]
    name = "members:practices" if locality is not None else "members:partnership_practices"
    title = f"{count_of(number, 'practice')} without anybody who speaks for {'it' if number == 1 else 'them'}"
    why = "Send each a link by which it names its liaison, or name one for it."
    return Due(title, why, reverse(name, args=where))
