"""The pages about seats: make one, put somebody on it, extend or end a term, close the seat."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from locality_web.core import drafts
from locality_web.core.pages import page_at_both
from locality_web.core.permissions import Place
from locality_web.members import register_seats
from locality_web.members.kinds import name_of_group
from locality_web.members.places import address_at
from locality_web.members.register_forms import CloseSeatForm, EndSittingForm, ExtendSittingForm, SeatForm, SitForm
from locality_web.members.register_models import Seat, SeatTerm
from locality_web.members.register_place import seats_of
from locality_web.members.register_views import Shown, person_of, show_form

_KEEP, _POST = "members.keep_register", ("GET", "POST")


def _seat(place: Place, seat: int) -> Seat:
    return get_object_or_404(seats_of(place).select_related("locality"), pk=seat, closed_on__isnull=True)


def _term(place: Place, term: int) -> SeatTerm:
    found = SeatTerm.objects.select_related("seat__locality", "member")
    return get_object_or_404(found, pk=term, seat__in=seats_of(place), member__erased_at__isnull=True)


@page_at_both(_KEEP, methods=_POST)
def seat_add(request: HttpRequest, place: Place) -> HttpResponse:
    """Make a seat for a group."""
    form = SeatForm(place, drafts.form_data(request), initial={"group": request.GET.get("group", "")})
    back = address_at(place, "register")

    def save(form: Any) -> tuple[str, str]:
        said = form.cleaned_data
        made = register_seats.make_seat(
            person_of(request), place, group=said["group"], name=said["seat_name"], votes=said["votes"]
        )
        return f"The seat “{made.name}” is made.", back

    return show_form(request, form, Shown(f"Make a seat in {place.name}", "Make the seat", back), save)


@page_at_both(_KEEP, methods=_POST)
def seat_appoint(request: HttpRequest, place: Place, seat: int) -> HttpResponse:
    """Put somebody who is on the register onto a seat."""
    found = _seat(place, seat)
    back = address_at(place, "register")

    def save(form: Any) -> tuple[str, str]:
        member = form.cleaned_data["member"]
        register_seats.seat_member(person_of(request), place, found, member=member, sitting=form.sitting())
        return f"{member} sits on “{found}”.", back

    group = name_of_group(place.partnership, found.group)
    says = [f"The seat speaks for: {group}. It has one holder on any day."]
    new = f"{address_at(place, 'member_add')}?seat={found.pk}"
    shown = Shown(f"Appoint somebody to “{found}”", "Appoint", back, says, [new])
    return show_form(request, SitForm(place, drafts.form_data(request)), shown, save)


@page_at_both(_KEEP, methods=_POST)
def seat_close(request: HttpRequest, place: Place, seat: int) -> HttpResponse:
    """Close a seat on which nobody sits any more."""
    found = _seat(place, seat)
    back = address_at(place, "register")

    def save(form: Any) -> tuple[str, str]:
        register_seats.shut_seat(person_of(request), place, found, closed_on=form.cleaned_data["closed_on"])
        return f"The seat “{found}” is closed.", back

    shown = Shown(f"Close the seat “{found}”", "Close the seat", back, ["Who sat on it, and when, stays."])
    return show_form(request, CloseSeatForm(drafts.form_data(request)), shown, save)


@page_at_both(_KEEP, methods=_POST)
def term_extend(request: HttpRequest, place: Place, term: int) -> HttpResponse:
    """Let a term on a seat last longer."""
    found = _term(place, term)
    back = address_at(place, "register")

    def save(form: Any) -> tuple[str, str]:
        register_seats.extend_sitting(person_of(request), place, found, **form.cleaned_data)
        return f"The term of {found.member} is extended.", back

    shown = Shown(f"Extend the term of {found.member}", "Extend the term", back, [_say(found)])
    return show_form(request, ExtendSittingForm(drafts.form_data(request)), shown, save)


@page_at_both(_KEEP, methods=_POST)
def term_end(request: HttpRequest, place: Place, term: int) -> HttpResponse:
    """End a term on a seat."""
    found = _term(place, term)
    back = address_at(place, "register")

    def save(form: Any) -> tuple[str, str]:
        register_seats.end_sitting(person_of(request), place, found, **form.cleaned_data)
        return f"The term of {found.member} is ended.", back

    shown = Shown(f"End the term of {found.member}", "End the term", back, [_say(found)])
    return show_form(request, EndSittingForm(drafts.form_data(request)), shown, save)


def _say(term: SeatTerm) -> str:
    until = f"to {term.ends.day} {term.ends:%B %Y}" if term.ends else "on, without an end"
    return f"“{term.seat}”, from {term.starts.day} {term.starts:%B %Y} {until}."
