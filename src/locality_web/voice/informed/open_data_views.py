"""The open data of a conversation, and files of other systems that are taken in."""

from __future__ import annotations

from typing import cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from locality.foundations import InputRefused, ResultRefused
from locality_web.core.forms import FaultForm, UploadField
from locality_web.core.languages import GAELIC
from locality_web.core.models import Person
from locality_web.core.pages import PUBLIC
from locality_web.core.permissions import Place
from locality_web.core.remembered import Memory
from locality_web.core.tables import Column, Table
from locality_web.core.words import count_of
from locality_web.voice.conversations.models import Conversation
from locality_web.voice.conversations.pages import told_of
from locality_web.voice.conversations.places import address_of, conversation_page
from locality_web.voice.informed.open_data import dictionary, zip_of
from locality_web.voice.informed.take_in import File, take_in


@conversation_page(PUBLIC, languages=(GAELIC.code,))
def open_data(request: HttpRequest, place: Place, kept: Conversation) -> HttpResponse:
    """What everybody may take of a conversation as open data, and what is withheld and why."""
    columns = [Column("File"), Column("Column"), Column("What it is, or why it is withheld")]
    rows = [(file or "none", column, says) for file, column, says in dictionary()]
    context = {
        "conversation": kept,
        **told_of(kept),
        "address": address_of(kept),
        "zip": reverse("voice:open_data_zip", args=[place.partnership.slug, kept.slug]),
        "dictionary": Table(caption="Every field", columns=columns, rows=rows),
    }
    return render(request, "voice/informed_open_data.html", context)


@conversation_page(PUBLIC)
def open_data_zip(request: HttpRequest, place: Place, kept: Conversation) -> HttpResponse:
    """The open data of a conversation as a zip of CSV files."""
    name = ("voice.open_data", str(kept.pk))
    packed = Memory(place.partnership).read(name, ("voice",), lambda: zip_of(kept))
    answer = HttpResponse(packed, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{kept.slug}.zip"'
    return answer


class TakeInForm(FaultForm):
    """A file of another system with what people said there."""

    file_field = "file"
    system = forms.ChoiceField(
        label="Which system wrote it?",
        choices=[("consul", "CONSUL Democracy"), ("decidim", "Decidim")],
        widget=forms.RadioSelect,
    )
    file = UploadField(label="The file", accepts=(".csv",))


@conversation_page("voice.take_in", methods=("GET", "POST"))
def take_in_page(request: HttpRequest, place: Place, kept: Conversation) -> HttpResponse:
    """Take in what people said elsewhere, from a file of CONSUL Democracy or Decidim."""
    posted = request.method == "POST"
    form = TakeInForm(request.POST if posted else None, request.FILES if posted else None)
    if form.is_valid():
        sent = form.cleaned_data["file"]
        file = File(sent.name, sent.read(), form.cleaned_data["system"])
        try:
            made = take_in(cast(Person, request.user), kept, file)
        except (InputRefused, ResultRefused) as refused:
            form.add_faults(refused)
        else:
            left = count_of(len(made.left_out), "was", "were")
            messages.success(request, f"{count_of(made.rows, 'contribution')} taken in; {left} left out.")
            return redirect(request.path)
    context = {"conversation": kept, "address": address_of(kept), "form": form, "files": kept.imported.all()}
    return render(request, "voice/informed_take_in.html", context)
