"""What the page on which an option is edited on a map sends to its script, and what it takes from it.

The contract, for whoever changes the script or the page:

* `ground_bytes` (compressed JSON): what does not change while somebody edits. Zones are numbered in order of their
  codes. `points` easting and northing of each zone, one after the other; `borders` and `crossings` pairs of numbers of
  zones, one after the other; `settlement` the number of each zone's settlement or -1.
* `state_of`: the option as it stands. `division` has for each zone the place of its locality in `localities`, or -1.
  Every answer to an edit carries the whole of it, so that what is drawn is always what is kept.
* `read_edit`: an edit. `{"do": "move", "moves": {zone: key}}`, `{"do": "undo"}`, `{"do": "add", "name": "..."}` or
  `{"do": "tidy", "hold": [zone]}`, each with `version`, the version that it was made on.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from locality.areas.ground import Floats, Ground
from locality_web.areas.boundary_changes import Edited, add_locality, move_zones, undo_move
from locality_web.areas.boundary_editor_tidy import tidy_up
from locality_web.areas.boundary_figures import say_measure, texts
from locality_web.areas.boundary_ground import division_of, ground_of
from locality_web.areas.boundary_measuring import Board
from locality_web.areas.boundary_queries import notes_on
from locality_web.areas.models import BoundaryOption
from locality_web.core.models import Partnership, Person
from locality_web.core.remembered import Memory

_DOES = ("move", "undo", "add", "tidy")
_MOST_TEXT = 300
Pairs = tuple[tuple[str, str, str, str], ...]


def ground_bytes(partnership: Partnership, memory: Memory) -> tuple[bytes, str] | None:
    """Give what an option is drawn on as compressed JSON, and its SHA-256; None: no release has brought it yet."""
    return memory.read(("areas.editor_ground",), ("areas", "money"), lambda: _written(partnership, memory))


def _written(partnership: Partnership, memory: Memory) -> tuple[bytes, str] | None:
    ground = ground_of(partnership, memory)
    if ground is None:
        return None
    declared = tuple(partnership.crossings.values_list("zone_a", "zone_b", "kind", "name"))
    text = json.dumps(ground_as_json(ground, declared), separators=(",", ":"), ensure_ascii=False)
    return gzip.compress(text.encode(), mtime=0), hashlib.sha256(text.encode()).hexdigest()


def ground_as_json(ground: Ground, declared: Pairs = ()) -> dict[str, Any]:
    """Write what an option is drawn on as plain values; see the top of this module."""
    pairs = np.column_stack([ground.borders.first, ground.borders.second])
    return {
        "zones": ground.zones,
        "names": ground.names,
        "people": ground.people.tolist(),
        "settlement": ground.settlement.tolist(),
        "settlements": ground.settlements,
        "points": _flat(ground.points),
        "borders": pairs[~ground.borders.crossing].ravel().tolist(),
        "crossings": pairs[ground.borders.crossing].ravel().tolist(),
        "declared": {f"{zone_a} {zone_b}": f"{name} ({kind})" for zone_a, zone_b, kind, name in declared},
        "practices": _practices(ground),
    }


def _flat(points: Floats) -> list[int | None]:
    return [None if np.isnan(each) else round(float(each)) for each in points.ravel()]


def _practices(ground: Ground) -> list[dict[str, Any]]:
    """Write where practices stand; one whose place is not known stands in the middle of its patients, and says so."""
    known = ground.practices
    if known is None:
        return []
    clusters = [known.clusters[number] if number >= 0 else "" for number in known.cluster]
    names = known.names or ("",) * len(known.codes)
    middles = _flat(_middles_of_patients(ground))
    points = _flat(known.points)
    found = []
    for number, (code, name, cluster) in enumerate(zip(known.codes, names, clusters, strict=True)):
        is_known = points[2 * number] is not None
        at = (points if is_known else middles)[2 * number : 2 * number + 2]
        if at[0] is not None:
            found.append({"code": code, "name": name, "cluster": cluster, "at": at, "known": is_known})
    return found


def _middles_of_patients(ground: Ground) -> Floats:
    """Give the middle of each practice's patients, over the zones whose place is known; NaN where it has none."""
    assert ground.practices is not None, "asked for only where there are practices"
    there = ~np.isnan(ground.points).any(axis=1)
    patients = ground.practices.patients.T.tocsr()[:, there]
    with np.errstate(invalid="ignore", divide="ignore"):
        middles: Floats = (patients @ ground.points[there]) / np.asarray(patients.sum(axis=1)).reshape(-1, 1)
    return middles


def state_of(option: BoundaryOption, ground: Ground) -> dict[str, Any]:
    """Write an option as it stands; see the top of this module."""
    place = {key: number for number, key in enumerate(option.names)}
    own = option.measures.get("localities", {})
    return {
        "version": option.version,
        "state": option.state,
        "localities": [
            {
                "key": key,
                "name": name,
                **{each: own.get(key, {}).get(each, 0) for each in ("people", "zones", "pieces")},
            }
            for key, name in option.names.items()
        ],
        "division": division_of(ground, option.zones, list(option.names)).tolist(),
        "figures": figures_of(option.measures),
        "warnings": [
            {**each, "localities": [place[key] for key in each["localities"] if key in place]}
            for each in option.measures.get("warnings", [])
        ],
        "can_undo": option.moves.exists(),
    }


def figures_of(measures: dict[str, Any]) -> dict[str, Any]:
    """Write each measure as people read it, with its figure for comparing."""
    return {
        each.name: {"text": say_measure(measures, each.name), "figure": measures.get(each.name)} for each in texts()
    }


def around(option: BoundaryOption, board: Board) -> dict[str, Any]:
    """Give what is shown beside an option and does not hang on edits: today's localities, and its notes."""
    today = board.today.division.tolist() if board.today is not None else []
    notes = [
        {"kind": each.kind, "spot": each.spot, "text": each.text, "by": str(each.made_by or "")}
        for each in notes_on(option)
    ]
    return {"today": today, "notes": notes}


@dataclass(frozen=True)
class Edit:
    """What somebody did on the map.

    Args:
        do: move, undo, add or tidy.
        version: The version of the option on which it was done.
        moves: The new locality's key of each zone; "" takes a zone out.
        name: The name of a new locality.
        hold: Zones that stay where they are when the program tidies up.
    """

    do: str
    version: int
    moves: dict[str, str] = field(default_factory=dict)
    name: str = ""
    hold: tuple[str, ...] = ()

    def make(self, person: Person, option: BoundaryOption) -> Edited:
        """Do it; refused as `boundary_changes` refuses."""
        if self.do == "move":
            return move_zones(person, option, self.moves, self.version)
        if self.do == "undo":
            return undo_move(person, option, self.version)
        if self.do == "add":
            return add_locality(person, option, self.name, self.version)
        return tidy_up(person, option, self.version, self.hold)


def read_edit(body: bytes) -> Edit | None:
    """Read what the script sent; None: it has not the shape of an edit."""
    try:
        sent = json.loads(body)
        hold = tuple(sent.get("hold", ()))
        edit = Edit(sent["do"], sent["version"], sent.get("moves", {}), sent.get("name", ""), hold)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    sound = edit.do in _DOES and type(edit.version) is int and _is_text(edit.name) and isinstance(edit.moves, dict)
    return edit if sound and all(_is_text(each) for each in (*edit.moves.values(), *edit.hold)) else None


def _is_text(sent: Any) -> bool:
    return isinstance(sent, str) and len(sent) <= _MOST_TEXT
