"""What is kept of a person who takes part, as it is on that day: later changes never reach it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache

from django.utils import timezone

from locality.voice import heard_rules
from locality_web.areas.queries import version_on
from locality_web.core.models import Locality, Partnership
from locality_web.voice.conversations.models import Conversation, ZoneFifth
from locality_web.voice.conversations.said_values import About


@dataclass(frozen=True)
class Snapshot:
    """What is written with a contribution; the fields of the same names."""

    locality: Locality | None = None
    zone: str = ""
    age_group: str = ""
    fifth: int | None = None
    disabled: str = ""
    carer: str = ""
    answers_as: str = ""


ASKS = {
    "age_group": "Age group",
    "zone": "Where they live",
    "disabled": "Disability",
    "carer": "Caring for somebody",
    "answers_as": "As whom they answer: living here, working in health or social care, or for an organisation",
}
"""What a conversation can ask people about themselves, by the name of the field in which it is kept."""


ANSWERS_AS = {
    "resident": "As somebody who lives here",
    "professional": "As somebody who works in health or social care here",
    "organisation": "For an organisation or a group",
}
"""As whom somebody answers. The guidance wants local professionals and communities heard, so both are counted."""


@cache
def age_groups() -> dict[str, str]:
    """Give the age groups, as who was heard is counted: name by code."""
    rules = heard_rules(timezone.localdate())
    found = next(each for each in rules.dimensions if each.code == "age_group")
    return {each.code: each.name for each in found.classes}


def locality_of_zone(partnership: Partnership, zone: str, on: dt.date) -> Locality | None:
    """Give the locality in which a zone lies on a day; None: the zone is not known."""
    version = version_on(partnership, on)
    found = version.zones.filter(zone=zone).select_related("locality").first() if version and zone else None
    return found.locality if found else None


def fifth_of_zone(partnership: Partnership, zone: str) -> int | None:
    """Give the deprivation fifth of a zone today, 1 the most deprived; None: it is not known."""
    return ZoneFifth.objects.filter(partnership=partnership, zone=zone).values_list("fifth", flat=True).first()


def take_snapshot(conversation: Conversation, about: About, on: dt.date) -> Snapshot:
    """Give what is kept of somebody: only what the conversation asks for."""
    asks, partnership = conversation.asks_about, conversation.partnership
    zone = about.zone if "zone" in asks else ""
    locality = locality_of_zone(partnership, zone, on) if zone else about.locality if "zone" in asks else None
    return Snapshot(
        locality=locality,
        zone=zone,
        age_group=about.age_group if "age_group" in asks else "",
        fifth=fifth_of_zone(partnership, zone) if zone else None,
        disabled=about.disabled if "disabled" in asks else "",
        carer=about.carer if "carer" in asks else "",
        answers_as=about.answers_as if "answers_as" in asks else "",
    )
