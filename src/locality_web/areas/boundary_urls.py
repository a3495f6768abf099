"""Addresses of boundary options, below `areas/`."""

from django.urls import path

from locality_web.areas import boundary_option_views as of_one
from locality_web.areas import boundary_practice_views, boundary_views

urlpatterns = [
    path("options/", boundary_views.options, name="options"),
    path("options/new/", boundary_views.new_option, name="new_option"),
    path("options/propose/", boundary_views.propose, name="propose"),
    path("options/propose/stop/", boundary_views.stop_search, name="stop_search"),
    path("options/asked/", boundary_views.wishes, name="wishes"),
    path("options/compare/", boundary_views.compare, name="compare"),
    path("options/<int:option>/", of_one.option, name="option"),
    path("options/<int:option>/step/", of_one.option_step, name="option_step"),
    path("options/<int:option>/adopt/", of_one.adopt, name="adopt"),
    path("options/<int:option>/zones/", of_one.option_zones, name="option_zones"),
    path("options/<int:option>/zones.csv", of_one.option_csv, name="option_csv"),
    path("options/<int:option>/file.<slug:kind>", of_one.option_file, name="option_file"),
    path("options/<int:option>/notes/<int:note>/remove/", of_one.remove_note, name="remove_note"),
    path("crossings/", boundary_views.crossings, name="crossings"),
    path("crossings/<int:crossing>/remove/", boundary_views.remove_crossing, name="remove_crossing"),
    path("practices/", boundary_practice_views.practices, name="practices"),
    path("practices/moves.csv", boundary_practice_views.moves_csv, name="practice_moves_csv"),
]
