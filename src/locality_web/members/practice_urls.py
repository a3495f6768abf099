"""Addresses of general practice, advice of professional bodies, and decisions put to professions."""

from __future__ import annotations

from django.urls import URLPattern

from locality_web.members import decision_urls

urlpatterns: list[URLPattern] = [*decision_urls.urlpatterns]
