"""What the pages about access show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from locality_web.core.permissions import Place
from locality_web.core.tables import Column, Table
from locality_web.members import access_queries as queries
from locality_web.members.meeting_models import Meeting
from locality_web.members.places import address_at
from locality_web.members.register_models import Member

_WAITING = (Meeting.State.PLANNED, Meeting.State.CALLED)


def meetings_to_come(place: Place, day: dt.date | None = None) -> QuerySet[Meeting]:
    """Give the meetings of a place for which something may still be arranged, the next first."""
    start = timezone.make_aware(dt.datetime.combine(day or timezone.localdate(), dt.time()))
    here = Q(partnership=place.partnership, locality=place.locality)
    return Meeting.objects.filter(here, state__in=_WAITING, ends__gte=start).order_by("starts")


def access_page(place: Place) -> dict[str, Any]:
    """Meetings to come with what they must arrange, and what members need; a fixed number of queries."""
    meetings = list(meetings_to_come(place).select_related("partnership", "locality"))
    members = list(queries.members_of(place.partnership, place.locality).select_related("organisation"))
    invited = _invited(meetings, members)
    stands = queries.arrangements_of(meetings, invited)
    rows = [
        {
            "meeting": each,
            "stands": queries.how_arranged(stands[each.pk]),
            "address": address_at(place, "access_meeting", each.pk),
        }
        for each in meetings
    ]
    return {"meetings": rows, "needs": needs_of(members), "members": len(members)}


def _invited(meetings: Sequence[Meeting], seated: list[Member]) -> dict[int, list[Member]]:
    """Give whom each meeting invites; before a meeting of the group is called: those with a seat today."""
    found: dict[int, dict[int, Member]] = {each.pk: {} for each in meetings}
    rows = Member.objects.filter(Q(attendances__meeting__in=found)).values_list("attendances__meeting", "pk")
    asked = [(meeting, number) for meeting, number in rows if meeting in found]
    known = {each.pk: each for each in seated}
    missing = {number for _, number in asked} - set(known)
    known |= {each.pk: each for each in Member.objects.filter(pk__in=missing)} if missing else {}
    for meeting, number in asked:
        found[meeting][number] = known[number]
    return {
        each.pk: list(found[each.pk].values()) or (list(seated) if each.kind == "group" else []) for each in meetings
    }


def needs_of(members: Sequence[Member]) -> list[dict[str, Any]]:
    """Give what members need, with the name of its kind; one query."""
    by_number = {each.pk: each for each in members}
    found = queries.needs_on().filter(member__in=by_number).select_related("entered_by")
    rows = [
        {"need": each, "member": by_number[each.member_id], "kind": queries.need_kind(each.kind).name} for each in found
    ]
    return sorted(rows, key=lambda row: (row["member"].name, row["kind"]))


def meeting_page(meeting: Meeting) -> dict[str, Any]:
    """What one meeting must arrange, and in which forms its papers go to whom."""
    needs = queries.arrangements_for(meeting)
    return {
        "meeting": meeting,
        "needs": needs,
        "stands": queries.how_arranged(needs),
        "still": meeting.state in _WAITING or meeting.state == Meeting.State.HELD,
    }


def papers_page(meeting: Meeting) -> dict[str, Any]:
    """Who gets the papers of a meeting in which form, to be printed."""
    members = queries.invited_to(meeting)
    forms = queries.forms_by_member(members)
    rows = [
        [
            each.name,
            ", ".join(form.name for form in forms[each.pk]) or "Ordinary print",
            "By post" if each.notices == Member.Notices.PAPER else "By e-mail",
        ]
        for each in members
    ]
    columns = [Column("Who"), Column("Form"), Column("How it is sent")]
    copies = [list(row) for row in queries.copies_for(members)]
    return {
        "meeting": meeting,
        "copies": Table("Copies of each paper", [Column("Form"), Column("Copies", "number")], copies),
        "table": Table("Who gets which form", columns, rows, empty="Nobody is invited yet."),
        "papers": list(meeting.papers.select_related("document")),
    }
