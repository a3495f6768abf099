"""Setting a partnership up: what every room wants to have done first, in order, and core's own first step."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from locality_web.core.hooks import SetUpStep, ask_rooms
from locality_web.core.models import Partnership, Person, RoleHeld
from locality_web.core.permissions import Place, may
from locality_web.core.remembered import Memory
from locality_web.core.roles import roles_that_may

_NEEDED = ("planner", "finance", "executive")
"""Roles without which no budget and no plan comes about."""


@dataclass(frozen=True)
class ShownStep:
    """A step as one person sees it: whether they may do it, and who else."""

    step: SetUpStep
    is_mine: bool

    @property
    def who(self) -> str:
        """The roles that do it, in words."""
        return ", ".join(role.title.lower() for role in roles_that_may(self.step.permission))


def steps(partnership: Partnership) -> list[SetUpStep]:
    """Give core's own step: to invite those without whom nothing goes on."""
    held = set(RoleHeld.objects.filter(partnership=partnership, role__in=_NEEDED).values_list("role", flat=True))
    return [
        SetUpStep(
            "Invite the people who work on it",
            "At least a planner, a finance officer and somebody who decides on budgets (executive).",
            reverse("core:people", args=[partnership.slug]),
            permission="core.people",
            done=held == set(_NEEDED),
            order=10,
        )
    ]


def still_to_set_up(person: Person | AnonymousUser, roles: Iterable[RoleHeld]) -> list[dict[str, Any]]:
    """Give the partnerships that are not set up yet, with every step, to those who do any of them."""
    places = {held.partnership_id: Place(held.partnership) for held in roles if held.locality_id is None}
    found = []
    for place in places.values():
        every = _every_step(place.partnership)
        shown = [ShownStep(step, may(person, step.permission, place)) for step in sorted(every, key=lambda s: s.order)]
        if any(each.is_mine for each in shown) and not all(step.done for step in every):
            found.append({"partnership": place.partnership, "steps": shown})
    return found


def _every_step(partnership: Partnership) -> list[SetUpStep]:
    """Give the steps of all rooms, asked again only when one of them recorded something."""
    rooms = [app.label for app in apps.get_app_configs() if app.name.startswith("locality_web.")]
    return Memory(partnership).read(
        ("set_up",),
        rooms,
        lambda: [step for answer in ask_rooms("set_up", "steps", partnership) for step in answer],
    )
