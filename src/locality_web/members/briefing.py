"""What a locality's briefing says of what it is, what it must do and by when, who plans there and how to take part.

The sentences for easy read hold one idea each and use everyday words; a test measures them.
"""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from locality.foundations import FinancialYear
from locality_web.core.hooks import BriefingFact
from locality_web.core.partnership_settings import read_setting
from locality_web.core.permissions import Place
from locality_web.core.words import count_of, join_words
from locality_web.members.meeting_briefing import meeting_facts
from locality_web.members.models import LeadTerm
from locality_web.members.people_now import PeopleNow, people_now
from locality_web.members.places import address_at


def facts(place: Place) -> list[BriefingFact]:
    """Give this room's facts for the briefing of a locality."""
    now = people_now(place)
    return [*_what(place), *_must(place), *_who(place, now), *_group(place, now), *meeting_facts(place), *_part(place)]


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


def _who(place: Place, now: PeopleNow) -> list[BriefingFact]:
    assert place.locality is not None
    people = now.leads(place.locality.code)
    deputies = [each.name for each in people["deputies"]]
    if people["lead"] is None:
        found = [
            BriefingFact(
                "who",
                f"{place.name} has no lead at the moment. {place.partnership} has to appoint one.",
                (f"{place.name} has no lead now.", "We need to find a new lead."),
                order=10,
            )
        ]
    else:
        found = [_lead(people["lead"])]
    if deputies:
        names = join_words(deputies)
        found.append(BriefingFact("who", f"Deputy: {names}.", (f"{names} can help too.",), order=20))
    return found


def _group(place: Place, now: PeopleNow) -> list[BriefingFact]:
    """Say how many plan with the lead, for which groups they speak, and which groups have no voice."""
    assert place.locality is not None
    voices = [each for each in now.voices(place.locality.code) if each.group.asked_for]
    gaps = [each.group.name for each in voices if each.is_gap]
    link = (f"Who plans in {place.name}", address_at(place, "group"))
    found = []
    if now.seated:
        people, groups = count_of(now.people, "person", "people"), join_words(dict.fromkeys(_groups(now)))
        plan = "plans" if now.people == 1 else "plan"
        easy = (f"{people} {plan} with the lead.", "They speak for many kinds of people.")
        found.append(BriefingFact("who", f"{people} {plan} with the lead. They speak for: {groups}.", easy, 30, link))
    if gaps:
        lack = f"{count_of(len(gaps), 'group has', 'groups have')} no voice yet"
        wanted = (f"{lack}.", "We want to hear from them.", "You could speak for a group.")
        found.append(BriefingFact("who", f"{lack}: {join_words(gaps)}.", wanted, 40, None if found else link))
    elif voices:
        all_heard = ("Every group that we need has a voice.",)
        found.append(BriefingFact("who", "Every group that is to have a voice has one.", all_heard, order=40))
    return found


def _groups(now: PeopleNow) -> list[str]:
    return [each.group for each in now.seated]


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
        ),
        _WITHOUT_A_COMPUTER,
    ]
    if contact:
        easy = ("You can send us an email.", f"Our email is {contact}.")
        found.append(BriefingFact("part", f"Write to {contact}.", easy, order=40))
    return found


_WITHOUT_A_COMPUTER = BriefingFact(
    "part",
    "You need no computer to take part. Ask us for a form on paper: what you write there counts in the same way. "
    "You can also be told of everything by post. If you cannot come, somebody whom you trust can speak for you. "
    "Tell us what you need, like large print, an interpreter or a lift to the meeting, and we arrange it.",
    (
        "You do not need a computer.",
        "You can ask for a paper form.",
        "We can write to you by post.",
        "Someone you trust can speak for you.",
        "Tell us what help you need.",
    ),
    order=30,
)
