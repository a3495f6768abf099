"""Addresses of this room, below its partnership."""

from django.urls import include, path

from locality_web.areas import boundary_log_views as log_views
from locality_web.areas import overlap_views, shape_views, views

app_name = "areas"
urlpatterns = [
    path("", views.home, name="home"),
    path("localities/", views.locality_list, name="localities"),
    path("localities/<slug:locality>/", views.locality, name="locality"),
    path("localities/<slug:locality>/zones.csv", views.zones_csv, name="zones_csv"),
    path("localities/<slug:locality>/residents.csv", views.residents_csv, name="residents_csv"),
    path("areas/zones.csv", views.all_zones_csv, name="all_zones_csv"),
    path("areas/history/", views.history, name="history"),
    path("areas/history/<int:version>/", views.version, name="version"),
    path(
        "areas/history/<int:version>/localities.zip", log_views.consultation_file, {"kind": "zip"}, name="division_zip"
    ),
    path("areas/history/<int:version>/consultation.<slug:kind>", log_views.consultation_file, name="consultation_file"),
    path("areas/change/", views.change, name="change"),
    path("areas/change/<int:proposal>/", views.preview, name="preview"),
    path("areas/names/", views.names, name="names"),
    path("areas/carry-over/", overlap_views.carry_over, name="carry_over"),
    path("areas/carry-over/<int:carried>/", overlap_views.carried, name="carried"),
    path("areas/carry-over/<int:carried>/split.csv", overlap_views.split_zones_csv, name="split_zones_csv"),
    path("areas/", include("locality_web.areas.boundary_urls")),
    path("areas/", include("locality_web.areas.boundary_editor_urls")),
    path("areas/shapes/", shape_views.shapes, name="shapes"),
    path("areas/shapes/topology.json", shape_views.topology, name="topology"),
]
