"""How notices leave: into mails by the background worker, into letters by hand; each exactly once."""

from __future__ import annotations

import datetime as dt
from itertools import groupby

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from locality.foundations import Fault, InputRefused, ResultRefused
from locality_web.core.audit import record_event
from locality_web.core.mail import send_text
from locality_web.core.models import Partnership, Person
from locality_web.core.permissions import Place, require
from locality_web.core.words import count_of
from locality_web.members.notice_models import Notice, PaperBatch
from locality_web.members.notice_plan import plan_hand_over
from locality_web.members.notice_text import headers_for, mail_text, subject_of
from locality_web.members.notice_times import due_at
from locality_web.members.notices import way_for
from locality_web.members.register_models import Member

_MAIL = (Member.Notices.AT_ONCE, Member.Notices.DAILY, Member.Notices.WEEKLY)


def hand_over_mail(partnership: Partnership) -> int:
    """Put every notice that is due into a mail: those of a digest into one, each of the others into its own.

    Must run inside a transaction: the mark that a notice is handed over and the mail that carries it are written
    together, so that neither is there without the other whatever is killed.

    Args:
        partnership: Whose notices.

    Returns:
        How many mails were written.
    """
    now = timezone.now()
    due = partnership.notices.filter(handed_over_at__isnull=True, way__in=_MAIL, due_at__lte=now)
    found = list(due.select_for_update(of=("self",)).select_related("member").order_by("member_id", "made_at", "id"))
    mails = 0
    for member, told in groupby(found, lambda each: each.member):
        mails += _mail(partnership, member, list(told), now)
    return mails


def _mail(partnership: Partnership, member: Member, told: list[Notice], now: dt.datetime) -> int:
    if not member.email or member.erased_at:
        for each in told:
            each.delete()  # the member was erased or lost the address between cause and digest
        return 0
    at_once = [[each] for each in told if each.way == Member.Notices.AT_ONCE]
    digest = [each for each in told if each.way != Member.Notices.AT_ONCE]
    letters = [*at_once, *([digest] if digest else [])]
    for letter in letters:
        place = Place(partnership)
        job = send_text(
            member.email,
            subject_of(partnership, letter),
            mail_text(partnership, member, letter),
            place=place,
            headers=headers_for(partnership, member),
        )
        for each in letter:
            # A link may let whoever has it answer in the member's name: it goes with the mail and is not kept.
            each.job, each.handed_over_at, each.address = job, now, ""
            each.save(update_fields=["job", "handed_over_at", "address"])
    return len(letters)


@transaction.atomic
def print_letters(by: Person, place: Place) -> PaperBatch:
    """Gather all notices that go by post into one batch of letters, one letter for each member.

    Raises:
        NotAllowed: The person may not.
        ResultRefused: No letter waits for somebody whose address is known.
    """
    require(by, "members.paper", Place(place.partnership))
    waiting = letters_waiting(place.partnership).exclude(member__address="").select_for_update(of=("self",))
    found = [each.pk for each in waiting]
    if not found:
        raise ResultRefused(
            "No letter waits for somebody whose address is known.",
            "Add the addresses that are missing to the register.",
        )
    now = timezone.now()
    batch = PaperBatch.objects.create(partnership=place.partnership, made_by=by, made_at=now)
    Notice.objects.filter(pk__in=found).update(batch=batch, handed_over_at=now)
    letters = batch.notices.values("member").distinct().count()
    record_event(
        by,
        "members.letters_printed",
        f"Gathered {count_of(letters, 'letter', 'letters')} for the post",
        place=Place(place.partnership),
        subject=f"letters:{batch.pk}",
        detail={"letters": letters, "notices": len(found)},
    )
    return batch


def letters_waiting(partnership: Partnership) -> QuerySet[Notice]:
    """Give the notices that wait for the next letters; not those of meetings that have begun."""
    return Notice.objects.filter(
        Q(until__isnull=True) | Q(until__gt=timezone.now()),
        Q(member__erased_at__isnull=True),
        partnership=partnership,
        way=Member.Notices.PAPER,
        handed_over_at__isnull=True,
    ).select_related("member")


