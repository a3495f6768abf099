"""Addresses of this part of the room."""

from __future__ import annotations

from django.urls import URLPattern, path

from locality_web.core.pages import paths_at_both
from locality_web.voice.conversations import (
    boundary_views,
    confirm_views,
    holding_views,
    map_pages,
    moderation_views,
    own_views,
    public_views,
    say_views,
)

_ONE = "conversations/<slug:slug>"

urlpatterns: list[URLPattern] = [
    path("conversations/", public_views.conversations, name="conversations"),
    *paths_at_both("conversations/new/", holding_views.new_conversation, "new_conversation"),
    path("conversations/told/<str:token>/", confirm_views.confirm_told, name="confirm_told"),
    path("conversations/yours/", own_views.yours, name="yours"),
    path(f"{_ONE}/", public_views.conversation, name="conversation"),
    path(f"{_ONE}/say/", say_views.say, name="say"),
    path(f"{_ONE}/map.svg", say_views.pick_image, name="pick_map"),
    path("map-places.json", map_pages.map_places, name="map_places"),
    path("map-places.svg", map_pages.map_picture, name="map_picture"),
    path(f"{_ONE}/boundaries/", boundary_views.boundaries, name="boundaries"),
    path(f"{_ONE}/boundaries/neighbourhoods.csv", boundary_views.boundaries_csv, name="boundaries_csv"),
    path(f"{_ONE}/thanks/", say_views.thanks, name="thanks"),
    path(f"{_ONE}/views/<int:view>/", public_views.view, name="view"),
    path(f"{_ONE}/views/<int:view>/translate/", holding_views.translate_view, name="translate_view"),
    path(f"{_ONE}/edit/", holding_views.edit_conversation, name="edit_conversation"),
    path(f"{_ONE}/state/", holding_views.conversation_state, name="conversation_state"),
    path(f"{_ONE}/moderate/", moderation_views.moderate, name="moderate"),
    path(f"{_ONE}/translations/", holding_views.translations, name="translations"),
]
