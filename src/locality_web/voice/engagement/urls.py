"""Addresses of this part of the room."""

from __future__ import annotations

from django.urls import URLPattern, path

from locality_web.voice.engagement import kept_views, views

_ONE = "conversations/<slug:slug>/engagement/"
urlpatterns: list[URLPattern] = [
    path(_ONE, views.engagement, name="engagement"),
    path(f"{_ONE}record/", views.record, name="engagement_record"),
    path(f"{_ONE}record.pdf", views.record_pdf, name="engagement_record_pdf"),
    path(f"{_ONE}record.csv", views.record_csv, name="engagement_record_csv"),
    path(f"{_ONE}keep/", kept_views.keep, name="engagement_keep"),
    path(f"{_ONE}keep/<slug:about>/", kept_views.note, name="engagement_note"),
    path(f"{_ONE}keep/<int:record>/take-back/", kept_views.take_back, name="engagement_take_back"),
]
