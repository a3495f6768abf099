"""Template filters of the site: money, years and numbers as people read them."""

from __future__ import annotations

from typing import Any

from django import template

from locality.foundations import say_pounds
from locality_web.core.permissions import Place, may

register = template.Library()


@register.filter
def pounds(pence: int | None) -> str:
    """Write pence as pounds with pence: £1,234.56; nothing known: "not known"."""
    return "not known" if pence is None else say_pounds(int(pence))


@register.filter
def whole_pounds(pence: int | None) -> str:
    """Write pence as whole pounds: £1,235."""
    return "not known" if pence is None else say_pounds(int(pence), whole=True)


@register.filter
def percent(ratio: float | None, places: int = 1) -> str:
    """Write a ratio as a percentage with a sign: +2.5%."""
    return "not known" if ratio is None else f"{ratio * 100:+.{places}f}%".replace("-", "−")


@register.filter
def year_slug(year: str) -> str:
    """Write a financial year for an address: 2026-27."""
    return str(year).replace("/", "-")


@register.simple_tag(takes_context=True)
def allowed(context: dict[str, Any], permission: str, place: Place | None = None) -> bool:
    """Say whether the person may do something here: `{% allowed "plans.edit" as may_edit %}`."""
    return may(context["request"].user, permission, place or context.get("place"))
