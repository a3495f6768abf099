"""Addresses of this room, below its partnership."""

from django.urls import path

from locality_web.members import views

app_name = "members"
_HERE = "localities/<slug:locality>"
urlpatterns = [
    path(f"{_HERE}/lead/", views.lead, name="lead"),
    path(f"{_HERE}/lead/appoint/", views.appoint, name="appoint"),
    path(f"{_HERE}/lead/<int:term>/extend/", views.extend, name="extend"),
    path(f"{_HERE}/lead/<int:term>/end/", views.end, name="end"),
    path(f"{_HERE}/briefing/", views.briefing, name="briefing"),
    path(f"{_HERE}/briefing/easy-read/", views.easy_read, name="easy_read"),
    path(f"{_HERE}/briefing/text/", views.briefing_text, name="briefing_text"),
]
