"""Addresses of this part of the room."""

from __future__ import annotations

from django.urls import URLPattern, path

from locality_web.voice.conversations import confirm_views

urlpatterns: list[URLPattern] = [
    path("conversations/told/<str:token>/", confirm_views.confirm_told, name="confirm_told"),
]
