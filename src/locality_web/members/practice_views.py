"""The pages of general practice: the list, a locality's practices and liaisons, and the link of a practice."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from locality.foundations import InputRefused, ResultRefused
from locality_web.core import drafts
from locality_web.core.csv_out import csv_response
from locality_web.core.models import Person
from locality_web.core.pages import page
from locality_web.core.partnership_settings import read_setting
from locality_web.core.permissions import Place
from locality_web.core.words import count_of
from locality_web.members import practice_changes as changes
from locality_web.members import practice_liaisons as liaisons
from locality_web.members import practice_pages as pages
from locality_web.members.decision_views import private
from locality_web.members.models import NominationLink, Practice
from locality_web.members.pages import say_day
from locality_web.members.practice_file import COLUMNS, practice_rows, read_practice_file, rows_in_use
from locality_web.members.practice_forms import (
    EndLiaisonForm,
    NominationForm,
    NominationLinkForm,
    PracticeFileForm,
    PracticeForm,
)
from locality_web.members.practice_queries import liaisons_of, practice_at, practices_at

_BOTH = ("GET", "POST")
_SEES, _KEEPS = "members.see_register", changes.PERMISSION


@page(_KEEPS)
def all_practices(request: HttpRequest, place: Place) -> HttpResponse:
    """All practices of the partnership, and where nobody speaks for general practice."""
    return render(request, "members/practice_all.html", pages.partnership_page(place))


@page(_KEEPS)
def file(request: HttpRequest, place: Place) -> HttpResponse:
    """The practices as a file, which can be changed and loaded again."""
    rows = practice_rows(practices_at(place).select_related("locality"))
    return csv_response(f"{place.partnership.slug}-practices", COLUMNS, rows)


@page(_KEEPS, methods=_BOTH)
def load(request: HttpRequest, place: Place) -> HttpResponse:
    """Load practices from a file."""
    form = PracticeFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["practices"]
        try:
            rows = read_practice_file(sent.read(), sent.name, place.partnership.localities.filter(ended_on=None))
            changed = changes.load_practices(_person(request), place, rows)
        except (InputRefused, ResultRefused) as refused:
            form.add_faults(refused)
        else:
            messages.success(request, f"{count_of(len(rows), 'practice')} read; {changed:,} new or changed.")
            return redirect("members:partnership_practices", place.partnership.slug)
    return render(request, "members/practice_load.html", {"form": form, "columns": COLUMNS})


@page(_KEEPS, methods=("POST",))
def from_release(request: HttpRequest, place: Place) -> HttpResponse:
    """Take the practices of the release in use."""
    try:
        rows, release = rows_in_use(place.partnership)
        changed = changes.load_practices(_person(request), place, rows, release=release)
    except ResultRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"{count_of(len(rows), 'practice')} in the release; {changed:,} new or changed.")
    return redirect("members:partnership_practices", place.partnership.slug)


@page(_KEEPS, methods=_BOTH)
def add(request: HttpRequest, place: Place) -> HttpResponse:
    """Add a practice by hand."""
    form = PracticeForm(place.partnership, drafts.form_data(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = changes.add_practice(_person(request), place, form.row())
        except InputRefused as refused:
            form.add_faults(refused)
        else:
            return _listed(request, place, f"{made} is added.")
    return render(request, "members/practice_form.html", {"form": form, "title": "Add a practice"})


@page(_KEEPS, methods=_BOTH)
def change(request: HttpRequest, place: Place, practice: int) -> HttpResponse:
    """Change a practice, or say that it is no more."""
    found = Practice.objects.filter(partnership=place.partnership, pk=practice).select_related("locality").first()
    if found is None:
        raise Http404(f"There is no practice {practice} in {place.name}.")
    kept = {name: getattr(found, name) for name in ("code", "name", "cluster", "patients", "ended_on")}
    kept["locality"] = found.locality.code if found.locality else ""
    form = PracticeForm(place.partnership, drafts.form_data(request), fixed_code=True, initial=kept)
    if request.method == "POST" and form.is_valid():
        ended = form.cleaned_data["ended_on"]
        changes.change_practice(_person(request), place, found, form.row(), ended_on=ended)
        return _listed(request, place, f"{found} is changed.")
    context = {"form": form, "title": f"Change {found.name}", "missing_since": found.missing_since}
    return render(request, "members/practice_form.html", context)


def _listed(request: HttpRequest, place: Place, says: str) -> HttpResponse:
    drafts.clear(request)
    messages.success(request, says)
    return redirect("members:partnership_practices", place.partnership.slug)


@page(_SEES, at="locality")
def practices(request: HttpRequest, place: Place) -> HttpResponse:
    """Who speaks for each practice or cluster of a locality, and how regularly they meet the lead."""
    return render(request, "members/practices.html", pages.locality_page(place, request.user))


@page(_KEEPS, at="locality", methods=_BOTH)
def liaison(request: HttpRequest, place: Place, practice: int) -> HttpResponse:
    """Name the liaison of a practice or cluster, and see who spoke for it before."""
    found = practice_at(place, practice)
    form = NominationForm(drafts.form_data(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = liaisons.name_liaison(_person(request), place, found, form.naming())
        except InputRefused as refused:
            form.add_faults(refused)
        else:
            drafts.clear(request)
            return _here(request, place, f"{made.member} speaks for {liaisons.unit_name(found)}.")
    context = {
        "form": form,
        "unit": liaisons.unit_name(found),
        "practice": found,
        "terms": liaisons_of(found).select_related("member"),
        "today": timezone.localdate(),
    }
    return render(request, "members/practice_liaison.html", context)


@page(_KEEPS, at="locality", methods=_BOTH)
def liaison_end(request: HttpRequest, place: Place, practice: int, liaison: int) -> HttpResponse:
    """End the term of a liaison."""
    found = practice_at(place, practice)
    term = liaisons_of(found).select_related("member", "practice").filter(pk=liaison).first()
    if term is None:
        raise Http404(f"There is no such liaison of {liaisons.unit_name(found)}.")
    form = EndLiaisonForm(drafts.form_data(request))
    if request.method == "POST" and form.is_valid():
        try:
            liaisons.end_liaison(_person(request), place, term, **form.cleaned_data)
        except InputRefused as refused:
            form.add_faults(refused)
        else:
            drafts.clear(request)
            return _here(request, place, f"The term of {term.member} ends on {say_day(form.cleaned_data['ends'])}.")
    context = {"form": form, "term": term, "unit": liaisons.unit_name(found)}
    return render(request, "members/practice_liaison_end.html", context)


@page(_KEEPS, at="locality", methods=_BOTH)
def link(request: HttpRequest, place: Place, practice: int) -> HttpResponse:
    """Print or send the link by which a practice names its liaison."""
    found = practice_at(place, practice)
    form = NominationLinkForm(request.POST if request.method == "POST" else None)
    days = int(read_setting(place.partnership, "members.nomination_days"))
    context = {"form": form, "practice": found, "unit": liaisons.unit_name(found), "days": days}
    if form.is_valid():
        email = form.cleaned_data["email"] if form.cleaned_data["way"] == "mail" else ""
        made = liaisons.make_link(_person(request), place, found, _link_of(request, place), email=email)
        if email:
            return _here(request, place, f"The link is on its way to {found.name}. The address is not kept.")
        until = found.nomination_links.latest("made_at").expires_at
        letter = {**context, "link": made, "until": timezone.localtime(until).date(), "today": timezone.localdate()}
        return private(render(request, "members/practice_letter.html", letter))
    return render(request, "members/practice_link.html", context)


@page(_KEEPS, at="locality", methods=("POST",))
def link_withdraw(request: HttpRequest, place: Place, practice: int) -> HttpResponse:
    """Withdraw the link of a practice."""
    found = practice_at(place, practice)
    waiting = NominationLink.objects.filter(practice=found, used_at=None, withdrawn_at=None)
    for each in waiting.select_related("practice"):
        liaisons.withdraw_link(_person(request), place, each)
    return _here(request, place, f"The link of {found.name} no longer works.")


def _here(request: HttpRequest, place: Place, says: str) -> HttpResponse:
    assert place.locality is not None
    messages.success(request, says)
    return redirect("members:practices", place.partnership.slug, place.locality.slug)


def _link_of(request: HttpRequest, place: Place) -> liaisons.LinkOf:
    slug = place.partnership.slug
    return lambda token: request.build_absolute_uri(reverse("members:nominate", args=[slug, token]))


def _person(request: HttpRequest) -> Person:
    return cast(Person, request.user)
