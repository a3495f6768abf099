"""Addresses for the tests: a form as a room writes it, a page that only takes what is posted, pages that go wrong."""

from __future__ import annotations

from django import forms
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template import engines
from django.urls import include, path

from locality_web.config import urls as site_urls
from locality_web.core import drafts
from locality_web.core.pages import PUBLIC, page, site_page
from locality_web.core.permissions import Place

SAVED: list[dict[str, str]] = []
PAGE = """{% extends "core/base.html" %}{% block main %}
<form method="post" data-draft>{% csrf_token %}{{ form.as_p }}<button>Save</button></form>{% endblock %}"""


class WhyForm(forms.Form):
    why = forms.CharField(widget=forms.Textarea)
    password = forms.CharField(required=False)


@page("plans.edit", at="locality", methods=("GET", "POST"))
def write(request: HttpRequest, place: Place) -> HttpResponse:
    form = WhyForm(drafts.form_data(request))
    if request.method == "POST" and form.is_valid():
        SAVED.append(form.cleaned_data)
        drafts.clear(request)
        return redirect(request.path)
    return HttpResponse(engines["django"].from_string(PAGE).render({"form": form}, request))


@page("plans.edit", at="locality", methods=("POST",))
def only_posted(request: HttpRequest, place: Place) -> HttpResponse:
    return HttpResponse("done")


def _fail(error: Exception):
    def fail(request: HttpRequest) -> HttpResponse:
        raise error

    return site_page(PUBLIC, methods=("GET", "POST"))(fail)


urlpatterns = [
    path("<slug:partnership>/localities/<slug:locality>/why/", write),
    path("<slug:partnership>/localities/<slug:locality>/why/send/", only_posted),
    path("test/broken/", _fail(ValueError("ann@example.org said something private"))),
    path("test/busy/", _fail(OperationalError("database is locked"))),
    path("test/away/", _fail(OperationalError("connection failed: Connection refused"))),
    path("", include("locality_web.config.urls")),
]
handler400, handler403 = site_urls.handler400, site_urls.handler403
handler404, handler500 = site_urls.handler404, site_urls.handler500
