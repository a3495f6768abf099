"""The pages of the register: people, what is held of them, and the file of the register."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, cast

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from locality.foundations import InputRefused
from locality.members import write_register_csv, write_register_workbook
from locality_web.core import drafts
from locality_web.core.audit import record_event
from locality_web.core.forms import FaultForm
from locality_web.core.models import Person
from locality_web.core.pages import page_at_both
from locality_web.core.permissions import Place
from locality_web.members import register_erasing, register_files, register_pages, register_people
from locality_web.members.places import address_at
from locality_web.members.register_books import Loaded
from locality_web.members.register_forms import (
    AddMemberForm,
    DetailsForm,
    EraseForm,
    InterestForm,
    LeaveForm,
    RegisterFileForm,
)
from locality_web.members.register_models import Interest, Member
from locality_web.members.register_place import record_reading
from locality_web.members.register_queries import is_elsewhere, members_at, register_kinds

_KEEP, _POST = "members.keep_register", ("GET", "POST")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def person_of(request: HttpRequest) -> Person:
    """Give the person of a page that only people who are signed in can open."""
    return cast(Person, request.user)


class Shown(NamedTuple):
    """How a form's page looks: title, button, where "Cancel" leads, and what is said above the form."""

    title: str
    button: str
    cancel: str
    says: Sequence[str] = ()
    list: Sequence[str] = ()


def show_form(
    request: HttpRequest, form: FaultForm, shown: Shown, save: Callable[[FaultForm], tuple[str, str]]
) -> HttpResponse:
    """Show a form, or save it and go on: `save` gives what is said and where to go, or refuses."""
    if request.method == "POST" and form.is_valid():
        try:
            says, address = save(form)
        except InputRefused as refused:
            form.add_faults(refused)
        else:
            drafts.clear(request)
            messages.success(request, says)
            return redirect(address)
    return render(request, "members/register_form.html", {"form": form, "shown": shown})


def member_of(place: Place, member: int) -> Member:
    """Give a member who belongs to a place, or answer that there is none."""
    return get_object_or_404(members_at(place).select_related("organisation", "person"), pk=member)


@page_at_both("members.see_register")
def register(request: HttpRequest, place: Place) -> HttpResponse:
    """Who is on the register: people, organisations, groups and seats; search and filter."""
    asked = register_pages.asked_for(request.GET)
    if asked.contact:
        with transaction.atomic():
            record_reading(person_of(request), place, "how people are reached")
    return render(request, "members/register.html", register_pages.register_page(place, asked))


@page_at_both("members.see_register")
def member(request: HttpRequest, place: Place, member: int) -> HttpResponse:
    """Everything that the register holds of one member."""
    found = member_of(place, member)
    with transaction.atomic():
        record_reading(person_of(request), place, f"what is held of member {found.pk}", found)
    return render(request, "members/register_member.html", register_pages.member_page(place, found))


@page_at_both(_KEEP, methods=_POST)
def member_add(request: HttpRequest, place: Place) -> HttpResponse:
    """Put somebody on the register, with a seat."""
    first = {name: request.GET.get(name, "") for name in ("group", "seat")}
    form = AddMemberForm(place, drafts.form_data(request), initial=first)

    def save(form: Any) -> tuple[str, str]:
        made = register_people.add_member(
            person_of(request), place, form.details(), wanted=form.wanted(), interests=form.declared()
        )
        return f"{made.name} is on the register.", address_at(place, "register")

    shown = Shown(f"Add a person to the register of {place.name}", "Add the person", address_at(place, "register"))
    return show_form(request, form, shown, save)


@page_at_both(_KEEP, methods=_POST)
def member_edit(request: HttpRequest, place: Place, member: int) -> HttpResponse:
    """Change what is held of a member."""
    found = member_of(place, member)
    held = {name: getattr(found, name) for name in ("name", "email", "telephone", "address", "notices", "shown")}
    first = {**held, "organisation": str(found.organisation or ""), "person": found.person}
    form = DetailsForm(place, drafts.form_data(request), initial=first)
    back = address_at(place, "member", member=found.pk)
    if request.method == "GET":
        with transaction.atomic():
            record_reading(person_of(request), place, f"what is held of member {found.pk}", found)

    def save(form: Any) -> tuple[str, str]:
        register_people.change_member(person_of(request), place, found, form.details())
        return "The change is saved.", back

    return show_form(request, form, Shown(f"Change what is held of {found}", "Save", back), save)


@page_at_both(_KEEP, methods=_POST)
def member_leave(request: HttpRequest, place: Place, member: int) -> HttpResponse:
    """Take somebody off the register from a day on."""
    found = member_of(place, member)

    def save(form: Any) -> tuple[str, str]:
        register_people.let_leave(person_of(request), place, found, on=form.cleaned_data["on"])
        return f"{found} leaves the register.", address_at(place, "register")

    says = [
        "All their terms and feed-in routes end on the day before. What they did stays, with their name.",
        *_elsewhere(place, found),
    ]
    shown = Shown(f"{found} leaves", "Take them off the register", address_at(place, "member", member=found.pk), says)
    return show_form(request, LeaveForm(drafts.form_data(request)), shown, save)


