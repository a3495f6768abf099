"""Kinds as one partnership knows them: those that are shipped and those that it added itself."""

from __future__ import annotations

from django.utils import timezone

from locality.members import (
    GroupKind,
    Kind,
    NeedKind,
    in_order,
    need_kinds,
    professional_bodies,
    shipped_groups,
    shipped_organisation_kinds,
)
from locality_web.core.models import Partnership
from locality_web.core.remembered import ANEW, Reader
from locality_web.members.register_models import OwnKind


def groups_of(partnership: Partnership, memory: Reader = ANEW) -> tuple[GroupKind, ...]:
    """Give every group that a partnership knows today, in the order in which they are shown."""
    own = _own(partnership, OwnKind.What.GROUP, memory)
    added = (
        GroupKind(each.code, each.name, each.why, each.within, each.asked_for, each.profession, own=True)
        for each in own
    )
    return in_order((*shipped_groups(timezone.localdate()), *added))


def professions_of(partnership: Partnership, memory: Reader = ANEW) -> tuple[GroupKind, ...]:
    """Give the groups with which a decision can be tagged."""
    return tuple(each for each in groups_of(partnership, memory) if each.profession)


def organisation_kinds_of(partnership: Partnership, memory: Reader = ANEW) -> tuple[Kind, ...]:
    """Give every kind of organisation that a partnership knows today."""
    own = _own(partnership, OwnKind.What.ORGANISATION, memory)
    added = (Kind(each.code, each.name, each.why, own=True) for each in own)
    return (*shipped_organisation_kinds(timezone.localdate()), *added)


def bodies() -> tuple[Kind, ...]:
    """Give the professional bodies of today."""
    return professional_bodies(timezone.localdate())


def needs() -> tuple[NeedKind, ...]:
    """Give the kinds of access need of today."""
    return need_kinds(timezone.localdate())


def name_of_group(partnership: Partnership, code: str, memory: Reader = ANEW) -> str:
    """Give a group's name; its code where it is retired. Asks the database only for a partnership's own."""
    shipped = next((each.name for each in shipped_groups(timezone.localdate()) if each.code == code), None)
    return shipped or next((each.name for each in groups_of(partnership, memory) if each.code == code), code)


def _own(partnership: Partnership, what: str, memory: Reader) -> list[OwnKind]:
    def read() -> list[OwnKind]:
        return list(partnership.own_kinds.filter(what=what, retired_on__isnull=True))

    return memory.read(("members.own_kinds", what), ("members",), read)
