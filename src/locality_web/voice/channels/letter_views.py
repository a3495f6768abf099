"""Pages about letters to residents: what waits, each batch to print, and the day of posting."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from locality.foundations import InputRefused, ResultRefused
from locality_web.core.models import Person
from locality_web.core.pages import page
from locality_web.core.permissions import Place
from locality_web.core.tables import Column, Link, Table
from locality_web.members.notice_forms import PostedForm
from locality_web.voice.channels import letters as changes
from locality_web.voice.channels.models import LetterBatch


@page("voice.inform", methods=("GET", "POST"))
def letters(request: HttpRequest, place: Place) -> HttpResponse:
    """Letters to residents that wait for the post, and those that were printed; printing gathers what waits."""
    if request.method == "POST":
        try:
            batch = changes.print_letters(cast(Person, request.user), place)
        except ResultRefused as refused:
            messages.error(request, str(refused))
        else:
            return redirect("voice:letters_batch", place.partnership.slug, batch.pk)
    waiting = changes.letters_waiting(place.partnership).count()
    return render(request, "voice/channel_letters.html", {"waiting": waiting, "batches": _batches(place)})


def _batches(place: Place) -> Table:
    kept = LetterBatch.objects.filter(partnership=place.partnership)[:100]
    rows = [
        (Link(str(each), reverse("voice:letters_batch", args=[place.partnership.slug, each.pk])), _posted(each))
        for each in kept
    ]
    columns = [Column("Letters"), Column("Posted")]
    return Table(caption="Letters to residents that were printed", columns=columns, rows=rows)


def _posted(batch: LetterBatch) -> str:
    return f"{batch.posted_on.day} {batch.posted_on:%B %Y}" if batch.posted_on else "not yet"


@page("voice.inform", methods=("GET", "POST"))
def letters_batch(request: HttpRequest, place: Place, batch: int) -> HttpResponse:
    """The letters of one batch, to be printed on paper; and the day on which they were posted."""
    kept = get_object_or_404(LetterBatch, pk=batch, partnership=place.partnership)
    person = cast(Person, request.user)
    form = PostedForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            changes.mark_posted(person, place, kept, on=form.cleaned_data["on"])
        except InputRefused as refused:
            form.add_faults(refused)
        except ResultRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "The letters are marked as posted.")
            return redirect("voice:letters", place.partnership.slug)
    written = changes.read_letters(person, place, kept)
    answer = render(request, "voice/channel_letters_batch.html", {"batch": kept, "letters": written, "form": form})
    answer["Cache-Control"] = "private, no-store"
    return answer
