"""Addresses of the page on which an option is edited on a map, below `areas/`."""

from django.urls import path

from locality_web.areas import boundary_editor_views

urlpatterns = [
    path("options/ground.json", boundary_editor_views.editor_ground, name="editor_ground"),
    path("options/<int:option>/map/", boundary_editor_views.editor, name="editor"),
    path("options/<int:option>/map/state.json", boundary_editor_views.editor_state, name="editor_state"),
    path("options/<int:option>/map/edit/", boundary_editor_views.editor_edit, name="editor_edit"),
]
