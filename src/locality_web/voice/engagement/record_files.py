"""The record of an engagement as files: a PDF that screen readers can read, and rows for another system."""

from __future__ import annotations

import json
from collections.abc import Iterable
from importlib import resources
from typing import Any

from django.utils import timezone

from locality.foundations import ResultRefused, say_day
from locality.voice.engagement import NOT_RECORDED, EngagementRecord
from locality_web.voice.engagement.levels import Reached
from locality_web.voice.engagement.pages import OVER, gaps_of, record_of

COLUMNS = ("part", "name", "question", "what is held")

# All words come as values in JSON and are never read as markup.
_PAGE = b"""
#let said = json(bytes(sys.inputs.said))
#set document(title: said.title, date: none)
#set text(font: "DejaVu Sans", size: 10.5pt, lang: "en", region: "GB", hyphenate: false)
#set page(paper: "a4", margin: 1.8cm, numbering: "1 / 1")
#set heading(numbering: none)
#show heading: set block(above: 1.4em, below: 0.7em, sticky: true)
#show title: set text(size: 19pt)
#title()
#text(size: 12pt)[#said.about]

#said.level

#for stage in said.stages [
  = #stage.name
  #for entry in stage.entries [
    == #entry.asks
    #if entry.held [#entry.says] else [#strong(entry.says)]
  ]
]
= The National Standards for Community Engagement
#for standard in said.standards [
  == #standard.name
  #standard.means

  #if standard.shown != "" [Shown by: #standard.shown]

  #if standard.lacking != "" [#strong(said.gap): #standard.lacking]
]
"""


def rows_of(record: EngagementRecord) -> Iterable[tuple[str, str, str, str]]:
    """Give the record row by row: stages with their entries, then the standards."""
    for stage in record.stages:
        for entry in stage.entries:
            yield "stage", stage.name, entry.asks, entry.words
    for each in record.standards:
        held = " ".join(f"{entry.asks} {entry.says}" for entry in each.shown_by)
        yield "standard", each.name, each.means, held or NOT_RECORDED


def pdf_of(got: Reached) -> bytes:
    """Write the record of an engagement as a PDF.

    Raises:
        ResultRefused: A sign of its words cannot be printed.
    """
    import typst  # noqa: PLC0415 - a large library that few pages need

    with resources.as_file(resources.files("locality.plans.documents") / "fonts") as fonts:
        try:
            made = typst.compile(
                _PAGE,
                font_paths=typst.Fonts(include_system_fonts=False, font_paths=[fonts]),
                sys_inputs={"said": json.dumps(_words(got), ensure_ascii=False)},
                pdf_standards="ua-1",
            )
        except typst.TypstError as error:
            do = "Take out of its words what is named here."
            raise ResultRefused(f"The record cannot be made: {error}.", do) from error
    pages: bytes = made[0] if isinstance(made, list) else made
    return pages


def _words(got: Reached) -> dict[str, Any]:
    record, talk = record_of(got), got.conversation
    so_far = "" if talk.state in OVER else " It is not over yet."
    gaps = gaps_of(record)
    missing = f"{gaps} of the questions have no answer yet." if gaps else "Every question has its answer."
    return {
        "title": f"Record of engagement: {talk.title}",
        "about": f"{talk.partnership}. As it stands on {say_day(timezone.localdate().isoformat())}. {missing}",
        "level": f"{got.found.words}{so_far}",
        "gap": NOT_RECORDED,
        "stages": [
            {
                "name": stage.name,
                "entries": [{"asks": one.asks, "says": one.words, "held": bool(one.says)} for one in stage.entries],
            }
            for stage in record.stages
        ],
        "standards": [
            {
                "name": each.name,
                "means": each.means,
                "shown": " ".join(one.asks for one in each.shown_by),
                "lacking": " ".join(one.asks for one in each.lacking),
            }
            for each in record.standards
        ],
    }