def letters_too_late(partnership: Partnership) -> QuerySet[Notice]:
    """Give the notices that nobody printed before the meeting that they are about began, since letters were printed."""
    printed_since = PaperBatch.objects.filter(partnership=OuterRef("partnership"), made_at__gte=OuterRef("until"))
    late = partnership.notices.filter(
        ~Exists(printed_since), way=Member.Notices.PAPER, handed_over_at__isnull=True, until__lte=timezone.now()
    )
    return late.select_related("member")


@transaction.atomic
def mark_posted(by: Person, place: Place, batch: PaperBatch, *, on: dt.date) -> None:
    """Say on which day a batch of letters went to the post; from then on it cannot be printed again.

    Raises:
        NotAllowed: The person may not.
        InputRefused: The day is in the future or before the letters were printed.
        ResultRefused: It was said already.
    """
    require(by, "members.paper", Place(place.partnership))
    kept = PaperBatch.objects.select_for_update().get(pk=batch.pk)
    if kept.posted_on:
        raise ResultRefused("These letters are marked as posted already.", "Look at the list of letters.")
    printed = timezone.localtime(kept.made_at).date()
    if not printed <= on <= timezone.localdate():
        what = f"The letters were printed on {printed.day} {printed:%B %Y}"
        do = "Choose a day from then to today."
        raise InputRefused([Fault("on", what, do, "posted-on-impossible-day", column="on")])
    kept.posted_on = on
    kept.save(update_fields=["posted_on"])
    kept.notices.update(address="")
    says = f"Posted the letters of {printed.day} {printed:%B %Y}"
    record_event(by, "members.letters_posted", says, place=Place(place.partnership), subject=f"letters:{batch.pk}")


@transaction.atomic
def choose_notices(by: Person | None, member: Member, way: str) -> None:
    """Set how a member is told; what is not handed over yet follows the new choice.

    Args:
        by: Who sets it: the member themself, who keeps the register, or None for the link at the end of a notice.
        member: Whose choice it is. That `by` may change it is asked by the caller.
        way: One of `Member.Notices`.

    Raises:
        InputRefused: E-mail was chosen and no e-mail address is known, or post and no address.
    """
    kept = Member.objects.select_for_update().select_related("partnership").get(pk=member.pk)
    faults = faults_of_choice(way, email=kept.email, address=kept.address)
    if faults:
        raise InputRefused(faults)
    kept.notices = way
    kept.save(update_fields=["notices"])
    member.notices = way
    follow_choice(kept)
    record_event(
        by,
        "members.notices_chosen",
        f"Set how member {kept.pk} is told: {kept.get_notices_display().lower()}",
        place=Place(kept.partnership),
        subject=f"member:{kept.pk}",
        detail={"way": way, "by_link": by is None},
    )


def faults_of_choice(way: str, *, email: str, address: str) -> list[Fault]:
    """Say what a choice of means still needs."""
    if way in _MAIL and not email:
        what, do = "No e-mail address is known", "Write the e-mail address, or choose post."
        return [Fault("notices", what, do, "notices-without-email", column="notices")]
    if way == Member.Notices.PAPER and not address:
        what, do = "No postal address is known", "Write the address, or choose e-mail."
        return [Fault("notices", what, do, "notices-without-address", column="notices")]
    return []


def follow_choice(member: Member) -> None:
    """Let what is not handed over yet go by the means that the member chose now; with none, it is dropped."""
    waiting = member.told.filter(handed_over_at__isnull=True)
    way = way_for(member)
    if way == Member.Notices.NONE:
        waiting.delete()
        return
    now = timezone.now()
    due = due_at(way, now)
    if waiting.update(way=way, due_at=due) and way != Member.Notices.PAPER:
        late = waiting.filter(until__lte=due).update(due_at=now)  # their digest would come too late
        plan_hand_over(member.partnership, [due, now] if late else [due])


def forget_notices(member: Member) -> None:
    """Drop what a member was told and would be told: called when the member is erased."""
    member.told.all().delete()
