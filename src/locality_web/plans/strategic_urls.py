"""Addresses of the strategic pages of plans."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
