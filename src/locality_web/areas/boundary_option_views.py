"""The pages of one boundary option: what it is, where it stands, its zones, its notes."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify

from locality.foundations import InputRefused
from locality_web.areas import boundary_changes, boundary_making, boundary_notes, boundary_states
from locality_web.areas.boundary_adopting import RECORD, propose_adoption
from locality_web.areas.boundary_files import KINDS, file_of
from locality_web.areas.boundary_forms import AdoptForm, NoteForm
from locality_web.areas.boundary_ground import ground_of
from locality_web.areas.boundary_log import first_words, make_log, offered_for
from locality_web.areas.boundary_log_pages import log_shown
from locality_web.areas.boundary_measuring import board_of, bring_up_to_date
from locality_web.areas.boundary_pages import option_page
from locality_web.areas.boundary_queries import notes_on, option_of, readable_option
from locality_web.areas.boundary_views import person_of, say_refusal
from locality_web.areas.boundary_zone_pages import COLUMNS, NO_LOCALITY, Asked, option_rows, zone_lines, zones_page
from locality_web.areas.models import BoundaryConsultation, BoundaryOption
from locality_web.core import drafts
from locality_web.core.csv_out import csv_response
from locality_web.core.models import Person
from locality_web.core.pages import PUBLIC, page
from locality_web.core.permissions import NotAllowed, Place
from locality_web.core.remembered import Memory


@page(PUBLIC, methods=("GET", "POST"))
def option(request: HttpRequest, place: Place, option: int) -> HttpResponse:
    """A boundary option; a note is pinned to one of its places here."""
    found = readable_option(place, request.user, option)
    form = NoteForm(drafts.form_data(request))
    if request.method == "POST" and form.is_valid():
        try:
            boundary_notes.pin_note(person_of(request), found, form.cleaned_data["spot"], form.cleaned_data["text"])
        except InputRefused as refused:
            form.add_faults(refused)
        else:
            drafts.clear(request)
            messages.success(request, "Your note is pinned.")
            return redirect("areas:option", place.partnership.slug, found.pk)
    shown = option_page(place, request.user, found)
    return render(request, "areas/boundaries/option.html", shown | {"form": form})


@page("core.sign_in", methods=("POST",))
def remove_note(request: HttpRequest, place: Place, option: int, note: int) -> HttpResponse:
    """Take a note away: one's own, or any by whoever may change localities."""
    found = readable_option(place, request.user, option)
    try:
        boundary_notes.remove_note(person_of(request), get_object_or_404(notes_on(found), pk=note))
    except NotAllowed as refused:
        messages.error(request, f"{refused.reason} {refused.do}")
    else:
        messages.success(request, "The note is removed.")
    return redirect("areas:option", place.partnership.slug, found.pk)


Step = Callable[[Person, BoundaryOption], BoundaryOption]
_STEPS: dict[str, tuple[Step, str]] = {
    "reopen": (boundary_states.reopen, "It is a draft again."),
    "put_away": (boundary_states.put_option_away, "It is put away."),
    "open": (lambda person, held: boundary_states.consult_on(person, held, is_open=True), "Everybody may read it now."),
    "close": (
        lambda person, held: boundary_states.consult_on(person, held, is_open=False),
        "It is no longer open for consultation.",
    ),
}


@page("areas.edit", methods=("POST",))
def option_step(request: HttpRequest, place: Place, option: int) -> HttpResponse:
    """Make an option final, put it away, take it back, or open it for consultation."""
    found = option_of(place.partnership, option)
    action = request.POST.get("action", "")
    try:
        if action == "final":
            boundary_states.make_final(person_of(request), found, _version(request))
            messages.success(request, f"“{found.name}” is final. It can be adopted.")
        elif action in _STEPS:
            _STEPS[action][0](person_of(request), found)
            messages.success(request, f"“{found.name}”: {_STEPS[action][1]}")
        elif action == "name":
            boundary_changes.name_option(person_of(request), found, request.POST.get("name", ""))
            messages.success(request, "The name is saved.")
    except InputRefused as refused:
        messages.error(request, say_refusal(refused))
    return redirect("areas:option", place.partnership.slug, found.pk)


@page("areas.edit", methods=("GET", "POST"))
def option_zones(request: HttpRequest, place: Place, option: int) -> HttpResponse:
    """The zones of an option as a list, each with its locality to choose."""
    found = option_of(place.partnership, option)
    asked = Asked.read(request.POST if request.method == "POST" else request.GET)
    memory = Memory(place.partnership)
    ground = ground_of(place.partnership, memory)
    if ground is None:
        return redirect("areas:options", place.partnership.slug)
    if request.method == "POST":
        _edit(request, place, found, asked)
        page = request.POST.get("page", "1")
        address = redirect("areas:option_zones", place.partnership.slug, found.pk)
        address["Location"] += f"?{asked.query}&page={page if page.isdecimal() else 1}"
        return address
    bring_up_to_date(board_of(place.partnership, memory), found)
    shown = zones_page(ground, found, asked, request.GET.get("page"))
    return render(request, "areas/boundaries/zones.html", shown)


