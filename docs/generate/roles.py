"""Roles and permissions of the site, and how often things may be tried."""

from __future__ import annotations

from importlib import resources

import yaml

from docs.generate.markdown import code, page, table
from locality_web.core.roles import Permission, Role, all_permissions, all_roles

_ABOUT = """
What people may do on the site, from `core/roles.yaml`. A role is held in one partnership, for one locality or for all
of it, from a day to a day. How to give one: [Invite people](../do/invite-people.md).
"""
_HELD = {"partnership": "the whole partnership", "locality": "one locality", "either": "either"}
_REACH = {
    "own": "where the role is held",
    "partnership": "anywhere in the partnership",
    "signed_in": "whoever is signed in",
}


def roles_page() -> str:
    """Describe every role and every permission, and who has which."""
    return page(
        "Roles",
        _ABOUT,
        "## What each role is",
        table(("role", "what it is", "held for", "second factor"), [_role(role) for role in all_roles().values()]),
        "## What each role may do",
        table(
            ("permission", "what it lets people do", "how far", "roles"),
            [_may(each) for each in all_permissions().values()],
        ),
        "## How often things may be tried",
        "Tries, time, and what is counted: `ip` one network address, `key` one account or address, `user` one person.",
        table(("what", "limit"), [(about["says"], code(about["limit"])) for about in _limits()]),
    )


def _role(role: Role) -> tuple[str, str, str, str]:
    return role.title, role.says, _HELD[role.held_for], "needed" if role.second_factor else ""


def _may(permission: Permission) -> tuple[str, str, str, str]:
    able = [role.title.lower() for role in all_roles().values() if permission.name in role.may]
    return code(permission.name), permission.says, _REACH[permission.reach], ", ".join(able) or "everybody signed in"


def _limits() -> list[dict[str, str]]:
    text = (resources.files("locality_web.core") / "rate_limits.yaml").read_text(encoding="utf-8")
    return list(yaml.safe_load(text).values())
