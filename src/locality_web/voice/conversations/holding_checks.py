"""What is wrong with a conversation that somebody prepares, each fault beside its field."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone

from locality.foundations import Fault
from locality.voice import engagement_levels
from locality_web.core.models import Partnership
from locality_web.voice.conversations import kinds
from locality_web.voice.conversations.holding_values import Prepared
from locality_web.voice.conversations.snapshot import ASKS

_RESERVED = {"new", "told", "yours"}


def fault(column: str, what: str, do: str) -> Fault:
    """Give a fault that stands beside its field."""
    return Fault(column, what, do, "conversation", column=column)


def faults_of_prepared(partnership: Partnership, said: Prepared) -> list[Fault]:
    """Give everything that is wrong with a conversation."""
    return [*_words(said), *_days(said), *_kinds(said), *_choices(partnership, said)]


def _words(said: Prepared) -> Iterator[Fault]:
    if not said.title.strip():
        yield fault("title", "The title is missing", "Write a few words.")
    if not said.question.strip():
        yield fault("question", "The question is missing", "Write what you ask, in a sentence or two.")
    if not said.open_to_change.strip():
        do = "Write what people can change by taking part; ask nothing that is settled."
        yield fault("open_to_change", "It is not said what is open to change", do)
    if said.asks_about and not said.asks_why.strip():
        yield fault("asks_why", "It is not said why people are asked about themselves", "Write why, or ask nothing.")


def _days(said: Prepared) -> Iterator[Fault]:
    if said.closes_on < said.opens_on:
        yield fault("closes_on", "The last day is before the first", "Write a later day.")


def _kinds(said: Prepared) -> Iterator[Fault]:
    if not said.kinds:
        yield fault("kinds", "It is not said how people can take part", "Choose one kind at least.")
    needed = (
        (kinds.STATEMENTS, said.statements, "statements", "statement"),
        (kinds.RANKING, said.options, "options", "option"),
        (kinds.DIVIDING, said.options, "options", "option"),
        (kinds.SURVEY, said.questions, "questions", "question"),
        (kinds.BOUNDARIES, said.boundary_options, "boundary_options", "option for boundaries"),
    )
    for kind, given, column, what in needed:
        if kind in said.kinds and not given:
            yield fault(column, f"There is no {what} yet", f"Add one, or take out “{kinds.KINDS[kind]}”.")
    if kinds.DIVIDING in said.kinds and not said.divides_pence:
        yield fault("divides_pence", "The sum that people divide is missing", "Write it in pounds.")
    if any(len(each) > 280 for each in said.statements):
        yield fault("statements", "A statement has at most 280 characters", "Shorten it, so that it says one thing.")


def _choices(partnership: Partnership, said: Prepared) -> Iterator[Fault]:
    if set(said.kinds) - set(kinds.KINDS):
        yield fault("kinds", "A kind of contribution is not known", "Choose from the list.")
    if said.aims_at not in {each.code for each in engagement_levels(timezone.localdate()).levels}:
        yield fault("aims_at", "The level at which it aims is missing", "Choose one of the list.")
    if set(said.asks_about) - set(ASKS):
        yield fault("asks_about", "A question about people is not known", "Choose from the list.")
    if any(each.partnership_id != partnership.pk for each in said.localities):
        yield fault("localities", "A locality is of another partnership", "Choose from the list.")
    strange = [each for each in said.boundary_options if each.partnership_id != partnership.pk or not each.is_public]
    if strange:
        do = "Open the option for consultation first."
        yield fault("boundary_options", f"Not everybody may read '{strange[0]}'", do)


def is_reserved(slug: str) -> bool:
    """Say whether a slug would stand where another page of conversations is."""
    return slug in _RESERVED
