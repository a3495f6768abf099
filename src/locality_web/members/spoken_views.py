"""Pages about assisted participation: what organisations brought for others, how they asked, what became of it."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from locality.disclosure import rules_on
from locality.foundations import ResultRefused
from locality_web.core import drafts
from locality_web.core.pages import PUBLIC, page_at_both
from locality_web.core.permissions import Place, may
from locality_web.core.words import count_of
from locality_web.members.access_models import SpokenFor
from locality_web.members.access_views import note_reading, person_of
from locality_web.members.meeting_models import Meeting
from locality_web.members.places import address_at
from locality_web.members.practice_models import GroupDecision
from locality_web.members.register_models import Organisation
from locality_web.members.spoken_changes import Brought, answer_brought, bring
from locality_web.members.spoken_forms import BroughtAnswerForm, BroughtForm

_MOST_OFFERED = 50


def say_people(people: int) -> str:
    """Write how many people were asked; a number that is too small to publish is not said."""
    threshold = rules_on(timezone.localdate()).threshold
    return f"fewer than {threshold + 1} people" if people <= threshold else count_of(people, "person", "people")


@page_at_both(PUBLIC)
def spoken_for(request: HttpRequest, place: Place) -> HttpResponse:
    """What organisations brought on behalf of people who do not come themselves, and what became of it."""
    brought = SpokenFor.objects.filter(partnership=place.partnership)
    if place.locality is not None:
        brought = brought.filter(locality=place.locality)
    found = list(brought.select_related("organisation", "meeting", "decision", "locality"))
    rows = [{"spoken": each, "people": say_people(each.people)} for each in found]
    return render(request, "members/spoken_for.html", {"rows": rows})


@page_at_both("members.speak_for", methods=("GET", "POST"))
def spoken_add(request: HttpRequest, place: Place) -> HttpResponse:
    """Record what an organisation brings on behalf of people."""
    form = _brought_form(request, place)
    if request.method == "POST" and form.is_valid():
        try:
            bring(person_of(request), place, Brought(**form.cleaned_data))
        except ResultRefused as refused:
            form.add_faults(refused)
        else:
            drafts.clear(request)
            messages.success(request, "It is recorded. Everybody can read it, without the names.")
            return redirect(address_at(place, "spoken_for"))
    return render(request, "members/spoken_add.html", {"form": form})


def _brought_form(request: HttpRequest, place: Place) -> BroughtForm:
    today = timezone.localdate()
    organisations = Organisation.objects.filter(
        Q(ended_on__isnull=True) | Q(ended_on__gt=today), partnership=place.partnership
    )
    here = Q(partnership=place.partnership, locality=place.locality)
    meetings = Meeting.objects.filter(here).exclude(state=Meeting.State.CANCELLED).order_by("-starts")[:_MOST_OFFERED]
    decisions = GroupDecision.objects.filter(here).exclude(state=GroupDecision.State.WITHDRAWN)[:_MOST_OFFERED]
    form = BroughtForm(drafts.form_data(request))
    form.offer(
        organisations,
        Meeting.objects.filter(pk__in=[each.pk for each in meetings]),
        GroupDecision.objects.filter(pk__in=[each.pk for each in decisions]),
    )
    return form


@page_at_both("members.speak_for", methods=("GET", "POST"))
def spoken_answer(request: HttpRequest, place: Place, number: int) -> HttpResponse:
    """Read what an organisation brought, with the names of those who want to be named, and say what became of it."""
    here = SpokenFor.objects.filter(partnership=place.partnership, locality=place.locality)
    spoken = get_object_or_404(here.select_related("organisation"), pk=number)
    form = BroughtAnswerForm(drafts.form_data(request), initial={"answer": spoken.answer})
    if request.method == "POST" and form.is_valid():
        try:
            answer_brought(person_of(request), place, spoken, form.cleaned_data["answer"])
        except ResultRefused as refused:
            form.add_faults(refused)
        else:
            drafts.clear(request)
            messages.success(request, "It is kept. Everybody can read it.")
            return redirect(address_at(place, "spoken_for"))
    if spoken.named and may(request.user, "members.speak_for", place):
        note_reading(request, place, "names of people for whom an organisation speaks")
    return render(request, "members/spoken_answer.html", {"form": form, "spoken": spoken})
