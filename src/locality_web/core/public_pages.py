"""Pages that speak of the site itself: how accessible it is, and what search engines may read."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from locality_web.core.hooks import ask_rooms
from locality_web.core.models import Partnership
from locality_web.core.pages import PUBLIC, site_page


@site_page(PUBLIC)
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    contacts = Partnership.objects.exclude(contact="")
    return render(request, "core/accessibility.html", {"contacts": contacts})


@site_page(PUBLIC)
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may read: the public pages."""
    sitemap_address = request.build_absolute_uri(reverse("core:sitemap"))
    says = f"User-agent: *\nDisallow: /accounts/\nDisallow: /today/\nSitemap: {sitemap_address}\n"
    return HttpResponse(says, content_type="text/plain; charset=utf-8")


@site_page(PUBLIC)
def sitemap(request: HttpRequest) -> HttpResponse:
    """The public addresses of all rooms, with the day of their last change."""
    addresses = dict(pair for answer in ask_rooms("sitemap_pages", "addresses") for pair in answer)
    own = {reverse("core:front"): None, reverse("core:accessibility"): None}
    pages = [(request.build_absolute_uri(address), day) for address, day in {**own, **addresses}.items()]
    return render(request, "core/sitemap.xml", {"pages": pages}, content_type="application/xml; charset=utf-8")
