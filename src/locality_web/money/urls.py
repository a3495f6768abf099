"""Addresses of this room, below its partnership."""

from django.urls import path

from locality_web.money import (
    budget_views,
    catalogue_views,
    decision_views,
    release_views,
    shares_views,
    source_views,
)

app_name = "money"
urlpatterns = [
    path("services/", catalogue_views.services, name="services"),
    path("services/new/", catalogue_views.new_service, name="new_service"),
    path("services/load/", catalogue_views.load_services, name="load_services"),
    path("services/load/confirm/", catalogue_views.confirm_services, name="confirm_services"),
    path("services/edit/<slug:code>/", catalogue_views.edit_service, name="edit_service"),
    path("services.xlsx", catalogue_views.services_xlsx, name="services_xlsx"),
    path("services.csv", catalogue_views.services_csv, name="services_csv"),
    path("money/sources/", source_views.sources, name="sources"),
    path("money/sources/new/", source_views.new_source, name="new_source"),
    path("money/sources/<slug:code>/", source_views.source, name="source"),
    path("money/sources/<slug:code>/edit/", source_views.edit_source, name="edit_source"),
    path("money/", shares_views.money, name="money"),
    path("money/shares.csv", shares_views.shares_csv, name="shares_csv"),
    path("money/shares.json", shares_views.shares_json, name="shares_json"),
    path("localities/<slug:locality>/money/", shares_views.locality_money, name="locality"),
    path("money/releases/", release_views.releases, name="releases"),
    path("money/budgets/", budget_views.budgets, name="budgets"),
    path("money/budgets/<slug:year>/", budget_views.set_budgets, name="set_budgets"),
    path("money/budgets/<slug:year>/options/<int:number>/", budget_views.option, name="option"),
    path("money/decisions/", decision_views.decisions, name="decisions"),
    path("money/decisions/<slug:year>/<int:number>/", decision_views.decision, name="decision"),
    path("money/decisions/<slug:year>/<int:number>/figures.csv", decision_views.decision_csv, name="decision_csv"),
    path("money/decisions/<slug:year>/<int:number>/figures.json", decision_views.decision_json, name="decision_json"),
]
