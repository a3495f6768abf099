"""What people may do about the agreements and the advice of professional bodies: record and change them."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from pathlib import PurePath

from django.db import transaction
from django.utils import timezone

from locality.foundations import Fault, InputRefused
from locality_web.core.audit import record_event
from locality_web.core.models import Locality, Person
from locality_web.core.permissions import Place, require
from locality_web.members.kinds import bodies
from locality_web.members.meeting_papers import paper_limits
from locality_web.members.models import Advice, Document

PERMISSION = "members.advice"
_ANSWERED = (Advice.State.GIVEN, Advice.State.AGREED, Advice.State.CONDITIONS, Advice.State.REFUSED)


@dataclass(frozen=True)
class Said:
    """What a professional body was asked and said.

    Args:
        body: Code of the body.
        body_name: Its own name; empty: that of its kind.
        state: Where it stands, a code.
        about: On what.
        year: Financial year of the plan that it is about; empty: of none.
        locality: The locality that it is about; None: the whole partnership.
        asked_on: The day on which it was asked.
        given_on: The day of its answer.
        until: Last day on which it holds.
        says: What it said.
        conditions: Under which conditions it agreed.
        answer: What became of it.
        public: Whether everybody may read it.
    """

    body: str
    state: str
    about: str
    body_name: str = ""
    year: str = ""
    locality: Locality | None = None
    asked_on: dt.date | None = None
    given_on: dt.date | None = None
    until: dt.date | None = None
    says: str = ""
    conditions: str = ""
    answer: str = ""
    public: bool = False


@dataclass(frozen=True)
class Sent:
    """A file as it was sent."""

    name: str
    content: bytes


@transaction.atomic
def add_advice(by: Person, place: Place, said: Said, sent: Sent | None = None) -> Advice:
    """Record what a professional body was asked or said, with its document.

    Raises:
        NotAllowed: The person may not.
        InputRefused: A day or the conditions are missing or at odds, or the file is of another kind.
    """
    require(by, PERMISSION, place)
    made = Advice(partnership=place.partnership, made_by=by)
    _write(by, made, said, sent)
    _record(by, place, made, "members.advice_added", "Recorded")
    return made


@transaction.atomic
def change_advice(by: Person, place: Place, advice: Advice, said: Said, sent: Sent | None = None) -> None:
    """Change what is recorded; a document that is sent takes the place of the one before, which stays kept.

    Raises:
        NotAllowed: The person may not.
        InputRefused: As for `add_advice`.
    """
    require(by, PERMISSION, place)
    _write(by, advice, said, sent)
    _record(by, place, advice, "members.advice_changed", "Changed")


def _write(by: Person, advice: Advice, said: Said, sent: Sent | None) -> None:
    if faults := [*_faults(said), *_faults_of_file(sent)]:
        raise InputRefused(faults)
    if said.answer.strip() != advice.answer:
        advice.answered_on = timezone.localdate() if said.answer.strip() else None
    names = {each.code: each.name for each in bodies()}
    for name in ("body", "state", "year", "locality", "asked_on", "given_on", "until", "public"):
        setattr(advice, name, getattr(said, name))
    for name in ("about", "says", "conditions", "answer"):
        setattr(advice, name, getattr(said, name).strip())
    advice.body_name = said.body_name.strip() or names.get(said.body, said.body)
    if sent is not None:
        advice.document = _keep(by, advice, sent)
    advice.save()
    if advice.document is not None and advice.document.public != said.public:
        Document.objects.filter(pk=advice.document.pk).update(public=said.public)


def _keep(by: Person, advice: Advice, sent: Sent) -> Document:
    kinds, _ = paper_limits()
    name = PurePath(sent.name).name[:200]
    return Document.objects.create(
        partnership=advice.partnership,
        name=name,
        media_type=kinds[PurePath(name).suffix.lower()],
        content=sent.content,
        sha256=hashlib.sha256(sent.content).hexdigest(),
        public=advice.public,
        added_by=by,
    )


def _faults(said: Said) -> list[Fault]:
    faults = []
    if said.state == Advice.State.ASKED and said.asked_on is None:
        faults.append(_fault("asked_on", "The day on which it was asked is missing", "Write it.", "advice-day"))
    if said.state != Advice.State.ASKED and said.given_on is None:
        faults.append(_fault("given_on", "The day of its answer is missing", "Write it.", "advice-day"))
    if said.state == Advice.State.CONDITIONS and not said.conditions.strip():
        what = "It agreed with conditions, and they are missing"
        faults.append(_fault("conditions", what, "Write the conditions.", "advice-conditions"))
    if said.until and said.given_on and said.until < said.given_on:
        what = "The last day is before the day of its answer"
        faults.append(_fault("until", what, "Write a later last day.", "advice-until"))
    if said.asked_on and said.given_on and said.given_on < said.asked_on:
        what = "It was answered before it was asked"
        faults.append(_fault("given_on", what, "Check both days.", "advice-before"))
    if said.answer.strip() and said.state not in _ANSWERED:
        what = "There is no advice yet that something could have become of"
        faults.append(_fault("answer", what, "Choose what it said, or empty this.", "advice-answer"))
    return faults


def _faults_of_file(sent: Sent | None) -> list[Fault]:
    kinds, most = paper_limits()
    if sent is None or (PurePath(sent.name).suffix.lower() in kinds and 0 < len(sent.content) <= most):
        return []
    what = f"'{sent.name}' is empty, larger than {most // 2**20} MB or of another kind"
    return [_fault("document", what, f"Choose a file that ends in {', '.join(kinds)}.", "paper-refused")]


def _fault(column: str, what: str, do: str, code: str) -> Fault:
    return Fault(column, what, do, code, column=column)


def _record(by: Person, place: Place, advice: Advice, kind: str, verb: str) -> None:
    says = f"{verb} what {advice.body_name} said: {advice.get_state_display().lower()}, on {advice.about}"
    sha256 = advice.document.sha256 if advice.document else ""
    detail = {"state": advice.state, "body": advice.body, "until": advice.until, "document": sha256}
    record_event(by, kind, says, place=place, subject=f"advice:{advice.pk}", detail=detail)
