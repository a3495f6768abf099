"""The page on which a practice names its liaison by its link, without an account."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from locality.foundations import InputRefused, ResultRefused
from locality_web.core.pages import PUBLIC, page
from locality_web.core.permissions import Place
from locality_web.core.sign_in_limits import refuse_too_many
from locality_web.members.decision_views import private
from locality_web.members.models import NominationLink
from locality_web.members.practice_forms import NominationForm
from locality_web.members.practice_liaisons import find_link, nominate, unit_name, why_no_nomination

_GONE = 410


@page(PUBLIC, methods=("GET", "POST"))
def nominate_liaison(request: HttpRequest, place: Place, token: str) -> HttpResponse:
    """Name the person who speaks for a practice, by the practice's own link."""
    if too_many := refuse_too_many(request, "answer_by_link"):
        return too_many
    link = find_link(place.partnership, token)
    if reason := why_no_nomination(link):
        return _refused(request, reason)
    assert link is not None, "why_no_nomination refuses what does not exist"
    form = NominationForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = nominate(link, form.naming())
        except InputRefused as refused:
            form.add_faults(refused)
        except ResultRefused as refused:
            return _refused(request, str(refused))
        else:
            return _show(request, link, {"made": made, "said": form.cleaned_data})
    return _show(request, link, {"form": form})


def _show(request: HttpRequest, link: NominationLink, more: dict[str, object]) -> HttpResponse:
    practice = link.practice
    context = {"practice": practice, "unit": unit_name(practice), "link": link, "where": practice.locality, **more}
    return private(render(request, "members/practice_nominate.html", context))


def _refused(request: HttpRequest, reason: str) -> HttpResponse:
    context = {"title": "This link opens nothing", "says": reason}
    return private(render(request, "core/refusal.html", context, status=_GONE))
