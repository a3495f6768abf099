"""Tidy up an option: the program moves zones between localities where that is better, as one move."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from locality.areas.propose import improve
from locality.foundations import ResultRefused
from locality_web.areas.boundary_changes import Edited, move_zones
from locality_web.areas.boundary_ground import division_of
from locality_web.areas.boundary_making import need_board
from locality_web.areas.models import BoundaryOption
from locality_web.core.models import Person
from locality_web.core.permissions import Place, require

_EFFORT = 0.2
"""CPU seconds, as the library counts them: a person waits for the answer. Own choice of the founders, 2026-11."""
_FEWEST = 2


def tidy_up(person: Person, option: BoundaryOption, base_version: int, hold: Iterable[str] = ()) -> Edited:
    """Better a draft from where it stands, within its rules, as one move that can be undone.

    Args:
        person: Who asks for it.
        option: The draft; it may be in pieces, or have zones in no locality.
        base_version: The version that the person saw.
        hold: Zones that stay where they are.

    Raises:
        NotAllowed: The person may not.
        InputRefused: Another editor was faster, or it is no draft.
        ResultRefused: The program found no way to keep the rules from here.
    """
    require(person, "areas.edit", Place(option.partnership))
    # Refused before any work, where the move itself would be.
    move_zones(person, option, {}, base_version)
    return move_zones(person, option, _moves(option, hold), base_version)


def _moves(option: BoundaryOption, hold: Iterable[str]) -> dict[str, str]:
    board = need_board(option.partnership)
    used = set(option.zones.values())
    keys = [key for key in option.names if key in used]
    if len(keys) < _FEWEST:
        raise ResultRefused("Zones are in fewer than two localities.", "Give each locality a zone first.")
    before = division_of(board.ground, option.zones, keys)
    after = improve(board.ground, board.rules, before, hold=tuple(hold), effort=_EFFORT).division
    changed = np.flatnonzero(before != after)
    return {board.ground.zones[zone]: keys[after[zone]] for zone in changed}
