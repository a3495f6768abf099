"""The log of how an option was consulted on and agreed, filled from conversations and decisions of other rooms.

What stands in it was published elsewhere already, or is computed here. Nobody types it, so nobody changes a count.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from locality.areas.ground import Ground
from locality.foundations import Fault
from locality_web.areas.boundary_ground import ground_of
from locality_web.areas.boundary_moves import Move, moves_between
from locality_web.areas.models import BoundaryOption
from locality_web.core.hooks import Consulted, ask_rooms
from locality_web.core.words import count_of, join_words

_NAMED = 30  # zones that are named of one move; the rest is in the files


@dataclass(frozen=True)
class Offered:
    """What a record can be filled from.

    Args:
        own: Conversations that asked about the very option; they always stand in its record.
        further: Other conversations on boundaries since the localities of today were made, to choose among.
        decisions: Decisions of groups, to choose among.
    """

    own: tuple[Consulted, ...]
    further: tuple[Consulted, ...]
    decisions: tuple[Consulted, ...]

    def taken(self, chosen: Iterable[str]) -> tuple[Consulted, ...]:
        """Give what stands in the record: all conversations on the option, and what was chosen besides."""
        names = set(chosen)
        return (*self.own, *(each for each in (*self.further, *self.decisions) if each.name in names))

    @property
    def faults(self) -> list[Fault]:
        """Say which conversation on the option is not done yet."""
        return [
            Fault("consultation", f"people are asked about it in “{each.title}”", each.waits, "consultation-open")
            for each in self.own
            if each.waits
        ]


def offered_for(option: BoundaryOption) -> Offered:
    """Give what the record of an option can be filled from, the latest first."""
    found = [each for offers in ask_rooms("boundary_consulted", "offers", option.partnership) for each in offers]
    talks = [each for each in found if each.kind == "conversation"]
    own = tuple(each for each in talks if option.pk in {asked[0] for asked in each.asked})
    last = option.partnership.area_versions.last()
    since = last.made_at.date() if last else None
    further = tuple(
        each for each in talks if each not in own and not each.waits and (since is None or each.on >= since)
    )
    return Offered(own, further, tuple(each for each in found if each.kind == "decision"))


def make_log(option: BoundaryOption, taken: Sequence[Consulted]) -> dict[str, Any]:
    """Write the log of an option: its conversations as published, what changed against what was asked, decisions."""
    if not taken:
        return {}
    ground = ground_of(option.partnership)
    changed = [
        {"conversation": each.title, "option": title, **compare_with(option, zones, names, ground)}
        for each in taken
        for _, title, zones, names in each.asked
    ]
    return {
        "option": option.name,
        "conversations": [each.record() for each in taken if each.kind == "conversation"],
        "changed": changed,
        "decisions": [each.record() for each in taken if each.kind == "decision"],
    }


def compare_with(
    option: BoundaryOption, zones: Mapping[str, str], names: Mapping[str, str], ground: Ground | None
) -> dict[str, Any]:
    """Say which zones are in another locality than in a division about which people were asked.

    Returns:
        Whether the zones are the same at all, the moves with their zones and people, and the whole in a sentence.
    """
    moves = moves_between(ground, (zones, names), (option.zones, option.names)) if ground is not None else None
    if moves is None or ground is None:
        return {"moved": [], "zones": None, "people": None, "says": "It was drawn on other zones."}
    zones_moved, people = sum(len(each.zones) for each in moves), sum(each.people for each in moves)
    moved = [_move(ground, each) for each in moves]
    return {"moved": moved, "zones": zones_moved, "people": people, "says": _say(zones_moved, people)}


def _move(ground: Ground, move: Move) -> dict[str, Any]:
    zones = [{"zone": ground.zones[one], "name": ground.names[one] or ground.zones[one]} for one in move.zones]
    told = [each["name"] for each in zones[:_NAMED]]
    more = [f"{len(zones) - _NAMED} more"] if len(zones) > _NAMED else []
    return {
        "from": move.leaves,
        "to": move.joins,
        "zones": zones,
        "people": move.people,
        "says": join_words([*told, *more]),
    }


def _say(zones: int, people: int) -> str:
    if not zones:
        return "Every zone is where people were asked about it."
    return f"{count_of(zones, 'zone is', 'zones are')} in another locality, with {count_of(people, 'resident')}."


def first_words(option: BoundaryOption, offered: Offered) -> dict[str, Any]:
    """Offer words for the fields of a record; they have no counts, which stand in the log alone."""
    talks = (*offered.own, *offered.further)
    if not talks:
        return {}
    asked = join_words([f"“{each.title}” ({each.says[0].lower()}{each.says[1:]})" for each in talks])
    log = make_log(option, talks)
    words: dict[str, Any] = {
        "professionals": f"Those who work in health and social care here could take part in {asked}.",
        "communities": f"Everybody who lives here could take part in {asked}.",
    }
    said = _said(log["conversations"])
    if said:
        words |= {"professionals_said": said, "communities_said": said}
    words["changed"] = "\n".join(f"Against “{each['option']}”: {each['says']}" for each in log["changed"])
    return words


def _said(records: Sequence[Mapping[str, Any]]) -> str:
    """Name the themes of what was said, and refer to the figures."""
    themes = [each["name"] for record in records for each in record["themes"]]
    told = f"What people spoke of: {join_words(themes)}. " if themes else ""
    return f"{told}Who chose which option, and where they live, stands in the figures below."


def agreed_words(decisions: Sequence[Consulted]) -> str:
    """Say who agreed, by the decisions that were chosen."""
    return "\n".join(f"{each.title}. {each.says}." for each in decisions)


__all__ = ["Offered", "agreed_words", "compare_with", "first_words", "make_log", "offered_for"]
