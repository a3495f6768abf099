"""Who may do what. One function refuses with a reason; the yes-or-no form is derived from it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from locality_web.core.roles import all_permissions, all_roles, roles_that_may

if TYPE_CHECKING:
    from locality_web.core.models import Locality, Partnership, Person, RoleHeld


@dataclass(frozen=True)
class Place:
    """Where something is done: a partnership, or one of its localities."""

    partnership: Partnership
    locality: Locality | None = None

    @property
    def name(self) -> str:
        """The name of the nearest area."""
        return str(self.locality or self.partnership)


class NotAllowed(Exception):
    """Somebody asked for what they may not do; shown as written.

    Args:
        reason: Why not, in plain words.
        do: What would help.
        sign_in: Whether signing in may help.
    """

    def __init__(self, reason: str, do: str = "", *, sign_in: bool = False):
        self.reason, self.do, self.sign_in = reason, do, sign_in
        super().__init__(f"{reason} {do}".strip())


def roles_held(person: Person | AnonymousUser, on: dt.date | None = None) -> list[RoleHeld]:
    """Give the roles that a person holds on a day (default: today); asked of the database once for each request."""
    if not person.is_authenticated:
        return []
    day = on or timezone.localdate()
    kept: list[RoleHeld] | None = getattr(person, "_roles_kept", None)
    if kept is None:
        kept = list(person.roles.select_related("partnership", "locality").order_by("id"))
        _share_places(kept)
        person.__dict__["_roles_kept"] = kept
    return [held for held in kept if held.starts <= day and (held.ends is None or day <= held.ends)]


def _share_places(roles: list[RoleHeld]) -> None:
    """Let roles in one partnership hold one object of it: what was read for it, like its settings, is kept there."""
    kept: dict[int, Partnership] = {}
    for held in roles:
        held.partnership = kept.setdefault(held.partnership_id, held.partnership)
        if held.locality is not None:
            held.locality.partnership = held.partnership


def require(person: Person | AnonymousUser, permission: str, place: Place | None = None) -> None:
    """Refuse with a reason unless a person has a permission at a place.

    Args:
        person: Who asks.
        permission: Its name in `roles.yaml`.
        place: Where; None: anywhere will do.

    Raises:
        NotAllowed: With who may, and where.
    """
    wanted = all_permissions()[permission]
    if not person.is_authenticated:
        raise NotAllowed("This page is for people who are signed in.", "Sign in to go on.", sign_in=True)
    if wanted.reach == "signed_in":
        return
    having = [held for held in roles_held(person) if permission in all_roles()[held.role].may]
    if place is None and having:
        return
    here = [held for held in having if place is not None and held.partnership_id == place.partnership.pk]
    for held in here:
        within = place is not None and place.locality is not None and held.locality_id == place.locality.pk
        if wanted.reach == "partnership" or held.locality_id is None or within:
            return
    raise NotAllowed(*_say_why(wanted.name, place, here))


def _say_why(permission: str, place: Place | None, here: list[RoleHeld]) -> tuple[str, str]:
    wanted = all_permissions()[permission]
    where = f" in {place.name}" if place else ""
    able = ", ".join(role.title.lower() for role in roles_that_may(permission))
    if here:
        own = ", ".join(sorted(str(held.locality) for held in here))
        return f"You may {wanted.says} in {own}, but not{where}.", "Ask the partnership's administrator."
    return (
        f"You may not {wanted.says}{where}.",
        f"These roles may: {able}. Ask the partnership's administrator if you need one of them.",
    )


def may(person: Person | AnonymousUser, permission: str, place: Place | None = None) -> bool:
    """Say whether `require` would let a person through."""
    try:
        require(person, permission, place)
    except NotAllowed:
        return False
    return True
