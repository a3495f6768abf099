"""Addresses of general practice, advice of professional bodies, and decisions put to professions."""

from __future__ import annotations

from django.urls import URLPattern, path

from locality_web.members import advice_views, decision_urls, practice_views
from locality_web.members.practice_nominate import nominate_liaison

_HERE = "localities/<slug:locality>/practices"
_ONE = f"{_HERE}/<int:practice>"
urlpatterns: list[URLPattern] = [
    path("practices/", practice_views.all_practices, name="partnership_practices"),
    path("practices/file/", practice_views.file, name="practices_file"),
    path("practices/load/", practice_views.load, name="practices_load"),
    path("practices/from-release/", practice_views.from_release, name="practices_from_release"),
    path("practices/add/", practice_views.add, name="practice_add"),
    path("practices/<int:practice>/", practice_views.change, name="practice_change"),
    path(f"{_HERE}/", practice_views.practices, name="practices"),
    path(f"{_ONE}/liaison/", practice_views.liaison, name="liaison"),
    path(f"{_ONE}/liaison/<int:liaison>/end/", practice_views.liaison_end, name="liaison_end"),
    path(f"{_ONE}/link/", practice_views.link, name="nomination_link"),
    path(f"{_ONE}/link/withdraw/", practice_views.link_withdraw, name="nomination_withdraw"),
    path("nominate/<str:token>/", nominate_liaison, name="nominate"),
    path("advice/", advice_views.advice, name="advice"),
    path("advice/add/", advice_views.add, name="advice_add"),
    path("advice/<int:advice>/", advice_views.change, name="advice_change"),
    path("advice/<int:advice>/document/", advice_views.document, name="advice_document"),
    *decision_urls.urlpatterns,
]
