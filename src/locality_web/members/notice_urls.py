"""Addresses of notices, letters, and the choice of how to be told, below their partnership."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
