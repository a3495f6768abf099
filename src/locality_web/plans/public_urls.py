"""Addresses of the public pages of plans."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
