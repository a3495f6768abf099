"""Addresses of this room, below its partnership."""

from django.urls import URLPattern

app_name = "plans"
urlpatterns: list[URLPattern] = []
