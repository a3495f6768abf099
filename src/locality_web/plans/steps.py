"""The life of a locality plan: begun, open for comments, put to the group, agreed, superseded.

Each function is one thing that a person may do: it asks for the right, checks the life cycle's conditions, writes and
records, in one transaction.
"""

from __future__ import annotations

import dataclasses
import datetime as dt

from django.db import transaction
from django.utils import timezone

from locality.foundations import FinancialYear, ResultRefused
from locality.foundations.life_cycles import Step, find_step, load_life_cycle, refuse_move
from locality.plans import Agreement, canonical_bytes, complete_fields, fields_of, hash_plan, plan_as_json
from locality.plans import LocalityPlan as PlanContent
from locality_web.core.audit import record_event
from locality_web.core.models import Person
from locality_web.core.partnership_settings import read_setting
from locality_web.core.permissions import NotAllowed, Place, require
from locality_web.plans import models
from locality_web.plans.conditions import unmet_conditions
from locality_web.plans.editing import begin_plan
from locality_web.plans.frames import agreed_record, content_of, frame_of_record
from locality_web.plans.snapshots import read_snapshot
from locality_web.plans.standing import say_role, standing_of, who_may_agree
from locality_web.plans.telling import tell_of_step
from locality_web.plans.what_was_put import forget_parts, note_what_was_put, refuse_other_content

CYCLE = load_life_cycle("locality.plans", "locality_plan")
STANDING_STATES = ("put_to_group",)


def subject_of(record: models.LocalityPlanRecord) -> str:
    """Give the stable name of a plan in the audit record."""
    return f"plan:{record.locality.slug}:{record.year}:{record.edition}"


def place_of_record(record: models.LocalityPlanRecord) -> Place:
    """Give the place of a plan."""
    return Place(record.locality.partnership, record.locality)


@transaction.atomic
def start_plan(person: Person, place: Place, year: str) -> models.LocalityPlanRecord:
    """Begin a locality's plan for a year: from last year's agreed plan, or as a new edition of this year's.

    Args:
        person: Who begins it; needs `plans.edit`.
        place: The locality.
        year: Financial year.

    Returns:
        The new draft. With an agreed plan of the same year it is the next edition, with that plan's text; otherwise it
        has last year's lines, priorities and unfinished wording to work on.

    Raises:
        ResultRefused: There is a draft of this year already, or the year cannot be read.
    """
    require(person, "plans.edit", place)
    try:
        FinancialYear.parse(year)
    except ValueError as wrong:
        raise ResultRefused(f"{wrong}.") from wrong
    assert place.locality is not None
    editions = list(place.locality.plans.filter(year=year).order_by("-edition"))
    if editions and editions[0].state not in ("agreed", "superseded"):
        raise ResultRefused(f"There is a plan for {year} on its way already.", "Open it and go on from there.")
    record = models.LocalityPlanRecord(
        locality=place.locality, year=year, edition=editions[0].edition + 1 if editions else 1
    )
    fields, says = _first_fields(record)
    begin_plan(record, complete_fields(fields, frame_of_record(record)), person, says)
    record_event(person, "plans.started", f"Began {record}: {says}", place=place, subject=subject_of(record))
    return record


def _first_fields(record: models.LocalityPlanRecord) -> tuple[dict[str, str | int], str]:
    for year, says in (
        (record.year, "from the agreed plan"),
        (str(FinancialYear.parse(record.year).next(-1)), "from last year's plan"),
    ):
        before = agreed_record(record.locality, year)
        if before is not None and before.snapshot is not None:
            kept = fields_of(read_snapshot(before.snapshot))
            if year != record.year:
                kept = {path: each for path, each in kept.items() if not path.startswith(("move/", "note/"))}
            known = {one.service for one in frame_of_record(record).services}
            return {path: each for path, each in kept.items() if _is_known(path, known)}, says
    return {"summary": ""}, "as an empty plan"


def _is_known(path: str, services: set[str]) -> bool:
    kind, _, rest = path.partition("/")
    return kind not in ("line", "note") or rest.split("/")[0] in services


@transaction.atomic
def take_step(
    person: Person, record: models.LocalityPlanRecord, to: str, *, reason: str = "", close_on: dt.date | None = None
) -> models.LocalityPlanRecord:
    """Take a plan to another state of its life.

    Args:
        person: Who takes the step; needs the right that the life cycle names.
        record: The plan.
        to: The state.
        reason: Why; needed to take a plan back.
        close_on: When it is opened for comments: the last day for them; None: by the partnership's setting.

    Returns:
        The plan as it is now.

    Raises:
        NotAllowed: The person may not.
        ResultRefused: A condition does not hold; each is named with what is wrong.
    """
    record = (
        models.LocalityPlanRecord.objects.select_for_update(of=("self",))
        .select_related("locality__partnership")
        .get(pk=record.pk)
    )
    place = place_of_record(record)
    step = find_step(CYCLE, record.state, to)
    if step is None:
        raise ResultRefused(refuse_move(CYCLE, record.state, to) or "")
    require(person, step.permission, place)
    content = content_of(record)
    standing = standing_of(record) if record.state in STANDING_STATES else None
    _refuse_unmet(step, unmet_conditions(content, standing, reason))
    if to == "put_to_group":
        note_what_was_put(record, content)
    if to == "agreed":
        refuse_other_content(record, content)
        _keep_agreement(person, record, content)
    if to == "open_for_comments":
        days = read_setting(place.partnership, "plans.comment_days")
        record.comments_close = close_on or timezone.localdate() + dt.timedelta(days=days)
    record.state, record.state_since = to, timezone.now()
    forget_parts(record)
    record.save()
    detail = {"from": step.start, "to": to, "version": record.version, "reason": reason.strip()}
    if record.snapshot is not None:
        detail |= {"sha256": record.snapshot.sha256}
    says = f"{step.name}: {record}, version {record.version}" + (f". {reason.strip()}" if reason.strip() else "")
    record_event(person, f"plans.{to}", says, place=place, subject=subject_of(record), detail=detail)
    tell_of_step(place, record)
    return record


