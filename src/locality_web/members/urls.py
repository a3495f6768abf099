"""Addresses of this room, below its partnership."""

from django.urls import URLPattern

app_name = "members"
urlpatterns: list[URLPattern] = []
