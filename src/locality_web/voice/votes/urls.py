"""Addresses of votes on a sum."""

from __future__ import annotations

from django.urls import URLPattern, path

from locality_web.voice.votes import (
    ballot_views,
    code_views,
    keep_views,
    key_views,
    result_views,
    vote_views,
)

_ONE = "votes/<int:vote>"
urlpatterns: list[URLPattern] = [
    path("votes/", vote_views.votes, name="votes"),
    path("conversations/<slug:slug>/votes/new/", keep_views.new_vote, name="new_vote"),
    path(f"{_ONE}/", vote_views.vote, name="vote"),
    path(f"{_ONE}/rules.json", vote_views.frozen, name="vote_frozen"),
    path(f"{_ONE}/ballot/", ballot_views.ballot, name="ballot"),
    path(f"{_ONE}/check/", ballot_views.check_ballot, name="check_ballot"),
    path(f"{_ONE}/result/", result_views.result, name="result"),
    path(f"{_ONE}/result.<slug:kind>", result_views.result_file, name="result_file"),
    path(f"{_ONE}/prepare/", keep_views.prepare, name="vote_prepare"),
    path(f"{_ONE}/edit/", keep_views.edit, name="vote_edit"),
    path(f"{_ONE}/rules/", keep_views.rules, name="vote_rules"),
    path(f"{_ONE}/projects/add/", keep_views.add_project, name="vote_project_add"),
    path(f"{_ONE}/projects/<int:project>/", keep_views.project, name="vote_project"),
    path(f"{_ONE}/roll/", keep_views.roll, name="vote_roll"),
    path(f"{_ONE}/step/<slug:step>/", keep_views.step, name="vote_step"),
    path(f"{_ONE}/call-off/", keep_views.call_off, name="vote_call_off"),
    path(f"{_ONE}/codes/", code_views.codes, name="vote_codes"),
    path(f"{_ONE}/codes/<int:batch>/out/", code_views.codes_out, name="vote_codes_out"),
    path(f"{_ONE}/codes/<int:batch>/void/", code_views.codes_void, name="vote_codes_void"),
    path(f"{_ONE}/key/", key_views.key_ballot, name="vote_key"),
    path(f"{_ONE}/key/<int:reading>/take-back/", key_views.take_reading_back, name="vote_take_back"),
]
