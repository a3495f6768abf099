"""A conversation as somebody prepares it, as plain values."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from locality_web.areas.models import BoundaryOption
from locality_web.core.models import Locality


@dataclass(frozen=True)
class Choice:
    """An option to rank, or to give a part of a sum to: its title and what it is."""

    title: str
    says: str = ""


@dataclass(frozen=True)
class SurveyQuestion:
    """A question of a survey: its text, how it is answered (`Question.Kind`), and what can be chosen."""

    text: str
    kind: str = "text"
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Prepared:
    """What is asked.

    Args:
        title: In a few words.
        question: In a sentence or two.
        background: In plain words.
        open_to_change: What people can change by taking part.
        not_open: What is settled already, and why.
        other_ways: How to take part by telephone, on paper or at a visit.
        opens_on: The first day.
        closes_on: The last day.
        localities: Where it is asked; none: everywhere in the partnership.
        headings: Service headings that it is about.
        kinds: Codes of kinds of contribution.
        aims_at: Code of the level of engagement at which it aims.
        moderation: before or after.
        asks_about: Codes of what people are asked about themselves.
        asks_why: Why they are asked that.
        divides_pence: The sum that people divide.
        statements: Statements to agree or disagree with.
        options: Options to rank or to divide a sum among.
        questions: Questions of a survey.
        boundary_options: Options for the boundaries of localities.
    """

    title: str
    question: str
    open_to_change: str
    opens_on: dt.date
    closes_on: dt.date
    background: str = ""
    not_open: str = ""
    other_ways: str = ""
    localities: tuple[Locality, ...] = ()
    headings: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ("views",)
    aims_at: str = "involve"
    moderation: str = "before"
    asks_about: tuple[str, ...] = ()
    asks_why: str = ""
    divides_pence: int | None = None
    statements: tuple[str, ...] = ()
    options: tuple[Choice, ...] = ()
    questions: tuple[SurveyQuestion, ...] = ()
    boundary_options: tuple[BoundaryOption, ...] = ()
