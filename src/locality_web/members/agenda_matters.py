"""What of this room a meeting could deal with: decisions to take, actions due, answers that want an outcome."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils import timezone

from locality_web.core.hooks import Matter
from locality_web.core.permissions import Place
from locality_web.members.access_models import PostedView
from locality_web.members.access_places import address_here
from locality_web.members.meeting_models import MeetingAction
from locality_web.members.meeting_places import address_at
from locality_web.members.models import GroupDecision, ProfessionAsked

_AHEAD = dt.timedelta(
    days=120
)  # own choice of the founders, 2026-11: what falls before the next two quarterly meetings


def matters(place: Place) -> list[Matter]:
    """Give the room's open matters of a locality, or of the whole partnership's group."""
    return [*_decisions(place), *_answers(place), *_posted(place), *_actions(place)]


def _decisions(place: Place) -> list[Matter]:
    waiting = GroupDecision.objects.filter(
        partnership=place.partnership,
        locality=place.locality,
        state__in=(GroupDecision.State.PREPARED, GroupDecision.State.ANNOUNCED),
        due_on__lte=timezone.localdate() + _AHEAD,
    )
    return [
        Matter(
            f"decision:{each.pk}",
            each.title,
            f"It is to be decided by {_day(each.due_on)}.",
            _decision_address(place, each),
            purpose="decision",
            by=each.due_on,
        )
        for each in waiting
    ]


def _decision_address(place: Place, decision: GroupDecision) -> str:
    if place.locality is None:
        return ""
    return reverse("members:decision", args=[place.partnership.slug, place.locality.slug, decision.pk])


def _answers(place: Place) -> list[Matter]:
    """Answers of professions whose decision is taken, and who were not told what became of what they said."""
    waiting = ProfessionAsked.objects.filter(
        decision__partnership=place.partnership,
        decision__locality=place.locality,
        decision__state=GroupDecision.State.TAKEN,
        became="",
    ).exclude(answer="")
    by_decision: dict[int, list[ProfessionAsked]] = {}
    for each in waiting.select_related("decision"):
        by_decision.setdefault(each.decision_id, []).append(each)
    return [
        Matter(
            f"answers:{number}",
            f"Answers of professions: {those[0].decision.title}"[:200],
            "They have not heard what became of their answer.",
            _decision_address(place, those[0].decision),
        )
        for number, those in by_decision.items()
    ]


def _posted(place: Place) -> list[Matter]:
    """Views that came by post, until somebody says what became of them."""
    waiting = PostedView.objects.filter(partnership=place.partnership, locality=place.locality, answered_on=None)
    return [
        Matter(
            f"view:{each.pk}",
            f"A view by post: {each.about}",
            "Somebody wrote this on paper and has no answer yet.",
            address_here(place, "paper_view", each.pk),
        )
        for each in waiting
    ]


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
