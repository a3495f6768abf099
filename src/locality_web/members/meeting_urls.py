"""Addresses of meetings, below their partnership."""

from __future__ import annotations

from django.urls import URLPattern, path

from locality_web.core.pages import paths_at_both
from locality_web.members import (
    meeting_agenda_views,
    meeting_answer_views,
    meeting_feeds,
    meeting_minutes_views,
    meeting_views,
)

_ONE = "meetings/<int:meeting>/"
urlpatterns: list[URLPattern] = [
    path("meetings/answer/<str:token>/", meeting_answer_views.answer_invitation_page, name="answer_invitation"),
    path("meetings/answer/<str:token>/calendar.ics", meeting_feeds.invitation_ics, name="invitation_ics"),
    path("meetings/my-calendar/", meeting_answer_views.my_calendar, name="my_calendar"),
    path("meetings/calendars/<str:token>/meetings.ics", meeting_feeds.private_calendar, name="private_calendar"),
    *paths_at_both("meetings/", meeting_views.meetings, "meetings"),
    *paths_at_both("meetings/meetings.ics", meeting_feeds.public_feed, "meetings_ics"),
    *paths_at_both("meetings/new/", meeting_views.meeting_new, "meeting_new"),
    *paths_at_both("meetings/actions/", meeting_minutes_views.meeting_actions, "meeting_actions"),
    *paths_at_both("meetings/actions/<int:action>/", meeting_minutes_views.meeting_action, "meeting_action"),
    *paths_at_both(_ONE, meeting_views.meeting, "meeting"),
    *paths_at_both(f"{_ONE}change/", meeting_views.meeting_change, "meeting_change"),
    *paths_at_both(f"{_ONE}cancel/", meeting_views.meeting_cancel, "meeting_cancel"),
    *paths_at_both(f"{_ONE}call/", meeting_views.meeting_call, "meeting_call"),
    *paths_at_both(f"{_ONE}calendar.ics", meeting_feeds.meeting_ics, "meeting_ics"),
    *paths_at_both(f"{_ONE}answer/", meeting_answer_views.meeting_answer, "meeting_answer"),
    *paths_at_both(f"{_ONE}agenda/", meeting_agenda_views.meeting_agenda, "meeting_agenda"),
    *paths_at_both(f"{_ONE}agenda/<int:item>/", meeting_agenda_views.meeting_item, "meeting_item"),
    *paths_at_both(f"{_ONE}papers/", meeting_agenda_views.meeting_papers, "meeting_papers"),
    *paths_at_both(f"{_ONE}papers/<int:paper>/", meeting_agenda_views.meeting_paper, "meeting_paper"),
    *paths_at_both(f"{_ONE}attendance/", meeting_minutes_views.meeting_attendance_page, "meeting_attendance"),
    *paths_at_both(f"{_ONE}minutes/", meeting_minutes_views.meeting_minutes_page, "meeting_minutes"),
    *paths_at_both(f"{_ONE}minutes/<int:item>/decision/", meeting_minutes_views.meeting_decide, "meeting_decide"),
    *paths_at_both(f"{_ONE}minutes/<int:item>/action/", meeting_minutes_views.meeting_act, "meeting_act"),
    *paths_at_both(f"{_ONE}publish/", meeting_minutes_views.meeting_publish, "meeting_publish"),
    *paths_at_both(f"{_ONE}take-back/", meeting_minutes_views.meeting_take_back, "meeting_take_back"),
]
