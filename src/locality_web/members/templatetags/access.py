"""Addresses of the pages about taking part in templates."""

from __future__ import annotations

from typing import Any

from django import template

from locality_web.members.places import address_at

register = template.Library()


@register.simple_tag(takes_context=True)
def at_access(context: dict[str, Any], name: str, *rest: Any) -> str:
    """Give the address of a page at the page's own place: `{% at_access "access_meeting" meeting.pk %}`."""
    return address_at(context["place"], name, *rest)
