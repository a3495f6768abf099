"""Addresses of the whole site."""

from django.urls import path

from locality_web.core import (
    audit_views,
    demo_views,
    drafts_views,
    jobs_views,
    look,
    mail_views,
    people_urls,
    public_pages,
    views,
)

app_name = "core"
urlpatterns = [
    path("", views.front, name="front"),
    path("today/", views.today, name="today"),
    path("accessibility/", public_pages.accessibility, name="accessibility"),
    path("robots.txt", public_pages.robots, name="robots"),
    path("sitemap.xml", public_pages.sitemap, name="sitemap"),
    path("health/", views.health, name="health"),
    path("drafts/", drafts_views.keep_draft, name="keep_draft"),
    path("drafts/throw-away/", drafts_views.throw_away, name="throw_away"),
    path("demo/", demo_views.demo_sign_ins, name="demo"),
    path("mail/", mail_views.mail_list, name="mail"),
    path("mail/<int:number>/", mail_views.mail_one, name="mail_one"),
    path("<slug:partnership>/audit/", audit_views.audit_page, name="audit"),
    path("<slug:partnership>/audit/events.csv", audit_views.audit_csv, name="audit_csv"),
    path("<slug:partnership>/jobs/", jobs_views.job_list, name="jobs"),
    path("<slug:partnership>/look.css", look.look_css, name="look"),
    *people_urls.urlpatterns,
]
