"""What the pages of this room show."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from locality_web.core.hooks import BriefingFact, ask_rooms
from locality_web.core.permissions import Place
from locality_web.members.models import LeadTerm

QUESTIONS = {
    "what": ("What is {place}?", "What is {place}?"),
    "must": ("What must it do, and by when?", "What do we do?"),
    "has": ("What does it have?", "What do we have?"),
    "who": ("Who leads it?", "Who is the lead?"),
    "part": ("How can you take part?", "What can you do?"),
}
"""The questions of a briefing, in words for everybody and for easy read."""

_NO_MONEY = BriefingFact(
    "has",
    "The money of this locality is not on this site yet.",
    ("We do not know how much money we have yet.",),
)


def say_day(day: dt.date) -> str:
    """Write a day as people say it."""
    return f"{day.day} {day:%B %Y}"


def lead_page(place: Place) -> dict[str, Any]:
    """All terms of a locality: those that run, those to come, and those that are over."""
    assert place.locality is not None
    today = timezone.localdate()
    terms = list(place.locality.lead_terms.select_related("appointed_by", "person"))
    running = [term for term in terms if term.starts <= today <= term.ends]
    return {
        "running": running,
        "to_come": [term for term in terms if term.starts > today],
        "over": [term for term in terms if term.ends < today],
        "has_lead": any(term.role == LeadTerm.Role.LEAD for term in running),
    }


@dataclass(frozen=True)
class Answer:
    """One question of the briefing with all that is said under it."""

    name: str
    question: str
    easy_question: str
    facts: tuple[BriefingFact, ...]

    @property
    def easy(self) -> list[str]:
        """The sentences for easy read."""
        return [sentence for fact in self.facts for sentence in fact.easy]


@dataclass(frozen=True)
class Briefing:
    """A locality's briefing on one day."""

    place: str
    partnership: str
    day: dt.date
    answers: tuple[Answer, ...]

    def as_text(self) -> str:
        """Write it for reading out: no signs that a voice stumbles over, one question after the other."""
        lines = [f"{self.place}: a short briefing", f"From {self.partnership}. {say_day(self.day)}.", ""]
        for answer in self.answers:
            lines += [answer.question, *(for_a_voice(fact.says) for fact in answer.facts), ""]
        return "\n".join(lines)


def for_a_voice(says: str) -> str:
    """Write pounds, years and brackets so that they can be read out."""
    spoken = re.sub(r"£([\d,]+(?:\.\d+)?)( (?:million|billion)|[mk]|bn)?", _say_amount, says)
    spoken = re.sub(r"\b(20\d\d)/(\d\d)\b", r"\1 to 20\2", spoken)
    spoken = re.sub(r" \(([^)]*)\)(?=[.,;:!?]|$)", r", \1", spoken)
    return re.sub(r" \(([^)]*)\)", r", \1,", spoken)


_SIZES = {"m": " million", "bn": " billion", "k": " thousand", None: ""}


def _say_amount(found: re.Match[str]) -> str:
    size = found[2]
    return f"{found[1]}{_SIZES.get(size, size)} pounds"


def briefing_page(place: Place) -> Briefing:
    """Gather the briefing of a locality from all rooms."""
    facts = [fact for told in ask_rooms("briefing", "facts", place) for fact in told]
    if not any(fact.under == "has" for fact in facts):
        facts.append(_NO_MONEY)
    facts.sort(key=lambda fact: fact.order)
    answers = tuple(
        Answer(
            name,
            question.format(place=place.name),
            easy.format(place=place.name),
            tuple(fact for fact in facts if fact.under == name),
        )
        for name, (question, easy) in QUESTIONS.items()
    )
    return Briefing(place.name, str(place.partnership), timezone.localdate(), answers)
