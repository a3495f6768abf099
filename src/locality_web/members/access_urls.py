"""Addresses of access needs, those who speak for others, forms on paper, and connections, below their partnership."""

from __future__ import annotations

from django.urls import URLPattern, path

from locality_web.core.pages import paths_at_both
from locality_web.members import access_views as access
from locality_web.members import connection_views as connection
from locality_web.members import own_views as own
from locality_web.members import paper_views as paper
from locality_web.members import spoken_views as spoken

_MEETING = "access/<int:meeting>/"
urlpatterns: list[URLPattern] = [
    *paths_at_both("access/", access.access, "access"),
    *paths_at_both("access/needs/", access.access_need, "access_need"),
    *paths_at_both("access/needs/<int:need>/end/", access.access_need_end, "access_need_end"),
    *paths_at_both(_MEETING, access.access_meeting, "access_meeting"),
    *paths_at_both(f"{_MEETING}papers/", access.access_papers, "access_papers"),
    *paths_at_both(f"{_MEETING}needs/<int:need>/", access.access_arrange, "access_arrange"),
    *paths_at_both("paper/", paper.paper_forms, "paper_forms"),
    *paths_at_both("paper/print/", paper.paper_print, "paper_print"),
    *paths_at_both("paper/sheets/", paper.paper_sheets, "paper_sheets"),
    *paths_at_both("paper/<int:number>/", paper.paper_key, "paper_key"),
    *paths_at_both("paper/<int:number>/void/", paper.paper_void, "paper_void"),
    *paths_at_both("paper/views/<int:number>/", paper.paper_view, "paper_view"),
    path("taking-part/", own.own, name="own"),
    path("taking-part/needs/", own.own_need, name="own_need"),
    path("taking-part/needs/<int:need>/end/", own.own_need_end, name="own_need_end"),
    path("taking-part/details/", own.own_details, name="own_details"),
    *paths_at_both("spoken-for/", spoken.spoken_for, "spoken_for"),
    *paths_at_both("spoken-for/add/", spoken.spoken_add, "spoken_add"),
    *paths_at_both("spoken-for/<int:number>/", spoken.spoken_answer, "spoken_answer"),
    *paths_at_both("connections/", connection.connections, "connections"),
    *paths_at_both("connections/connections.csv", connection.connections_csv, "connections_csv"),
    *paths_at_both("connections/add/", connection.connection_add, "connection_add"),
    *paths_at_both("connections/<int:number>/", connection.connection_came, "connection_came"),
    *paths_at_both("connections/<int:number>/end/", connection.connection_end, "connection_end"),
]
