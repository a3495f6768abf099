"""Meetings of the demo: a series for each locality, minutes with decisions and actions, and what came of them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q

from locality.members import Pattern
from locality_demo.content_files import read_content
from locality_demo.passing_days import on_day
from locality_demo.people import Cast
from locality_demo.taking_part import GAPS_AT
from locality_web.members.access_changes import mark_arranged
from locality_web.members.access_queries import arrangements_for
from locality_web.members.connection_changes import Tie, connect, say_what_came
from locality_web.members.decision_answers import Outcome, answer_for, take_decision
from locality_web.members.decision_changes import Wanted, announce_decision, prepare_decision
from locality_web.members.meeting_agenda import ItemSaid, add_item, matters_left, take_matters
from locality_web.members.meeting_attendance import CameSaid, hold_meeting, note_attendance
from locality_web.members.meeting_changes import Details, Repeat, call_meeting, plan_meetings
from locality_web.members.meeting_decisions import decide_item
from locality_web.members.meeting_minutes import (
    agree_action,
    close_action,
    publish_minutes,
    withhold_minutes,
    write_minutes,
)
from locality_web.members.meeting_queries import usual_quorum
from locality_web.members.models import GroupDecision, Meeting, Organisation
from locality_web.members.notice_changes import letters_waiting, mark_posted, print_letters
from locality_web.members.spoken_changes import Brought, answer_brought, bring

_SERIES_BEGAN, _SERIES_ENDS = 190, 200  # days before today and after it


def hold_meetings(cast: Cast, today: dt.date) -> None:
    """Let every group meet; the one with gaps met once, long ago, and its minutes are not published."""
    for number in range(len(cast.localities)):
        if number == GAPS_AT:
            _meet_once(cast, number, _tuesday(today - dt.timedelta(days=170)))
        else:
            _meet_often(cast, number, today)
            _meet_practices(cast, number, today)


def _tuesday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=(day.weekday() - 1) % 7)


def _details(cast: Cast, number: int, day: dt.date, kind: str = "group") -> Details:
    title = f"{cast.at(number).name}: {'practices and lead' if kind != 'group' else 'the group meets'}"
    quorum = usual_quorum(cast.at(number), day) if kind == "group" else 0
    where = read_content("members")["room"]
    return Details(kind, title, day, dt.time(13, 30), 120, "in_person", where=where, quorum=quorum)


def _meet_often(cast: Cast, number: int, today: dt.date) -> None:
    first = _tuesday(today - dt.timedelta(days=_SERIES_BEGAN))
    with on_day(first - dt.timedelta(days=20)):
        repeat = Repeat(Pattern("month_weekday", 2), today + dt.timedelta(days=_SERIES_ENDS))
        meetings = plan_meetings(cast.lead(number), cast.at(number), _details(cast, number, first), repeat)
    past = [each for each in meetings if each.starts.date() < today]
    for meeting in past:
        _call(cast, number, meeting)
        _meet(cast, number, meeting, read_content("members")["agenda"], is_last=meeting is past[-1])
    _prepare_next(cast, number, next(each for each in meetings if each.starts.date() >= today), today)


def _meet_once(cast: Cast, number: int, day: dt.date) -> None:
    with on_day(day - dt.timedelta(days=20)):
        (meeting,) = plan_meetings(cast.lead(number), cast.at(number), _details(cast, number, day))
    _call(cast, number, meeting)
    with on_day(day, hour=16):
        _note_who_came(cast, number, meeting)
        hold_meeting(cast.lead(number), cast.at(number), meeting)


def _meet_practices(cast: Cast, number: int, today: dt.date) -> None:
    """Practices meet the lead every quarter: twice so far, and once to come."""
    place, lead = cast.at(number), cast.lead(number)
    for days in (-110, -25, 60):
        day = _tuesday(today + dt.timedelta(days=days))
        with on_day(day - dt.timedelta(days=30)):
            (meeting,) = plan_meetings(lead, place, _details(cast, number, day, "general-practice"))
        if days < 0 and place.partnership.practices.filter(locality=place.locality).exists():
            _call(cast, number, meeting)
            _meet(cast, number, meeting, read_content("members")["gp_agenda"], is_last=False)


def _call(cast: Cast, number: int, meeting: Meeting) -> None:
    with on_day(meeting.starts.date() - dt.timedelta(days=16)):
        call_meeting(cast.lead(number), cast.at(number), meeting)
    posted = meeting.starts.date() - dt.timedelta(days=15)
    with on_day(posted):
        is_any = letters_waiting(cast.partnership).exclude(member__address="").exists()
    if is_any:
        post_letters(cast, posted)


def _meet(cast: Cast, number: int, meeting: Meeting, agenda: list[dict[str, Any]], *, is_last: bool) -> None:
    lead, place, day = cast.lead(number), cast.at(number), meeting.starts.date()
    with on_day(day - dt.timedelta(days=9)):
        for said in agenda:
            add_item(lead, place, meeting, ItemSaid(said["title"], purpose=_purpose(said), minutes_planned=20))
        _arrange(cast, number, meeting)
    with on_day(day, hour=16):
        _note_who_came(cast, number, meeting)
        hold_meeting(lead, place, meeting)
        for item, said in zip(meeting.items.all(), agenda, strict=True):
            write_minutes(lead, place, item, said["minutes"], base_version=0)
            if "decision" in said:
                decide_item(lead, place, item, said["decision"])
            if "withheld" in said:
                withhold_minutes(lead, place, item, said["withheld"])
            if "action" in said:
                _agree_action(cast, number, item, said, day, is_last=is_last)
    published = day + dt.timedelta(days=6)
    if published <= dt.date.today():  # noqa: DTZ011 - the clock on the wall: minutes of this week are not out yet
        with on_day(published):
            publish_minutes(lead, place, meeting)


def _purpose(said: dict[str, Any]) -> str:
    return "decision" if "decision" in said else "discussion"


def _agree_action(cast: Cast, number: int, item: Any, said: dict[str, Any], day: dt.date, *, is_last: bool) -> None:
    lead, place = cast.lead(number), cast.at(number)
    there = item.meeting.attendances.filter(state="present").select_related("member").first()
    action = agree_action(
        lead, place, item, says=said["action"], member=there.member, due_on=day + dt.timedelta(days=45)
    )
    if not is_last:
        with on_day(day + dt.timedelta(days=40)):
            close_action(lead, place, action, came_of=said["came_of"])


def _note_who_came(cast: Cast, number: int, meeting: Meeting) -> None:
    """Every fifth sends apologies, one takes part by telephone, the others come."""
    came = {}
    for at, row in enumerate(meeting.attendances.all()):
        how = "telephone" if at == 3 else "in_person"
        came[row.pk] = CameSaid("apologies") if at % 5 == 4 else CameSaid("present", how)
    note_attendance(cast.lead(number), cast.at(number), meeting, came)


def _arrange(cast: Cast, number: int, meeting: Meeting) -> None:
    says = read_content("members")["arranged"]
    for each in arrangements_for(meeting):
        said = says.get(each.need.kind, "Sent in this form with the papers.")
        mark_arranged(cast.lead(number), meeting, each.need, state="arranged", says=said)


def _prepare_next(cast: Cast, number: int, meeting: Meeting, today: dt.date) -> None:
    """Call the next meeting, put what is open onto its agenda, and leave one need to arrange."""
    lead, place = cast.lead(number), cast.at(number)
    with on_day(min(today, meeting.starts.date() - dt.timedelta(days=16))):
        call_meeting(lead, place, meeting)
        take_matters(lead, place, meeting, {each.name for each in matters_left(place, meeting.items.all())})
        add_item(lead, place, meeting, ItemSaid("What changed since we last met", purpose="information"))
        says = read_content("members")["arranged"]
        for each in arrangements_for(meeting)[1:]:
            said = says.get(each.need.kind, "Sent in this form with the papers.")
            mark_arranged(lead, meeting, each.need, state="arranged", says=said)


def ask_professions(cast: Cast, today: dt.date) -> None:
    """Put two decisions to the professions that they affect: one is taken, one waits for its day."""
    said = read_content("members")
    _announce(cast, said["taken"], today - dt.timedelta(days=95), today - dt.timedelta(days=50))
    decision = GroupDecision.objects.get(partnership=cast.partnership, title=said["taken"]["title"])
    with on_day(today - dt.timedelta(days=49)):
        answered = decision.asked.exclude(answer="")
        became = {each.pk: said["taken"]["became"] for each in answered}
        outcome = Outcome(said["taken"]["outcome"], today - dt.timedelta(days=50), became)
        take_decision(cast.lead(0), cast.at(0), decision, outcome)
    _announce(cast, said["announced"], today - dt.timedelta(days=31), today + dt.timedelta(days=12))


def _announce(cast: Cast, said: dict[str, Any], told: dt.date, due: dt.date) -> None:
    lead, place = cast.lead(0), cast.at(0)
    with on_day(told):
        decision = prepare_decision(lead, place, Wanted(said["title"], said["says"], due, tuple(said["professions"])))
        announce_decision(lead, place, decision)
    with on_day(told + dt.timedelta(days=9)):
        answer_for(decision.asked.get(group=said["professions"][0]), said["answer"])


def speak_and_connect(cast: Cast, today: dt.date) -> None:
    """Let an organisation speak for people whom it asked, and record who was connected with whom."""
    said, lead, place = read_content("members")["spoken"], cast.lead(0), cast.at(0)
    day = today - dt.timedelta(days=70)
    with on_day(day):
        asked: dict[str, Any] = {name: said[name] for name in ("whom", "people", "how_asked", "about", "says")}
        asked |= {"asked_from": day - dt.timedelta(days=14), "asked_to": day - dt.timedelta(days=7)}
        brought = bring(lead, place, Brought(_organisation(cast, said["organisation"]), **asked))
    with on_day(day + dt.timedelta(days=20)):
        answer_brought(lead, place, brought, said["answer"])
    for number in range(len(cast.localities)):
        for each in read_content("members")["links"] if number != GAPS_AT else ():
            _connect(cast, number, each, today - dt.timedelta(days=120))


def _connect(cast: Cast, number: int, said: dict[str, str], day: dt.date) -> None:
    lead, place = cast.lead(number), cast.at(number)
    with on_day(day):
        ends = _organisation(cast, said["one"]), _organisation(cast, said["other"])
        made = connect(lead, place, Tie(*ends, said["what"], day))
    if "came_of" in said:
        with on_day(day + dt.timedelta(days=60)):
            say_what_came(lead, place, made, came_of=said["came_of"])


def _organisation(cast: Cast, name: str) -> Organisation:
    return Organisation.objects.get(Q(ended_on__isnull=True), partnership=cast.partnership, name=name)


def post_letters(cast: Cast, day: dt.date) -> None:
    """Print what waits for those who are told by post, and post it."""
    planner = cast.one("planner")
    with on_day(day):
        batch = print_letters(planner, cast.place)
        mark_posted(planner, cast.place, batch, on=day)
