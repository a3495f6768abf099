"""What of this room those who keep informed hear of: plans that are put to everybody, and plans that are agreed."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse

from locality_web.core.hooks import PublicNews
from locality_web.core.models import Partnership
from locality_web.core.remembered import ANEW, Reader
from locality_web.money.queries import catalogue
from locality_web.plans.models import LocalityPlanRecord, PlanBase, StrategicPlanRecord
from locality_web.plans.year_addresses import slug_of_year

_TOLD = ("open_for_comments", "agreed")


def happened(partnership: Partnership, since: dt.datetime, memory: Reader = ANEW) -> list[PublicNews]:
    """Give the plans that came to be open for comments, or were agreed, since a moment."""
    return memory.read(("plans.public_news",), ("plans", "money"), lambda: _read(partnership, since))


def _read(partnership: Partnership, since: dt.datetime) -> list[PublicNews]:
    fresh = {"state__in": _TOLD, "state_since__gte": since}
    of_localities = LocalityPlanRecord.objects.filter(locality__partnership=partnership, **fresh)
    plans = list(of_localities.select_related("locality"))
    strategic = partnership.strategic_plans.filter(**fresh).defer("fields")
    headings = {one.service: one.heading for one in catalogue(partnership)} if plans else {}
    found = [_of_plan(partnership, each, headings) for each in plans]
    return [*found, *(_of_strategic(partnership, each) for each in strategic)]


def _of_plan(partnership: Partnership, record: LocalityPlanRecord, headings: dict[str, str]) -> PublicNews:
    slug = record.locality.slug
    return _news(
        record,
        f"plan:{record.pk}",
        reverse("plans:plan", args=[partnership.slug, slug, slug_of_year(record.year)]),
        localities=(slug,),
        headings=_headings(record, headings),
    )


def _of_strategic(partnership: Partnership, record: StrategicPlanRecord) -> PublicNews:
    record.partnership = partnership
    address = reverse("plans:strategic", args=[partnership.slug, slug_of_year(record.year)])
    return _news(record, f"strategic-plan:{record.pk}", address)


def _news(record: PlanBase, name: str, address: str, **about: tuple[str, ...]) -> PublicNews:
    """Write the news of a plan; one that is opened a second time is news again, by the moment at which it was."""
    opened = record.state == "open_for_comments"
    key = f"{name}:{record.state}:{record.state_since:%Y%m%dT%H%M%S}"
    title = f"{'Say what you think' if opened else 'Agreed'}: {record}"
    return PublicNews(key, title, _says(record), address, record.state_since, **about)


def _says(record: PlanBase) -> str:
    if record.state != "open_for_comments":
        return "Everybody can read what is planned, and what it costs."
    close = record.comments_close
    return "Everybody can read it and comment on it" + (f" until {close.day} {close:%B %Y}." if close else ".")


def _headings(record: LocalityPlanRecord, headings: dict[str, str]) -> tuple[str, ...]:
    """Give the service headings under which a plan spends money or has a priority."""
    lines = {path.split("/")[1] for path in record.fields if path.startswith("line/")}
    named = {
        str(said) for path, said in record.fields.items() if path.startswith("priority/") and path.endswith("/heading")
    }
    found = {headings[code] for code in lines if code in headings} | (named & set(headings.values()))
    return tuple(sorted(found))
