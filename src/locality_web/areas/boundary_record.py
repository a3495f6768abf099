"""How the boundaries in force came to be, for the guidance checks: who took part, and what they keep whole."""

from __future__ import annotations

from dataclasses import asdict

from django.utils import timezone

from locality.areas import DesignRules, Ground, measure, measure_texts, say_figure
from locality.foundations import InputRefused
from locality.plans.record import Entry
from locality_web.areas.boundary_ground import division_of, ground_of
from locality_web.areas.boundary_rules import limits_of, rules_from, wishes_of
from locality_web.areas.queries import Division, zones_in
from locality_web.core.models import Partnership
from locality_web.core.remembered import Reader

_ROOMS = ("areas", "core", "money")
_TOOK_PART = {
    "professionals": "professionals",
    "professionals_said": "professionals_said",
    "communities": "communities",
    "communities_said": "communities_said",
    "changed": "changed",
    "agreed": "agreed_by",
}
"""The parts of the consultation, by the kind of entry that they become."""
_COMPARED = {"communities": "communities_kept", "practices": "practice_containment"}
"""The measures that the guidance asks for, by the kind of entry that they become."""


def boundary_entries(partnership: Partnership, division: Division, memory: Reader) -> dict[str, tuple[Entry, ...]]:
    """Give the consultation on a division and its measures; a division that has none has empty parts.

    A division that was carried over to other zones was consulted on when its boundaries were drawn.
    """
    version = division.version
    if version is None:
        return {}
    compared = ("areas.compared", str(version))
    return {
        "boundary_engagement": _engaged(division),
        "boundary_measures": memory.read(compared, _ROOMS, lambda: _compared(partnership, division, memory)),
    }


def _engaged(division: Division) -> tuple[Entry, ...]:
    said = division.consulted
    if not said:
        return ()
    on = said["agreed_on"].isoformat()
    return tuple(Entry("", kind, on, " ".join(said[name].split())) for kind, name in _TOOK_PART.items())


def _compared(partnership: Partnership, division: Division, memory: Reader) -> tuple[Entry, ...]:
    ground, zones = ground_of(partnership, memory), dict(zones_in(division, memory) or ())
    if ground is None or not zones.keys() & set(ground.zones):
        return ()
    keys = list(dict.fromkeys(zones.values()))
    try:
        rules = _rules(partnership, ground, len(keys), memory)
    except InputRefused:  # sizes that contradict each other are said where they are set
        return ()
    found = asdict(measure(ground, division_of(ground, zones, keys), rules))
    texts = measure_texts()
    return tuple(
        Entry("", kind, says=f"{texts[name].title.lower()} {say_figure(found[name], texts[name].unit)}")
        for kind, name in _COMPARED.items()
        if found[name] is not None
    )


def _rules(partnership: Partnership, ground: Ground, number: int, memory: Reader) -> DesignRules:
    """Give the sizes in force; what else is asked of options counts for neither measure."""
    limits = limits_of(partnership, memory)
    wishes = {"number": wishes_of(partnership, memory).get("number")}
    least, most = limits["areas.least_residents"], limits["areas.most_residents"]
    return rules_from(ground, wishes, least=least, most=most, today=max(2, number), day=timezone.localdate())
