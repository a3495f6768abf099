"""What people answered about options for boundaries, by place: worked out once, when everything was on the site."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils import timezone

from locality.disclosure import rules_on
from locality.voice import NOT_CHOSEN, BoundaryAnswer, BoundaryAnswers, DividedZones, answers_on_boundaries
from locality.voice.boundary_answers import AnswersBy, AnswersOf
from locality_web.areas.queries import version_on, zones_of
from locality_web.voice.conversations.boundaries import options_asked
from locality_web.voice.conversations.models import BoundaryAsked, BoundaryChoice, Conversation
from locality_web.voice.conversations.said import Contribution
from locality_web.voice.conversations.snapshot import ANSWERS_AS

TODAY, NONE = "today", "none"
"""The code of the localities in force when the conversation was opened; the answer of those who choose none."""


def find_boundary_answers(conversation: Conversation) -> dict[str, Any]:
    """Work out what people answered by place, by channel and as whom they answer, as values that may be published."""
    asked = options_asked(conversation)
    today = _today(conversation)
    by_place = "zone" in conversation.asks_about and today.zones
    divisions = [today, *(_division(each) for each in asked)] if by_place else []
    return _plain(_answers(conversation, asked, divisions), asked, divisions)


def count_so_far(conversation: Conversation) -> dict[str, Any]:
    """Count the answers by option and by channel alone, for keepers while answers still come in."""
    asked = options_asked(conversation)
    return _plain(_answers(conversation, asked, []), asked, [])


def _answers(
    conversation: Conversation, asked: Sequence[BoundaryAsked], divisions: Sequence[DividedZones]
) -> BoundaryAnswers:
    ways = {"channel": ("How it came", dict(_labels()))}
    if "answers_as" in conversation.asks_about:
        ways["answers_as"] = ("As whom they answer", ANSWERS_AS)
    codes = [_code(each) for each in asked]
    rows = _rows(conversation, divisions[0] if divisions else None)
    return answers_on_boundaries(rows, [*codes, NONE], divisions, ways, rules=rules_on(timezone.localdate()))


def _labels() -> list[tuple[str, str]]:
    return [(code, str(label)) for code, label in Contribution.Channel.choices]


def _code(asked: BoundaryAsked) -> str:
    return f"option-{asked.option_id or f'asked-{asked.pk}'}"


def _division(asked: BoundaryAsked) -> DividedZones:
    return DividedZones(_code(asked), asked.title, asked.zones, asked.names)


def _today(conversation: Conversation) -> DividedZones:
    """Give the localities that people knew when the conversation was opened."""
    rows = list(zones_of(version_on(conversation.partnership, conversation.opens_on)))
    names = {each.locality.code: each.locality.name for each in rows}
    ordered = dict(sorted(names.items(), key=lambda pair: pair[1]))
    return DividedZones(TODAY, "The localities of today", {each.zone: each.locality.code for each in rows}, ordered)


def _rows(conversation: Conversation, today: DividedZones | None) -> Iterable[BoundaryAnswer]:
    """Give one answer for each contributor: whoever was signed in twice counts once, with what was chosen last."""
    kept = conversation.contributions.filter(withdrawn_at__isnull=True).select_related("locality").order_by("pk")
    chosen = dict(
        BoundaryChoice.objects.filter(contribution__conversation=conversation).values_list("contribution", "option")
    )
    inside: dict[str, list[str]] = {}
    for zone, code in (today.zones if today else {}).items():
        inside.setdefault(code, []).append(zone)
    found: dict[str, BoundaryAnswer] = {}
    for row in kept:
        own = BoundaryAnswer(_chosen(row.pk, chosen), _home(row, inside), _ways(row))
        before = found.get(_who(row))
        if before is not None:
            # Where somebody lives, and how they came, stays as it was first; the last choice counts.
            own = replace(before, chosen=own.chosen or before.chosen, zones=before.zones or own.zones)
        found[_who(row)] = own
    return found.values()


def _who(row: Contribution) -> str:
    if row.people > 1:
        return f"row:{row.pk}"
    return f"person:{row.by_id}" if row.by_id else f"member:{row.member_id}" if row.member_id else f"row:{row.pk}"


def _chosen(key: int, chosen: Mapping[int, int | None]) -> str:
    if key not in chosen:
        return ""
    return NONE if chosen[key] is None else f"option-{chosen[key]}"


def _home(row: Contribution, inside: dict[str, list[str]]) -> tuple[str, ...]:
    if row.zone:
        return (row.zone,)
    return tuple(inside.get(row.locality.code, ())) if row.locality else ()


def _ways(row: Contribution) -> dict[str, str]:
    said = {"channel": row.channel, "answers_as": row.answers_as}
    return {name: code for name, code in said.items() if code}


def _plain(found: BoundaryAnswers, asked: Sequence[BoundaryAsked], divisions: Sequence[DividedZones]) -> dict[str, Any]:
    answers = [*((_code(each), each.title) for each in asked), (NONE, ""), (NOT_CHOSEN, "")]
    codes = [code for code, _ in answers]
    return {
        "people": found.everybody.people,
        "answers": [{"code": code, "title": title} for code, title in answers],
        "everybody": _row(found.everybody, codes),
        "places": [_table(each, codes) for each in found.places],
        "groups": {
            "heads": [{"code": each.code, "name": each.name} for each in divisions],
            "rows": [_row(each, codes) for each in found.groups.rows] if divisions else [],
        },
        "ways": [_table(each, codes) for each in found.ways],
        "hidden": found.hidden,
    }


def _table(table: AnswersBy, codes: Sequence[str]) -> dict[str, Any]:
    return {"code": table.code, "name": table.name, "rows": [_row(each, codes) for each in table.rows]}


def _row(row: AnswersOf, codes: Sequence[str]) -> dict[str, Any]:
    return {"names": list(row.names), "people": row.people, "chosen": [row.chosen[code] for code in codes]}
