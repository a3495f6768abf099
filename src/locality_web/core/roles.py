"""Roles and permissions as data: `roles.yaml` says what each role may do, and how far."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

import yaml


@dataclass(frozen=True)
class Permission:
    """One thing that a person may do: its name, what it is in words, and how far a role's right reaches."""

    name: str
    says: str
    reach: Literal["own", "partnership", "signed_in"]


@dataclass(frozen=True)
class Role:
    """A role: its name, what it is in words, where it is held, whether it needs a second factor, what it may do."""

    name: str
    says: str
    held_for: Literal["partnership", "locality", "either"]
    second_factor: bool
    may: frozenset[str]

    @property
    def title(self) -> str:
        """The name as people read it."""
        return self.name.replace("_", " ").capitalize()


@cache
def _read() -> dict[str, Any]:
    text = (resources.files("locality_web.core") / "roles.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found


@cache
def all_permissions() -> dict[str, Permission]:
    """Give every permission by its name."""
    return {name: Permission(name, **about) for name, about in _read()["permissions"].items()}


@cache
def all_roles() -> dict[str, Role]:
    """Give every role by its name."""
    return {
        name: Role(name, about["says"], about["held_for"], about["second_factor"], frozenset(about["may"]))
        for name, about in _read()["roles"].items()
    }


def roles_that_may(permission: str) -> list[Role]:
    """Give the roles that have a permission."""
    return [role for role in all_roles().values() if permission in role.may]
