"""Addresses of access needs, those who speak for others, forms on paper, and connections, below their partnership."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
