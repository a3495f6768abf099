"""Read who leads a locality."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TypedDict

from django.db.models import QuerySet
from django.utils import timezone

from locality_web.core.models import Locality, Partnership
from locality_web.members.models import LeadTerm


def terms_on(day: dt.date | None = None) -> QuerySet[LeadTerm]:
    """Give all terms that run on a day (default: today)."""
    when = day or timezone.localdate()
    return LeadTerm.objects.filter(starts__lte=when, ends__gte=when).select_related("locality")


def lead_of(locality: Locality, day: dt.date | None = None) -> LeadTerm | None:
    """Give the term of a locality's lead on a day (default: today), or None."""
    return terms_on(day).filter(locality=locality, role=LeadTerm.Role.LEAD).first()


def deputies_of(locality: Locality, day: dt.date | None = None) -> list[LeadTerm]:
    """Give the terms of a locality's deputies on a day (default: today), the longest in office first."""
    return list(terms_on(day).filter(locality=locality, role=LeadTerm.Role.DEPUTY).order_by("starts", "name"))


def terms_of(partnership: Partnership) -> QuerySet[LeadTerm]:
    """Give every term of a partnership's leads and deputies, the newest first."""
    return LeadTerm.objects.filter(locality__partnership=partnership).select_related("locality", "appointed_by")


class People(TypedDict):
    """Today's lead, the deputies, and where there is no lead the next one."""

    lead: LeadTerm | None
    deputies: list[LeadTerm]
    next: LeadTerm | None


def people_of(locality: Locality) -> People:
    """Give today's lead, the deputies, and where there is no lead the next one; asks the database once."""
    today = timezone.localdate()
    return people_among(LeadTerm.objects.filter(locality=locality, ends__gte=today), today)


def people_among(terms: Iterable[LeadTerm], today: dt.date) -> People:
    """Say of a locality's terms that are not over who leads today, who are deputies, and who leads next."""
    found = sorted(terms, key=lambda each: (each.starts, each.name))
    running = [term for term in found if term.starts <= today]
    leads = [term for term in running if term.role == LeadTerm.Role.LEAD]
    to_come = [term for term in found if term.starts > today and term.role == LeadTerm.Role.LEAD]
    return {
        "lead": leads[0] if leads else None,
        "deputies": [term for term in running if term.role == LeadTerm.Role.DEPUTY],
        "next": to_come[0] if to_come and not leads else None,
    }


def next_lead(locality: Locality, day: dt.date | None = None) -> LeadTerm | None:
    """Give the next lead's term that has not begun yet, or None."""
    when = day or timezone.localdate()
    return locality.lead_terms.filter(role=LeadTerm.Role.LEAD, starts__gt=when).order_by("starts").first()
