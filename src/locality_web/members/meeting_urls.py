"""Addresses of meetings, below their partnership."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
