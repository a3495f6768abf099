"""Groups with seats, and meetings, made through the public functions of the site."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from locality_web.core.models import Partnership, Person
from locality_web.core.permissions import Place
from locality_web.members.meeting_agenda import ItemSaid, add_item
from locality_web.members.meeting_changes import Details, plan_meetings
from locality_web.members.meeting_models import AgendaItem, CalendarFeed, Meeting, MeetingAction, MeetingKind, Paper
from locality_web.members.meeting_tokens import answer_token, calendar_address
from locality_web.members.practice_models import Document
from locality_web.members.register_models import Member, Organisation, Seat, SeatTerm


def details(**changes) -> Details:
    """A meeting in three weeks at half past six, unless a test says otherwise."""
    said = {
        "kind": "group",
        "title": "Meeting of the group",
        "day": timezone.localdate() + dt.timedelta(days=21),
        "time": dt.time(18, 30),
        "minutes": 90,
        "how": "mixed",
        "where": "Leven library",
        "join_link": "https://meet.example.org/leven",
    }
    return Details(**{**said, **changes})


def member(of: Partnership, name: str, **more) -> Member:
    """Somebody on the register, told of everything at once."""
    said = {"notices": Member.Notices.AT_ONCE, "email": f"{name.lower().replace(' ', '.')}@example.org", **more}
    return Member.objects.create(partnership=of, name=name, **said)


def seated(place: Place, name: str, *, group: str = "carers", votes: bool = True, **more) -> Member:
    """Somebody on a seat of a group since last year."""
    made = member(place.partnership, name, **more)
    seat = Seat.objects.create(
        partnership=place.partnership, locality=place.locality, group=group, name=group.title(), votes=votes
    )
    last_year = timezone.localdate() - dt.timedelta(days=365)
    SeatTerm.objects.create(seat=seat, member=made, starts=last_year, chosen="volunteered")
    return made


def organisation(of: Partnership, name: str = "Carers' centre") -> Organisation:
    return Organisation.objects.get_or_create(partnership=of, name=name, defaults={"kind": "charity"})[0]


def planned(by: Person, place: Place, *items: str, **changes) -> Meeting:
    """One planned meeting with items on its agenda."""
    made = plan_meetings(by, place, details(**changes))[0]
    for each in items:
        add_item(by, place, made, ItemSaid(each))
    return made


def begun(meeting: Meeting) -> Meeting:
    """The same meeting, an hour ago."""
    meeting.starts = timezone.now() - dt.timedelta(hours=1)
    meeting.ends = meeting.starts + dt.timedelta(minutes=90)
    meeting.save(update_fields=["starts", "ends"])
    return meeting


def samples(of: Partnership) -> dict[str, dict[str, Any]]:
    """Give the arguments of each address of meetings by its name, for a locality and for the whole partnership."""
    here = {"partnership": of.slug}
    first = Place(of, of.localities.all()[0])
    asked = member(of, "Mo Sample")
    feed = CalendarFeed.objects.create(member=asked)
    found = {"members:my_calendar": here}
    for place, start in ((first, "members:"), (Place(of), "members:partnership_")):
        at = {**here, **({"locality": place.locality.slug} if place.locality else {})}
        rows = _rows(place, asked)
        found |= {f"{start}{name}": at for name in ("meetings", "meetings_ics", "meeting_new", "meeting_actions")}
        found[f"{start}meeting_action"] = {**at, "action": rows["action"]}
        one = {**at, "meeting": rows["meeting"]}
        of_one = ("", "_change", "_cancel", "_call", "_ics", "_answer", "_agenda", "_papers", "_attendance")
        of_one = (*of_one, "_minutes", "_publish", "_take_back")
        found |= {f"{start}meeting{name}": one for name in of_one}
        found |= {f"{start}meeting_{name}": {**one, "item": rows["item"]} for name in ("item", "decide", "act")}
        found[f"{start}meeting_paper"] = {**one, "paper": rows["paper"]}
        token = answer_token(Meeting.objects.get(pk=rows["meeting"]), asked.pk)
        found |= {f"members:{name}": {**here, "token": token} for name in ("answer_invitation", "invitation_ics")}
    calendar = calendar_address(Place(of), feed).split("/")[-2]
    return {**found, "members:private_calendar": {**here, "token": calendar}}


def _rows(place: Place, asked: Member) -> dict[str, int]:
    starts = timezone.now() + dt.timedelta(days=30)
    meeting = Meeting.objects.create(
        partnership=place.partnership,
        locality=place.locality,
        kind=MeetingKind.GROUP,
        title="A sample meeting",
        starts=starts,
        ends=starts + dt.timedelta(hours=1),
        uid=f"sample-{place.partnership.slug}-{place.locality}",
        state=Meeting.State.CALLED,
    )
    meeting.attendances.create(member=asked, invited_at=timezone.now())
    item = AgendaItem.objects.create(meeting=meeting, order=1, title="A sample item")
    document = Document.objects.create(
        partnership=place.partnership, name="a.txt", media_type="text/plain", content=b"A", sha256="a" * 64
    )
    action = MeetingAction.objects.create(
        meeting=meeting, item=item, says="A sample action", member=asked, due_on=timezone.localdate()
    )
    paper = Paper.objects.create(meeting=meeting, document=document)
    return {"meeting": meeting.pk, "item": item.pk, "paper": paper.pk, "action": action.pk}
