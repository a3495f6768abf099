"""What people may do about themes and readings: write a theme, give it up, read a view, settle how it was read."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils import timezone

from locality.foundations import Fault, InputRefused, ResultRefused
from locality_web.core.audit import record_event
from locality_web.core.models import Person
from locality_web.core.permissions import require
from locality_web.core.words import count_of
from locality_web.voice.conversations.kinds import PUBLIC_VIEW
from locality_web.voice.conversations.models import Conversation
from locality_web.voice.conversations.places import place_of
from locality_web.voice.conversations.said import Opinion
from locality_web.voice.sense.models import Reading, Theme, ThemeCode
from locality_web.voice.sense.suggesting import suggested_for

PERMISSION = "voice.read"


@transaction.atomic
def write_theme(
    by: Person, conversation: Conversation, *, name: str, says: str, heading: str = "", theme: Theme | None = None
) -> Theme:
    """Write a theme with its definition, or change one.

    Raises:
        NotAllowed: The person may not.
        InputRefused: A name or a definition is missing, or another theme has the name.
    """
    require(by, PERMISSION, place_of(conversation))
    kept = theme or Theme(conversation=conversation, made_by=by)
    faults = [
        Fault(column, f"The {what} is missing", do, f"theme-{column}", column=column)
        for column, what, do, text in (
            ("name", "name", "Write a few words.", name),
            ("says", "definition", "Write what belongs to it and what does not.", says),
        )
        if not text.strip()
    ]
    if faults:
        raise InputRefused(faults)
    kept.name, kept.says, kept.heading = name.strip(), says.strip(), heading
    try:
        with transaction.atomic():
            kept.save()
    except IntegrityError as twice:
        do = "Take another name, or read views into that one."
        fault = Fault("name", f"There is a theme “{kept.name}” already", do, "theme-twice", column="name")
        raise InputRefused([fault]) from twice
    verb = "Changed" if theme else "Wrote"
    _record(by, conversation, "voice.theme_written", f"{verb} the theme “{kept.name}”", f"theme:{kept.pk}")
    return kept


@transaction.atomic
def give_up_theme(by: Person, theme: Theme, *, reason: str) -> None:
    """Give a theme up: its views are in no theme of that name any more, and need another or an answer of their own.

    Raises:
        NotAllowed: The person may not.
        InputRefused: The reason is missing.
        ResultRefused: It was answered already, or given up.
    """
    require(by, PERMISSION, place_of(theme.conversation))
    if not reason.strip():
        do = "Write why it is given up."
        raise InputRefused([Fault("reason", "The reason is missing", do, "theme-reason", column="reason")])
    if theme.answer_id is not None or theme.ended_at is not None:
        raise ResultRefused("A theme that was answered or given up stays as it is.", "Write another theme.")
    theme.ended_at = timezone.now()
    theme.save(update_fields=["ended_at"])
    views = list(theme.codes.filter(reading__settled=True).values_list("reading__opinion_id", flat=True))
    for opinion in Opinion.objects.filter(pk__in=views, state="themed"):
        _say_state(opinion)
    subject = f"theme:{theme.pk}"
    _record(by, theme.conversation, "voice.theme_given_up", f"Gave up the theme “{theme.name}”", subject, why=reason)


@transaction.atomic
def read_view(by: Person, opinion: Opinion, themes: Iterable[int]) -> Reading:
    """Say to which themes a view belongs, none among them; nobody sees it before they have read the view themselves.

    Two readings that say the same settle the view.

    Raises:
        NotAllowed: The person may not.
        ResultRefused: The view cannot be read by everybody, or a theme is not of this conversation.
    """
    require(by, PERMISSION, place_of(opinion.conversation))
    chosen = _themes(opinion, themes)
    reading, _ = Reading.objects.get_or_create(opinion=opinion, reader=by, settled=False)
    reading.at = timezone.now()
    reading.save(update_fields=["at"])
    _keep_codes(reading, chosen)
    _record(by, opinion.conversation, "voice.view_read", "Read a view into themes", f"view:{opinion.pk}")
    others = Reading.objects.filter(opinion=opinion, settled=False).exclude(reader=by).prefetch_related("codes")
    said = [{code.theme_id for code in each.codes.all()} for each in others]
    settled = Reading.objects.filter(opinion=opinion, settled=True).exists()
    if said and not settled and all(each == {theme.pk for theme in chosen} for each in said):
        _settle(by, opinion, chosen)
    return reading


@transaction.atomic
def settle_view(by: Person, opinion: Opinion, themes: Iterable[int], *, why: str = "") -> Reading:
    """Settle into which themes a view was read, after its readers talked about what they read differently.

    Raises:
        NotAllowed: The person may not.
        ResultRefused: Nobody read it, it cannot be read by everybody, or a theme is not of this conversation.
    """
    require(by, PERMISSION, place_of(opinion.conversation))
    if not Reading.objects.filter(opinion=opinion).exists():
        raise ResultRefused("Nobody has read this view yet.", "Read it first.")
    made = _settle(by, opinion, _themes(opinion, themes))
    _record(
        by, opinion.conversation, "voice.view_settled", "Settled the themes of a view", f"view:{opinion.pk}", why=why
    )
    return made


@transaction.atomic
def settle_the_rest(by: Person, conversation: Conversation) -> int:
    """Take the readings of views that only one person has read as they stand; the record says that it was so.

    Returns:
        How many views were settled so.

    Raises:
        NotAllowed: The person may not.
    """
    require(by, PERMISSION, place_of(conversation))
    count = 0
    views = conversation.opinions.filter(state__in=PUBLIC_VIEW).exclude(readings__settled=True)
    for opinion in views.prefetch_related("readings__codes__theme").distinct():
        readings = list(opinion.readings.all())
        if len(readings) == 1:
            opinion.conversation = conversation
            _settle(by, opinion, [code.theme for code in readings[0].codes.all() if code.theme.ended_at is None])
            count += 1
    says = f"Took {count_of(count, 'reading')} by one person as it stands"
    _record(by, conversation, "voice.single_readings_taken", says, f"conversation:{conversation.pk}", views=count)
    return count


def _themes(opinion: Opinion, themes: Iterable[int]) -> list[Theme]:
    wanted = set(themes)
    found = list(opinion.conversation.themes.filter(pk__in=wanted, ended_at__isnull=True))
    if opinion.state not in PUBLIC_VIEW:
        raise ResultRefused("This view is not one that everybody can read.", "Read the next one.")
    if len(found) != len(wanted):
        raise ResultRefused("A theme was given up meanwhile.", "Look at the themes as they are now, and tick again.")
    return found


def _settle(by: Person, opinion: Opinion, themes: list[Theme]) -> Reading:
    reading, _ = Reading.objects.update_or_create(
        opinion=opinion, settled=True, defaults={"reader": by, "at": timezone.now()}
    )
    _keep_codes(reading, themes)
    _say_state(opinion)
    return reading


def _keep_codes(reading: Reading, themes: list[Theme]) -> None:
    proposed = suggested_for(reading.opinion)
    reading.codes.all().delete()
    ThemeCode.objects.bulk_create(
        ThemeCode(reading=reading, theme=theme, suggested=theme.pk in proposed) for theme in themes
    )


def _say_state(opinion: Opinion) -> None:
    """Bring a view to the state that its themes and answers give it."""
    found = Opinion.objects.get(pk=opinion.pk)
    codes = ThemeCode.objects.filter(reading__opinion=found, reading__settled=True, theme__ended_at__isnull=True)
    answered = found.answer_id is not None or codes.filter(theme__answer__isnull=False).exists()
    state = "answered" if answered else "themed" if codes.exists() else "shown"
    if found.state in PUBLIC_VIEW and found.state != state:
        found.state, found.state_since = state, timezone.now()
        found.save(update_fields=["state", "state_since"])


def _record(by: Person, conversation: Conversation, kind: str, says: str, subject: str, **detail: object) -> None:
    """Write an event; it never carries a word of a view."""
    known = {"conversation": conversation.pk, **{name: each for name, each in detail.items() if each}}
    record_event(by, kind, f"{says}: {conversation.title}", place=place_of(conversation), subject=subject, detail=known)
