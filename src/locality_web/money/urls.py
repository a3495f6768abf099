"""Addresses of this room, below its partnership."""

from django.urls import URLPattern

app_name = "money"
urlpatterns: list[URLPattern] = []
