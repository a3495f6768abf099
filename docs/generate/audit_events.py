"""The kinds of events in a site's audit record: found in the code, explained in `audit_events.yaml`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import yaml

import locality_web
from docs.generate.markdown import code, page, table
from locality_web.core.jobs import all_kinds
from locality_web.core.roles import all_permissions
from locality_web.core.setting_kinds import all_settings

_SITE = Path(locality_web.__file__).parent
_EXPLAINED = Path(__file__).with_name("audit_events.yaml")
_ROOMS = "|".join(path.name for path in sorted(_SITE.iterdir()) if (path / "__init__.py").exists())
_KIND = re.compile(rf"({_ROOMS})\.[a-z_]+")
_START_OF_KIND = re.compile(rf"({_ROOMS})\.[a-z_]*")

_ABOUT = """
Everything that somebody does on a site writes an event, in the same transaction. An event says who, when, where, what
kind, and one sentence; it holds the hash of the event before it. How to read and prove it:
[Run a site](../do/run-a-site.md#prove-the-audit-record).
"""


def kinds_explained() -> dict[str, str]:
    """Give every kind with what it means."""
    found: dict[str, str] = yaml.safe_load(_EXPLAINED.read_text(encoding="utf-8"))
    return found


_RECORDS = re.compile(r"\brecord(_event)?\(")  # an event, or one of a room's own that says more of its thing


def kinds_in_code() -> tuple[set[str], set[str]]:
    """Find the kinds that modules with events name, and the beginnings of those that they put together."""
    names, starts = set(), set()
    for path in _SITE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if _RECORDS.search(text):
            tree = ast.parse(text)
            names |= set(_named(tree))
            starts |= set(_put_together(tree))
    return names - set(all_permissions()) - set(all_settings()) - set(all_kinds()) - starts, starts


def _named(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _KIND.fullmatch(node.value):
            yield node.value


def _put_together(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        first = node.values[0] if isinstance(node, ast.JoinedStr) else None
        if isinstance(first, ast.Constant) and _START_OF_KIND.fullmatch(str(first.value)):
            yield str(first.value)


def records_page() -> str:
    """Describe every kind of event and every kind of background job."""
    events = [(code(kind), means) for kind, means in sorted(kinds_explained().items())]
    jobs = [(code(name), kind.says) for name, kind in all_kinds().items()]
    return page(
        "Events and background jobs",
        _ABOUT,
        "## Events",
        table(("kind", "what was done"), events),
        "## Background jobs",
        "What the site does after a page has answered. Waits between attempts are a [rule](site-settings.md#rules).",
        table(("kind", "what it does"), jobs),
    )
