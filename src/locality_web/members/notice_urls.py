"""Addresses of notices, letters, and the choice of how to be told, below their partnership."""

from __future__ import annotations

from django.urls import URLPattern, path

from locality_web.members import notice_views as views

urlpatterns: list[URLPattern] = [
    path("letters/", views.letters, name="letters"),
    path("letters/<int:batch>/", views.letters_batch, name="letters_batch"),
    path("notices/confirm/<str:token>/", views.confirm_address_page, name="confirm_address"),
    path("notices/stop/<str:token>/", views.stop_notices, name="stop_notices"),
]
