"""The small menu of the room's pages, for the templates of the group and of all groups."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from locality_web.members.people_menu import pages_for

register = template.Library()


@register.inclusion_tag("members/people_menu.html", takes_context=True)
def people_menu(context: Mapping[str, Any]) -> dict[str, Any]:
    """Show the links to the room's other pages at the place of this page."""
    place = context["place"]
    return {"pages": list(pages_for(place, context["request"].user)), "name": place.name}
