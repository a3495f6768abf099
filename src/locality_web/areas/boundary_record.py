"""How the boundaries in force came to be, for the guidance checks: who took part, and what they keep whole."""

from __future__ import annotations

from locality.areas.measure_texts import measure_texts, say_figure
from locality.plans.record import Entry
from locality_web.areas.boundary_measuring import board_of, measure_zones
from locality_web.areas.models import AreaVersion, BoundaryConsultation
from locality_web.areas.queries import Division, zones_in
from locality_web.core.models import Partnership
from locality_web.core.remembered import Reader

_ROOMS = ("areas", "core", "money")
_COMPARED = {"communities": "communities_kept", "practices": "practice_containment"}
"""The measures that the guidance asks for, by the kind of entry that they become."""


def boundary_entries(partnership: Partnership, division: Division, memory: Reader) -> dict[str, tuple[Entry, ...]]:
    """Give the consultation on a division and its measures; a division that has none has empty parts.

    A division that was carried over to other zones was consulted on when its boundaries were drawn.
    """
    version = division.version
    if version is None:
        return {}
    name = str(version)
    return {
        "boundary_engagement": memory.read(("areas.engaged", name), ("areas",), lambda: _engaged(version)),
        "boundary_measures": memory.read(
            ("areas.compared", name), _ROOMS, lambda: _compared(partnership, division, memory)
        ),
    }


def _engaged(version: int) -> tuple[Entry, ...]:
    held = _consultation(version)
    if held is None:
        return ()
    on = held.agreed_on.isoformat()
    said = {
        "professionals": held.professionals,
        "professionals_said": held.professionals_said,
        "communities": held.communities,
        "communities_said": held.communities_said,
        "changed": held.changed,
        "agreed": held.agreed_by,
    }
    return tuple(Entry("", kind, on, " ".join(text.split())) for kind, text in said.items())


def _consultation(version: int) -> BoundaryConsultation | None:
    """Give the consultation of a version, or of the one from which it was carried over."""
    at: int | None = version
    while at is not None:
        held = BoundaryConsultation.objects.filter(version=at).first()
        if held is not None:
            return held
        at = AreaVersion.objects.filter(pk=at).values_list("carried__base", flat=True).first()
    return None


def _compared(partnership: Partnership, division: Division, memory: Reader) -> tuple[Entry, ...]:
    board, zones = board_of(partnership, memory), dict(zones_in(division, memory) or ())
    if board is None or not set(zones) & set(board.ground.zones):
        return ()
    found = measure_zones(board, zones, {code: code for code in dict.fromkeys(zones.values())})
    texts = measure_texts()
    return tuple(
        Entry("", kind, says=f"{texts[name].title.lower()} {say_figure(found[name], texts[name].unit)}")
        for kind, name in _COMPARED.items()
        if found[name] is not None
    )
