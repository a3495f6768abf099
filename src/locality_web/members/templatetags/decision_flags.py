"""What an agenda says of decisions that are put to the group without the notice period."""

from __future__ import annotations

from typing import Any

from django import template

from locality.members import last_day_to_announce
from locality_web.members.decision_pages import flags
from locality_web.members.decision_queries import State, notice_days
from locality_web.members.kinds import groups_of
from locality_web.members.meeting_models import Meeting
from locality_web.members.models import GroupDecision
from locality_web.members.pages import say_day

register = template.Library()


@register.inclusion_tag("members/decision_agenda.html")
def decision_flags(meeting: Meeting) -> dict[str, Any]:
    """Name the decisions of a meeting's agenda whose professions have too little time, or were not told yet."""
    found = GroupDecision.objects.filter(items__meeting=meeting).distinct().prefetch_related("asked")
    decisions = list(found)
    groups = groups_of(meeting.partnership) if decisions else ()
    said = []
    for each in decisions:
        each.partnership = meeting.partnership
        words = flags(each, list(each.asked.all()), groups) or _not_announced(each)
        if words:
            said.append((each, words))
    return {"said": said}


def _not_announced(decision: GroupDecision) -> tuple[str, ...]:
    if decision.state != State.PREPARED or not decision.professions:
        return ()
    latest = last_day_to_announce(decision.due_on, notice_days(decision.partnership))
    return (f"Not announced yet. The professions that it affects have to be told by {say_day(latest)}.",)
