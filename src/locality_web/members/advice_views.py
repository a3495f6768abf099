"""The pages of the agreements and the advice of professional bodies."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from locality.foundations import InputRefused
from locality_web.core import drafts
from locality_web.core.models import Person
from locality_web.core.pages import PUBLIC, page
from locality_web.core.permissions import Place, may
from locality_web.members import advice_changes as changes
from locality_web.members.advice_forms import AdviceForm
from locality_web.members.advice_pages import advice_page
from locality_web.members.advice_queries import advice_of
from locality_web.members.models import Advice

_BOTH = ("GET", "POST")
_KEPT = ("body", "body_name", "about", "state", "asked_on", "given_on", "until", "says", "conditions", "year")


@page(PUBLIC)
def advice(request: HttpRequest, place: Place) -> HttpResponse:
    """What professional bodies agreed to and advised, and what became of it."""
    return render(request, "members/advice.html", advice_page(place, request.user))


@page(changes.PERMISSION, methods=_BOTH)
def add(request: HttpRequest, place: Place) -> HttpResponse:
    """Record what a professional body was asked or said."""
    return _form(request, place, None)


@page(changes.PERMISSION, methods=_BOTH)
def change(request: HttpRequest, place: Place, advice: int) -> HttpResponse:
    """Change what is recorded of a professional body, or write what became of its advice."""
    return _form(request, place, advice_of(place, advice))


def _form(request: HttpRequest, place: Place, found: Advice | None) -> HttpResponse:
    kept = {name: getattr(found, name) for name in (*_KEPT, "answer", "public")} if found else {}
    if found:
        kept["locality"] = found.locality_id
    form = AdviceForm(place, drafts.form_data(request), request.FILES or None, initial=kept)
    if request.method == "POST" and form.is_valid():
        try:
            if found:
                changes.change_advice(_person(request), place, found, form.said(), form.sent())
            else:
                changes.add_advice(_person(request), place, form.said(), form.sent())
        except InputRefused as refused:
            form.add_faults(refused)
        else:
            drafts.clear(request)
            messages.success(request, "It is recorded.")
            return redirect("members:advice", place.partnership.slug)
    return render(request, "members/advice_form.html", {"form": form, "advice": found})


@page(PUBLIC)
def document(request: HttpRequest, place: Place, advice: int) -> HttpResponse:
    """Download the document of an agreement or an advice."""
    found = advice_of(place, advice)
    hidden = not found.public and not may(request.user, changes.PERMISSION, place)
    if found.document is None or hidden:
        raise Http404("There is no such document to read here.")
    said = HttpResponse(bytes(found.document.content), content_type=found.document.media_type)
    said.headers["Content-Disposition"] = f'attachment; filename="advice-{found.pk}{_ending(found.document.name)}"'
    return said


def _ending(name: str) -> str:
    return f".{name.rpartition('.')[2].lower()}"


def _person(request: HttpRequest) -> Person:
    return cast(Person, request.user)
