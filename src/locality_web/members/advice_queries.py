"""Read what professional bodies agreed to and advised, and who was consulted on a year's plan."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.http import Http404

from locality.foundations import FinancialYear
from locality_web.core.models import Person
from locality_web.core.permissions import Place, may
from locality_web.core.remembered import ANEW, Reader
from locality_web.members.decision_queries import State
from locality_web.members.kinds import groups_of
from locality_web.members.models import Advice, ProfessionAsked

LMC = "local-medical-committee"
_WITH = ("document", "locality")


def advice_for(place: Place, person: Person | AnonymousUser) -> QuerySet[Advice]:
    """Give the advice that somebody may read, the newest first; documents without their content."""
    found = place.partnership.advice.select_related(*_WITH).defer("document__content")
    return found if may(person, "members.advice", place) else found.filter(public=True)


def advice_of(place: Place, pk: int) -> Advice:
    """Give one advice.

    Raises:
        Http404: There is none.
    """
    found = place.partnership.advice.select_related(*_WITH).filter(pk=pk).first()
    if found is None:
        raise Http404(f"There is no advice {pk} in {place.partnership}.")
    return found


@dataclass(frozen=True)
class Consulted:
    """Who was consulted on a year's plan besides those who commented.

    Args:
        advice: What professional bodies said about that year's plan, with what became of it.
        answers: Answers of professions to decisions of the year in which the plan was made: profession and answer.
    """

    advice: tuple[Advice, ...]
    answers: tuple[tuple[str, ProfessionAsked], ...]

    def __bool__(self) -> bool:
        """Whether there is anything to read."""
        return bool(self.advice or self.answers)


def consulted_on(place: Place, year: str, memory: Reader = ANEW) -> Consulted:
    """Give what everybody may read of who was consulted on the plan of a place and year; two queries.

    Args:
        place: A locality, or the partnership for its strategic plan.
        year: The plan's year, like "2027/28".
        memory: What the page knows of the partnership already.

    Returns:
        Public advice about that year's plan, of the whole partnership and of the locality; answers to decisions of
        the place that were, or are to be, taken in the twelve months before the year begins.
    """
    begins = FinancialYear.parse(year).start
    before = (begins.replace(year=begins.year - 1), begins - dt.timedelta(days=1))
    name = ("members.consulted", year, place.locality.code if place.locality else "")
    return memory.read(name, ("members",), lambda: _consulted(place, year, before))


def _consulted(place: Place, year: str, days: tuple[dt.date, dt.date]) -> Consulted:
    about = Q(locality__isnull=True) | Q(locality=place.locality) if place.locality else Q()
    advice = place.partnership.advice.filter(about, year=year, public=True).exclude(state=Advice.State.ASKED)
    answers = ProfessionAsked.objects.filter(
        decision__partnership=place.partnership,
        decision__locality=place.locality,
        decision__due_on__range=days,
        decision__state__in=(State.ANNOUNCED, State.TAKEN),
    ).exclude(answer="")
    found = list(answers.select_related("decision").order_by("decision__due_on", "id"))
    names = {each.code: each.name for each in groups_of(place.partnership)} if found else {}
    shown = advice.select_related(*_WITH).defer("document__content").order_by("given_on", "id")
    return Consulted(tuple(shown), tuple((names.get(each.group, each.group), each) for each in found))
