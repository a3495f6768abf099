"""Membership in good order, as a site would hold it, and small changes to it by name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from locality.members import (
    AdviceHeld,
    Asked,
    Link,
    Membership,
    Met,
    Need,
    PracticeVoice,
    Route,
    Term,
    shipped_groups,
)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def in_good_order(on: str, localities: Iterable[str], **changes: Any) -> Membership:
    """Everybody named by the guidance sits in every locality, and everything is done in time."""
    today = day(on)
    groups = shipped_groups(today)
    codes = tuple(localities)
    wanted = [each for each in groups if each.asked_for]
    terms = tuple(
        Term(100 * at + number, code, group.code, 1000 * at + number, today - dt.timedelta(days=200))
        for at, code in enumerate(codes)
        for number, group in enumerate(wanted)
    )
    held = Membership(
        today,
        codes,
        groups,
        terms=terms,
        practices=tuple(
            PracticeVoice(code, f"{code} practice {number}", number, today - dt.timedelta(days=90))
            for code in codes
            for number in (1, 2)
        ),
        meetings=tuple(each for code in codes for each in _meetings(code, today)),
        advice=(
            AdviceHeld("local-medical-committee", "Exampleshire LMC", "agreed", "GP membership", day("2026-01-20")),
            AdviceHeld(
                "area-clinical-forum", "Area Clinical Forum", "given", "The plan", day("2026-02-02"), None, True
            ),
        ),
        asked=tuple(Asked(code, number, "pharmacy", 30, True, True, True) for number, code in enumerate(codes)),
        needs=tuple(Need(code, "bsl", today - dt.timedelta(days=30), "arranged") for code in codes),
        told=tuple((code, 12) for code in codes),
        wanting=tuple((code, 14) for code in codes),
        briefed=tuple((code, 14) for code in codes),
        paper=tuple((code, 3) for code in codes),
        links=tuple(Link(code, "o1", "o2", today - dt.timedelta(days=50), True) for code in codes),
    )
    return replace(held, **changes)


def _meetings(code: str, today: dt.date) -> list[Met]:
    before, ahead = today - dt.timedelta(days=30), today + dt.timedelta(days=30)
    return [
        Met(code, "group", before, "minuted", 12, 7),
        Met(code, "group", ahead, "called"),
        Met(code, "general-practice", before, "held", 5),
        Met(code, "general-practice", ahead, "planned"),
    ]


def without(held: Membership, group: str, locality: str) -> Membership:
    """The same, with nobody and no seat for a group in a locality."""
    kept = tuple(each for each in held.terms if (each.group, each.locality) != (group, locality))
    return replace(held, terms=kept)


def with_route(held: Membership, group: str, locality: str) -> Membership:
    """The same, with a feed-in route for a group."""
    return replace(held, routes=(*held.routes, Route(locality, group, held.on)))
