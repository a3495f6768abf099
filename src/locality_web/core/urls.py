"""Addresses of the whole site."""

from django.urls import path

from locality_web.core import views

app_name = "core"
urlpatterns = [
    path("", views.front, name="front"),
    path("today/", views.today, name="today"),
    path("health/", views.health, name="health"),
]
