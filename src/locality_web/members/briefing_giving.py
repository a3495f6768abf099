"""Give the briefing of a locality to those who plan there: each gets it once, by the means that they chose."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse

from locality.foundations import ResultRefused
from locality_web.core.audit import record_event
from locality_web.core.models import Person
from locality_web.core.permissions import Place, require
from locality_web.core.words import count_of
from locality_web.members.notice_models import Notice
from locality_web.members.notice_recipients import seated
from locality_web.members.notices import Telling, notify
from locality_web.members.pages import briefing_page
from locality_web.members.register_models import Member

PERMISSION = "members.keep_register"
KEY = "briefing:"


def without_briefing(place: Place) -> list[Member]:
    """Give those who sit in a locality's group, want notices, and were not given its briefing; two queries."""
    wanting = [each for each in seated(place) if each.notices != Member.Notices.NONE]
    had = Notice.objects.filter(member__in=wanting, key=_key(place)).values_list("member_id", flat=True)
    given = set(had)
    return [each for each in wanting if each.pk not in given]


@transaction.atomic
def give_briefing(by: Person, place: Place) -> int:
    """Give the briefing to everybody of a locality's group who has not had it.

    Args:
        by: Who gives it.
        place: The locality.

    Returns:
        To how many.

    Raises:
        NotAllowed: The person may not.
        ResultRefused: Everybody has had it.
    """
    require(by, PERMISSION, place)
    assert place.locality is not None
    address = reverse("members:briefing", args=[place.partnership.slug, place.locality.slug])
    subject = f"{place.name}: what it is, does and must do"
    told = notify(
        place, without_briefing(place), Telling(_key(place), subject, briefing_page(place).as_text(), address)
    )
    if not told:
        raise ResultRefused("Everybody who sits in the group and gets notices has had the briefing.")
    record_event(
        by,
        "members.briefing_given",
        f"Gave the briefing of {place.name} to {count_of(told, 'member', 'members')}",
        place=place,
        subject=f"briefing:{place.locality.code}",
        detail={"members": told},
    )
    return told


def _key(place: Place) -> str:
    assert place.locality is not None
    return f"{KEY}{place.locality.pk}"