@page_at_both(_KEEP, methods=_POST)
def member_erase(request: HttpRequest, place: Place, member: int) -> HttpResponse:
    """Erase somebody for good: what goes and what stays is said before."""
    found = member_of(place, member)
    form = EraseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        register_erasing.erase_member(person_of(request), place, found)
        messages.success(request, "The member is erased.")
        return redirect(address_at(place, "register"))
    context = {"form": form, "member": found, "goes": register_erasing.GOES, "stays": register_erasing.STAYS}
    back = address_at(place, "member", member=found.pk)
    return render(request, "members/register_erase.html", {**context, "back": back, "says": _elsewhere(place, found)})


def _elsewhere(place: Place, found: Member) -> list[str]:
    if not is_elsewhere(place, found):
        return []
    return [f"They take part outside {place.name} too, so only a planner of {place.partnership} may do this."]


@page_at_both(_KEEP, methods=_POST)
def interest_add(request: HttpRequest, place: Place, member: int) -> HttpResponse:
    """Note an interest that a member declares."""
    found = member_of(place, member)
    back = address_at(place, "member", member=found.pk)

    def save(form: Any) -> tuple[str, str]:
        register_people.declare_interest(person_of(request), place, found, says=form.cleaned_data["says"])
        return "The interest is noted.", back

    shown = Shown(f"An interest of {found}", "Note the interest", back)
    return show_form(request, InterestForm(drafts.form_data(request)), shown, save)


@page_at_both(_KEEP, methods=("POST",))
def interest_end(request: HttpRequest, place: Place, interest: int) -> HttpResponse:
    """Note that an interest is no more."""
    found = get_object_or_404(Interest, pk=interest, member__in=members_at(place), ended_on__isnull=True)
    register_people.end_interest(person_of(request), place, found)
    messages.success(request, "The interest is noted as ended.")
    return redirect(address_at(place, "member", member=found.member_id))


@page_at_both(_KEEP, methods=_POST)
def register_import(request: HttpRequest, place: Place) -> HttpResponse:
    """Fill the register from a spreadsheet: look at what changes first, then save."""
    if request.method == "POST" and "rows" in request.POST:
        return _load(request, place)
    form = RegisterFileForm(request.POST if request.method == "POST" else None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["register"]
        try:
            rows = register_files.read_file(place, sent.read(), sent.name)
            found = register_files.preview_register(person_of(request), place, rows, file=sent.name)
        except InputRefused as refused:
            form.add_faults(refused)
        else:
            text = write_register_csv(rows, register_kinds(place)).decode("utf-8-sig")
            context = {"loaded": found, "rows": text, "file": sent.name}
            return render(request, "members/register_preview.html", context)
    return render(request, "members/register_import.html", {"form": form})


def _load(request: HttpRequest, place: Place) -> HttpResponse:
    """Load what was looked at: it comes back with the form, so that nothing of it is kept before."""
    file = "register.csv"
    try:
        rows = register_files.read_file(place, request.POST["rows"].encode(), file)
        found = register_files.load_register(person_of(request), place, rows, file=file)
    except InputRefused as refused:
        form = RegisterFileForm({}, {})
        form.errors.clear()
        form.add_faults(refused)
        return render(request, "members/register_import.html", {"form": form})
    messages.success(request, _say_loaded(found))
    return redirect(address_at(place, "register"))


def _say_loaded(found: Loaded) -> str:
    return (
        f"The register is loaded: {found.people_added} people added, {found.people_changed} changed, "
        f"{found.seats_made} seats made, {found.terms_added} terms added, {found.terms_changed} changed."
    )


@page_at_both(_KEEP)
def register_export(request: HttpRequest, place: Place, form: str) -> HttpResponse:
    """The register as a file, in the form in which it can be loaded again."""
    rows = register_files.rows_of(place)
    with transaction.atomic():
        subject = f"register:{place.locality.code if place.locality else 'all'}"
        says = f"Took the register of {place.name} out as a file"
        record_event(person_of(request), "members.register_read", says, place=place, subject=subject)
    return _file(place, rows, form, name="register")


@page_at_both(_KEEP)
def register_template(request: HttpRequest, place: Place, form: str) -> HttpResponse:
    """The empty file of the register, with the words that it may hold."""
    return _file(place, [], form, name="register-to-fill-in")


def _file(place: Place, rows: Sequence[Any], form: str, *, name: str) -> HttpResponse:
    kinds = register_kinds(place)
    if form == "xlsx":
        answer = HttpResponse(write_register_workbook(rows, kinds), content_type=_XLSX)
    else:
        answer = HttpResponse(write_register_csv(rows, kinds), content_type="text/csv; charset=utf-8")
    where = place.locality.slug if place.locality else place.partnership.slug
    answer["Content-Disposition"] = f'attachment; filename="{where}-{name}.{form}"'
    return answer
