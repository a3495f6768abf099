"""Addresses of this part of the room."""

from __future__ import annotations

from django.urls import URLPattern, path

from locality_web.voice.channels import letter_views, record_views

_ONE = "conversations/<slug:slug>"

urlpatterns: list[URLPattern] = [
    path(f"{_ONE}/record/", record_views.record, name="record"),
    path(f"{_ONE}/record/slip/", record_views.slip, name="slip"),
    path("keep-informed/letters/", letter_views.letters, name="letters"),
    path("keep-informed/letters/<int:batch>/", letter_views.letters_batch, name="letters_batch"),
]
