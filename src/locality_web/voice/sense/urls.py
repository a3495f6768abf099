"""Addresses of this part of the room."""

from __future__ import annotations

from django.urls import URLPattern, path

from locality_web.core.pages import paths_at_both
from locality_web.voice.sense import (
    answer_views,
    boundary_finding_views,
    findings_views,
    influence_views,
    priority_views,
    reading_views,
    theme_views,
)

_PRIORITIES = "localities/<slug:locality>/priorities/"
_CHOICE = f"{_PRIORITIES}<int:choice>/"
_ONE = "conversations/<slug:slug>/"
urlpatterns: list[URLPattern] = [
    path(f"{_ONE}answers/", answer_views.answers, name="answers"),
    path(f"{_ONE}answers/write/", answer_views.write_answers, name="write_answers"),
    path(f"{_ONE}answers/begin/", answer_views.begin_answers, name="begin_answers"),
    path(f"{_ONE}answers/close/", answer_views.close_answers, name="close_answers"),
    path(f"{_ONE}answers/take-up/", answer_views.take_up_answers, name="take_up_answers"),
    path(f"{_ONE}answers/theme/<int:theme>/", answer_views.answer_theme, name="answer_theme"),
    path(f"{_ONE}answers/view/<int:view>/", answer_views.answer_view, name="answer_view"),
    path(f"{_ONE}themes/", theme_views.themes, name="themes"),
    path(f"{_ONE}themes/new/", theme_views.theme_new, name="theme_new"),
    path(f"{_ONE}themes/<int:theme>/", theme_views.theme_change, name="theme_change"),
    path(f"{_ONE}themes/<int:theme>/give-up/", theme_views.theme_give_up, name="theme_give_up"),
    path(f"{_ONE}read/", reading_views.read, name="read"),
    path(f"{_ONE}read/<int:view>/", reading_views.read_view, name="read_view"),
    path(f"{_ONE}agreement/", reading_views.agreement, name="agreement"),
    path(f"{_ONE}near-duplicates/", reading_views.near_duplicates, name="near_duplicates"),
    path(f"{_ONE}agreement/<int:view>/", reading_views.settle, name="settle"),
    path(f"{_ONE}agreement/rest/", reading_views.settle_rest, name="settle_rest"),
    path(f"{_ONE}heard/", findings_views.heard, name="heard"),
    path(f"{_ONE}groups/", findings_views.groups, name="groups"),
    path(f"{_ONE}boundaries/answers/", boundary_finding_views.boundary_answers, name="boundary_answers"),
    path(f"{_ONE}boundaries/answers.csv", boundary_finding_views.boundary_answers_csv, name="boundary_answers_csv"),
    path(f"{_ONE}heard/publish/", findings_views.publish, name="publish_findings"),
    path("influence/", influence_views.influence, name="influence"),
    path("influence/asked/<path:name>/", influence_views.who_asked, name="who_asked"),
    *paths_at_both("influence/links/", influence_views.links, "links"),
    *paths_at_both("influence/links/<int:link>/end/", influence_views.link_end, "link_end"),
    *paths_at_both("influence/links/new/<path:name>/", influence_views.link_new, "link_new"),
    path(_PRIORITIES, priority_views.priorities, name="priorities"),
    path(f"{_PRIORITIES}new/", priority_views.new, name="priorities_new"),
    path(_CHOICE, priority_views.one, name="priorities_one"),
    path(f"{_CHOICE}freeze/", priority_views.freeze, name="priorities_freeze"),
    path(f"{_CHOICE}rank/", priority_views.rank, name="priorities_rank"),
    path(f"{_CHOICE}record/", priority_views.record, name="priorities_record"),
    path(f"{_CHOICE}count/", priority_views.count, name="priorities_count"),
    path(f"{_CHOICE}discussion/", priority_views.discussion, name="priorities_discussion"),
    path(f"{_CHOICE}call-off/", priority_views.call_off, name="priorities_call_off"),
]
