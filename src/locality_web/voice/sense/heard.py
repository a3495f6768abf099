"""Who was heard in a conversation, against those who live there: worked out once from the snapshots of taking part."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from locality.disclosure import rules_on
from locality.voice.heard import (
    NOT_SAID,
    AskedDimension,
    ClassHeard,
    CrossHeard,
    Dimension,
    DimensionHeard,
    Heard,
    PeopleClass,
    TakingPart,
    heard_rules,
    who_was_heard,
)
from locality_web.voice.conversations.kinds import BOUNDARIES, CLOSED
from locality_web.voice.conversations.models import Conversation
from locality_web.voice.conversations.said import Contribution
from locality_web.voice.sense.residents import Residents, residents_of

_AGE, _FIFTH, _ZONE, _LOCALITY = "age_group", "deprivation_fifth", "zone", "locality"
_YES_NO = {"disability": "disabled", "carer": "carer"}


def find_heard(conversation: Conversation, on: dt.date | None = None) -> dict[str, Any]:
    """Work out who was heard, as plain values that may be published.

    Args:
        conversation: With everything that came in time.
        on: The day whose zones and residents count; by default the last day of the conversation.
    """
    day = on or conversation.closes_on
    rows = list(_rows([conversation]))
    residents = residents_of(conversation, day)
    dimensions = _dimensions(conversation, rows, residents)
    found = who_was_heard(
        _taking_parts(rows, dimensions),
        dimensions,
        rules=heard_rules(timezone.localdate()),
        disclosure=rules_on(timezone.localdate()),
        elsewhere=_taking_parts(_rows(_elsewhere(conversation)), _alike_everywhere(dimensions)),
        residents={((_AGE, a), (_FIFTH, f)): people for (a, f), people in residents.crossed.items()},
    )
    lack = "zone" in conversation.asks_about and not residents.fifths_source
    few = "zone" in conversation.asks_about and _few_for_zones(rows, residents)
    return {**_plain(found, residents), "fifths_lack": lack, "few_for_zones": few}


def _elsewhere(conversation: Conversation) -> Iterable[Conversation]:
    """Give the other conversations of this site that have ended; fifths are those of the nation, so it must be hers."""
    ended = Conversation.objects.filter(state__in=CLOSED, partnership__nation=conversation.partnership.nation)
    return ended.exclude(pk=conversation.pk)


def _alike_everywhere(dimensions: Iterable[Dimension]) -> list[Dimension]:
    """Leave out where people live: somebody of another zone is reached by the same routes as one of the same age."""
    return [each for each in dimensions if each.code not in (_ZONE, _LOCALITY)]


def _rows(conversations: Iterable[Conversation]) -> Iterable[Contribution]:
    kept = Contribution.objects.filter(conversation__in=conversations, withdrawn_at__isnull=True)
    return kept.select_related("locality").order_by("pk")


def _taking_parts(rows: Iterable[Contribution], dimensions: Iterable[Dimension]) -> list[TakingPart]:
    codes = {each.code for each in dimensions}
    return [_taking_part(each, codes) for each in rows]


def _taking_part(row: Contribution, codes: set[str]) -> TakingPart:
    said = {
        _AGE: row.age_group,
        _FIFTH: str(row.fifth or ""),
        _ZONE: _code_of_zone(row.zone, row.fifth) if row.zone else "",
        _LOCALITY: row.locality.slug if row.locality else "",
        "disability": row.disabled,
        "carer": row.carer,
    }
    known = {code: each for code, each in said.items() if each and code in codes}
    who = f"person:{row.by_id}" if row.by_id else f"member:{row.member_id}" if row.member_id else f"row:{row.pk}"
    return TakingPart(
        # Who took part in two conversations was reached twice, perhaps by two routes.
        f"{row.conversation_id}:{who if row.people == 1 else f'row:{row.pk}'}",
        str(row.get_channel_display()).lower(),
        people=row.people,
        said=known,
    )


def _code_of_zone(zone: str, fifth: int | None) -> str:
    """A zone with the fifth that it had then: a zone that changes its fifth is not counted under two at once."""
    return f"{zone}/{fifth or ''}"


def _dimensions(conversation: Conversation, rows: list[Contribution], residents: Residents) -> list[Dimension]:
    asks, found = conversation.asks_about, []
    rule = {each.code: each for each in heard_rules(timezone.localdate()).dimensions}
    if "age_group" in asks:
        found.append(_as_dimension(rule[_AGE], residents.ages))
    if "zone" in asks:
        if residents.fifths_source or any(row.fifth for row in rows):
            found.append(_as_dimension(rule[_FIFTH], residents.fifths))
        if BOUNDARIES not in conversation.kinds and not _few_for_zones(rows, residents):
            # Else places are counted with what people answered there: the two tables could be subtracted.
            found.append(_places(rows, residents))
    for code, asked in _YES_NO.items():
        if asked in asks:
            found.append(_as_dimension(rule[code], {}))
    return found


def _as_dimension(asked: AskedDimension, residents: dict[str, int]) -> Dimension:
    classes = tuple(PeopleClass(each.code, each.name, each.says, residents.get(each.code)) for each in asked.classes)
    return Dimension(asked.code, asked.name, classes)


def _few_for_zones(rows: Iterable[Contribution], residents: Residents) -> bool:
    """Say whether so few said where they live that nearly every zone would be hidden, and fifths and ages with them."""
    said = sum(row.people for row in rows if row.zone)
    return said < heard_rules(timezone.localdate()).people_for_zone * len(residents.zones)


def _places(rows: list[Contribution], residents: Residents) -> Dimension:
    """Localities where several are asked; the zones of the one that is asked otherwise."""
    if residents.localities:
        there = dict(residents.localities)
        for row in rows:
            if row.locality and row.locality.slug not in there:
                there[row.locality.slug] = (row.locality.name, None)
        classes = tuple(PeopleClass(code, name, f"from {name}", people) for code, (name, people) in there.items())
        return Dimension(_LOCALITY, "Locality", classes)
    zones: dict[tuple[str, int | None], tuple[str, int | None]] = {
        (zone, fifth): (name, people) for zone, (name, fifth, people) in residents.zones.items()
    }
    for row in rows:
        if row.zone and (row.zone, row.fifth) not in zones:
            zones[row.zone, row.fifth] = (residents.zones.get(row.zone, (row.zone, None, None))[0], None)
    classes = tuple(
        PeopleClass(_code_of_zone(*key), name, f"from {name}", people, within=str(key[1]) if key[1] else NOT_SAID)
        for key, (name, people) in zones.items()
    )
    # So many zones are small that nearly each would be a gap; their fifths are looked at instead.
    return Dimension(_ZONE, "Zone", classes, within=_FIFTH, look_for_gaps=False)


def _plain(found: Heard, residents: Residents) -> dict[str, Any]:
    shown = None if found.people is None else [_dimension(each) for each in found.dimensions]
    return {
        "people": found.people,
        "contributions": found.contributions,
        "words": list(found.words),
        "hidden": found.hidden,
        "residents": residents.people,
        "estimated": residents.estimated,
        "fifths_source": residents.fifths_source,
        "dimensions": shown or [],
        "crossed": [_cross(each, found) for each in found.crossed] if shown else [],
        "gaps": [{"words": each.words, "next_step": each.next_step} for each in found.gaps],
    }


def _dimension(each: DimensionHeard) -> dict[str, Any]:
    known = [one.people_class.residents for one in each.classes]
    everybody = sum(one for one in known if one is not None) if None not in known else 0
    return {
        "code": each.dimension.code,
        "name": each.dimension.name,
        "words": each.words,
        "not_said": each.not_said,
        "classes": [_class(one, everybody) for one in each.classes],
    }


def _cross(each: CrossHeard, found: Heard) -> dict[str, Any]:
    """Two dimensions together: a row for each class of the first, whose counts passed disclosure control with all."""
    one, two = ([*_of_dimension(code, found), (NOT_SAID, "Did not say")] for code in (each.one, each.two))
    return {
        "code": f"{each.one}-{each.two}",
        "names": [_name_of(code, found) for code in (each.one, each.two)],
        "columns": [name for _, name in two],
        "rows": [{"name": name, "people": [each.people[a, b] for b, _ in two]} for a, name in one],
    }


def _of_dimension(code: str, found: Heard) -> list[tuple[str, str]]:
    dimension = next(each.dimension for each in found.dimensions if each.dimension.code == code)
    return [(each.code, each.name) for each in dimension.classes]


def _name_of(code: str, found: Heard) -> str:
    return next(each.dimension.name for each in found.dimensions if each.dimension.code == code)


def _class(one: ClassHeard, everybody: int) -> dict[str, Any]:
    """A class; its share of residents is published elsewhere, so it is told where its own count is hidden too."""
    found = one.representation
    known: dict[str, Any] = defaultdict(lambda: None)
    if everybody and one.people_class.residents is not None:
        known["residents_ratio"] = one.people_class.residents / everybody
    if found is not None:
        known["said_ratio"] = found.of_those_who_said
        known |= {"ratio": found.ratio, "under": found.is_under, "over": found.is_over}
    return {
        "name": one.people_class.name,
        "people": one.people,
        "residents": one.people_class.residents,
        **{name: known[name] for name in ("said_ratio", "residents_ratio", "ratio", "under", "over")},
    }
