"""Who plans in the demo: the register, general practice, advice, and what people need to take part.

Every locality but one is in good order; one has bad gaps, so that everybody can see what those look like.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import chain, count
from typing import Any

from django.conf import settings

from locality.foundations import FinancialYear
from locality_demo.content_files import read_content
from locality_demo.passing_days import on_day
from locality_demo.people import Cast
from locality_web.core.models import Person
from locality_web.core.partnership_settings import change_setting
from locality_web.members.access_changes import note_need
from locality_web.members.advice_changes import Said, add_advice
from locality_web.members.briefing_giving import give_briefing
from locality_web.members.models import Advice, Member, Seat
from locality_web.members.practice_liaisons import Naming, name_liaison
from locality_web.members.register_gaps import NewApproach, NewRoute, approach, name_route
from locality_web.members.register_people import Details, SeatWanted, add_member
from locality_web.members.register_seats import Sitting, make_seat, seat_member

GAPS_AT = 2
"""The locality with bad gaps, by its number."""


def bring_members(cast: Cast, day: dt.date) -> None:
    """Fill the register of every locality, name liaisons, and record what professional bodies said."""
    names = _names()
    with on_day(day):
        for number in range(len(cast.localities)):
            _fill_register(cast, number, names, day)
            _name_liaisons(cast, number, names, day)
        _name_route(cast, day)
        plans_of = str(FinancialYear.of(day).next())
        for said in read_content("members")["advice"]:
            year = plans_of if said["state"] == Advice.State.GIVEN else ""
            add_advice(cast.one("planner"), cast.place, Said(**said, year=year, asked_on=day, given_on=day))
        for number in range(len(cast.localities)):
            if number != GAPS_AT:
                give_briefing(cast.one("planner"), cast.at(number))
        _say_where_to_answer(cast)


def _say_where_to_answer(cast: Cast) -> None:
    """Say where paper goes back to and which number is rung: of a kind that belongs to nobody."""
    said = {"return_address": "Locality planning; 1 High Street; Strathmirrin", "telephone": "01632 960000"}
    for name, value in said.items():
        reason = "People without a computer answer by post and by telephone."
        change_setting(cast.one("administrator"), cast.place, f"members.{name}", value=value, reason=reason)


def _names() -> Iterator[str]:
    given = [name.strip() for line in read_content("members")["names"] for name in line.split(",")]
    return chain(given, (f"{name} {turn}" for turn in count(2) for name in given))


def _fill_register(cast: Cast, number: int, names: Iterator[str], day: dt.date) -> None:
    said = read_content("members")
    with_accounts = dict(_accounts(cast, number))
    for wanted in said["seats"]:
        if number == GAPS_AT and wanted["group"] not in said["few"]:
            continue
        person = with_accounts.pop(wanted["group"], None)
        member = _seat(cast, number, wanted, _Sitter(person.name if person else next(names), person), day)
        _note_needs(cast, number, member, wanted["group"])
    for group, person in with_accounts.items():
        _seat(
            cast, number, {"group": group, "chosen": "elected", "notices": "weekly"}, _Sitter(person.name, person), day
        )
    if number == GAPS_AT:
        _leave_gaps(cast, names, day)


def _accounts(cast: Cast, number: int) -> Iterator[tuple[str, Person]]:
    """Give those of a locality's group who sign in here, by the group that they speak for."""
    groups = read_content("members")["accounts"]
    for each in read_content("people"):
        if each["role"] == "lead" and each["locality"] == number and each.get("gp"):
            yield "general-practice", cast.lead(number)
        if each["role"] == "member" and each["locality"] == number and each.get("speaks_for") in groups:
            yield groups[each["speaks_for"]], cast.one(each["email"])


class _Sitter:
    """Who sits: a name, and the account if there is one."""

    def __init__(self, name: str, person: Person | None = None):
        self.name, self.person = name, person


def _seat(cast: Cast, number: int, said: dict[str, Any], who: _Sitter, day: dt.date) -> Member:
    """Put somebody onto a new seat; on the site, and in one case on paper, they agree to plans."""
    planner, place = cast.one("planner"), cast.at(number)
    votes = who.person is not None or bool(said.get("votes"))
    seat = make_seat(planner, place, group=said["group"], votes=votes)
    organisation = said.get("organisation", "").format(locality=place.name)
    by_post = said["notices"] == "paper" and who.person is None
    details = Details(
        who.name,
        organisation,
        said.get("kind", ""),
        email="" if by_post else _address_of(who),
        address=f"{seat.pk} High Street\n{place.name}" if by_post else "",
        telephone="01632 960123" if by_post else "",
        notices="weekly" if said["notices"] == "paper" and not by_post else said["notices"],
        shown=said.get("shown", "name"),
        person=who.person,
    )
    interests = [read_content("members")["interest"]] if said.get("kind") == "independent-provider" else []
    sitting = Sitting(day, said["chosen"])
    return add_member(planner, place, details, wanted=SeatWanted(sitting, seat=seat), interests=interests)


def _address_of(who: _Sitter) -> str:
    if who.person is not None:
        return who.person.email
    return f"{who.name.lower().replace(' ', '.')}@{settings.DEMO_DOMAIN}"


def _note_needs(cast: Cast, number: int, member: Member, group: str) -> None:
    for need in read_content("members")["needs"].get(group, ()):
        said = need if isinstance(need, dict) else {"kind": need}
        note_need(cast.lead(number), cast.at(number), member, said["kind"], detail=said.get("detail", ""))


def _leave_gaps(cast: Cast, names: Iterator[str], day: dt.date) -> None:
    """One seat whose term has run out, one whose term ends soon, and somebody asked without an answer."""
    said, place, planner = read_content("members"), cast.at(GAPS_AT), cast.one("planner")
    for group, ends in ((said["gone"], day + dt.timedelta(days=400)), (said["ending"], _soon())):
        seat = _open_seat(cast, group)
        details = Details(next(names), notices="none", shown="name")
        member = add_member(planner, cast.place, details)
        seat_member(planner, place, seat, member=member, sitting=Sitting(day, "nominated", ends))
    asked = said["approach"]
    approach(planner, place, NewApproach(asked["group"], asked["kind"], asked["whom"], day, asked["says"]))


def _open_seat(cast: Cast, group: str) -> Seat:
    place = cast.at(GAPS_AT)
    found = place.partnership.seats.filter(locality=place.locality, group=group, terms__isnull=True).first()
    return found or make_seat(cast.one("planner"), place, group=group, votes=False)


def _soon() -> dt.date:
    return dt.date.today() + dt.timedelta(days=40)  # noqa: DTZ011 - the clock on the wall: the demo's own is turned back


def _name_liaisons(cast: Cast, number: int, names: Iterator[str], day: dt.date) -> None:
    """Name a liaison for every practice of a locality; where there are gaps, for the first alone."""
    place = cast.at(number)
    practices = list(place.partnership.practices.filter(locality=place.locality))
    for practice in practices[:1] if number == GAPS_AT else practices:
        who = _Sitter(next(names))
        naming = Naming(who.name, day, "weekly", email=_address_of(who), shown="name")
        name_liaison(cast.one("planner"), place, practice, naming)


def _name_route(cast: Cast, day: dt.date) -> None:
    said = read_content("members")["route"]
    details = Details(
        said["name"],
        said["organisation"],
        "pharmacy",
        email=f"{said['email']}@{settings.DEMO_DOMAIN}",
        notices="at_once",
        shown="organisation",
    )
    name_route(cast.one("planner"), cast.place, NewRoute(said["group"], said["through"], day, details=details))
