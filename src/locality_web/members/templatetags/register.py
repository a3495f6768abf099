"""Addresses of the register in templates, at a locality or at the whole partnership as the page itself is."""

from __future__ import annotations

from typing import Any

from django import template

from locality_web.members.places import address_at

register = template.Library()


@register.simple_tag(takes_context=True)
def here(context: dict[str, Any], name: str, **rest: Any) -> str:
    """Give the address of a page of the register where the page that is shown stands."""
    return address_at(context["place"], name, **rest)
