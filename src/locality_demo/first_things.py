"""How groups of the demo bring themes into an order: by a method that stands, with its hash, before anybody ranks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from locality.voice.priorities import Discussion
from locality_demo.passing_days import on_day
from locality_demo.people import Cast
from locality_web.voice.sense.models import Prioritising, Theme
from locality_web.voice.sense.priority_changes import (
    Wanted,
    choose_method,
    count,
    freeze,
    rank,
    record_ballot,
    record_talk,
)
from locality_web.voice.sense.priority_queries import group_of

Content = Mapping[str, Any]
_BY = ("paper", "telephone", "group")


def put_first(cast: Cast, number: int, said: Content, themes: Sequence[Theme], *, year: str, day: dt.date) -> None:
    """Let a locality's group choose a method, freeze it, and bring themes into an order by it.

    Args:
        cast: Who is who.
        number: The locality.
        said: The method, and how those of the group rank.
        themes: The themes of its conversation; those under the method's heading are ranked.
        year: The year of the plan.
        day: The day on which the method is frozen.
    """
    those = [each for each in themes if each.heading == said["heading"]]
    choice = freeze_method(cast, number, said, those, year=year, day=day)
    lead, place = cast.lead(number), cast.at(number)
    if said["kind"] == "discussion":
        with on_day(day + dt.timedelta(days=9)):
            order = tuple(str(those[at].pk) for level in said["order"] for at in level)
            talk = Discussion(day + dt.timedelta(days=8), said["present"], order, said["words"])
            record_talk(lead, place, choice, talk)
        return
    rank_all(cast, number, choice, said, those, day=day + dt.timedelta(days=3))
    with on_day(day + dt.timedelta(days=14)):
        count(lead, place, choice)


def freeze_method(
    cast: Cast, number: int, said: Content, themes: Sequence[Theme], *, year: str, day: dt.date
) -> Prioritising:
    """Choose and freeze a method; from then on the group ranks."""
    wanted = Wanted(said["heading"], year, said["kind"], tuple(each.pk for each in themes), {})
    with on_day(day):
        return freeze(cast.lead(number), cast.at(number), choose_method(cast.lead(number), cast.at(number), wanted))


def rank_all(
    cast: Cast, number: int, choice: Prioritising, said: Content, themes: Sequence[Theme], *, day: dt.date
) -> None:
    """Let those with an account rank on the site, and write down what others said on paper and by telephone."""
    lead, place = cast.lead(number), cast.at(number)
    ballots = [_ballot(said, order, themes) for order in said["orders"]]
    own = [lead, *cast.members(number)]
    with on_day(day):
        for person, ballot in zip(own, ballots, strict=False):
            rank(person, place, choice, ballot)
    with on_day(day + dt.timedelta(days=4)):
        others = [each for each in group_of(choice) if each.person_id is None]
        for at, (member, ballot) in enumerate(zip(others, ballots[len(own) :], strict=False)):
            record_ballot(lead, place, choice, member, channel=_BY[at % len(_BY)], says=ballot)


def _ballot(said: Content, order: Sequence[Sequence[int]], themes: Sequence[Theme]) -> list[list[Any]]:
    """Write a ballot as the site keeps it: keys of themes by place, or a score for each."""
    if said["kind"] == "score":
        return [[str(themes[at].pk), score] for at, score in order]
    return [[str(themes[at].pk) for at in level] for level in order]
