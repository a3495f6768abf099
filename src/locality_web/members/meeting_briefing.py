"""What a locality's briefing says of meetings: when the group meets next, and where its minutes are."""

from __future__ import annotations

from locality_web.core.hooks import BriefingFact
from locality_web.core.permissions import Place
from locality_web.members.access_names import say_day
from locality_web.members.meeting_models import How, Meeting
from locality_web.members.meeting_queries import TO_COME, day_of, local_start, meetings_at, next_meeting
from locality_web.members.places import address_at

_WAYS = {
    How.IN_PERSON: ("in person", ()),
    How.ONLINE: ("online", ("It is online.",)),
    How.TELEPHONE: ("by telephone", ("It is by phone.",)),
    How.MIXED: ("in person, online or by telephone", ("You can also join by phone.",)),
}
"""How people take part, in words for everybody and for easy read."""


def meeting_facts(place: Place) -> list[BriefingFact]:
    """Give the facts about the next meeting and about minutes; two queries."""
    found = next_meeting(place)
    last = meetings_at(place).filter(public=True, state=Meeting.State.MINUTED).order_by("-starts").first()
    return [_next(place, found) if found else _NONE, *([_minutes(place, last)] if last else [])]


_NONE = BriefingFact(
    "part", "No public meeting is planned at the moment.", ("There is no meeting planned now.",), order=20
)


def _next(place: Place, meeting: Meeting) -> BriefingFact:
    assert meeting.state in TO_COME
    day, time = say_day(day_of(meeting)), f"{local_start(meeting):%H:%M}"
    way, easy = _WAYS[How(meeting.how)]
    where = f" The place is {first}." if (first := _first_line(meeting.where)) else ""
    return BriefingFact(
        "part",
        f"The group meets next on {day} at {time}, {way}.{where} Tell us if you want to come.",
        (f"The next meeting is on {day}.", f"It starts at {time}.", *easy, "Tell us if you want to come."),
        order=20,
        link=("More about the meeting", address_at(place, "meeting", meeting.pk)),
    )


def _first_line(where: str) -> str:
    """Give the address alone: what else is to be known of the place stands on the meeting's page."""
    line = next((line.strip() for line in where.splitlines() if line.strip()), "")
    return line.partition(". ")[0].rstrip(".")


def _minutes(place: Place, meeting: Meeting) -> BriefingFact:
    day = say_day(day_of(meeting))
    return BriefingFact(
        "part",
        f"You can read what was said at its last meetings. The newest minutes are of {day}. They are on this site; "
        "ask us for a copy on paper.",
        ("We write down what we say at meetings.", "You can read it on this site.", "You can ask for it on paper."),
        order=25,
        link=(f"Minutes of {day}", address_at(place, "meeting", meeting.pk)),
    )
