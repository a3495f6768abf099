"""Several people write one plan at once: what each of them changed is kept, field by field, or shown as a clash.

A field that is not there is written as None. The same rules serve for a plan and for any flat mapping.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from locality.foundations import ResultRefused
from locality.plans.fields import PARTS, Fields, items_of, next_id

Value = str | int | None
Side = Literal["mine", "theirs"]


@dataclass(frozen=True)
class Clash:
    """One field that both sides changed, differently.

    Args:
        path: The field.
        base: What both began with; None: it was not there.
        mine: What one side made of it; None: taken away.
        theirs: What the other side made of it; None: taken away.
    """

    path: str
    base: Value
    mine: Value
    theirs: Value


@dataclass(frozen=True)
class Merged:
    """What two sides wrote, put together.

    Args:
        fields: Everything that only one side changed, or both alike. A field in a clash has what both began with.
        clashes: What somebody has to choose, in order of path.
    """

    fields: dict[str, str | int]
    clashes: tuple[Clash, ...]


def merge_fields(base: Fields, mine: Fields, theirs: Fields) -> Merged:
    """Put together what two sides made of the same fields.

    Ranks are fields like others: two sides who give the same rank to two priorities do not clash here, and
    `check_fields` names it.

    Args:
        base: What both began with.
        mine: What one side made of it.
        theirs: What the other side made of it.

    Returns:
        Every field that one side changed has that side's value; where both changed it differently (also where one
        took it away and the other changed it) there is a clash. The order of the sides makes no difference, but for
        who is called mine in a clash.
    """
    fields: dict[str, str | int] = {}
    clashes = []
    for path in sorted({*base, *mine, *theirs}):
        was, one, other = base.get(path), mine.get(path), theirs.get(path)
        if one != other and was not in (one, other):
            clashes.append(Clash(path, was, one, other))
        chosen = other if one in (was, other) else one if other == was else was
        if chosen is not None:
            fields[path] = chosen
    return Merged(fields, tuple(clashes))


def settle_clashes(
    merged: Merged, choices: Mapping[str, Side], *, mine: Fields, theirs: Fields
) -> dict[str, str | int]:
    """Take for every clash the side that somebody chose.

    Args:
        merged: What `merge_fields` gave.
        choices: For the path of every clash, "mine" or "theirs".
        mine: The fields of one side.
        theirs: The fields of the other side.

    Returns:
        All fields. Whoever keeps a field of a priority, an action or a move that the other side took away gets the
        whole of it back, not a part without a title.

    Raises:
        ResultRefused: A clash has no choice yet.
    """
    open_ = [clash.path for clash in merged.clashes if clash.path not in choices]
    if open_:
        raise ResultRefused(f"{len(open_)} fields are not settled: {', '.join(open_)}.", "Choose a text for each.")
    sides = {"mine": mine, "theirs": theirs}
    fields = dict(merged.fields)
    for clash in merged.clashes:
        _put(fields, clash.path, sides[choices[clash.path]].get(clash.path))
    for clash in merged.clashes:
        if clash.path in fields and None in (clash.mine, clash.theirs):
            _give_back(fields, clash.path, sides[choices[clash.path]])
    return fields


def _give_back(fields: dict[str, str | int], path: str, kept: Fields) -> None:
    kind = path.partition("/")[0]
    if kind in PARTS:
        item = path.rsplit("/", 1)[0] + "/"
        for part, value in kept.items():
            if part.startswith(item):
                fields.setdefault(part, value)


def _put(fields: dict[str, str | int], path: str, value: Value) -> None:
    if value is None:
        fields.pop(path, None)
    else:
        fields[path] = value


def renumber_added(base: Fields, mine: Fields, theirs: Fields) -> dict[str, str | int]:
    """Give new ids to what I added, where the other side added something else under the same id.

    Two people who each add a priority at the same time both get the next number; these are two priorities, not two
    texts of one.

    Args:
        base: What both began with.
        mine: What I made of it.
        theirs: What the other side made of it.

    Returns:
        My fields, so that no priority, action or move that I added has an id that they gave to another one.
    """
    fields = dict(mine)
    for kind in PARTS:
        before = dict(items_of(base, kind))
        added, others = dict(items_of(mine, kind)), dict(items_of(theirs, kind))
        for id_ in sorted(set(added) & set(others) - set(before)):
            if added[id_] != others[id_]:
                _rename(fields, f"{kind}/{id_}/", f"{kind}/{next_id({**theirs, **fields}, kind)}/")
    return fields


def _rename(fields: dict[str, str | int], old: str, new: str) -> None:
    for path in [path for path in fields if path.startswith(old)]:
        fields[new + path.removeprefix(old)] = fields.pop(path)


def changes_between(was: Fields, now: Fields) -> dict[str, tuple[Value, Value]]:
    """Give every field that differs, with what it was and what it is.

    Args:
        was: The earlier fields.
        now: The later fields.

    Returns:
        By path, the earlier and the later value; None: not there. `undo_changes` gives the earlier fields back.
    """
    paths = sorted({*was, *now})
    return {path: (was.get(path), now.get(path)) for path in paths if was.get(path) != now.get(path)}


def undo_changes(fields: Fields, changes: Mapping[str, Sequence[Value]]) -> dict[str, str | int]:
    """Give the fields as they were before some changes.

    Args:
        fields: The fields after the changes.
        changes: What `changes_between` gave, also when it has been stored as JSON meanwhile.

    Returns:
        The fields before them, exactly.

    Raises:
        ResultRefused: The fields are not those that the changes led to.
    """
    return _exchange(fields, {path: (new, old) for path, (old, new) in changes.items()})


def redo_changes(fields: Fields, changes: Mapping[str, Sequence[Value]]) -> dict[str, str | int]:
    """Give the fields as they are after some changes.

    Args:
        fields: The fields before the changes.
        changes: What `changes_between` gave, also when it has been stored as JSON meanwhile.

    Returns:
        The fields after them, exactly.

    Raises:
        ResultRefused: The fields are not those that the changes began with.
    """
    return _exchange(fields, {path: (old, new) for path, (old, new) in changes.items()})


def _exchange(fields: Fields, steps: Mapping[str, tuple[Value, Value]]) -> dict[str, str | int]:
    strange = [path for path, (expected, _) in steps.items() if fields.get(path) != expected]
    if strange:
        raise ResultRefused(
            f"The changes do not belong to these fields: {', '.join(sorted(strange))} differ.",
            "Take the changes in order, from the latest back.",
        )
    found = dict(fields)
    for path, (_, value) in steps.items():
        _put(found, path, value)
    return found
