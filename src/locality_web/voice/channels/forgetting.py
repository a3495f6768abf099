"""Erase how residents can be reached: at their word, and some time after they were told what became of their words."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from locality.foundations import InputRefused
from locality_web.core.audit import record_event
from locality_web.core.jobs import job, start
from locality_web.core.models import Job, Partnership
from locality_web.core.partnership_settings import read_setting
from locality_web.core.permissions import Place
from locality_web.core.words import count_of
from locality_web.voice.conversations.confirming import ask_owner
from locality_web.voice.conversations.places import place_of
from locality_web.voice.conversations.said import Contribution, Correspondent
from locality_web.voice.conversations.said_checks import faults_of_telling
from locality_web.voice.conversations.said_values import Tell

FORGET = "voice.forget_contacts"


def plan_forgetting(partnership: Partnership) -> None:
    """Make sure that ways to reach people are erased when their time is over; inside the transaction that tells."""
    waiting = Job.objects.filter(kind=FORGET, partnership=partnership, state=Job.State.WAITING)
    if not waiting.exists():
        start(FORGET, place=Place(partnership), run_after=timezone.now() + _stays(partnership))


def _stays(partnership: Partnership) -> dt.timedelta:
    return dt.timedelta(days=int(read_setting(partnership, "voice.contact_days")))


@job(FORGET)
def forget_contacts(job: Job) -> str:
    """Erase the names and addresses of people who were told what became of their words, when their time is over."""
    assert job.partnership is not None
    told = Correspondent.objects.filter(contribution__conversation__partnership=job.partnership, told_at__isnull=False)
    over = told.filter(told_at__lte=timezone.now() - _stays(job.partnership))
    number = over.count()
    over.delete()
    if number:
        says = f"Erased how {count_of(number, 'resident')} can be reached"
        record_event(None, "voice.contacts_forgotten", says, place=Place(job.partnership), detail={"people": number})
    if told.exists():
        start(FORGET, place=Place(job.partnership), run_after=timezone.now() + dt.timedelta(days=1))
    return f"Erased {count_of(number, 'address', 'addresses')}."


@transaction.atomic
def choose_telling(contribution: Contribution, how: Tell) -> None:
    """Change how whoever holds a receipt code is told; with none, what was known of them is erased.

    Raises:
        InputRefused: The means needs more, like an address.
    """
    if faults := faults_of_telling(how):
        raise InputRefused(faults)
    kept = Correspondent.objects.filter(contribution=contribution).first()
    told_at = kept.told_at if kept else None
    if kept is not None:
        kept.delete()
    if how.means != Correspondent.Means.NONE:
        by_mail = how.means == Correspondent.Means.EMAIL
        made = Correspondent.objects.create(
            contribution=contribution,
            means=how.means,
            name=how.name.strip(),
            email=how.email.strip() if by_mail else "",
            address="" if by_mail else how.address.strip(),
            language=how.language,
            told_at=told_at,
        )
        if by_mail:
            ask_owner(made)
    conversation = contribution.conversation
    record_event(
        None,
        "voice.telling_chosen",
        f"Somebody chose how to be told what became of their words: {how.means}",
        place=place_of(conversation),
        subject=f"contribution:{contribution.pk}",
    )