def _edit(request: HttpRequest, place: Place, option: BoundaryOption, asked: Asked) -> None:
    """Do what the button of the list says; every outcome is said on the next page."""
    person, version, said = person_of(request), _version(request), request.POST
    try:
        if said.get("action") == "undo":
            edited = boundary_changes.undo_move(person, option, version)
        elif said.get("action") == "add":
            edited = boundary_changes.add_locality(person, option, said.get("name", ""), version)
        elif said.get("action") == "name":
            key = said.get("key", "")
            edited = boundary_changes.name_locality(
                person, option, key, name=said.get("name", ""), base_version=version
            )
        elif said.get("action") == "remove":
            edited = boundary_changes.remove_locality(person, option, said.get("key", ""), version)
        else:
            edited = boundary_changes.move_zones(person, option, _moves(request, place, option, asked), version)
    except InputRefused as refused:
        messages.error(request, say_refusal(refused))
        return
    wrong = len(edited.warnings)
    more = f" {wrong} things keep it from being final." if wrong > 1 else ""
    more = " One thing keeps it from being final." if wrong == 1 else more
    messages.success(request, f"Saved.{more}" if edited.option.version != version else "Nothing was moved.")


def _moves(request: HttpRequest, place: Place, option: BoundaryOption, asked: Asked) -> dict[str, str]:
    """Read the moves: all zones that the list finds, or those whose choice is another one."""
    said = request.POST
    if said.get("action") == "all":
        ground = boundary_making.need_board(place.partnership).ground
        key = said.get("to", "")
        to = "" if key == NO_LOCALITY else key
        return {line.code: to for line in zone_lines(ground, option, asked)} if key else {}
    chosen = {name.removeprefix("zone-"): said[name] for name in said if name.startswith("zone-")}
    return {zone: "" if key == NO_LOCALITY else str(key) for zone, key in chosen.items()}


@page(PUBLIC)
def option_file(request: HttpRequest, place: Place, option: int, kind: str) -> HttpResponse:
    """An option as GeoJSON or GeoPackage, or its map as PNG or PDF."""
    found = readable_option(place, request.user, option)
    content = file_of(found, kind) if kind in KINDS else None
    if content is None:
        raise Http404("There is no such file of this option: not all of its zones have shapes on this site.")
    answer = HttpResponse(content, content_type=KINDS[kind])
    name = f"{place.partnership.slug}-{slugify(found.name) or 'option'}"
    answer["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return answer


@page("areas.edit", methods=("GET", "POST"))
def adopt(request: HttpRequest, place: Place, option: int) -> HttpResponse:
    """Record how a final option was consulted on and agreed, and propose it as a change of localities."""
    found = option_of(place.partnership, option)
    offered = offered_for(found)
    kept = BoundaryConsultation.objects.filter(option=found).values(*RECORD).first()
    form = AdoptForm(drafts.form_data(request), initial=kept or first_words(found, offered), offered=offered)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        when = {"applies_from": said["applies_from"], "reason": said["reason"]}
        try:
            proposal = propose_adoption(person_of(request), found, said, **when, chosen=form.chosen)
        except InputRefused as refused:
            form.add_faults(refused)
        else:
            drafts.clear(request)
            return redirect("areas:preview", place.partnership.slug, proposal.pk)
    ready = [each for each in (*offered.own, *offered.further) if not each.waits]
    waiting = [each for each in offered.own if each.waits]
    context = {
        "form": form,
        "option": found,
        "log": log_shown(make_log(found, ready)),
        "own": offered.own,
        "waiting": waiting,
    }
    return render(request, "areas/boundaries/adopt.html", context)


def _version(request: HttpRequest) -> int:
    said = request.POST.get("version", "")
    return int(said) if said.isdecimal() and len(said) < 10 else 0


@page(PUBLIC)
def option_csv(request: HttpRequest, place: Place, option: int) -> HttpResponse:
    """The zones of an option as CSV, in the form in which they can be loaded."""
    found = readable_option(place, request.user, option)
    ground = ground_of(place.partnership, Memory(place.partnership))
    return csv_response(f"{place.partnership.slug}-{found.name}", COLUMNS, option_rows(ground, found))
