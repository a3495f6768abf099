"""The rules of a partnership's boundaries: sizes from its settings, its wishes, and dated stand-ins for the rest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from django.utils import timezone

from locality.areas.design import design_rules, load_weights
from locality.areas.ground import DesignRules, Ground
from locality_web.areas.boundary_ground import ground_known, in_force
from locality_web.areas.thresholds import thresholds
from locality_web.core.models import Partnership
from locality_web.core.remembered import ANEW, Reader

_FEWEST = 2  # of localities, by law; asked for by `least_localities` of the library where it counts


def rules_of(partnership: Partnership, ground: Ground, memory: Reader = ANEW) -> DesignRules:
    """Give the rules in force.

    Without sizes of its own the partnership gets the library's, as ratios of the mean locality; without a number of
    its own that mean is taken over as many localities as there are today.
    """
    wishes = wishes_of(partnership, memory)
    limits = limits_of(partnership, memory)
    least, most = limits["areas.least_residents"], limits["areas.most_residents"]
    today = max(_FEWEST, len(in_force(partnership, memory).names))
    return rules_from(ground, wishes, least=least, most=most, today=today, day=timezone.localdate())


def limits_of(partnership: Partnership, memory: Reader = ANEW) -> dict[str, int | None]:
    """Give the partnership's own sizes by their settings; None: not set."""
    return memory.read(("areas.thresholds",), ("core",), lambda: thresholds(partnership))


def wishes_of(partnership: Partnership, memory: Reader = ANEW) -> dict[str, Any]:
    """Give what the partnership asks of its localities besides their sizes; nothing asked for: empty."""
    return ground_known(partnership, memory).wishes


def rules_from(
    ground: Ground, wishes: Mapping[str, Any], *, least: int | None, most: int | None, today: int, day: dt.date
) -> DesignRules:
    """Make rules of settings and wishes.

    Args:
        ground: What is drawn on.
        wishes: As `DesignWishes` keeps them.
        least: Fewest people of a locality; None: not set.
        most: Most people of a locality; None: not set.
        today: How many localities there are; a stand-in for the number where sizes hang on it.
        day: The day whose rule values hold.

    Raises:
        InputRefused: The wishes name zones that are not there, or cannot all be met.
    """
    number = wishes.get("number")
    own = wishes.get("weights")
    rules = design_rules(
        ground,
        day,
        number=number or today,
        least=least,
        most=most,
        weights=load_weights(day, own) if own else None,
        together=_groups(wishes, "together"),
        apart=tuple((pair[0], pair[1]) for pair in _groups(wishes, "apart")),
        kept=_groups(wishes, "kept"),
        seeds=tuple(wishes.get("seeds", ())),
        within_councils=bool(wishes.get("within_councils", False)),
        islands_alone=bool(wishes.get("islands_alone", False)),
    )
    return replace(rules, number=number)


def _groups(wishes: Mapping[str, Any], name: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(group) for group in wishes.get(name, ()))


def rules_as_json(rules: DesignRules) -> dict[str, Any]:
    """Write rules as plain values, to be kept with an option."""
    return asdict(rules)
