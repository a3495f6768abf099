"""The open data of a conversation: what everybody may read, as CSV files in a zip, with what each column means.

People stand in it under numbers that are drawn for one file alone: nobody can join what one person said in two files,
nor see in which order people came.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable
from functools import cache
from importlib import resources
from typing import Any

import yaml
from django.apps import apps
from django.db.models import Model, QuerySet
from django.utils.crypto import salted_hmac

from locality_web.core.csv_out import csv_text
from locality_web.voice.conversations.kinds import PUBLIC_VIEW
from locality_web.voice.conversations.models import BoundaryAsked, Conversation, Question, Statement
from locality_web.voice.conversations.said import (
    DividedPart,
    MapMark,
    Opinion,
    Ranking,
    StatementVote,
    SurveyAnswer,
)
from locality_web.voice.sense.models import ThemeCode

Rows = Iterable[Model]
_STILL = (2020, 1, 1, 0, 0, 0)
"""The day that files in the zip carry, so that the same data make the same bytes."""


@cache
def declared() -> dict[str, dict[str, Any]]:
    """Give what the open data hold, by the name of the model."""
    text = (resources.files("locality_web.voice.informed") / "open_fields.yaml").read_text(encoding="utf-8")
    found: dict[str, dict[str, Any]] = yaml.safe_load(text)
    return found


def zip_of(conversation: Conversation) -> bytes:
    """Give the open data of a conversation as a zip of CSV files with a dictionary of their columns."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for model, said in declared().items():
            if "file" in said:
                _write(packed, said["file"], csv_text(_columns(said), _rows(conversation, model, said)))
        _write(
            packed, "dictionary.csv", csv_text(("file", "column", "what it is, or why it is withheld"), dictionary())
        )
    return out.getvalue()


def _write(packed: zipfile.ZipFile, name: str, text: str) -> None:
    packed.writestr(zipfile.ZipInfo(name, _STILL), text.encode("utf-8-sig"))


def dictionary() -> list[tuple[str, str, str]]:
    """Give every field of every model: in which file, and what it is, or why it is withheld."""
    found = []
    for name, said in declared().items():
        if "file" not in said:
            found.append(("", name, f"Withheld. {said['withheld']}"))
            continue
        names = _names(said)
        found += [(said["file"], names[field], _says(name, field)) for field in said["fields"]]
        found += [(said["file"], field, f"Withheld: {why}.") for field, why in said["withheld"].items()]
    return found


def _columns(said: dict[str, Any]) -> list[str]:
    return list(_names(said).values())


def _names(said: dict[str, Any]) -> dict[str, str]:
    """A contribution is a number that holds within one file; a reading stands for the view that was read."""
    other = {"contribution": "participant", "reading": "view", "opinion": "view"}
    return {field: other.get(field, field) for field in said["fields"]}


def _says(model: str, field: str) -> str:
    if field == "contribution":
        return "Number of a participant, drawn for this file alone"
    if field in ("reading", "opinion"):
        return "Number of the view"
    kept = apps.get_model("voice", model)._meta.get_field(field)
    return str(getattr(kept, "help_text", "") or getattr(kept, "verbose_name", field)).capitalize()


def _rows(conversation: Conversation, model: str, said: dict[str, Any]) -> list[list[Any]]:
    rows = [[_cell(each, field, said["file"]) for field in said["fields"]] for each in _READ[model](conversation)]
    # In no order but that of what they say: the order of keys would tell who came when.
    return sorted(rows, key=str) if "contribution" in said["fields"] or model == "Contribution" else rows


_CELLS: dict[str, Callable[[Any], Any]] = {
    "reading": lambda row: row.reading.opinion_id,
    "localities": lambda row: ", ".join(each.slug for each in row.localities.all()),
    "held_by": lambda row: row.held_by.slug if row.held_by else "",
    "withdrawn_at": lambda row: "yes" if row.withdrawn_at else "no",
}
"""What stands in the file in place of a key or a moment."""


def _cell(row: Any, field: str, file: str) -> Any:
    if field == "contribution":
        return salted_hmac(f"locality.voice.open-data.{file}", str(row.contribution_id)).hexdigest()[:12]
    if field in _CELLS:
        return _CELLS[field](row)
    kept = row._meta.get_field(field)
    value = getattr(row, kept.attname if kept.is_relation else field)
    if hasattr(value, "date"):
        return value.date().isoformat()
    return ", ".join(map(str, value)) if isinstance(value, list) and field != "order" else value


def _public(conversation: Conversation) -> QuerySet[Opinion]:
    found = conversation.opinions.filter(state__in=PUBLIC_VIEW, contribution__consents=True)
    # A reply to a view that is not shown any more would be joined to nothing.
    return found.exclude(replies_to__isnull=False, replies_to__in=_hidden(conversation)).order_by("pk")


def _hidden(conversation: Conversation) -> QuerySet[Opinion]:
    return conversation.opinions.exclude(state__in=PUBLIC_VIEW, contribution__consents=True)


def _of_contributions(model: Any) -> Callable[[Conversation], Rows]:
    return lambda talk: model.objects.filter(contribution__conversation=talk, contribution__withdrawn_at__isnull=True)


def _survey(conversation: Conversation) -> Rows:
    """Answers in words may name people, and nobody has looked at them: only what was chosen is there."""
    found = SurveyAnswer.objects.filter(
        contribution__conversation=conversation, contribution__withdrawn_at__isnull=True
    )
    return found.exclude(question__kind=Question.Kind.TEXT)


def _theme_views(conversation: Conversation) -> Rows:
    found = ThemeCode.objects.filter(reading__opinion__in=_public(conversation), reading__settled=True)
    return (
        found.filter(theme__ended_at__isnull=True).select_related("reading").order_by("theme_id", "reading__opinion_id")
    )


def _translations(conversation: Conversation) -> Rows:
    """A view or a statement that is not shown has a translation that is not shown."""
    shown = {f"opinion:{key}" for key in _public(conversation).values_list("pk", flat=True)}
    asked = conversation.statements.filter(state=Statement.State.SHOWN)
    shown |= {f"statement:{key}" for key in asked.values_list("pk", flat=True)}
    there = conversation.translations.all()
    return [each for each in there if each.of in shown or not each.of.startswith(("opinion:", "statement:"))]


_READ: dict[str, Callable[[Conversation], Rows]] = {
    "Answer": lambda talk: talk.answers.all(),
    "BoundaryAsked": lambda talk: BoundaryAsked.objects.filter(conversation=talk),
    "Contribution": lambda talk: talk.contributions.all(),
    "Conversation": lambda talk: [talk],
    "DividedPart": _of_contributions(DividedPart),
    "EngagementRecord": lambda talk: talk.engagement_records.filter(ended_at__isnull=True),
    "Finding": lambda talk: talk.findings.all(),
    "MapMark": lambda talk: MapMark.objects.filter(opinion__in=_public(talk)).order_by("opinion_id"),
    "Opinion": _public,
    "Option": lambda talk: talk.options.all(),
    "Question": lambda talk: talk.questions.all(),
    "Ranking": _of_contributions(Ranking),
    "Statement": lambda talk: talk.statements.filter(state=Statement.State.SHOWN),
    "StatementVote": _of_contributions(StatementVote),
    "SurveyAnswer": _survey,
    "Theme": lambda talk: talk.themes.filter(ended_at__isnull=True),
    "ThemeCode": _theme_views,
    "Translation": _translations,
}
