"""Addresses of this room, below its partnership."""

from django.urls import path

from locality_web.members import (
    access_urls,
    meeting_urls,
    notice_urls,
    practice_urls,
    register_urls,
    views,
)

app_name = "members"
_HERE = "localities/<slug:locality>"
urlpatterns = [
    *register_urls.urlpatterns,
    *practice_urls.urlpatterns,
    *meeting_urls.urlpatterns,
    *access_urls.urlpatterns,
    *notice_urls.urlpatterns,
    path(f"{_HERE}/lead/", views.lead, name="lead"),
    path(f"{_HERE}/lead/appoint/", views.appoint, name="appoint"),
    path(f"{_HERE}/lead/<int:term>/extend/", views.extend, name="extend"),
    path(f"{_HERE}/lead/<int:term>/end/", views.end, name="end"),
    path(f"{_HERE}/briefing/", views.briefing, name="briefing"),
    path(f"{_HERE}/briefing/give/", views.briefing_give, name="briefing_give"),
    path(f"{_HERE}/briefing/easy-read/", views.easy_read, name="easy_read"),
    path(f"{_HERE}/briefing/text/", views.briefing_text, name="briefing_text"),
]
