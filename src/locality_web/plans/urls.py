"""Addresses of this room, below its partnership."""

from django.urls import URLPattern

from locality_web.plans import editor_urls, public_urls, strategic_urls

app_name = "plans"
urlpatterns: list[URLPattern] = [*editor_urls.urlpatterns, *public_urls.urlpatterns, *strategic_urls.urlpatterns]
