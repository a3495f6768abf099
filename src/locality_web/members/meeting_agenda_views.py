"""The pages of a meeting's agenda and papers."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from locality.foundations import InputRefused, ResultRefused
from locality_web.core import drafts
from locality_web.core.pages import PUBLIC, page_at_both
from locality_web.core.permissions import NotAllowed, Place
from locality_web.core.words import count_of
from locality_web.members import meeting_agenda as agenda
from locality_web.members import meeting_papers as papers
from locality_web.members.meeting_forms import MeetingPaperForm
from locality_web.members.meeting_item_forms import AgendaItemForm
from locality_web.members.meeting_models import Meeting, Paper
from locality_web.members.meeting_pages import find_item, open_meeting
from locality_web.members.meeting_queries import find_meeting
from locality_web.members.meeting_views import done, person_of
from locality_web.members.places import address_at


@page_at_both("members.meet", methods=("GET", "POST"))
def meeting_agenda(request: HttpRequest, place: Place, meeting: int) -> HttpResponse:
    """The agenda: take open matters, add items, put them in order."""
    found = find_meeting(place, meeting)
    form = AgendaItemForm(found, drafts.form_data(request, "new"))
    if request.method == "POST":
        try:
            says = _change_agenda(request, place, found, form)
        except ResultRefused as refused:
            messages.error(request, str(refused))
            return redirect(address_at(place, "meeting_agenda", found.pk))
        if says:
            drafts.clear(request, "new")
            messages.success(request, says)
            return redirect(address_at(place, "meeting_agenda", found.pk))
    items = list(found.items.select_related("presenter").order_by("order", "id"))
    shown = {
        "meeting": found,
        "items": items,
        "minutes": sum(each.minutes_planned for each in items),
        "lasts": int((found.ends - found.starts).total_seconds() // 60),
        "matters": agenda.matters_left(place, items),
        "form": form,
    }
    return render(request, "members/meeting_agenda.html", shown)


def _change_agenda(request: HttpRequest, place: Place, meeting: Meeting, form: AgendaItemForm) -> str:
    """Do what one of the page's forms asks for; an empty answer means that the new item has faults."""
    person, sent = person_of(request), request.POST
    if "take" in sent:
        taken = agenda.take_matters(person, place, meeting, sent.getlist("matter"))
        return f"{count_of(taken, 'matter')} put onto the agenda."
    if move := re.fullmatch(r"(up|down)-(\d+)", sent.get("move", "")):
        item = find_item(meeting, int(move[2]))
        agenda.move_item(person, place, item, -1 if move[1] == "up" else 1)
        return f"“{item.title}” is moved {move[1]}."
    if "order" in sent:
        numbers = {name: str(said) for name, said in sent.items()}
        wanted = {int(name[6:]): int(said) for name, said in numbers.items() if _is_number(name, said)}
        agenda.order_items(person, place, meeting, wanted)
        return "The agenda has its new order."
    if form.is_valid():
        return f"“{agenda.add_item(person, place, meeting, form.said()).title}” is on the agenda."
    return ""


def _is_number(name: str, said: str) -> bool:
    return bool(re.fullmatch(r"order-\d+", name) and re.fullmatch(r"\d{1,4}", said.strip()))


@page_at_both("members.meet", methods=("GET", "POST"))
def meeting_item(request: HttpRequest, place: Place, meeting: int, item: int) -> HttpResponse:
    """Change an item of the agenda, or take it off."""
    found = find_meeting(place, meeting)
    kept = find_item(found, item)
    names = ("title", "says", "purpose", "minutes_planned", "presenter")
    form = AgendaItemForm(found, drafts.form_data(request), initial={name: getattr(kept, name) for name in names})
    if request.method == "POST":
        try:
            if "remove" in request.POST:
                agenda.remove_item(person_of(request), place, kept)
                return done(request, place, found, "The item is off the agenda.", "meeting_agenda")
            if form.is_valid():
                agenda.change_item(person_of(request), place, kept, form.said())
                return done(request, place, found, "The item is changed.", "meeting_agenda")
        except ResultRefused as refused:
            form.add_faults(refused)
    return render(request, "members/meeting_item.html", {"meeting": found, "item": kept, "form": form})


@page_at_both("members.meet", methods=("GET", "POST"))
def meeting_papers(request: HttpRequest, place: Place, meeting: int) -> HttpResponse:
    """Add papers, and withhold one with a reason."""
    found = find_meeting(place, meeting)
    kept = papers.papers_of(found)
    form = MeetingPaperForm(found, request.POST if _adds(request) else None, request.FILES if _adds(request) else None)
    if request.method == "POST" and not _adds(request):
        return _withhold(request, place, found, kept)
    if request.method == "POST" and form.is_valid():
        said: dict[str, Any] = form.cleaned_data
        sent = papers.PaperSent(said["file"].name, said["file"].read(), said["item"], said["withheld_why"])
        try:
            papers.add_paper(person_of(request), place, found, sent)
        except InputRefused as refused:
            form.add_faults(refused)
        else:
            return done(request, place, found, f"“{sent.name}” is added.", "meeting_papers")
    return render(request, "members/meeting_papers.html", {"meeting": found, "papers": kept, "form": form})


def _adds(request: HttpRequest) -> bool:
    return request.method == "POST" and "paper" not in request.POST


def _withhold(request: HttpRequest, place: Place, meeting: Meeting, kept: list[Paper]) -> HttpResponse:
    paper = next((each for each in kept if str(each.pk) == request.POST["paper"]), None)
    if paper is None:
        raise Http404("There is no such paper of this meeting.")
    why = request.POST.get("why", "").strip()[:500]
    papers.withhold_paper(person_of(request), place, paper, why)
    return done(
        request, place, meeting, "The paper is withheld." if why else "The paper is published.", "meeting_papers"
    )


@page_at_both(PUBLIC)
def meeting_paper(request: HttpRequest, place: Place, meeting: int, paper: int) -> HttpResponse:
    """One paper as a file: what is published for everybody, all of them for members of the group."""
    found = open_meeting(request, place, meeting)
    kept = found.papers.select_related("document").filter(pk=paper).first()
    if kept is None:
        raise Http404("There is no such paper of this meeting.")
    kept.meeting = found
    if not papers.may_read_paper(request.user, place, kept):
        raise NotAllowed(
            f"This paper is not published. {kept.withheld_why}",
            "Members of the group can read it.",
            sign_in=not request.user.is_authenticated,
        )
    name = re.sub(r'["\\\r\n]', "", kept.document.name)
    answer = HttpResponse(bytes(kept.document.content), content_type=kept.document.media_type)
    answer["Content-Disposition"] = f'attachment; filename="{name.encode("ascii", "replace").decode()}"'
    answer["X-Content-Type-Options"] = "nosniff"
    if kept.withheld_why or not found.public:
        answer["Cache-Control"] = "private, no-store"
    return answer
