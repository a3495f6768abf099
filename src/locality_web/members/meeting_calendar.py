"""Calendar files: a meeting keeps its name for ever, and each change counts, so that calendars take it over.

Times stand with their time zone and its rules, so that a calendar elsewhere shows the right hour after the clocks
change.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from django.utils import timezone
from icalendar import Calendar, Event, vDuration, vText

from locality_web.core.site_address import full_address
from locality_web.core.words import join_words
from locality_web.members.meeting_models import Meeting
from locality_web.members.meeting_words import agenda_lines, ways_to_join
from locality_web.members.places import address_at, place_of

MEDIA_TYPE = "text/calendar; charset=utf-8"
_STATUS = {Meeting.State.PLANNED: "TENTATIVE", Meeting.State.CANCELLED: "CANCELLED"}
_ASK_AGAIN = dt.timedelta(hours=4)  # own choice of the founders, 2026-11: how soon a subscribed calendar shows a change


def calendar_of(meetings: Iterable[Meeting], *, name: str, invited: bool, agenda: bool = False) -> bytes:
    """Write meetings as a calendar file.

    Args:
        meetings: Meetings with their partnership and locality.
        name: What a calendar program calls it.
        invited: Whether it is for somebody who is invited: only they read how to join.
        agenda: Whether the agenda stands in it.

    Returns:
        The file; parsing it gives back the same meetings.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Locality//Meetings//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar["x-wr-calname"] = calendar["name"] = vText(name)
    calendar["refresh-interval"] = vDuration(_ASK_AGAIN)
    calendar["refresh-interval"].params["VALUE"] = "DURATION"
    for meeting in meetings:
        calendar.add_component(_event(meeting, invited=invited, agenda=agenda))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(meeting: Meeting, *, invited: bool, agenda: bool) -> Event:
    there = ZoneInfo(meeting.zone)
    address = full_address(address_at(place_of(meeting), "meeting", meeting.pk))
    event = Event()
    event.add("uid", meeting.uid)
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", timezone.now().astimezone(dt.UTC))
    event.add("dtstart", meeting.starts.astimezone(there))
    event.add("dtend", meeting.ends.astimezone(there))
    event.add("summary", meeting.title)
    event.add("status", _STATUS.get(Meeting.State(meeting.state), "CONFIRMED"))
    event.add("url", address)
    if meeting.where:
        event.add("location", " ".join(meeting.where.split("\n")))
    event.add("description", _description(meeting, address, invited=invited, agenda=agenda))
    return event


def _description(meeting: Meeting, address: str, *, invited: bool, agenda: bool) -> str:
    lines = [f"Cancelled: {meeting.cancelled_why}"] if meeting.state == Meeting.State.CANCELLED else []
    lines += ways_to_join(meeting) if invited else []
    lines += ["Agenda:", *agenda_lines(meeting)] if agenda and meeting.items.all() else []
    return "\n".join([*lines, f"More: {address}"])


def file_name(meeting: Meeting) -> str:
    """Give the name under which a calendar file is saved."""
    return "-".join(["meeting", meeting.starts.astimezone(ZoneInfo(meeting.zone)).date().isoformat()]) + ".ics"


def name_of_feed(meetings_of: Iterable[str]) -> str:
    """Give what a calendar program calls a feed."""
    return f"Meetings: {join_words(meetings_of)}"
