"""Pages of the whole site: the front page, what needs you today, and the sign of life."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from locality_web.core.models import Partnership
from locality_web.core.pages import PUBLIC, site_page
from locality_web.core.todo import due_today


@site_page(PUBLIC)
def front(request: HttpRequest) -> HttpResponse:
    """The partnerships of this site."""
    return render(request, "core/front.html", {"partnerships": Partnership.objects.all()})


@site_page("core.sign_in")
def today(request: HttpRequest) -> HttpResponse:
    """What needs you today."""
    return render(request, "core/today.html", due_today(request.user))


@site_page(PUBLIC)
def health(request: HttpRequest) -> HttpResponse:
    """Answer "ok" when the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")
