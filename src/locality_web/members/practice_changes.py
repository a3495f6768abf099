"""What people may do about the list of practices; and the doors for decisions that other parts of this room use."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from locality.foundations import Fault, InputRefused, ResultRefused
from locality_web.core.audit import record_event
from locality_web.core.models import Locality, Partnership, Person
from locality_web.core.permissions import Place, require
from locality_web.core.words import count_of
from locality_web.members.decision_answers import Outcome, answer_for, take_decision
from locality_web.members.models import Practice

PERMISSION = "members.practices"


@dataclass(frozen=True)
class PracticeRow:
    """A practice as a file, a release or a form says it.

    Args:
        code: Its code.
        name: Its name; empty: as before.
        cluster: Its cluster; empty: as before where a release says nothing.
        locality: Code of its locality; empty: not known.
        patients: Registered patients; None: not known.
    """

    code: str
    name: str = ""
    cluster: str = ""
    locality: str = ""
    patients: int | None = None


@transaction.atomic
def add_practice(by: Person, place: Place, row: PracticeRow) -> Practice:
    """Add a practice by hand.

    Raises:
        NotAllowed: The person may not.
        InputRefused: There is a practice with this code already, or no such locality.
    """
    require(by, PERMISSION, Place(place.partnership, _locality(place.partnership, row.locality)))
    if place.partnership.practices.filter(code=row.code).exists():
        what, do = f"There is a practice with the code {row.code} already", "Change that one, or check the code."
        raise InputRefused([Fault("code", what, do, "practice-twice", column="code")])
    made = Practice(partnership=place.partnership, code=row.code)
    _write(made, row, _locality(place.partnership, row.locality), whole=True)
    _record(by, place, "members.practice_added", f"Added the practice {made}", made)
    return made


@transaction.atomic
def change_practice(
    by: Person, place: Place, practice: Practice, row: PracticeRow, *, ended_on: dt.date | None = None
) -> None:
    """Change what is known of a practice, or say from which day on it is no more: then its liaison's term ends too.

    Whoever saves it has looked at it: that a release came without it is noted no longer.

    Raises:
        NotAllowed: The person may not, where the practice was or will be.
        InputRefused: There is no such locality.
    """
    target = _locality(place.partnership, row.locality)
    require(by, PERMISSION, Place(place.partnership, practice.locality))
    require(by, PERMISSION, Place(place.partnership, target))
    practice.ended_on, practice.missing_since = ended_on, None
    _write(practice, row, target, whole=True)
    ended = _end_liaisons(practice, ended_on) if ended_on else []
    _record(by, place, "members.practice_changed", f"Changed the practice {practice}", practice, liaisons=ended)


@transaction.atomic
def load_practices(by: Person, place: Place, rows: Iterable[PracticeRow], *, release: str = "") -> int:
    """Take practices from a file, or those of the release in use; see `keep_practices`.

    Raises:
        NotAllowed: The person may not.
        ResultRefused: There is none.
    """
    require(by, PERMISSION, Place(place.partnership))
    return keep_practices(by, place, rows, release=release)


@transaction.atomic
def keep_practices(by: Person | None, place: Place, rows: Iterable[PracticeRow], *, release: str = "") -> int:
    """Add new practices, and write what is said of those that there are; asks nobody's right.

    A practice that is not among them stays as it is; where a newer release came without one that an earlier release
    brought, that is noted, and somebody has to say whether it is no more. A release leaves a locality that somebody
    chose.

    Args:
        by: Who does it.
        place: The partnership.
        rows: The practices, each code once.
        release: Id of the release; empty: a file.

    Returns:
        How many were new or changed.

    Raises:
        ResultRefused: There is none.
    """
    whole = Place(place.partnership)
    found = list(rows)
    if not found:
        raise ResultRefused("There are no practices in it.")
    known = {each.code: each for each in place.partnership.practices.select_for_update()}
    localities = {each.code: each for each in place.partnership.localities.all()}
    changed = 0
    for row in found:
        practice = known.get(row.code) or Practice(partnership=place.partnership, code=row.code, name=row.code)
        locality = localities.get(row.locality)
        if release:
            locality = practice.locality or locality
            practice.release, practice.missing_since = release, None
        changed += _write(practice, row, locality, whole=not release)
    missing = _note_missing(known, {row.code for row in found}) if release else []
    if changed or missing:
        source = "the release in use" if release else "a file"
        says = f"Took {count_of(len(found), 'practice')} from {source}; {changed:,} were new or changed"
        detail = {"practices": len(found), "changed": changed, "release": release, "missing": missing}
        record_event(by, "members.practices_loaded", says, place=whole, subject="practices", detail=detail)
    return changed


def _note_missing(known: dict[str, Practice], there: set[str]) -> list[str]:
    """Note which practices of earlier releases are not in this one; give the codes of those that were not before."""
    gone = [
        each
        for code, each in known.items()
        if each.release and code not in there and each.ended_on is None and each.missing_since is None
    ]
    for each in gone:
        each.missing_since = timezone.localdate()
        each.save(update_fields=["missing_since"])
    return sorted(each.code for each in gone)


def _end_liaisons(practice: Practice, day: dt.date) -> list[int]:
    """End the terms of who speaks for a practice, and for its cluster where no other practice of it is left."""
    theirs = Q(practice=practice)
    open_ones = practice.partnership.practices.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day))
    if practice.cluster and not open_ones.filter(cluster=practice.cluster).exists():
        theirs |= Q(cluster=practice.cluster)
    running = practice.partnership.liaisons.filter(theirs, Q(ends__isnull=True) | Q(ends__gte=day))
    ended = []
    for each in running.order_by("pk"):
        ended.append(each.pk)
        if each.starts > day:
            each.delete()
            continue
        each.ends = max(day - dt.timedelta(days=1), each.starts)
        each.save(update_fields=["ends"])
    return ended


def _write(practice: Practice, row: PracticeRow, locality: Locality | None, *, whole: bool) -> bool:
    """Write what is said; `whole`: what is empty is taken away. Give whether anything changed."""
    before = _state(practice) if practice.pk else None
    practice.name = row.name.strip() or practice.name or row.code
    practice.cluster = row.cluster.strip() if whole else row.cluster.strip() or practice.cluster
    practice.locality = locality
    practice.patients = row.patients if whole or row.patients is not None else practice.patients
    practice.save()
    return before != _state(practice)


def _state(practice: Practice) -> tuple[object, ...]:
    return practice.name, practice.cluster, practice.locality_id, practice.patients, practice.ended_on


def _locality(partnership: Partnership, code: str) -> Locality | None:
    if not code:
        return None
    found = partnership.localities.filter(code=code).first()
    if found is None:
        what = f"There is no locality '{code}'"
        raise InputRefused([Fault("locality", what, "Choose one of the list.", "no-locality", column="locality")])
    return found


def _record(by: Person, place: Place, kind: str, says: str, practice: Practice, **more: object) -> None:
    detail = {"code": practice.code, "cluster": practice.cluster, "ended": practice.ended_on, **more}
    record_event(by, kind, says, place=place, subject=f"practice:{practice.code}", detail=detail)


__all__ = [
    "PERMISSION",
    "Outcome",
    "PracticeRow",
    "add_practice",
    "answer_for",
    "change_practice",
    "keep_practices",
    "load_practices",
    "take_decision",
]
