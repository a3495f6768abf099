"""Pages about notices: letters for those who are told by post, and the choice of how to be told."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.csrf import csrf_exempt

from locality.foundations import InputRefused, ResultRefused
from locality_web.core.audit import record_event
from locality_web.core.models import Person
from locality_web.core.pages import PUBLIC, page
from locality_web.core.partnership_settings import read_setting
from locality_web.core.permissions import Place
from locality_web.core.words import count_of
from locality_web.members import notice_changes, notice_pages
from locality_web.members.address_confirming import asked_by, confirm_address, refuse_address
from locality_web.members.decision_views import private
from locality_web.members.notice_forms import ChoiceOfNoticesForm, PostedForm
from locality_web.members.notice_models import PaperBatch
from locality_web.members.notice_text import member_of, stop_address
from locality_web.members.paper_sheets import return_address
from locality_web.members.register_models import Member


@page("members.paper", methods=("GET", "POST"))
def letters(request: HttpRequest, place: Place) -> HttpResponse:
    """The letters that wait for the post, and those that were printed; printing gathers what waits."""
    if request.method == "POST":
        try:
            batch = notice_changes.print_letters(_person(request), place)
        except ResultRefused as refused:
            messages.error(request, str(refused))
        else:
            return redirect("members:letters_batch", place.partnership.slug, batch.pk)
    return render(request, "members/notice_letters.html", notice_pages.letters_page(place))


@page("members.paper", methods=("GET", "POST"))
def letters_batch(request: HttpRequest, place: Place, batch: int) -> HttpResponse:
    """The letters of one batch, to be printed on paper; and the day on which they were posted."""
    kept = get_object_or_404(PaperBatch, pk=batch, partnership=place.partnership)
    form = PostedForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            notice_changes.mark_posted(_person(request), place, kept, on=form.cleaned_data["on"])
        except InputRefused as refused:
            form.add_faults(refused)
        except ResultRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "The letters are marked as posted.")
            return redirect("members:letters", place.partnership.slug)
    written = notice_pages.letters_of(kept) if kept.posted_on is None else []
    if written:
        _record_reading(request, place, kept, len(written))
    shown = {
        "batch": kept,
        "letters": written,
        "others": [each for each in written if each.other_forms],
        "form": form,
        "back_to": return_address(place.partnership),
        "telephone": read_setting(place.partnership, "members.telephone"),
    }
    return render(request, "members/notice_batch.html", shown)


def _record_reading(request: HttpRequest, place: Place, batch: PaperBatch, letters: int) -> None:
    with transaction.atomic():
        record_event(
            _person(request),
            "members.letters_read",
            f"Opened {count_of(letters, 'letter', 'letters')} with names and addresses",
            place=Place(place.partnership),
            subject=f"letters:{batch.pk}",
        )


@csrf_exempt
@page(PUBLIC, methods=("GET", "POST"))
def stop_notices(request: HttpRequest, place: Place, token: str) -> HttpResponse:
    """How somebody wants to be told, by the link at the end of a notice: no account is needed.

    A mail program may stop notices by itself, without opening the page: it sends one word and no cookie, so nothing
    is asked of it but the link that it was sent.
    """
    member = member_of(place.partnership, token)
    if member is None:
        return render(request, "members/notice_unknown.html", {}, status=404)
    if request.POST.get("List-Unsubscribe") == "One-Click":
        notice_changes.choose_notices(None, member, Member.Notices.NONE)
        return HttpResponse("You will get no more notices.\n", content_type="text/plain; charset=utf-8")
    form = ChoiceOfNoticesForm(member, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        notice_changes.choose_notices(None, member, form.cleaned_data["notices"])
        messages.success(request, f"From now on: {member.get_notices_display().lower()}.")
        return redirect(request.path)
    return render(request, "members/notice_choice.html", {"form": form, "member": member})


@page(PUBLIC, methods=("GET", "POST"))
def confirm_address_page(request: HttpRequest, place: Place, token: str) -> HttpResponse:
    """Say whether an e-mail address that somebody else gave is one's own; opening the link alone says nothing yet."""
    found = asked_by(place.partnership, token)
    if found is None:
        return render(request, "members/notice_unknown.html", {}, status=404)
    member, email = found
    said = request.POST.get("answer")
    if said == "yes":
        confirm_address(member, email)
        return redirect(request.path)
    state = "yes" if member.email == email else "ask"
    if said == "no" and state == "ask":
        refuse_address(member, email)
        state = "no"
    context = {"member": member, "email": email, "state": state, "choice": stop_address(place.partnership, member)}
    return private(render(request, "members/address_confirm.html", context))


def _person(request: HttpRequest) -> Person:
    """Give the person of a page that only people who are signed in can open."""
    return cast(Person, request.user)
