"""What belongs to one member alone: their entry on the register, and the address of their private calendar."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from locality_web.core.audit import record_event
from locality_web.core.models import Person
from locality_web.core.permissions import Place
from locality_web.members.access_queries import still_members
from locality_web.members.meeting_models import CalendarFeed
from locality_web.members.register_models import Member


def member_here(person: Person | AnonymousUser, place: Place) -> Member | None:
    """Give somebody's own entry on a partnership's register."""
    if not person.is_authenticated:
        return None
    return still_members(place.partnership).filter(person=person).first()


def feed_of(member: Member) -> CalendarFeed:
    """Give a member's private calendar; the first asking makes it."""
    return CalendarFeed.objects.get_or_create(member=member)[0]


@transaction.atomic
def renew_calendar(person: Person, place: Place, member: Member) -> CalendarFeed:
    """Give a member's private calendar a new address; the old one ends."""
    feed = CalendarFeed.objects.select_for_update().get(pk=feed_of(member).pk)
    feed.number += 1
    feed.save(update_fields=["number"])
    says = f"Gave the private calendar of member {member.pk} a new address"
    record_event(person, "members.calendar_renewed", says, place=place, subject=f"member:{member.pk}")
    return feed
