"""Addresses and words of meetings in templates."""

from __future__ import annotations

from typing import Any

from django import template

from locality_web.members.meeting_models import Meeting
from locality_web.members.meeting_words import say_day, say_when
from locality_web.members.places import address_at

register = template.Library()


@register.simple_tag(takes_context=True)
def at_meetings(context: dict[str, Any], name: str, *rest: Any) -> str:
    """Give a page's address at the place of this one: `{% at_meetings "meeting_agenda" meeting.pk %}`."""
    return address_at(context["place"], name, *rest)


@register.filter
def when(meeting: Meeting) -> str:
    """Write day and hours of a meeting."""
    return say_when(meeting)


@register.filter
def meeting_day(meeting: Meeting) -> str:
    """Write the day of a meeting."""
    return say_day(meeting)
