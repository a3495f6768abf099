"""Which forms can be filled in on paper: every room says its own."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from locality_web.core.hooks import PaperKind, ask_rooms
from locality_web.core.models import Person
from locality_web.core.permissions import Place, may
from locality_web.members.access_models import PaperForm


def kinds_on_paper() -> dict[str, PaperKind]:
    """Give every kind of form by its name."""
    return {kind.name: kind for told in ask_rooms("paper_forms", "takes") for kind in told}


def kind_of(form: PaperForm) -> PaperKind:
    """Give the kind of a form, or say that there is none any more."""
    found = kinds_on_paper().get(form.kind)
    if found is None:
        raise Http404("Forms of this kind are not taken any more.")
    return found


def what_can_be_asked(person: Person, place: Place) -> list[tuple[PaperKind, list[tuple[str, str]]]]:
    """Give the kinds that somebody may print at a place, with what each can be about there."""
    mine = [kind for kind in kinds_on_paper().values() if may(person, kind.permission, place)]
    asked = [(kind, kind.subjects(place)) for kind in mine]
    return [(kind, subjects) for kind, subjects in asked if subjects]


def place_of(form: PaperForm) -> Place:
    """Give the place of a form."""
    return Place(form.partnership, form.locality)


def questions_of(form: PaperForm) -> dict[str, Any]:
    """Give the questions of a form: form fields by name."""
    return kind_of(form).questions(place_of(form), form.subject)
