"""Addresses of the public pages of plans."""

from django.urls import URLPattern, path

from locality_web.plans import follow_views, public_strategic, public_verify, public_views, readiness_views

_PLAN = "localities/<slug:locality>/plans/<slug:year>/"
_FOLLOW = "follow/<slug:year>/"

urlpatterns: list[URLPattern] = [
    path(_PLAN, public_views.plan, name="plan"),
    path(f"{_PLAN}files/<str:name>", public_views.plan_file, name="plan_file"),
    path(f"{_PLAN}compare/", public_views.plan_compare, name="plan_compare"),
    path(f"{_PLAN}publish/", public_views.plan_publish, name="plan_publish"),
    path("schema/<slug:kind>.json", public_views.schema, name="schema"),
    path("plan/", public_strategic.years, name="strategic_years"),
    path("plan/latest/", public_strategic.latest, name="strategic_latest"),
    path("plan/<slug:year>/", public_strategic.plan, name="strategic"),
    path("plan/<slug:year>/files/<str:name>", public_strategic.plan_file, name="strategic_file"),
    path("plan/<slug:year>/compare/", public_strategic.compare, name="strategic_compare"),
    path("plan/<slug:year>/publish/", public_strategic.publish, name="strategic_publish"),
    path("follow/", follow_views.follow_latest, name="follow_latest"),
    path(_FOLLOW, follow_views.follow, name="follow"),
    path(f"{_FOLLOW}lines.csv", follow_views.follow_csv, name="follow_csv"),
    path(f"{_FOLLOW}<slug:whose>/priorities/<str:id>/", follow_views.priority, name="follow_priority"),
    path(f"{_FOLLOW}<slug:whose>/<str:service>/<str:source>/", follow_views.line, name="follow_line"),
    path("verify/", public_verify.verify, name="verify"),
    path("readiness/", readiness_views.readiness, name="readiness"),
    path("readiness/checks.csv", readiness_views.readiness_csv, name="readiness_csv"),
    path("localities/<slug:locality>/readiness/", readiness_views.locality_readiness, name="locality_readiness"),
    path(
        "localities/<slug:locality>/readiness/checks.csv",
        readiness_views.locality_readiness_csv,
        name="locality_readiness_csv",
    ),
]
