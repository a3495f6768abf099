"""The form of one heading: amounts by service and source, notes, priorities and actions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django import forms

from locality.foundations import FinancialYear
from locality.plans import CatalogueService, FundingSource
from locality.plans.totals import BUDGET_KINDS, NO_HEADING
from locality_web.plans.editor_forms import (
    NEW,
    REMOVE,
    MoneyCell,
    PathForm,
    TextField,
    action_parts,
    priority_parts,
    remove_field,
    service_choices,
)
from locality_web.plans.editor_plan import OpenPlan


class HeadingForm(PathForm):
    """Everything that editors write under one heading."""

    def __init__(self, plan: OpenPlan, heading: str, data: Any = None, *, may_text: bool = True):
        self.heading = heading
        self.services = [one for one in plan.services.values() if one.heading == heading]
        self.own = [one for one in self.services if one.planned_at == "locality" or _has_money(plan, one.service)]
        self.sources = _sources_under(plan, self.own)
        super().__init__(plan, data, may_text=may_text)

    def paths(self) -> Iterator[tuple[str, forms.Field]]:
        """Give the fields: amounts, notes, priorities, actions, and empty places for new ones."""
        for service in self.own:
            for source in self.sources:
                path = f"line/{service.service}/{source.source}"
                if path in self.plan.fields or may_spend(source, service, self.plan.year):
                    inside = source.kind in BUDGET_KINDS
                    label = f"{service.name}, {source.name}"
                    yield path, MoneyCell(label=label, row=service.service, column=source.source, in_budget=inside)
        for service in self.services:
            label = f"What changes in {service.name} against last year"
            yield f"note/{service.service}", TextField(label=label, rows=2)
        yield from self._items()

    def _items(self) -> Iterator[tuple[str, forms.Field]]:
        codes = [one.service for one in self.services]
        for id_ in [*self.priority_ids, NEW]:
            about = self._chosen("priority", id_)
            names = service_choices(self.plan, dict.fromkeys([*codes, *about]), first="The whole heading")
            for part, field in priority_parts(names).items():
                yield f"priority/{id_}/{part}", field
            if id_ != NEW:
                yield f"{REMOVE}priority/{id_}", remove_field("priority")
        for id_ in [*self.action_ids, NEW]:
            about = self._chosen("action", id_)
            names = service_choices(self.plan, dict.fromkeys([*codes, *about]), first="Choose a service")
            for part, field in action_parts(names).items():
                yield f"action/{id_}/{part}", field
            if id_ != NEW:
                yield f"{REMOVE}action/{id_}", remove_field("action")

    def _chosen(self, kind: str, id_: str) -> list[str]:
        chosen = str(self.plan.fields.get(f"{kind}/{id_}/service", ""))
        return [chosen] if chosen else []

    @property
    def priority_ids(self) -> list[str]:
        """The priorities under this heading, by rank."""
        known = set(self.plan.headings.values())
        return [
            one.id
            for one in self.plan.content.priorities
            if one.heading == self.heading or (self.heading == NO_HEADING and one.heading not in known)
        ]

    @property
    def action_ids(self) -> list[str]:
        """The actions on services under this heading."""
        codes = {one.service for one in self.services}
        lost = self.heading == NO_HEADING
        services = self.plan.services
        return [
            one.id
            for one in self.plan.content.actions
            if one.service in codes or (lost and one.service not in services)
        ]

    def edits(self, base: Any) -> dict[str, Any]:
        """Give what was typed; a new priority stands under this heading, after all others."""
        found = super().edits(base)
        if f"priority/{NEW}/title" in found:
            ranks = [one.rank for one in self.plan.content.priorities]
            found[f"priority/{NEW}/heading"] = self.heading
            found[f"priority/{NEW}/rank"] = max(ranks, default=0) + 1
        return found

    def rows(self) -> list[tuple[CatalogueService, list[forms.BoundField | None]]]:
        """Give each service with its cells; None where a source may not be spent on it."""
        paths = [[f"line/{one.service}/{source.source}" for source in self.sources] for one in self.own]
        return [
            (one, [self[path] if path in self.fields else None for path in cells])
            for one, cells in zip(self.own, paths, strict=True)
        ]

    def in_budget_pence(self) -> int:
        """Give what the grid holds now against the budget; shares of joint lines come on top."""
        inside = {source.source for source in self.sources if source.kind in BUDGET_KINDS}
        paths = [name for name in self.fields if name.startswith("line/") and name.split("/")[2] in inside]
        return sum(int(self.plan.fields.get(path, 0)) for path in paths)

    def notes(self) -> list[forms.BoundField]:
        """Give the note of each service."""
        return self.beside("note/")

    def items(self, kind: str) -> list[dict[str, Any]]:
        """Give each priority or action with its fields."""
        ids = self.priority_ids if kind == "priority" else self.action_ids
        ranks = {one.id: one.rank for one in self.plan.content.priorities}
        return [
            {
                "id": id_,
                "rank": ranks.get(id_),
                "title": self.plan.fields.get(f"{kind}/{id_}/{'title' if kind == 'priority' else 'what'}", ""),
                "fields": [*self.beside(f"{kind}/{id_}/"), *self.beside(f"{REMOVE}{kind}/{id_}")],
            }
            for id_ in ids
        ]

    def priorities(self) -> list[dict[str, Any]]:
        """Give the priorities for the template."""
        return self.items("priority")

    def actions(self) -> list[dict[str, Any]]:
        """Give the actions for the template."""
        return self.items("action")

    def new_priority(self) -> list[forms.BoundField]:
        """Give the empty fields of a new priority."""
        return self.beside(f"priority/{NEW}/")

    def new_action(self) -> list[forms.BoundField]:
        """Give the empty fields of a new action."""
        return self.beside(f"action/{NEW}/")


def may_spend(source: FundingSource, service: CatalogueService, year: str) -> bool:
    """Say whether a source may be spent on a service in a year, by its own headings, services and dates."""
    if source.headings and service.heading not in source.headings:
        return False
    if source.services and service.service not in source.services:
        return False
    span = FinancialYear.parse(year)
    starts = dt.date.fromisoformat(source.starts) if source.starts else span.start
    ends = dt.date.fromisoformat(source.ends) if source.ends else span.end
    return starts <= span.end and ends >= span.start


def _has_money(plan: OpenPlan, service: str) -> bool:
    return any(value for path, value in plan.fields.items() if path.startswith(f"line/{service}/"))


def _sources_under(plan: OpenPlan, services: list[CatalogueService]) -> list[FundingSource]:
    """Give the sources that may be spent here, or are in fact; one that nobody knows any more too."""
    known = {one.source: one for one in plan.frame.sources}
    codes = {one.service for one in services}
    used = {
        path.split("/")[2]
        for path, value in plan.fields.items()
        if value and path.startswith("line/") and path.split("/")[1] in codes
    }
    open_ = {one.source for one in known.values() if any(may_spend(one, each, plan.year) for each in services)}
    strange = [FundingSource(code, code, "core", "") for code in sorted(used - set(known))]
    return [one for one in known.values() if one.source in used | open_] + strange