def _refuse_unmet(step: Step, unmet: dict[str, tuple[str, ...]]) -> None:
    wrong = [sentence for name in step.needs for sentence in unmet.get(name, ())]
    if wrong:
        raise ResultRefused(f"“{step.name}” is not possible yet.", " ".join(wrong))


def _keep_agreement(person: Person, record: models.LocalityPlanRecord, content: PlanContent) -> None:
    """Freeze what was agreed, and let it supersede the edition that was in force."""
    standing = standing_of(record)
    agreement = Agreement(timezone.localdate().isoformat(), standing.quorum, (*standing.agree, *standing.objections))
    agreed = dataclasses.replace(content, agreement=agreement, version=record.version)
    record.snapshot = models.Snapshot.objects.create(
        partnership=record.locality.partnership,
        kind=models.Snapshot.Kind.LOCALITY,
        made_at=timezone.now(),
        text=canonical_bytes(plan_as_json(agreed)).decode(),
        sha256=hash_plan(agreed),
    )
    for earlier in record.locality.plans.filter(year=record.year, state="agreed").exclude(pk=record.pk):
        earlier.state, earlier.state_since = "superseded", timezone.now()
        earlier.save(update_fields=["state", "state_since"])
        says = f"Superseded: {earlier}, edition {earlier.edition}, by edition {record.edition}"
        detail = {"later_version": record.edition}
        place = place_of_record(record)
        record_event(person, "plans.superseded", says, place=place, subject=subject_of(earlier), detail=detail)


@transaction.atomic
def take_stance(
    person: Person, record: models.LocalityPlanRecord, stance: str, *, reason: str = "", version: int | None = None
) -> models.PlanStance:
    """Agree or object to the version of a plan that was put to the group; a later answer replaces an earlier one.

    Args:
        person: A member of the group; needs `plans.agree`.
        record: The plan.
        stance: "agree" or "object".
        reason: Why; an objection needs one.
        version: The version that they read; None: the present one.

    Raises:
        NotAllowed: The person's agreement does not count for this plan.
        ResultRefused: The plan is not with the group, was changed meanwhile, or an objection has no reason.
    """
    place = place_of_record(record)
    require(person, "plans.agree", place)
    record = locked(record)
    refuse_stance(record, stance, reason=reason, version=version)
    held = next((each for each in who_may_agree(record) if each.person_id == person.pk), None)
    if held is None:
        raise NotAllowed("Your agreement is not asked for on this plan.", "The partnership's settings say whose is.")
    kept, _ = models.PlanStance.objects.update_or_create(
        plan=record,
        version=record.version,
        person=person,
        defaults={
            "name": str(person),
            "role": say_role(held),
            "stance": stance,
            "reason": reason.strip(),
            "at": timezone.now(),
        },
    )
    says = f"{'Agrees' if stance == 'agree' else 'Objects'} to {record}, version {record.version}" + (
        f": {reason.strip()}" if reason.strip() else ""
    )
    record_event(
        person,
        f"plans.stance_{stance}",
        says,
        place=place,
        subject=subject_of(record),
        detail={"version": record.version},
    )
    return kept


def locked(record: models.LocalityPlanRecord) -> models.LocalityPlanRecord:
    """Give a plan as it is now, and let nobody else change it until this transaction ends."""
    found = models.LocalityPlanRecord.objects.select_for_update(of=("self",)).select_related("locality__partnership")
    return found.get(pk=record.pk)


def refuse_stance(record: models.LocalityPlanRecord, stance: str, *, reason: str, version: int | None) -> None:
    """Refuse an answer to a plan that does not count, whether it came on the site or on paper.

    Raises:
        ResultRefused: The plan is not with the group, was changed meanwhile, or an objection has no reason.
    """
    if record.state not in STANDING_STATES:
        raise ResultRefused("This plan is not put to the group now.", "Answers count only while it is.")
    if version is not None and version != record.version:
        raise ResultRefused("This plan was changed since you opened it.", "Read the new version and answer again.")
    if stance not in ("agree", "object"):
        raise ResultRefused("Choose whether you agree or object.")
    if stance == "object" and not reason.strip():
        raise ResultRefused("An objection needs its reason.", "Write why you object; it is kept beside your name.")
