"""How a member stands on a page: by name, by organisation, or only by whom they speak for, as they wish."""

from __future__ import annotations

import datetime as dt

from locality_web.members.register_models import Member

FORMER = "A former member"
OF_GROUP = "A member of the group"


def as_shown(member: Member, otherwise: str = OF_GROUP) -> str:
    """Write a member as everybody may read of them.

    Args:
        member: Who; with their organisation at hand.
        otherwise: What stands there when they want neither name nor organisation shown, like "Carers' seat".
    """
    if member.erased_at is not None:
        return FORMER
    if member.shown == Member.Shown.NAME and member.name:
        return f"{member.name}, {member.organisation}" if member.organisation else member.name
    if member.shown == Member.Shown.ORGANISATION and member.organisation:
        return str(member.organisation)
    return otherwise


def say_day(day: dt.date) -> str:
    """Write a day as people say it."""
    return f"{day.day} {day:%B %Y}"
