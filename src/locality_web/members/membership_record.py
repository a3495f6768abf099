"""Everything about membership that the checks of the guidance are computed from: numbers and days, no names.

All of it is read in one query, because readiness is read anew whenever this room records anything: each kind of thing
gives rows of a tag and an object, put together by the database.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat, JSONObject
from django.utils import timezone

from locality.members import (
    AdviceHeld,
    LiaisonTerm,
    Link,
    Membership,
    Met,
    Need,
    PracticeHere,
    Route,
    Term,
    practice_voices,
    runs_on,
)
from locality_web.core.models import Partnership
from locality_web.core.partnership_settings import read_setting
from locality_web.core.permissions import Place
from locality_web.core.remembered import ANEW, Reader
from locality_web.members.access_models import AccessNeed
from locality_web.members.briefing_giving import KEY
from locality_web.members.decision_queries import all_asked
from locality_web.members.kinds import groups_of
from locality_web.members.meeting_models import Attendance, Meeting, MeetingKind
from locality_web.members.notice_models import Notice
from locality_web.members.practice_queries import gp_by, practices_at
from locality_web.members.register_models import Member

_LOOKED_BACK = dt.timedelta(days=3 * 365)  # meetings of three years: a strategic plan is made for three
_YEAR = dt.timedelta(days=365)
_NOT_HELD = (Meeting.State.PLANNED, Meeting.State.CANCELLED)


def membership_of(partnership: Partnership, localities: tuple[str, ...], memory: Reader = ANEW) -> Membership:
    """Give the membership of a partnership as it is today.

    Args:
        partnership: Whose.
        localities: Codes of its localities of today.
        memory: What was read before.
    """
    own = memory.read(("members.held",), ("members",), lambda: _read(partnership))
    return Membership(
        timezone.localdate(),
        localities,
        groups_of(partnership, memory),
        terms=own.terms,
        routes=own.routes,
        practices=practice_voices(own.practices, own.liaisons, gp_by(partnership)),
        by=gp_by(partnership),
        meetings=own.meetings,
        advice=own.advice,
        asked=all_asked(partnership, memory),
        needs=own.needs,
        spoken_for=own.spoken_for,
        links=own.links,
        paper=own.paper,
        told=own.told,
        wanting=own.wanting,
        briefed=own.briefed,
        unreached=own.unreached,
        warn_days=int(read_setting(partnership, "members.seat_warning_days")),
        meet_days=int(read_setting(partnership, "members.gp_meet_days")),
        group_meet_days=int(read_setting(partnership, "members.group_meet_days")),
        notice_days=int(read_setting(partnership, "members.notice_days")),
    )


@dataclass(frozen=True)
class _Held:
    terms: tuple[Term, ...]
    routes: tuple[Route, ...]
    practices: tuple[PracticeHere, ...]
    liaisons: tuple[LiaisonTerm, ...]
    advice: tuple[AdviceHeld, ...]
    meetings: tuple[Met, ...]
    needs: tuple[Need, ...]
    spoken_for: tuple[tuple[str, int], ...]
    links: tuple[Link, ...]
    paper: tuple[tuple[str, int], ...]
    told: tuple[tuple[str, int], ...]
    wanting: tuple[tuple[str, int], ...]
    briefed: tuple[tuple[str, int], ...]
    unreached: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class _Sitting:
    """A term, whether its seat votes, and of its holder: how they are told, and what they were told.

    `was_told`: of anything in the last year; `briefed`: what the locality is, does and must do; `unreached`: they want
    notices and no address for them is known.
    """

    term: Term
    votes: bool
    by_post: bool
    was_told: bool
    wants: bool
    briefed: bool
    unreached: bool


@dataclass(frozen=True)
class _Row:
    """A meeting with one of those who were invited to it."""

    meeting: int
    locality: str
    kind: str
    on: dt.date
    state: str
    quorum: int
    member: int | None
    came: str | None
    substitute: int | None


def _read(partnership: Partnership) -> _Held:
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    first, *others = _queries(partnership)
    for tag, row in first.union(*others, all=True):
        rows[tag].append(row)
    sittings = [_sitting(row) for row in rows["seat"]]
    meetings = [_meeting(row) for row in rows["meeting"]]
    return _Held(
        tuple(each.term for each in sittings),
        tuple(Route(_code(row), row["group"], _sure(row["starts"]), _day(row["ends"])) for row in rows["route"]),
        tuple(PracticeHere(row["pk"], row["name"], row["cluster"], _code(row)) for row in rows["practice"]),
        tuple(
            LiaisonTerm(row["member"], _sure(row["starts"]), _day(row["ends"]), row["practice"], row["cluster"])
            for row in rows["liaison"]
        ),
        tuple(
            AdviceHeld(
                row["body"],
                row["name"],
                row["state"],
                row["about"],
                _day(row["on"]),
                _day(row["until"]),
                bool(row["answer"]),
            )
            for row in rows["advice"]
        ),
        _meetings(meetings, sittings),
        _needs(rows["need"], meetings),
        _spoken_for(rows["spoken"]),
        tuple(_link(row) for row in rows["link"]),
        _count(each for each in sittings if each.by_post),
        _count(each for each in sittings if each.was_told),
        _count(each for each in sittings if each.wants),
        _count(each for each in sittings if each.wants and each.briefed),
        _count(each for each in sittings if each.unreached),
    )


def _queries(partnership: Partnership) -> list[QuerySet[Any, Any]]:
    """Give a query for each kind of thing: rows of a tag and an object."""
    now = timezone.now()
    told = Notice.objects.filter(member=OuterRef("terms__member"), handed_over_at__gte=now - _YEAR)
    given = Notice.objects.filter(
        member=OuterRef("terms__member"), key=Concat(Value(KEY), Cast(OuterRef("locality"), CharField()))
    )
    code = "locality__code"
    return [
        _tagged(
            partnership.seats.all(),
            "seat",
            **{"code": code, "group": "group", "closed": "closed_on", "votes": "votes", "member": "terms__member"},
            **{"starts": "terms__starts", "ends": "terms__ends", "way": "terms__member__notices", "told": Exists(told)},
            **{"given": Exists(given), "mail": "terms__member__email", "post": "terms__member__address"},
        ),
        _tagged(partnership.feed_routes.all(), "route", code=code, group="group", starts="starts", ends="ends"),
        _tagged(practices_at(Place(partnership)), "practice", name="name", cluster="cluster", code=code),
        _tagged(
            partnership.liaisons.all(),
            "liaison",
            **{"member": "member", "starts": "starts", "ends": "ends", "practice": "practice", "cluster": "cluster"},
        ),
        _tagged(
            partnership.advice.all(),
            "advice",
            **{"body": "body", "name": "body_name", "state": "state", "about": "about", "on": "given_on"},
            **{"until": "until", "answer": "answer"},
        ),
        _tagged(
            partnership.meetings.filter(starts__gte=now - _LOOKED_BACK),
            "meeting",
            **{"code": code, "kind": "kind", "starts": "starts", "state": "state", "quorum": "quorum"},
            **{"member": "attendances__member", "came": "attendances__state", "for": "attendances__substitute"},
        ),
        _tagged(
            AccessNeed.objects.filter(member__partnership=partnership),
            "need",
            **{"member": "member", "kind": "kind", "entered": "entered_at", "ended": "ended_on"},
            **{"meeting": "arrangements__meeting", "state": "arrangements__state"},
        ),
        _tagged(partnership.spoken_for.all(), "spoken", code=code, people="people"),
        _tagged(
            partnership.connections.all(),
            "link",
            **{"code": code, "one": "one", "firm": "one_organisation", "other": "other"},
            **{"second": "other_organisation", "on": "made_on", "came_of": "came_of"},
        ),
    ]


def _tagged(rows: QuerySet[Any], tag: str, **fields: Any) -> QuerySet[Any, Any]:
    named = rows.order_by().annotate(tag=Value(tag), row=JSONObject(pk="pk", **fields))
    found: QuerySet[Any, Any] = named.values_list("tag", "row")
    return found


def _code(row: Mapping[str, Any]) -> str:
    return row["code"] or ""


def _day(said: str | None) -> dt.date | None:
    return dt.date.fromisoformat(said[:10]) if said else None


def _sure(said: str) -> dt.date:
    return dt.date.fromisoformat(said[:10])


def _local_day(said: str) -> dt.date:
    """Give the local day of a moment; the embedded database writes moments without their zone, which is UTC."""
    moment = dt.datetime.fromisoformat(said)
    return timezone.localtime(moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)).date()


def _sitting(row: Mapping[str, Any]) -> _Sitting:
    days = _day(row["starts"]), _day(row["ends"]), _day(row["closed"])
    term = Term(row["pk"], _code(row), row["group"], row["member"], *days)
    by_post, wants = row["way"] == Member.Notices.PAPER, row["way"] not in (None, Member.Notices.NONE)
    unreached = wants and not row["post"] and (by_post or not row["mail"])
    return _Sitting(term, bool(row["votes"]), by_post, bool(row["told"]), wants, bool(row["given"]), unreached)


def _meeting(row: Mapping[str, Any]) -> _Row:
    day = _local_day(row["starts"])
    said = row["kind"], day, row["state"], row["quorum"]
    return _Row(row["pk"], _code(row), *said, row["member"], row["came"], row["for"])


def _count(sittings: Iterable[_Sitting]) -> tuple[tuple[str, int], ...]:
    """Count the members who sit in each locality's group today."""
    today = timezone.localdate()
    found: dict[str, set[int | None]] = defaultdict(set)
    for each in sittings:
        if runs_on(each.term, today):
            found[each.term.locality].add(each.term.holder)
    return tuple((code, len(members)) for code, members in found.items())


