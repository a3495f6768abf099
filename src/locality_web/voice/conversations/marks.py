"""Places that somebody marks on a map while filling in a form: pressed, taken from a list, taken off again.

A form carries them in one hidden field: "-3.01,56.19 -3.02,56.2" in longitude and latitude. The map's script writes
a new one as a point of the picture, "@150,40". Nothing is sent yet while places are marked: the form is shown again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from locality_web.core.models import Partnership
from locality_web.voice.conversations.marking import PickMap
from locality_web.voice.conversations.near import Middle, middles, nearest

FIELD = "marked"
MOST = 10
"""So many places are marked in one form; own choice of the founders, 2026-11: more is a drawing, not an answer."""

Point = tuple[float, float]


@dataclass(frozen=True)
class NamedMark:
    """A mark as a list shows it: its number, its place in the picture, and what it is near to."""

    number: int
    text: str
    x: int
    y: int
    near: str


def read_marks(text: str, drawn: PickMap | None = None) -> list[Point]:
    """Read marks; what cannot be read, is outside the map or there already is left out.

    Args:
        text: As the form carries them.
        drawn: The map, for points of its picture; None: only longitude and latitude are read.

    Returns:
        Longitude and latitude of each, at most `MOST`.
    """
    found = [_read(each, drawn) for each in text.split()]
    return list(dict.fromkeys(each for each in found if each is not None))[:MOST]


def _read(text: str, drawn: PickMap | None) -> Point | None:
    try:
        first, second = (float(each) for each in text.removeprefix("@").split(","))
        if text.startswith("@"):
            return drawn.place_at(round(first), round(second)) if drawn else None
    except (ValueError, OverflowError):
        return None
    return (first, second) if abs(first) <= 180 and abs(second) <= 90 else None


def write_marks(marks: Iterable[Point]) -> str:
    """Write marks as a form carries them."""
    return " ".join(f"{longitude},{latitude}" for longitude, latitude in marks)


def geometry_of(marks: list[Point]) -> dict[str, Any] | None:
    """Give marks as GeoJSON: one point, or several; None: there are none."""
    if len(marks) < 2:
        return {"type": "Point", "coordinates": list(marks[0])} if marks else None
    return {"type": "MultiPoint", "coordinates": [list(each) for each in marks]}


def is_about_marks(data: QueryDict) -> bool:
    """Say whether the form was sent to mark a place, or to take one off, and not to be taken yet.

    Enter in a line of the form presses its first button, which is the picture, at its corner: that sends the form.
    """
    by_enter = (data.get("mark.x"), data.get("mark.y")) == ("0", "0")
    return ("mark.x" in data and not by_enter) or "unmark" in data or "mark_zone" in data


def marks_after(data: QueryDict, partnership: Partnership, drawn: PickMap | None, *, most: int = MOST) -> list[Point]:
    """Give the marks after what was pressed: one more, or one less.

    Args:
        data: The form as it was sent; "place_zone" is the zone that was chosen in its list.
        partnership: Whose zones they are.
        drawn: The map.
        most: How many there can be; a further one takes the place of the last.
    """
    marks = read_marks(data.get(FIELD, ""), drawn)
    if "unmark" in data:
        return [each for number, each in enumerate(marks, 1) if str(number) != data["unmark"]]
    new = _of_zone(data, partnership, drawn) if "mark_zone" in data else _pressed(data, drawn)
    return marks if new is None or new in marks else [*marks[: most - 1], new]


def _pressed(data: QueryDict, drawn: PickMap | None) -> Point | None:
    x, y = data.get("mark.x", ""), data.get("mark.y", "")
    if drawn is None or not (x.isdecimal() and y.isdecimal()):
        return None
    return drawn.place_at(int(x), int(y))


def _of_zone(data: QueryDict, partnership: Partnership, drawn: PickMap | None) -> Point | None:
    """Give the middle of the zone that was chosen in the list, for whoever has no pointer and no script."""
    known = {each.zone: each for each in middles(partnership)} if drawn and data.get("place_zone") else {}
    found = known.get(data.get("place_zone", ""))
    return drawn.place_of_metres(found.east, found.north) if found and drawn else None


def named(marks: list[Point], partnership: Partnership, drawn: PickMap) -> list[NamedMark]:
    """Give marks as a list shows them, each with the neighbourhood that it is near to."""
    known = middles(partnership) if marks else []
    return [_named(number, each, known, drawn) for number, each in enumerate(marks, 1)]


def _named(number: int, mark: Point, known: list[Middle], drawn: PickMap) -> NamedMark:
    x, y = drawn.point_of(*mark)
    found = nearest(known, *drawn.metres_of(*mark))
    return NamedMark(number, write_marks([mark]), round(x), round(y), found.said if found else "")
