"""What a field of a plan is called on pages, what it says, and where it is mended."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.urls import reverse

from locality.foundations import Fault, say_pounds
from locality_web.core.permissions import Place
from locality_web.core.words import count_of, join_words
from locality_web.plans.editor_plan import OpenPlan, address_arguments

DIRECTIONS = {"more": "More of it", "less": "Less of it", "change": "A different way", "keep": "Keep it as it is"}
PLANNED_AT = {
    "across": "across localities",
    "partnership": "once for the whole partnership",
    "locality": "in this locality",
}
_PARTS = {
    "heading": "heading",
    "service": "service",
    "rank": "rank",
    "title": "title",
    "why": "reason",
    "direction": "what it asks for",
    "raised_by": "who raised it",
    "what": "what will be done",
    "who": "who does it",
    "by": "by when",
    "from_service": "from",
    "to_service": "to",
    "source": "source",
    "pence": "amount",
}
_ITEMS = {"priority": "priority", "action": "action", "move": "move"}


class FieldWords:
    """Names the fields of one plan, also of one that was there only in an earlier version."""

    def __init__(self, plan: OpenPlan):
        self._services = {code: one.name for code, one in plan.services.items()}
        self._sources = {one.source: one.name for one in plan.frame.sources}
        self._titles: dict[str, str] = {f"priority/{one.id}": one.title for one in plan.content.priorities}
        self._titles |= {f"action/{one.id}": one.what for one in plan.content.actions}

    def name(self, path: str) -> str:
        """Name a field: "Home care, Core budget", "Priority “Fewer falls”: reason"."""
        kind, *rest = path.split("/")
        if kind == "line" and len(rest) == 2:
            return f"{self.service(rest[0])}, {self._sources.get(rest[1], rest[1])}"
        if kind == "note" and rest:
            return f"Note on {self.service(rest[0])}"
        if kind in _ITEMS and len(rest) == 2:
            return f"{self._item(kind, rest[0])}: {_PARTS.get(rest[1], rest[1])}"
        return "Summary" if kind == "summary" else path

    def _item(self, kind: str, id_: str) -> str:
        title = self._titles.get(f"{kind}/{id_}", "")
        short = title if len(title) <= 60 else f"{title[:57]}..."
        return f"{_ITEMS[kind].capitalize()} “{short}”" if short else f"{_ITEMS[kind].capitalize()} {id_}"

    def service(self, code: str) -> str:
        """Name a service."""
        return self._services.get(code, code)

    def text(self, path: str, value: str | int | None) -> str:
        """Write what a field says."""
        part = path.rsplit("/", 1)[-1]
        if value is None:
            return "nothing (taken away)"
        if path.startswith("line/") or part == "pence":
            return say_pounds(int(value))
        if part in ("service", "from_service", "to_service"):
            return self.service(str(value)) if value else "the whole heading"
        if part == "direction":
            return DIRECTIONS.get(str(value), str(value))
        return self._sources.get(str(value), str(value)) if part == "source" else str(value)

    def change(self, path: str, was: str | int | None, now: str | int | None) -> str:
        """Say one change of a version in words."""
        if was is None:
            return f"{self.name(path)}: new, {self._short(path, now)}"
        if now is None:
            return f"{self.name(path)}: taken away; it was {self._short(path, was)}"
        return f"{self.name(path)}: {self._short(path, now)}; before {self._short(path, was)}"

    def _short(self, path: str, value: str | int | None) -> str:
        text = self.text(path, value)
        shown = text if len(text) <= 120 else f"{text[:117]}..."
        return shown if path.startswith("line/") or path.endswith(("/pence", "/rank")) else f"“{shown}”"


def name_version(words: FieldWords, changes: Mapping[str, Sequence[Any]]) -> None:
    """Let fields be named by titles that stand in a version's changes, though the plan has them no more."""
    for path, (was, now) in changes.items():
        kind, *rest = path.split("/")
        if kind in _ITEMS and rest[-1] in ("title", "what"):
            words._titles.setdefault(f"{kind}/{rest[0]}", str(now or was or ""))


def say_saved(changed: Iterable[str]) -> str:
    """Say what a saving touched: "2 amounts, 1 note and 1 priority"."""
    found: dict[str, set[str]] = {}
    for path in changed:
        kind, *rest = path.split("/")
        found.setdefault(kind, set()).add("/".join(rest) if kind == "line" else "".join(rest[:1]))
    names = {
        "summary": ("the summary", "the summary"),
        "line": ("amount", "amounts"),
        "note": ("note", "notes"),
        "priority": ("priority", "priorities"),
        "action": ("action", "actions"),
        "move": ("move", "moves"),
    }
    said = [
        one if kind == "summary" else count_of(len(found[kind]), one, many)
        for kind, (one, many) in names.items()
        if kind in found
    ]
    return join_words(said)


def plain_id(name: str) -> str:
    """Give the id of a field's control on a page: scripts look for it in places where "/" and ":" mean something."""
    return "id_" + re.sub(r"[^A-Za-z0-9_-]", "-", name)


def address_of_field(plan: OpenPlan, place: Place, path: str) -> str:
    """Give the address at which a field is written, with the control's place on that page."""
    where = address_arguments(place, plan.year)
    kind, *rest = path.split("/")
    if kind == "joint":
        return reverse("plans:joint_shares", args=[*where])
    if kind == "summary":
        return f"{reverse('plans:edit_summary', args=where)}#id_summary"
    if kind == "move":
        return f"{reverse('plans:edit_moves', args=where)}#{plain_id(path)}"
    if kind == "priority" and rest[-1] in ("rank", "heading"):
        return f"{reverse('plans:edit_ranks', args=where)}#{plain_id(path)}"
    if kind in ("line", "note", "action", "priority"):
        slug = plan.slug_of(_heading_of(plan, kind, rest[0]))
        return f"{reverse('plans:edit_heading', args=[*where, slug])}#{plain_id(path)}"
    return f"{reverse('plans:editor', args=where)}#sources"


def _heading_of(plan: OpenPlan, kind: str, code: str) -> str:
    if kind == "priority":
        return next((one.heading for one in plan.content.priorities if one.id == code), "")
    if kind == "action":
        code = next((one.service for one in plan.content.actions if one.id == code), "")
    return plan.services[code].heading if code in plan.services else ""


def say_fault_of(fault: Fault, words: FieldWords) -> str:
    """Say a fault with the name of its field before it."""
    name = words.name(fault.column) if fault.column and not fault.column.startswith(("joint/", "source/")) else ""
    what = f"{name}: {fault.what}" if name else f"{fault.what[:1].upper()}{fault.what[1:]}"
    return f"{what}. {fault.do}"
