"""What views can lead to in plans: priorities, lines, pounds and actions, by names that stay from draft to agreed plan.

What is agreed is for everybody; of a plan that is not agreed, its priorities and lines are given to those who keep
influence, so that they can say from the first day on what led to them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.urls import reverse

from locality.plans import CatalogueService, LocalityPlan
from locality_web.core.hooks import InfluenceThing
from locality_web.core.models import Partnership
from locality_web.core.permissions import Place
from locality_web.money.queries import catalogue
from locality_web.plans import models
from locality_web.plans.follow_lines import AgreedYear, FollowLine, agreed_years
from locality_web.plans.follow_trace import is_about
from locality_web.plans.public_links import WHOLE, line_address, name_in, name_of_pounds, priority_address
from locality_web.plans.year_addresses import slug_of_year

Fields = dict[str, dict[str, str]]


def things(partnership: Partnership) -> list[InfluenceThing]:
    """Give what views can lead to, in plans of every year, agreed or on their way."""
    place = Place(partnership)
    found = [thing for agreed in agreed_years(place).values() for thing in _of_year(place, agreed)]
    known = {each.name for each in found}
    return [*found, *(each for each in _drafted(partnership) if each.name not in known)]


def _of_year(place: Place, agreed: AgreedYear) -> Iterator[InfluenceThing]:
    lines = list(agreed.lines())
    for whose, plan in agreed.plans.items():
        yield from _priorities(place, agreed, whose, plan, lines)
        yield from _actions(place, agreed, whose, plan)
    by_service: dict[tuple[str, str], list[FollowLine]] = defaultdict(list)
    for line in lines:
        by_service[line.whose, line.service.service].append(line)
    for (whose, service), those in by_service.items():
        actions = _actions_of(agreed, whose, service)
        yield from _line(place, agreed.year, those, actions)


def _priorities(
    place: Place, agreed: AgreedYear, whose: str, plan: LocalityPlan, lines: Iterable[FollowLine]
) -> Iterator[InfluenceThing]:
    for each in sorted(plan.priorities, key=lambda one: one.rank):
        about = {
            name_in(line.whose, agreed.year, "line", line.service.service)
            for line in lines
            if line.whose in (whose, WHOLE) and is_about(each, line.service.service, line.service.heading)
        }
        yield InfluenceThing(
            name_in(whose, agreed.year, each.id),
            "priority",
            each.title,
            priority_address(place.partnership, agreed.year, whose, each.id),
            locality=whose,
            year=agreed.year,
            about=tuple(sorted(about)),
        )


def _actions(place: Place, agreed: AgreedYear, whose: str, plan: LocalityPlan) -> Iterator[InfluenceThing]:
    address = reverse("plans:plan", args=[place.partnership.slug, whose, slug_of_year(agreed.year)])
    for each in plan.actions:
        name = name_in(whose, agreed.year, each.id)
        yield InfluenceThing(name, "action", each.what, address, locality=whose, year=agreed.year)


def _actions_of(agreed: AgreedYear, whose: str, service: str) -> tuple[str, ...]:
    plan = agreed.plans.get(whose)
    actions = plan.actions if plan else ()
    return tuple(name_in(whose, agreed.year, each.id) for each in actions if each.service == service)


def _line(place: Place, year: str, those: list[FollowLine], actions: tuple[str, ...]) -> Iterator[InfluenceThing]:
    """Give a service's line with the pounds of each source that pay for it."""
    first = those[0]
    whose, service = first.whose, first.service
    locality = "" if whose == WHOLE else whose
    sources: dict[str, int] = defaultdict(int)
    for line in those:
        sources[line.source] += line.pence
    names = {line.source: line.source_name for line in those}
    pounds = [
        InfluenceThing(
            name_of_pounds(whose, year, service.service, source),
            "pounds",
            f"{service.name}, paid from {names[source]}",
            line_address(place.partnership, year, whose, (service.service, source)),
            locality=locality,
            year=year,
            pence=pence,
        )
        for source, pence in sources.items()
    ]
    yield InfluenceThing(
        name_in(whose, year, "line", service.service),
        "line",
        service.name,
        pounds[0].address,
        locality=locality,
        year=year,
        pence=sum(sources.values()),
        more_pence=_more(those),
        leads_to=(*(each.name for each in pounds), *actions),
    )
    yield from pounds


def _more(those: Iterable[FollowLine]) -> int | None:
    """Say by how much a service gets more than the year before; a source that is new then had nothing."""
    pairs = [(line.pence, line.last_year_pence) for line in those]
    if all(before is None for _, before in pairs):
        return None
    return sum(pence - (before or 0) for pence, before in pairs)


def _drafted(partnership: Partnership) -> Iterator[InfluenceThing]:
    kept = models.LocalityPlanRecord.objects.filter(locality__partnership=partnership, snapshot__isnull=True)
    services = {one.service: one for one in catalogue(partnership)}
    for record in kept.select_related("locality"):
        yield from _of_draft(partnership, record, services)


def _of_draft(
    partnership: Partnership, record: models.LocalityPlanRecord, services: dict[str, CatalogueService]
) -> Iterator[InfluenceThing]:
    whose, year = record.locality.slug, record.year
    address = reverse("plans:plan", args=[partnership.slug, whose, slug_of_year(year)])
    priorities: Fields = defaultdict(dict)
    lines: dict[str, int] = defaultdict(int)
    for path, said in record.fields.items():
        parts = path.split("/")
        if parts[0] == "priority" and len(parts) == 3:
            priorities[parts[1]][parts[2]] = str(said or "")
        elif parts[0] == "line" and len(parts) == 3 and isinstance(said, int):
            lines[parts[1]] += said
    for code, pence in lines.items():
        name = services[code].name if code in services else code
        yield InfluenceThing(
            name_in(whose, year, "line", code), "line", name, address, whose, year, "waiting", pence=pence, public=False
        )
    for id, said in priorities.items():
        about = tuple(
            name_in(whose, year, "line", code)
            for code in lines
            if (code == said["service"] if said.get("service") else _heading(services, code) == said.get("heading"))
        )
        yield InfluenceThing(
            name_in(whose, year, id),
            "priority",
            said.get("title") or id,
            address,
            whose,
            year,
            "waiting",
            public=False,
            about=about,
        )


def _heading(services: dict[str, CatalogueService], code: str) -> str:
    return services[code].heading if code in services else ""
