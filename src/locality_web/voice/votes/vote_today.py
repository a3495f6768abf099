"""What of votes needs somebody today: the next step, and paper ballots that wait for a second reading."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q
from django.utils import timezone

from locality_web.core.hooks import Due
from locality_web.core.models import Person, RoleHeld
from locality_web.core.permissions import may
from locality_web.core.words import count_of
from locality_web.voice.votes.models import Vote
from locality_web.voice.votes.places import KEYS, RUNS, address_of, place_of

_GOING = (Vote.State.DRAFT, Vote.State.OPEN, Vote.State.COUNTED)


def due_for(person: Person | AnonymousUser, roles: Iterable[RoleHeld]) -> list[Due]:
    """Give what waits for those who run votes, and for those who key in paper."""
    partnerships = {held.partnership_id for held in roles}
    if not partnerships:
        return []
    # Whoever read a ballot first cannot be its second reader; where the two differ, each may have to look again.
    waiting = Count("keyed", filter=~Q(keyed__keyed_by=person.pk) | Q(keyed__disputed=True))
    those = Vote.objects.filter(conversation__partnership__in=partnerships, state__in=_GOING)
    found = those.select_related("conversation__partnership", "conversation__held_by").annotate(waiting=waiting)
    return [due for each in found for due in _due(person, each)]


def _due(person: Person | AnonymousUser, vote: Vote) -> list[Due]:
    found, place = [], place_of(vote)
    waiting = int(vote.waiting)  # type: ignore[attr-defined]  # counted by the query above
    if waiting and may(person, KEYS, place):
        title = f"Read {count_of(waiting, 'paper ballot')} a second time: {vote.title}"
        found.append(Due(title, "A paper ballot counts when two people read the same.", address_of(vote, "vote_key")))
    step = _next_step(vote)
    if step and may(person, RUNS, place):
        found.append(Due(f"{step[0]}: {vote.title}", step[1], address_of(vote, "vote_prepare")))
    return found


def _next_step(vote: Vote) -> tuple[str, str] | None:
    today = timezone.localdate()
    if vote.state == Vote.State.DRAFT and vote.opens_on <= today:
        return "Open the vote", "Its first day has come."
    if vote.state == Vote.State.OPEN and vote.closes_on < today:
        return "Close and count the vote", "Its last day is over."
    if vote.state == Vote.State.COUNTED:
        return "Publish the result of the vote", "It is counted, and everybody waits for it."
    return None
