"""Addresses of the register of members, coverage, and a partnership's own kinds, below their partnership."""

from __future__ import annotations

from django.urls import URLPattern, path

from locality_web.core.pages import Both, paths_at_both
from locality_web.members import coverage_views, register_kind_views, register_seat_views, register_views

_WHOLE = "groups/whole/"

_OF_BOTH: tuple[tuple[str, Both, str], ...] = (
    ("group/", coverage_views.group, "group"),
    ("register/", register_views.register, "register"),
    ("register/add/", register_views.member_add, "member_add"),
    ("register/import/", register_views.register_import, "register_import"),
    ("register/register.<slug:form>", register_views.register_export, "register_export"),
    ("register/empty.<slug:form>", register_views.register_template, "register_template"),
    ("register/<int:member>/", register_views.member, "member"),
    ("register/<int:member>/change/", register_views.member_edit, "member_edit"),
    ("register/<int:member>/leave/", register_views.member_leave, "member_leave"),
    ("register/<int:member>/erase/", register_views.member_erase, "member_erase"),
    ("register/<int:member>/interests/", register_views.interest_add, "interest_add"),
    ("register/interests/<int:interest>/end/", register_views.interest_end, "interest_end"),
    ("register/seats/add/", register_seat_views.seat_add, "seat_add"),
    ("register/seats/<int:seat>/appoint/", register_seat_views.seat_appoint, "seat_appoint"),
    ("register/seats/<int:seat>/close/", register_seat_views.seat_close, "seat_close"),
    ("register/terms/<int:term>/extend/", register_seat_views.term_extend, "term_extend"),
    ("register/terms/<int:term>/end/", register_seat_views.term_end, "term_end"),
    ("group/ask/", coverage_views.approach_add, "approach_add"),
    ("group/asked/<int:approach>/", coverage_views.approach, "approach"),
    ("group/routes/add/", coverage_views.route_add, "route_add"),
    ("group/routes/<int:route>/end/", coverage_views.route_end, "route_end"),
)

urlpatterns: list[URLPattern] = [
    path("groups/", coverage_views.coverage, name="coverage"),
    path("groups/groups.csv", coverage_views.coverage_csv, name="coverage_csv"),
    path("groups/kinds/", register_kind_views.kinds, name="kinds"),
    path("groups/kinds/<int:kind>/rename/", register_kind_views.kind_rename, name="kind_rename"),
    path("groups/kinds/<int:kind>/retire/", register_kind_views.kind_retire, name="kind_retire"),
    path("groups/organisations/", register_kind_views.organisations, name="organisations"),
    path("groups/organisations/<int:organisation>/", register_kind_views.organisation_edit, name="organisation_edit"),
    path("groups/organisations/<int:organisation>/end/", register_kind_views.organisation_end, name="organisation_end"),
    *(each for route, view, name in _OF_BOTH for each in paths_at_both(route, view, name, whole=_WHOLE)),
]
