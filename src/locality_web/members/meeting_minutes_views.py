"""The pages of what happens in the room: who is there, minutes, decisions, actions, publishing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from locality.foundations import InputRefused, ResultRefused
from locality_web.core import drafts
from locality_web.core.pages import page_at_both
from locality_web.core.permissions import Place, may
from locality_web.members import meeting_attendance, meeting_minutes
from locality_web.members.meeting_decisions import decide_item
from locality_web.members.meeting_forms import TakeBackMinutesForm
from locality_web.members.meeting_item_forms import (
    ActionDoneForm,
    AttendanceForm,
    ItemDecisionForm,
    MeetingActionForm,
    WalkInForm,
    members_to_choose,
)
from locality_web.members.meeting_models import AgendaItem, Meeting, MeetingAction
from locality_web.members.meeting_pages import actions_page, find_item
from locality_web.members.meeting_queries import attendances_of, day_of, find_meeting, presence_at, seats_by_member
from locality_web.members.meeting_views import done, person_of
from locality_web.members.places import address_at

_MOST_CHARACTERS = 100_000


@page_at_both("members.meet", methods=("GET", "POST"))
def meeting_attendance_page(request: HttpRequest, place: Place, meeting: int) -> HttpResponse:
    """Who is there and how, who came for whom, and whether the quorum is reached."""
    found = find_meeting(place, meeting)
    rows = attendances_of(found)
    is_walk_in = request.method == "POST" and "walk_in" in request.POST
    form = AttendanceForm(found, rows, request.POST if request.method == "POST" and not is_walk_in else None)
    walk_in = WalkInForm(found, request.POST if is_walk_in else None)
    if request.method == "POST":
        try:
            says = _note(request, place, found, walk_in if is_walk_in else form)
        except ResultRefused as refused:
            messages.error(request, str(refused))
            return redirect(request.path)
        if says:
            return done(request, place, found, says, "meeting_attendance")
    shown = {
        "meeting": found,
        "form": form,
        "walk_in": walk_in,
        "quorum": presence_at(found, rows, seats_by_member(place, day_of(found))),
        "count": meeting_attendance.count_there(rows),
        "is_closed": found.state in (Meeting.State.CANCELLED, Meeting.State.MINUTED),
    }
    return render(request, "members/meeting_attendance.html", shown)


def _note(request: HttpRequest, place: Place, meeting: Meeting, form: AttendanceForm | WalkInForm) -> str:
    if not form.is_valid():
        return ""
    person = person_of(request)
    if isinstance(form, WalkInForm):
        said = form.cleaned_data
        meeting_attendance.add_walk_in(person, place, meeting, said["member"], said["how"])
        return f"{said['member']} is written down as present."
    there = meeting_attendance.note_attendance(person, place, meeting, form.came())
    if "hold" in request.POST and meeting.state != Meeting.State.HELD:
        meeting_attendance.hold_meeting(person, place, meeting)
        return f"It is recorded that the meeting was held. {there.words}"
    return there.words


@page_at_both("members.meet", methods=("GET", "POST"))
def meeting_minutes_page(request: HttpRequest, place: Place, meeting: int) -> HttpResponse:
    """Write the minutes, item by item; what is typed is kept while there is no connection."""
    found = find_meeting(place, meeting)
    items = list(found.items.select_related("decision").prefetch_related("actions__member").order_by("order", "id"))
    joined: dict[int, meeting_minutes.Written] = {}
    if request.method == "POST":
        item = next((each for each in items if str(each.pk) == request.POST.get("item")), None)
        if item is None:
            raise Http404("There is no such item on this agenda.")
        item.meeting = found
        answer = _write(request, place, item, joined)
        if answer is not None:
            return answer
    kept = drafts.kept_forms(request) if request.method == "GET" else []
    shown = {
        "meeting": found,
        "rows": [_row(request, each, joined.get(each.pk), kept) for each in items],
        "is_closed": found.state in (Meeting.State.MINUTED, Meeting.State.CANCELLED),
    }
    return render(request, "members/meeting_minutes.html", shown)


def _write(
    request: HttpRequest, place: Place, item: AgendaItem, joined: dict[int, meeting_minutes.Written]
) -> HttpResponse | None:
    by_script = request.headers.get("Accept") == "application/json"
    said = request.POST.get("text", "")[:_MOST_CHARACTERS]
    version = request.POST.get("version", "")
    base = int(version) if version.isdecimal() else -1
    try:
        written = meeting_minutes.write_minutes(person_of(request), place, item, said, base_version=base)
    except ResultRefused as refused:
        if by_script:
            return JsonResponse({"says": str(refused)}, status=409)
        messages.error(request, str(refused))
        return None
    if written.is_saved:
        drafts.clear(request, f"item-{item.pk}")
    if by_script:
        told = {"version": written.version, "text": written.text, "saved": written.is_saved}
        return JsonResponse(told)
    if written.is_saved:
        messages.success(request, f"Saved: {item.title}.")
        return redirect(f"{request.path}#item-{item.pk}")
    joined[item.pk] = written
    says = "Somebody else wrote there meanwhile. Both texts stand in the field now. Join them and save."
    messages.warning(request, f"{item.title}: {says}")
    return None


def _row(
    request: HttpRequest, item: AgendaItem, written: meeting_minutes.Written | None, kept_forms: list[str]
) -> dict[str, Any]:
    """Give an item with the text and the version that its field begins with; a draft is offered on top of the page."""
    name = f"item-{item.pk}"
    kept = drafts.form_data(request, name) if name in kept_forms else None
    version, text = (written.version, written.text) if written else (item.minutes_version, item.minutes_text)
    if kept is not None and written is None:
        base = kept.get("version", "")
        version, text = int(base) if base.isdecimal() else -1, kept.get("text", "")
    return {"item": item, "version": version, "text": text, "actions": list(item.actions.all())}


@page_at_both("members.meet", methods=("GET", "POST"))
def meeting_decide(request: HttpRequest, place: Place, meeting: int, item: int) -> HttpResponse:
    """Record what was decided under an item."""
    kept = find_item(find_meeting(place, meeting), item)
    form = ItemDecisionForm(drafts.form_data(request))
    if request.method == "POST" and form.is_valid():
        try:
            decide_item(person_of(request), place, kept, form.cleaned_data["outcome"])
        except (InputRefused, ResultRefused) as refused:
            form.add_faults(refused)
        else:
            return done(request, place, kept.meeting, "The decision is recorded.", "meeting_minutes")
    return render(request, "members/meeting_decide.html", {"meeting": kept.meeting, "item": kept, "form": form})


@page_at_both("members.meet", methods=("GET", "POST"))
def meeting_act(request: HttpRequest, place: Place, meeting: int, item: int) -> HttpResponse:
    """Record what somebody is to do, by when."""
    kept = find_item(find_meeting(place, meeting), item)
    form = MeetingActionForm(members_to_choose(kept.meeting), drafts.form_data(request))
    if request.method == "POST" and form.is_valid():
        try:
            meeting_minutes.agree_action(person_of(request), place, kept, **form.cleaned_data)
        except (InputRefused, ResultRefused) as refused:
            form.add_faults(refused)
        else:
            return done(request, place, kept.meeting, "The action is recorded.", "meeting_minutes")
    return render(request, "members/meeting_act.html", {"meeting": kept.meeting, "item": kept, "form": form})


@page_at_both("members.meet", methods=("GET", "POST"))
def meeting_publish(request: HttpRequest, place: Place, meeting: int) -> HttpResponse:
    """Withhold parts of the minutes with a reason, and publish the rest."""
    found = find_meeting(place, meeting)
    if request.method == "POST":
        try:
            says = _publish(request, place, found)
        except ResultRefused as refused:
            messages.error(request, str(refused))
            return redirect(request.path)
        return done(request, place, found, says, "meeting" if "publish" in request.POST else "meeting_publish")
    items = list(found.items.order_by("order", "id"))
    shown = {"meeting": found, "items": items, "lacking": meeting_minutes.items_without_minutes(found)}
    return render(request, "members/meeting_publish.html", shown)


def _publish(request: HttpRequest, place: Place, meeting: Meeting) -> str:
    person = person_of(request)
    if "publish" in request.POST:
        meeting_minutes.publish_minutes(person, place, meeting)
        return "The minutes are published."
    number = request.POST.get("item", "")
    item = find_item(meeting, int(number) if number.isdecimal() else 0)
    why = request.POST.get("why", "").strip()[:500]
    meeting_minutes.withhold_minutes(person, place, item, why)
    return f"“{item.title}” is withheld." if why else f"“{item.title}” is published with the others."


@page_at_both("members.meet", methods=("GET", "POST"))
def meeting_take_back(request: HttpRequest, place: Place, meeting: int) -> HttpResponse:
    """Take published minutes back, with the reason, to correct them."""
    found = find_meeting(place, meeting)
    form = TakeBackMinutesForm(drafts.form_data(request))
    if request.method == "POST" and form.is_valid():
        try:
            meeting_minutes.take_back_minutes(person_of(request), place, found, form.cleaned_data["why"])
        except ResultRefused as refused:
            form.add_faults(refused)
        else:
            return done(request, place, found, "The minutes are no longer published.")
    return render(request, "members/meeting_take_back.html", {"meeting": found, "form": form})


@page_at_both("members.see_register")
def meeting_actions(request: HttpRequest, place: Place) -> HttpResponse:
    """What meetings asked people to do, and what came of it."""
    return render(request, "members/meeting_actions.html", actions_page(place, request.user))


@page_at_both("members.own", methods=("GET", "POST"))
def meeting_action(request: HttpRequest, place: Place, action: int) -> HttpResponse:
    """One action: write what came of it."""
    here = MeetingAction.objects.filter(meeting__partnership=place.partnership, meeting__locality=place.locality)
    found = here.select_related("member__organisation", "meeting__partnership", "meeting__locality").filter(pk=action)
    kept = found.first()
    if kept is None:
        raise Http404("There is no such action here.")
    may_close = meeting_minutes.may_close_action(person_of(request), place, kept)
    if not may_close and not may(request.user, "members.see_register", place):
        return render(request, "members/meeting_not_yours.html", {"meeting": kept.meeting})
    form = ActionDoneForm(drafts.form_data(request))
    if request.method == "POST" and form.is_valid():
        try:
            meeting_minutes.close_action(person_of(request), place, kept, came_of=form.cleaned_data["came_of"])
        except (InputRefused, ResultRefused) as refused:
            form.add_faults(refused)
        else:
            drafts.clear(request)
            messages.success(request, "What came of it is kept.")
            return redirect(address_at(place, "meeting_action", kept.pk))
    shown = {"action": kept, "form": form, "may_close": may_close, "meeting": kept.meeting}
    return render(request, "members/meeting_action.html", shown)
