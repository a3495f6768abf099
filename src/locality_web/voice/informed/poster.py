"""A poster for a notice board: large print, a short address and its code picture; as a page to print and as a PDF."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib import resources

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from locality.foundations import ResultRefused
from locality_web.core.languages import GAELIC, spoken, tell, tell_day
from locality_web.core.permissions import Place
from locality_web.core.site_address import full_address
from locality_web.members.paper_sheets import code_picture
from locality_web.voice.conversations.models import Conversation
from locality_web.voice.conversations.pages import told_of
from locality_web.voice.conversations.places import address_of, conversation_page

# All words come as values in JSON and are never read as markup.
_PAGE = b"""
#let said = json(bytes(sys.inputs.said))
#set document(title: said.title, date: none)
#set text(font: "DejaVu Sans", size: 22pt, lang: said.lang, region: "GB", hyphenate: false)
#set page(paper: "a4", margin: 1.6cm)
#show title: set text(size: 34pt)
#title()
#text(size: 26pt, weight: "bold")[#said.question]

#said.until

#grid(columns: (1fr, 5.5cm), gutter: 1cm, align: horizon,
  [#said.where\\ #text(weight: "bold")[#said.address]],
  image(bytes(said.svg), format: "svg", width: 5.5cm, alt: said.picture))

#said.paper

#said.by
"""


@dataclass(frozen=True)
class Poster:
    """What a poster says."""

    title: str
    question: str
    until: str
    address: str
    paper: str
    by: str
    where: str
    picture: str
    lang: str


def poster_of(conversation: Conversation) -> Poster:
    """Give what a poster of a conversation says."""
    partnership = conversation.partnership
    contact = f" {partnership.contact}" if partnership.contact else ""
    told, address = told_of(conversation)["told"], short_address(conversation)
    return Poster(
        told["title"].text,
        told["question"].text,
        tell("Have your say until {day}.", day=tell_day(conversation.closes_on)),
        address,
        tell("Without a computer: ask for a form on paper, or tell us. It counts the same.") + contact,
        str(partnership),
        tell("On the internet:"),
        tell("A code picture that opens {address}", address=address),
        spoken().code,
    )


def short_address(conversation: Conversation) -> str:
    """Give the short full address of a conversation."""
    return full_address(reverse("voice:short", args=[conversation.partnership.slug, conversation.pk]))


@conversation_page("voice.inform", languages=(GAELIC.code,))
def poster(request: HttpRequest, place: Place, kept: Conversation) -> HttpResponse:
    """A poster of a conversation for a notice board, to print on A4: large, with a short address and a code picture."""
    said = poster_of(kept)
    context = {
        "conversation": kept,
        **told_of(kept),
        "address": address_of(kept),
        "said": said,
        "picture": code_picture(said.address),
    }
    return render(request, "voice/informed_poster.html", context)


@conversation_page("voice.inform", languages=(GAELIC.code,))
def poster_pdf(request: HttpRequest, place: Place, kept: Conversation) -> HttpResponse:
    """The poster of a conversation as a PDF."""
    answer = HttpResponse(pdf_of(poster_of(kept)), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="poster-{kept.slug}.pdf"'
    return answer


def pdf_of(said: Poster) -> bytes:
    """Write a poster as a PDF that screen readers can read.

    Raises:
        ResultRefused: A sign of its words cannot be printed.
    """
    import typst  # noqa: PLC0415 - a large library that few pages need

    words = {**said.__dict__, "svg": str(code_picture(said.address))}
    with resources.as_file(resources.files("locality.plans.documents") / "fonts") as fonts:
        try:
            made = typst.compile(
                _PAGE,
                font_paths=typst.Fonts(include_system_fonts=False, font_paths=[fonts]),
                sys_inputs={"said": json.dumps(words, ensure_ascii=False)},
                pdf_standards="ua-1",
            )
        except typst.TypstError as error:
            do = "Take out of its words what is named here."
            raise ResultRefused(f"The poster cannot be made: {error}.", do) from error
    pages: bytes = made[0] if isinstance(made, list) else made
    return pages
