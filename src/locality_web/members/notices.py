"""Tell members something: one notice for each member and cause, by the means that each of them chose."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils import timezone

from locality_web.core.permissions import Place
from locality_web.members.notice_models import Notice
from locality_web.members.notice_plan import plan_hand_over
from locality_web.members.notice_times import due_at
from locality_web.members.register_models import Member


@dataclass(frozen=True)
class Telling:
    """What is told.

    Args:
        key: Stable name of the cause, like "meeting:12:called:0"; nobody is told of one cause twice.
        subject: One line; nothing personal, since it shows on a locked screen and on an envelope's back.
        text: Plain text; blank lines part its paragraphs.
        address: Where more is on this site, a path like "/fife/meetings/12/"; empty: nowhere.
        address_of: Gives each member an address of their own instead, like a link by which they answer.
        until: From when on it is of no use: a digest that would come later is not waited for, and no letter is printed.
    """

    key: str
    subject: str
    text: str
    address: str = ""
    address_of: Callable[[Member], str] | None = None
    until: dt.datetime | None = None


def notify(place: Place, members: Iterable[Member], telling: Telling) -> int:
    """Write notices down, in the transaction of their cause; the background worker hands them over.

    Args:
        place: In whose name.
        members: Whom; those who left, are erased, or want no notices are passed over.
        telling: What.

    Returns:
        How many notices were written: none for those who were told of this cause before.

    Raises:
        TransactionManagementError: No transaction is open. This is a mistake of ours.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("A notice must be written in the transaction of its cause.")
    now, today = timezone.now(), timezone.localdate()
    wanted = {
        each.pk: each
        for each in members
        if each.notices != Member.Notices.NONE and not (each.left_on and each.left_on <= today)
    }
    told = set(Notice.objects.filter(member__in=wanted, key=telling.key).values_list("member_id", flat=True))
    new = [
        Notice(
            partnership=place.partnership,
            locality=place.locality,
            member=member,
            key=telling.key,
            subject=telling.subject,
            text=telling.text,
            address=telling.address_of(member) if telling.address_of else telling.address,
            made_at=now,
            way=way_for(member),
            due_at=in_time(due_at(way_for(member), now), telling.until, now),
            until=telling.until,
        )
        for pk, member in wanted.items()
        if pk not in told
    ]
    Notice.objects.bulk_create(new, ignore_conflicts=True)
    plan_hand_over(place.partnership, {each.due_at for each in new if each.way != Member.Notices.PAPER})
    return len(new)


def in_time(due: dt.datetime, until: dt.datetime | None, now: dt.datetime) -> dt.datetime:
    """Give when a notice is due: at once where its digest would come too late."""
    return now if until is not None and due >= until else due


def way_for(member: Member) -> str:
    """Give the means by which a member can be told now: by post where e-mail was chosen and no address is known."""
    if member.notices not in (Member.Notices.PAPER, Member.Notices.NONE) and not member.email:
        return Member.Notices.PAPER
    return member.notices