def _meetings(rows: list[_Row], sittings: list[_Sitting]) -> tuple[Met, ...]:
    """Count those who were there; in a group's meeting, those who sat on a seat with a vote on that day."""
    voting: dict[tuple[int | None, str], list[Term]] = defaultdict(list)
    for each in sittings:
        if each.votes:
            voting[each.term.holder, each.term.locality].append(each.term)
    present: Counter[int] = Counter()
    for row in rows:
        if row.came != Attendance.State.PRESENT:
            continue
        seats = voting.get((row.member, row.locality), ())
        present[row.meeting] += row.kind != MeetingKind.GROUP or any(runs_on(term, row.on) for term in seats)
    once = {row.meeting: row for row in rows}
    return tuple(
        Met(row.locality, row.kind, row.on, row.state, present[row.meeting], row.quorum) for row in once.values()
    )


def _needs(needs: Iterable[Mapping[str, Any]], rows: list[_Row]) -> tuple[Need, ...]:
    """Give the needs at each meeting that was called, of those who were invited and who came for somebody."""
    done: dict[tuple[int, int | None], str] = {}
    by_member: dict[int, dict[int, tuple[str, dt.date, dt.date | None]]] = defaultdict(dict)
    for each in needs:
        by_member[each["member"]][each["pk"]] = each["kind"], _local_day(each["entered"]), _day(each["ended"])
        done[each["pk"], each["meeting"]] = each["state"]
    found: dict[tuple[int, int], Need] = {}
    for row in rows:
        if row.state in _NOT_HELD:
            continue
        for member in (row.member, row.substitute):
            for need, (kind, began, ended) in by_member.get(member or 0, {}).items():
                state = done.get((need, row.meeting))
                if state or (began <= row.on and (ended is None or ended > row.on)):
                    found[row.meeting, need] = Need(row.locality, kind, row.on, state or "open")  # type: ignore[arg-type]
    return tuple(found.values())


def _spoken_for(rows: Iterable[Mapping[str, Any]]) -> tuple[tuple[str, int], ...]:
    people: Counter[str] = Counter()
    for row in rows:
        people[_code(row)] += row["people"]
    return tuple(people.items())


def _link(row: Mapping[str, Any]) -> Link:
    one = f"m{row['one']}" if row["one"] else f"o{row['firm']}"
    other = f"m{row['other']}" if row["other"] else f"o{row['second']}"
    return Link(_code(row), one, other, _sure(row["on"]), bool(row["came_of"]))
