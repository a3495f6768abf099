"""Every address of the site, what its view declared, and sample values for what it carries."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from locality_web.core.pages import Declared

WEB_TESTS = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Address:
    """One address: its full name, what it carries, and what its view declared (None: nothing)."""

    name: str
    carries: frozenset[str]
    declared: Declared | None

    def __str__(self) -> str:
        return self.name


def every_address(
    resolver: Any = None, spaces: tuple[str, ...] = (), carried: frozenset[str] = frozenset()
) -> Iterator[Address]:
    """Walk through the addresses of the site."""
    for entry in (resolver or get_resolver()).url_patterns:
        carries = carried | frozenset(entry.pattern.converters) | frozenset(entry.pattern.regex.groupindex)
        if isinstance(entry, URLResolver):
            inner = (*spaces, entry.namespace) if entry.namespace else spaces
            yield from every_address(entry, inner, carries)
        elif isinstance(entry, URLPattern):
            name = ":".join((*spaces, entry.name or str(entry.pattern)))
            yield Address(name, carries, getattr(entry.callback, "declared", None))


def samples_of(partnership: Any) -> dict[str, dict[str, Any]]:
    """Gather the samples of all rooms, from `tests/web/<room>/addresses.py`."""
    found: dict[str, dict[str, Any]] = {}
    for path in sorted(WEB_TESTS.glob("*/addresses.py")):
        spec = importlib.util.spec_from_file_location(f"addresses_of_{path.parent.name}", path)
        assert spec and spec.loader
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        found |= module.samples(partnership)
    return found
