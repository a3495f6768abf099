"""What the guidance checks may know of leads, briefings and members: parts of the library's `PlanningRecord`."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from locality.plans.record import LeadRecord
from locality_web.areas.queries import division_of_year
from locality_web.core.models import Partnership
from locality_web.core.remembered import Reader
from locality_web.members.membership_record import membership_of
from locality_web.members.models import LeadTerm
from locality_web.members.queries import terms_on


def parts(partnership: Partnership, year: str, memory: Reader) -> dict[str, Any]:
    """Give the lead of every locality that has one, the day of each briefing, and who takes part.

    A briefing is made of the locality's own data whenever somebody opens it, so its day is today.
    """
    today = timezone.localdate().isoformat()
    codes = tuple(code for code, _ in division_of_year(partnership, year, memory).localities)
    return {
        "leads": memory.read(("members.leads",), ("members", "areas"), lambda: _leads(partnership)),
        "briefings": dict.fromkeys(codes, today),
        "membership": membership_of(partnership, codes, memory),
    }


def _leads(partnership: Partnership) -> dict[str, LeadRecord]:
    terms = list(terms_on().filter(locality__partnership=partnership).order_by("starts", "name"))
    deputies: dict[str, str] = {}
    for term in terms:
        if term.role == LeadTerm.Role.DEPUTY:
            deputies.setdefault(term.locality.code, term.name)
    return {
        term.locality.code: _lead(term, deputies.get(term.locality.code, ""))
        for term in terms
        if term.role == LeadTerm.Role.LEAD
    }


def _lead(term: LeadTerm, deputy: str) -> LeadRecord:
    cluster = (term.cluster or term.practice) if term.is_gp else ""
    return LeadRecord(term.name, cluster, term.starts.isoformat(), term.ends.isoformat(), deputy)
