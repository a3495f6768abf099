"""Every address of a site: what it is, who may open it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from docs.generate.markdown import code, page, table
from locality_web.core.pages import PUBLIC, Declared

_ABOUT = """
Addresses stay. What stands in angle brackets differs: `<partnership>` and `<locality>` are short names, a `<year>` is
written `2026-27`. *Who* is `everybody`, or a permission of [Roles](roles.md).
"""
_SIGN_IN = "/accounts/"
_ROOMS = {
    "core": "The site, people, settings and records",
    "areas": "Areas",
    "members": "Leads and briefings",
    "money": "Services and money",
    "voice": "Conversations",
    "plans": "Plans",
}


@dataclass(frozen=True)
class Address:
    """One address: the room that answers, the path with what differs in angle brackets, the view."""

    room: str
    path: str
    view: Any

    @property
    def declared(self) -> Declared | None:
        """What the view said about who may open it."""
        return getattr(self.view, "declared", None)


def every_address(resolver: Any = None, room: str = "", before: str = "/") -> Iterator[Address]:
    """Walk through the addresses of the site."""
    for entry in (resolver or get_resolver("locality_web.config.urls")).url_patterns:
        path = before + _plain(str(entry.pattern))
        if isinstance(entry, URLResolver):
            yield from every_address(entry, entry.namespace or room, path)
        elif isinstance(entry, URLPattern):
            yield Address(room, path, entry.callback)


def _plain(pattern: str) -> str:
    """Write a pattern as people read it: `<slug:year>` and `(?P<key>[-:\\w]+)` as `<year>` and `<key>`."""
    named = re.sub(r"\(\?P(<\w+>)[^)]*\)", r"\1", pattern)
    return re.sub(r"<\w+:(\w+)>", r"<\1>", named).strip("^$")


def addresses_page() -> str:
    """Describe every address by room; those of signing in are named only."""
    found = list(every_address())
    parts = [part for room, title in _ROOMS.items() for part in _describe(title, room, found)]
    signing_in = [code(each.path) for each in found if each.path.startswith(_SIGN_IN)]
    return page("Addresses of a site", _ABOUT, *parts, "## Signing in", _lines(signing_in))


def _describe(title: str, room: str, found: list[Address]) -> tuple[str, str]:
    rows = [
        (code(each.path), _says(each.view), _who(each.declared))
        for each in found
        if each.room == room and each.declared is not None
    ]
    return f"## {title}", table(("address", "what it is", "who"), rows)


def _says(view: Any) -> str:
    return (view.__doc__ or "").strip().split("\n\n")[0]


def _who(declared: Declared | None) -> str:
    if declared is None or declared.permission == PUBLIC:
        return "everybody"
    return code(declared.permission)


def _lines(texts: list[str]) -> str:
    return "\n".join(f"* {text}" for text in texts)
