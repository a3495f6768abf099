"""The pages of influence: who asked for a pound, what stands alone, and where it is recorded what led to what."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from locality.foundations import InputRefused, ResultRefused
from locality_web.core import drafts
from locality_web.core.languages import GAELIC
from locality_web.core.models import Person
from locality_web.core.pages import PUBLIC, address_at, page, page_at_both
from locality_web.core.permissions import Place
from locality_web.core.remembered import Memory
from locality_web.voice.sense import influence_changes as changes
from locality_web.voice.sense import influence_keeping as keeping
from locality_web.voice.sense import influence_pages as pages
from locality_web.voice.sense.influence_forms import EndLinkForm, LinkForm
from locality_web.voice.sense.influence_queries import whole_way
from locality_web.voice.sense.models import InfluenceLink

_POST = ("GET", "POST")


@page(PUBLIC, languages=(GAELIC.code,))
def influence(request: HttpRequest, place: Place) -> HttpResponse:
    """What people said and what is paid: what leads from one to the other, and what stands alone at either end."""
    return render(request, "voice/sense_influence.html", pages.influence_page(place))


@page(PUBLIC, languages=(GAELIC.code,))
def who_asked(request: HttpRequest, place: Place, name: str) -> HttpResponse:
    """Who asked for this pound: from a line of an agreed plan back to priorities, themes and views."""
    return render(request, "voice/sense_who_asked.html", pages.asked_page(place, name))


@page_at_both(changes.PERMISSION)
def links(request: HttpRequest, place: Place) -> HttpResponse:
    """What led to what, as it is recorded, and where more can be recorded."""
    return render(request, "voice/sense_links.html", keeping.links_page(place, request.GET.get("year", "")))


@page_at_both(changes.PERMISSION, methods=_POST)
def link_new(request: HttpRequest, place: Place, name: str) -> HttpResponse:
    """Record what something led to."""
    way = whole_way(place.partnership, Memory(place.partnership), everything=True)
    start = way.thing(name)
    if start is None:
        raise Http404(f"Nothing is called '{name}' here.")
    form = LinkForm(keeping.ends_for(way, place, start), drafts.form_data(request))
    if request.method == "POST" and form.is_valid():
        try:
            changes.link_things(_person(request), place, form.linking(name))
        except (InputRefused, ResultRefused) as refused:
            form.add_faults(refused)
        else:
            return _done(request, place, "It is recorded. Everybody can read it once the plan is agreed.")
    kind = way.influence.pairs.kinds[start.ref.kind]
    context = {"form": form, "start": start, "kind": kind, "back": address_at(place, "voice:links")}
    return render(request, "voice/sense_link_new.html", context)


@page_at_both(changes.PERMISSION, methods=_POST)
def link_end(request: HttpRequest, place: Place, link: int) -> HttpResponse:
    """End a record of what led to what."""
    found = InfluenceLink.objects.filter(partnership=place.partnership, locality=place.locality, pk=link).first()
    if found is None:
        raise Http404(f"There is no such record {link} of {place.name}.")
    form = EndLinkForm(drafts.form_data(request))
    if request.method == "POST" and form.is_valid():
        try:
            changes.end_link(_person(request), place, found, **form.cleaned_data)
        except (InputRefused, ResultRefused) as refused:
            form.add_faults(refused)
        else:
            return _done(request, place, "It is ended. The record of it stays.")
    context = {"form": form, "link": found, "back": address_at(place, "voice:links")}
    return render(request, "voice/sense_link_end.html", context)


def _done(request: HttpRequest, place: Place, says: str) -> HttpResponse:
    drafts.clear(request)
    messages.success(request, says)
    return redirect(address_at(place, "voice:links"))


def _person(request: HttpRequest) -> Person:
    return cast(Person, request.user)
