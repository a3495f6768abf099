"""What of this room a meeting could deal with: decisions to take, actions due, answers that want an outcome."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from locality_web.core.hooks import Matter
from locality_web.core.permissions import Place
from locality_web.members.access_matters import posted_views
from locality_web.members.meeting_models import MeetingAction
from locality_web.members.models import GroupDecision, ProfessionAsked
from locality_web.members.places import address_at

_AHEAD = dt.timedelta(
    days=120
)  # own choice of the founders, 2026-11: what falls before the next two quarterly meetings


def matters(place: Place) -> list[Matter]:
    """Give the room's open matters of a locality, or of the whole partnership's group."""
    return [*_of_decisions(place), *posted_views(place), *_actions(place)]


def _of_decisions(place: Place) -> list[Matter]:
    """Give decisions to take, and those taken whose answers have no outcome yet; one query for both."""
    states = GroupDecision.State
    soon = timezone.localdate() + _AHEAD
    unanswered = ProfessionAsked.objects.filter(decision=OuterRef("pk"), became="").exclude(answer="")
    open_ones = Q(state__in=(states.PREPARED, states.ANNOUNCED), due_on__lte=soon)
    here = GroupDecision.objects.filter(partnership=place.partnership, locality=place.locality)
    found = here.annotate(waits=Exists(unanswered)).filter(open_ones | Q(state=states.TAKEN, waits=True))
    return [_of_decision(place, each) for each in found]


def _of_decision(place: Place, decision: GroupDecision) -> Matter:
    address = _decision_address(place, decision)
    if decision.state == GroupDecision.State.TAKEN:
        title = f"Answers of professions: {decision.title}"[:200]
        why = "They have not heard what became of their answer."
        return Matter(f"answers:{decision.pk}", title, why, address)
    why = f"It is to be decided by {_day(decision.due_on)}."
    return Matter(f"decision:{decision.pk}", decision.title, why, address, purpose="decision", by=decision.due_on)


def _decision_address(place: Place, decision: GroupDecision) -> str:
    if place.locality is None:
        return ""
    return reverse("members:decision", args=[place.partnership.slug, place.locality.slug, decision.pk])


def _actions(place: Place) -> list[Matter]:
    today = timezone.localdate()
    waiting = MeetingAction.objects.filter(
        meeting__partnership=place.partnership, meeting__locality=place.locality, done_on__isnull=True
    )
    return [
        Matter(
            f"action:{each.pk}",
            each.says[:200],
            f"This action {'was' if each.due_on < today else 'is'} due on {_day(each.due_on)}.",
            address_at(place, "meeting_action", each.pk),
            purpose="information",
            by=each.due_on,
        )
        for each in waiting.filter(due_on__lte=today + _AHEAD)
    ]


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"
