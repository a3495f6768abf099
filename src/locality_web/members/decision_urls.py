"""Addresses of decisions: each once for a locality and once for the whole partnership."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.urls import URLPattern, path

from locality_web.core.pages import PUBLIC, page
from locality_web.members import decision_views as views
from locality_web.members.decision_changes import PERMISSION

_BOTH = ("GET", "POST")
View = Callable[..., HttpResponse]


def _pair(address: str, view: View, name: str, **declared: Any) -> list[URLPattern]:
    """Give the address of a page at a locality and at the whole partnership."""
    permission = declared.pop("permission", PERMISSION)
    here = page(permission, at="locality", **declared)(view)
    whole = page(permission, at="partnership", **declared)(view)
    return [
        path(f"localities/<slug:locality>/{address}", here, name=name),
        path(address, whole, name=f"partnership_{name}"),
    ]


urlpatterns: list[URLPattern] = [
    *_pair("decisions/", views.decisions, "decisions", permission=PUBLIC),
    *_pair("decisions/add/", views.add, "decision_add", methods=_BOTH),
    *_pair("decisions/<int:decision>/", views.decision, "decision", permission=PUBLIC),
    *_pair("decisions/<int:decision>/change/", views.change, "decision_change", methods=_BOTH),
    *_pair("decisions/<int:decision>/announce/", views.announce, "decision_announce", methods=_BOTH),
    *_pair("decisions/<int:decision>/take/", views.take, "decision_take", methods=_BOTH),
    *_pair("decisions/<int:decision>/withdraw/", views.withdraw, "decision_withdraw", methods=_BOTH),
    path("answer/<str:token>/", views.answer, name="answer"),
]
