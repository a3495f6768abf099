"""Addresses of the register of members, coverage, and a partnership's own kinds, below their partnership."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
