"""Letters to residents: gathered into batches, printed with their addresses, and marked as posted; each once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from locality.foundations import Fault, InputRefused, ResultRefused
from locality_web.core.audit import record_event
from locality_web.core.languages import speaking, tell, tell_day
from locality_web.core.models import Partnership, Person
from locality_web.core.permissions import Place, require
from locality_web.core.words import count_of
from locality_web.voice.channels.forgetting import plan_forgetting
from locality_web.voice.channels.models import Letter, LetterBatch
from locality_web.voice.conversations.said import Correspondent

PERMISSION = "voice.inform"


@dataclass(frozen=True)
class Written:
    """One letter as it is printed: the lines of the envelope, what it says, its number, and the tag of its language."""

    lines: Sequence[str]
    head: str
    subject: str
    paragraphs: Sequence[str]
    number: int
    lang: str


def letters_waiting(partnership: Partnership) -> QuerySet[Letter]:
    """Give the letters that are not gathered yet."""
    return partnership.resident_letters.filter(batch__isnull=True)


@transaction.atomic
def print_letters(by: Person, place: Place) -> LetterBatch:
    """Gather all letters that wait into one batch; whoever is told what became of their words is told with it.

    Raises:
        NotAllowed: The person may not.
        ResultRefused: No letter waits.
    """
    whole = Place(place.partnership)
    require(by, PERMISSION, whole)
    found = [each.pk for each in letters_waiting(place.partnership).select_for_update(of=("self",))]
    if not found:
        raise ResultRefused("No letter waits.", "Come back when somebody is to be told by post.")
    now = timezone.now()
    batch = LetterBatch.objects.create(partnership=place.partnership, made_by=by, made_at=now)
    Letter.objects.filter(pk__in=found).update(batch=batch)
    if Correspondent.objects.filter(letters__batch=batch).update(told_at=now):
        plan_forgetting(place.partnership)
    says = f"Gathered {count_of(len(found), 'letter')} to residents for the post"
    subject = f"resident-letters:{batch.pk}"
    record_event(by, "voice.letters_printed", says, place=whole, subject=subject, detail={"letters": len(found)})
    return batch


@transaction.atomic
def mark_posted(by: Person, place: Place, batch: LetterBatch, *, on: dt.date) -> None:
    """Say on which day letters went to the post; from then on they are not shown again.

    Raises:
        NotAllowed: The person may not.
        InputRefused: The day is in the future or before the letters were printed.
        ResultRefused: It was said already.
    """
    whole = Place(place.partnership)
    require(by, PERMISSION, whole)
    kept = LetterBatch.objects.select_for_update().get(pk=batch.pk)
    if kept.posted_on:
        raise ResultRefused("These letters are marked as posted already.", "Look at the list of letters.")
    printed = timezone.localtime(kept.made_at).date()
    if not printed <= on <= timezone.localdate():
        what = f"The letters were printed on {printed.day} {printed:%B %Y}"
        do = "Choose a day from then to today."
        raise InputRefused([Fault("on", what, do, "posted-on-impossible-day", column="on")])
    kept.posted_on = on
    kept.save(update_fields=["posted_on"])
    subject = f"resident-letters:{batch.pk}"
    record_event(by, "voice.letters_posted", "Posted letters to residents", place=whole, subject=subject)


@transaction.atomic
def read_letters(by: Person, place: Place, batch: LetterBatch) -> list[Written]:
    """Give the letters of a batch with names and addresses; that they were read is recorded.

    Raises:
        NotAllowed: The person may not.
    """
    whole = Place(place.partnership)
    require(by, PERMISSION, whole)
    if batch.posted_on is not None:
        return []
    kept = batch.letters.select_related("correspondent", "subscription", "partnership").order_by("id")
    day = timezone.localdate(batch.made_at)
    found = [_write(each, day) for each in kept]
    if found:
        says = f"Opened {count_of(len(found), 'letter')} to residents with names and addresses"
        record_event(by, "voice.letters_read", says, place=whole, subject=f"resident-letters:{batch.pk}")
    return found


def _write(letter: Letter, day: dt.date) -> Written:
    to = letter.correspondent or letter.subscription
    assert to is not None, "a letter is to somebody: the database holds to it"
    lines = [to.name, *(line.strip() for line in to.address.splitlines() if line.strip())]
    paragraphs = [part.strip() for part in letter.text.split("\n\n") if part.strip()]
    with speaking(to.language) as language:
        head = f"{letter.partnership}, {tell_day(day)}. {tell('Letter {number}', number=letter.pk)}"
        paragraphs.append(" ".join(_ends(letter.partnership)))
    return Written([line for line in lines if line], head, letter.subject, paragraphs, letter.pk, language.tag)


def _ends(partnership: Partnership) -> Iterable[str]:
    yield tell("You need no computer for any of this. Write to us or ring us.")
    if partnership.contact:
        yield tell("Our address for e-mail is {contact}.", contact=partnership.contact)
    yield tell("Tell us the number of this letter if you want no more letters.")
