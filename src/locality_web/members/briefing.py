"""What a locality's briefing says of what it is, what it must do and by when, who leads it and how to take part.

The sentences for easy read hold one idea each and use everyday words; a test measures them.
"""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from locality.foundations import FinancialYear
from locality_web.core.hooks import BriefingFact
from locality_web.core.partnership_settings import read_setting
from locality_web.core.permissions import Place
from locality_web.members.models import LeadTerm
from locality_web.members.queries import deputies_of, lead_of


def facts(place: Place) -> list[BriefingFact]:
    """Give this room's facts for the briefing of a locality."""
    return [*_what(place), *_must(place), *_who(place), *_part(place)]


def _what(place: Place) -> list[BriefingFact]:
    says = (
        f"{place.name} is a locality: a part of {place.partnership}, and the people who plan health and social care "
        "for it. They live here, care for somebody here, or work here in health and social care."
    )
    easy = (
        f"{place.name} is a locality.",
        "A locality is a local area.",
        "Local people and care workers plan together.",
        "They plan health and care for the area.",
    )
    return [BriefingFact("what", says, easy, order=10)]


def _must(place: Place) -> list[BriefingFact]:
    year, due = next_plan(place, timezone.localdate())
    day = f"{due.day} {due:%B %Y}"
    return [
        BriefingFact(
            "must",
            "It must say what matters most to local people for every kind of service, and why.",
            ("We say what matters most to local people.",),
            order=10,
        ),
        BriefingFact(
            "must",
            f"It must agree a plan for {year} by {day}. The plan lists all services and says how much money goes to "
            "each. It must stay within the locality's budget.",
            (
                "Each year we write a plan.",
                "The plan says how we spend our money.",
                "We cannot spend more than we have.",
                f"The next plan must be ready by {day}.",
            ),
            order=20,
        ),
        BriefingFact(
            "must",
            f"{place.partnership} then puts the plans of all localities together into one plan for the whole area.",
            ("All the local plans make one big plan.",),
            order=30,
        ),
    ]


def next_plan(place: Place, day: dt.date) -> tuple[str, dt.date]:
    """Give the next year whose plan is still to be agreed in time, and the day by which it is to be agreed."""
    before = dt.timedelta(days=int(read_setting(place.partnership, "members.plan_due_days")))
    starts = dt.date(day.year, 4, 1)
    while starts - before < day:
        starts = dt.date(starts.year + 1, 4, 1)
    return str(FinancialYear(starts.year)), starts - before


def _who(place: Place) -> list[BriefingFact]:
    assert place.locality is not None
    lead = lead_of(place.locality)
    deputies = [each.name for each in deputies_of(place.locality)]
    if lead is None:
        found = [
            BriefingFact(
                "who",
                f"{place.name} has no lead at the moment. {place.partnership} has to appoint one.",
                (f"{place.name} has no lead now.", "We need to find a new lead."),
                order=10,
            )
        ]
    else:
        found = [_lead(lead)]
    if deputies:
        names = " and ".join(deputies)
        found.append(BriefingFact("who", f"Deputy: {names}.", (f"{names} can help too.",), order=20))
    return found


def _lead(lead: LeadTerm) -> BriefingFact:
    works = f" ({lead.works_as})" if lead.works_as else ""
    until = f"{lead.ends.day} {lead.ends:%B %Y}"
    says = f"{lead.name}{works} leads the locality until {until} and answers for its plan."
    easy = (f"{lead.name} leads our work.", *(("The lead is a doctor.",) if lead.is_gp else ()))
    return BriefingFact("who", says, easy, order=10)


def _part(place: Place) -> list[BriefingFact]:
    contact = place.partnership.contact
    found = [
        BriefingFact(
            "part",
            "Tell us what matters to you. You can comment on the locality's plan when it is open for comments.",
            ("Tell us what you think.", "You can read the plan.", "You can say what should change."),
            order=10,
        )
    ]
    if contact:
        easy = ("You can send us an email.", f"Our email is {contact}.")
        found.append(BriefingFact("part", f"Write to {contact}.", easy, order=20))
    return found
