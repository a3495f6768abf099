"""What people may do about forms on paper: print them, key in what came back, and declare one void."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from locality.foundations import ResultRefused
from locality.members.paper_code import MOST_CODES, code_of_number
from locality_web.core.audit import record_event
from locality_web.core.models import Person
from locality_web.core.permissions import Place, require
from locality_web.core.words import count_of
from locality_web.members.access_models import PaperForm, PostedView
from locality_web.members.access_names import say_day
from locality_web.members.notices import Telling, notify
from locality_web.members.paper_kinds import kind_of, kinds_on_paper, place_of
from locality_web.members.register_models import Member

MOST_AT_ONCE = 200  # own choice of the founders, 2026-11: one box of envelopes
_TRIES = 20


@transaction.atomic
def print_forms(
    by: Person, place: Place, kind: str, subject: str, *, members: Iterable[Member] = (), blank: int = 0
) -> list[PaperForm]:
    """Make forms, each with a code of its own: one for each member, and some for whoever fills them in.

    Args:
        by: Who prints them.
        place: Where what they are about is.
        kind: Name of a kind of form.
        subject: Stable name of what they are about.
        members: For whom.
        blank: How many for nobody in particular.

    Returns:
        The forms, those of members first.

    Raises:
        NotAllowed: The person may not.
        ResultRefused: Nothing is to be printed, too much at once, or the form is not for those people.
    """
    known = kinds_on_paper()[kind]
    require(by, known.permission, place)
    title = dict(known.subjects(place)).get(subject)
    if title is None:
        raise ResultRefused("Nothing can be said about this on paper now.", "Choose something of the list.")
    those = list(members)
    if not those and not blank:
        raise ResultRefused(
            "No form is asked for.",
            "Choose for whom." if known.for_whom else "Choose for whom, or how many blank ones.",
        )
    if len(those) + blank > MOST_AT_ONCE:
        raise ResultRefused(f"These are more than {MOST_AT_ONCE} forms.", "Print them in several turns.")
    if known.for_whom is not None:
        allowed = set(known.for_whom(place, subject))
        if blank or any(each.pk not in allowed for each in those):
            raise ResultRefused("This form is for certain members only.", "Choose among those of the list.")
    made = [
        _make(by, place, (kind, subject, f"{known.title}: {title}"), member) for member in [*those, *[None] * blank]
    ]
    says = f"Printed {count_of(len(made), 'paper form')}: {known.title}"
    detail = {"kind": kind, "subject": subject, "forms": [each.pk for each in made]}
    record_event(by, "members.paper_printed", says, place=place, subject=f"paper:{kind}", detail=detail)
    return made


def _make(by: Person, place: Place, asks: tuple[str, str, str], member: Member | None) -> PaperForm:
    kind, subject, title = asks
    for _ in range(_TRIES):
        code = code_of_number(secrets.randbelow(MOST_CODES))
        if not PaperForm.objects.filter(code=code).exists():
            break
    return PaperForm.objects.create(
        partnership=place.partnership,
        locality=place.locality,
        code=code,
        kind=kind,
        subject=subject,
        title=title[:200],
        member=member,
        printed_by=by,
        printed_at=timezone.now(),
    )


@transaction.atomic
def key_in(by: Person, form: PaperForm, answers: dict[str, Any], *, received_on: dt.date) -> PaperForm:
    """Key in what stands on a form: it does what the same answers on the site would do, once.

    Args:
        by: Who keys it in.
        form: The form.
        answers: The answers by the names of its questions.
        received_on: The day on which it came back.

    Raises:
        NotAllowed: The person may not.
        ResultRefused: It was keyed in already or is void, the day cannot be, or the site itself would refuse it.
    """
    kind = kind_of(form)
    require(by, kind.permission, place_of(form))
    kept = PaperForm.objects.select_for_update(of=("self",)).get(pk=form.pk)
    refuse_unless_out(kept)
    printed = timezone.localtime(kept.printed_at).date()
    if not printed <= received_on <= timezone.localdate():
        raise ResultRefused(
            f"This form was printed on {say_day(printed)}; it cannot have come back on {say_day(received_on)}.",
            "Write the day on which it came, from then to today.",
        )
    kind.key_in(by, place_of(kept), kept, answers, received_on)
    kept.state, kept.received_on = PaperForm.State.KEYED, received_on
    kept.keyed_by, kept.keyed_at = by, timezone.now()
    kept.save()
    says = f"Keyed in paper form {kept.code}: {kind.title}"
    detail = {"received_on": received_on.isoformat(), "kind": kept.kind}
    record_event(by, "members.paper_keyed", says, place=place_of(kept), subject=f"paper:{kept.code}", detail=detail)
    return kept


def refuse_unless_out(form: PaperForm) -> None:
    """Refuse a form that was keyed in already or is void, with who and when.

    Raises:
        ResultRefused: With who keyed it in and when, or why it is void.
    """
    if form.state == PaperForm.State.KEYED and form.keyed_at is not None:
        who = form.keyed_by or "somebody who left"
        when = timezone.localtime(form.keyed_at)
        raise ResultRefused(
            f"This form was keyed in already, by {who} on {say_day(when.date())} at {when:%H:%M}.",
            "A form counts once. Put this sheet away with the others.",
        )
    if form.state == PaperForm.State.VOID:
        raise ResultRefused(f"This form is void: {form.void_why}", "Print a new one, if it is still wanted.")


@transaction.atomic
def declare_void(by: Person, form: PaperForm, *, why: str) -> PaperForm:
    """Declare that a form does not count: it was lost, spoilt, or printed for somebody else.

    Raises:
        NotAllowed: The person may not.
        ResultRefused: It was keyed in already, is void, or no reason is given.
    """
    require(by, kind_of(form).permission, place_of(form))
    kept = PaperForm.objects.select_for_update(of=("self",)).get(pk=form.pk)
    refuse_unless_out(kept)
    if not why.strip():
        raise ResultRefused("It is not said why the form is void.", "Write why.")
    kept.state, kept.void_why = PaperForm.State.VOID, why.strip()
    kept.save()
    says = f"Declared paper form {kept.code} void"
    record_event(by, "members.paper_void", says, place=place_of(kept), subject=f"paper:{kept.code}")
    return kept


@transaction.atomic
def answer_view(by: Person, view: PostedView, answer: str) -> PostedView:
    """Say what became of a view that came by post; a member is told.

    Raises:
        NotAllowed: The person may not.
        ResultRefused: Nothing is written.
    """
    place = Place(view.partnership, view.locality)
    require(by, "members.meet", place)
    if not answer.strip():
        raise ResultRefused("There is nothing written yet.", "Write what became of it, or why not.")
    view.answer, view.answered_on = answer.strip(), timezone.localdate()
    view.save(update_fields=["answer", "answered_on"])
    says = f"Answered view {view.pk}, which came on paper form {view.form.code}"
    record_event(by, "members.view_answered", says, place=place, subject=f"view:{view.pk}")
    if view.member is not None:
        text = f"You wrote to us about: {view.about}.\n\nThis became of it:\n\n{view.answer}"
        notify(place, [view.member], Telling(f"view:{view.pk}:answered", "What became of what you wrote", text))
    return view
