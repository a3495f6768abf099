"""Kinds that the guidance names: groups, organisations, professional bodies, access needs. Data, with their source."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from locality.foundations import load_rule

_ROOM = "locality.members"


@dataclass(frozen=True)
class GroupKind:
    """A group that may have a voice in a locality.

    Args:
        code: Its stable name, like "carers".
        name: What people read.
        paragraph: The paragraph of the guidance that asks for it; for a partnership's own, why it wants it.
        within: Code of the wider group that it belongs to; empty: it stands by itself.
        asked_for: Whether a locality in which nobody speaks for it has a gap.
        profession: Whether decisions can be tagged with it.
        own: Whether the partnership added it.
    """

    code: str
    name: str
    paragraph: str
    within: str = ""
    asked_for: bool = False
    profession: bool = False
    own: bool = False


@dataclass(frozen=True)
class Kind:
    """A kind of organisation, of professional body or of access need: code, name, and paragraph or purpose."""

    code: str
    name: str
    paragraph: str = ""
    own: bool = False


@dataclass(frozen=True)
class NeedKind:
    """A kind of access need: whether it is met in the form of the material, at the meeting, or both."""

    code: str
    name: str
    met_in: Literal["material", "meeting", "both"]


def shipped_groups(on: dt.date) -> tuple[GroupKind, ...]:
    """Give the groups that the guidance names.

    Args:
        on: The day for which they are asked.

    Returns:
        Groups in the order of the guidance; a group within another stands behind it.
    """
    return tuple(GroupKind(**each) for each in _read("groups", on))


def shipped_organisation_kinds(on: dt.date) -> tuple[Kind, ...]:
    """Give the kinds of organisation that are shipped.

    Args:
        on: The day for which they are asked.

    Returns:
        Kinds in the order of their rule.
    """
    return tuple(Kind(**each) for each in _read("organisation_kinds", on))


def professional_bodies(on: dt.date) -> tuple[Kind, ...]:
    """Give the professional bodies whose agreement or advice is recorded.

    Args:
        on: The day for which they are asked.

    Returns:
        Bodies in the order of their rule.
    """
    return tuple(Kind(**each) for each in _read("professional_bodies", on))


def need_kinds(on: dt.date) -> tuple[NeedKind, ...]:
    """Give the kinds of access need.

    Args:
        on: The day for which they are asked.

    Returns:
        Kinds in the order of their rule.
    """
    return tuple(NeedKind(each["code"], each["name"], each["for"]) for each in _read("access_needs", on))


def in_order(groups: Iterable[GroupKind]) -> tuple[GroupKind, ...]:
    """Put groups into the order in which they are shown.

    Args:
        groups: Groups, each code once.

    Returns:
        The same groups: each that stands by itself, followed by those within it; one within a group that is not there
        stands by itself.
    """
    kept = list(groups)
    codes = {each.code for each in kept}
    tops = [each for each in kept if each.within not in codes]
    return tuple(found for top in tops for found in (top, *(each for each in kept if each.within == top.code)))


def _read(name: str, on: dt.date) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = load_rule(_ROOM, name).at(on).value
    return found
