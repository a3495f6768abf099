"""Pages of a partnership's people: who holds which role, invitations, giving and ending roles."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from locality.foundations import InputRefused, ResultRefused
from locality_web.core import invitations
from locality_web.core.models import Invitation, Person, RoleHeld
from locality_web.core.pages import page
from locality_web.core.people_forms import EndRoleForm, InviteForm, LostSecondFactorForm, RoleForm
from locality_web.core.people_roles import end_role, give_role, people_of, say_role
from locality_web.core.permissions import Place
from locality_web.core.sign_in_changes import remove_second_factor, with_second_factor


@page("core.people")
def list_people(request: HttpRequest, place: Place) -> HttpResponse:
    """Who holds which role, and who is invited."""
    waiting = [
        {"invitation": each, "says": say_role(each.role, Place(place.partnership, each.locality))}
        for each in invitations.open_invitations(place)
    ]
    context = {
        **people_of(place),
        "waiting": waiting,
        "today": timezone.now(),
        "with_second_factor": with_second_factor(place.partnership),
    }
    return render(request, "core/people/list.html", context)


@page("core.people", methods=("GET", "POST"))
def invite(request: HttpRequest, place: Place) -> HttpResponse:
    """Invite somebody by e-mail."""
    form = InviteForm(request.POST or None, place=place)
    if form.is_valid():
        wanted = {name: form.cleaned_data[name] for name in ("name", "email", "role", "ends")}
        try:
            made = invitations.invite(request.user, form.chosen_place(), _link_of(request), **wanted)  # type: ignore[arg-type]
        except InputRefused as refused:
            form.add_faults(refused)
        else:
            messages.success(request, f"An invitation is on its way to {made.name}.")
            return _to_list(place)
    return render(request, "core/people/invite.html", {"form": form})


@page("core.people", methods=("POST",))
def send_again(request: HttpRequest, place: Place, number: int) -> HttpResponse:
    """Send an invitation again, with a new link."""
    invitation = _invitation(place, number)
    try:
        invitations.send_again(request.user, place, invitation, _link_of(request))  # type: ignore[arg-type]
        messages.success(request, f"A new link is on its way to {invitation.name}. The old one no longer works.")
    except ResultRefused as refused:
        messages.error(request, str(refused))
    return _to_list(place)


@page("core.people", methods=("POST",))
def withdraw(request: HttpRequest, place: Place, number: int) -> HttpResponse:
    """Withdraw an invitation."""
    invitation = _invitation(place, number)
    try:
        invitations.withdraw(request.user, place, invitation)  # type: ignore[arg-type]
        messages.success(request, f"The invitation of {invitation.name} is withdrawn.")
    except ResultRefused as refused:
        messages.error(request, str(refused))
    return _to_list(place)


@page("core.people", methods=("GET", "POST"))
def give(request: HttpRequest, place: Place, number: int) -> HttpResponse:
    """Give another role to somebody who is on the list."""
    person = _person(place, number)
    form = RoleForm(request.POST or None, place=place)
    if form.is_valid():
        wanted = {name: form.cleaned_data[name] for name in ("role", "ends")}
        try:
            held = give_role(request.user, form.chosen_place(), person, **wanted)  # type: ignore[arg-type]
        except InputRefused as refused:
            form.add_faults(refused)
        else:
            messages.success(request, f"{person} is now {say_role(held.role, form.chosen_place())}.")
            return _to_list(place)
    return render(request, "core/people/give.html", {"form": form, "someone": person})


@page("core.people", methods=("GET", "POST"))
def end(request: HttpRequest, place: Place, number: int) -> HttpResponse:
    """End a role."""
    held = (
        RoleHeld.objects.filter(pk=number, partnership=place.partnership).select_related("person", "locality").first()
    )
    if held is None:
        raise Http404("There is no such role in this partnership.")
    says = say_role(held.role, Place(place.partnership, held.locality))
    form = EndRoleForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            end_role(request.user, place, held, last_day=form.cleaned_data["last_day"])  # type: ignore[arg-type]
        except (InputRefused, ResultRefused) as refused:
            form.add_faults(refused)
        else:
            messages.success(request, f"The end of the role is recorded: {held.person}, {says}.")
            return _to_list(place)
    return render(request, "core/people/end.html", {"form": form, "held": held, "says": says})


@page("core.people", methods=("GET", "POST"))
def second_factor(request: HttpRequest, place: Place, number: int) -> HttpResponse:
    """Take a lost second factor off somebody's account."""
    person = _person(place, number)
    form = LostSecondFactorForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            remove_second_factor(request.user, place, person, reason=form.cleaned_data["reason"], request=request)  # type: ignore[arg-type]
        except (InputRefused, ResultRefused) as refused:
            form.add_faults(refused)
        else:
            messages.success(request, f"The second step of {person} is taken off. A mail tells them.")
            return _to_list(place)
    return render(request, "core/people/second_factor.html", {"form": form, "someone": person})


def _person(place: Place, number: int) -> Person:
    found = Person.objects.filter(pk=number, roles__partnership=place.partnership).first()
    if found is None:
        raise Http404("There is no such person in this partnership.")
    return found


def _invitation(place: Place, number: int) -> Invitation:
    found = Invitation.objects.filter(pk=number, partnership=place.partnership).select_related("locality").first()
    if found is None:
        raise Http404("There is no such invitation in this partnership.")
    return found


def _link_of(request: HttpRequest) -> invitations.LinkOf:
    return lambda token: request.build_absolute_uri(reverse("core:invitation", args=[token]))


def _to_list(place: Place) -> HttpResponse:
    return redirect("core:people", place.partnership.slug)
