"""Addresses of general practice, advice of professional bodies, and decisions put to professions."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
