"""Addresses of decisions: each once for a locality and once for the whole partnership."""

from __future__ import annotations

from django.urls import URLPattern, path

from locality_web.core.pages import paths_at_both
from locality_web.members import decision_views as views

_ONE = "decisions/<int:decision>/"
urlpatterns: list[URLPattern] = [
    *paths_at_both("decisions/", views.decisions, "decisions"),
    *paths_at_both("decisions/add/", views.add, "decision_add"),
    *paths_at_both(_ONE, views.decision, "decision"),
    *paths_at_both(f"{_ONE}change/", views.change, "decision_change"),
    *paths_at_both(f"{_ONE}announce/", views.announce, "decision_announce"),
    *paths_at_both(f"{_ONE}take/", views.take, "decision_take"),
    *paths_at_both(f"{_ONE}withdraw/", views.withdraw, "decision_withdraw"),
    path("answer/<str:token>/", views.answer, name="answer"),
]
