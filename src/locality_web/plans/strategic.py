"""The strategic commissioning plan on the site: consolidated live, written around, agreed by the board, kept."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from locality.foundations import FinancialYear, InputRefused, ResultRefused
from locality.foundations.life_cycles import find_step, load_life_cycle, refuse_move
from locality.plans import Agreement, canonical_bytes, hash_plan, plan_as_json
from locality_web.core.audit import record_event
from locality_web.core.models import Person
from locality_web.core.partnership_settings import read_setting
from locality_web.core.permissions import NotAllowed, Place, require
from locality_web.money import queries as money
from locality_web.plans import models
from locality_web.plans.consolidating import Tried, narrative_sections, strategic_content, try_content
from locality_web.plans.editing import Saved, Value, begin_plan, merge_edits
from locality_web.plans.standing import say_role, standing_of_strategic, who_may_agree_strategic
from locality_web.plans.telling import tell_of_strategic
from locality_web.plans.what_was_put import forget_parts, note_what_was_put, refuse_other_content

CYCLE = load_life_cycle("locality.plans", "strategic_plan")
WRITTEN_IN = ("draft", "open_for_comments")


def subject_of(record: models.StrategicPlanRecord) -> str:
    """Give the stable name of a strategic plan in the audit record."""
    return f"strategic:{record.partnership.slug}:{record.year}:{record.edition}"


@transaction.atomic
def start_strategic(person: Person, place: Place, year: str) -> models.StrategicPlanRecord:
    """Begin the strategic plan of a year, or a new edition of an agreed one; needs `plans.consolidate`.

    Raises:
        NotAllowed: The person may not.
        ResultRefused: One is on its way already, or the year cannot be read.
    """
    require(person, "plans.consolidate", place)
    try:
        before_year = str(FinancialYear.parse(year).next(-1))
    except ValueError as wrong:
        raise ResultRefused(f"{wrong}.") from wrong
    editions = list(place.partnership.strategic_plans.filter(year=year).order_by("-edition"))
    if editions and editions[0].state not in ("agreed", "superseded"):
        raise ResultRefused(
            f"There is a strategic plan for {year} on its way already.", "Open it and go on from there."
        )
    record = models.StrategicPlanRecord(
        partnership=place.partnership, year=year, edition=editions[0].edition + 1 if editions else 1
    )
    in_force = place.partnership.strategic_plans.filter(year=before_year, state="agreed").order_by("-edition")
    before = editions[0] if editions else in_force.first()
    kept = (
        {path: each for path, each in before.fields.items() if editions or path.startswith("line/")} if before else {}
    )
    begin_plan(record, kept, person, "begun")
    record_event(person, "plans.strategic_started", f"Began {record}", place=place, subject=subject_of(record))
    return record


@transaction.atomic
def save_strategic(
    person: Person, record: models.StrategicPlanRecord, edits: Mapping[str, Value], *, base_version: int
) -> Saved:
    """Save narrative sections (`narrative/<section>`) and partnership-wide lines (`line/<service>/<source>`).

    Raises:
        NotAllowed: The person may not.
        ResultRefused: The plan stands still, or a field is none of it.
    """
    place = Place(record.partnership)
    require(person, "plans.consolidate", place)
    record.refresh_from_db(fields=["state"])
    if record.state not in WRITTEN_IN:
        raise ResultRefused(f"This plan is '{CYCLE.state(record.state).name.lower()}' and cannot be written now.")
    wide = {one.service for one in money.catalogue(record.partnership) if one.planned_at == "partnership"}
    sources = {one.source for one in money.funding_sources(record.partnership)}
    strange = [path for path, each in edits.items() if not _is_field(path, each, wide, sources)]
    if strange:
        raise ResultRefused(f"The strategic plan has no such field or value: {', '.join(strange)}.")
    saved = merge_edits(record, edits, person, base_version=base_version)
    if saved.changed:
        says = f"Wrote {record}, version {saved.version}"
        detail = {"version": saved.version, "fields": list(saved.changed)}
        record_event(person, "plans.strategic_written", says, place=place, subject=subject_of(record), detail=detail)
    return saved


def _is_field(path: str, value: Value, services: set[str], sources: set[str]) -> bool:
    kind, _, rest = path.partition("/")
    if kind == "narrative":
        return rest in narrative_sections() and isinstance(value, str | None)
    service, _, source = rest.partition("/")
    amount = value is None or (type(value) is int and value >= 0)
    return kind == "line" and service in services and source in sources and amount


def unmet_strategic(
    record: models.StrategicPlanRecord, reason: str = "", *, tried: Tried | None = None
) -> dict[str, tuple[str, ...]]:
    """Give every condition of the strategic plan's life cycle that does not hold, with the sentences that say why.

    Args:
        record: The plan.
        reason: What was written as a reason.
        tried: What came of putting it together, where that is known already.
    """
    standing = standing_of_strategic(record) if record.state == "put_to_board" else None
    found: dict[str, tuple[str, ...]] = {
        "agreement_reached": ()
        if standing and standing.reached
        else (standing.words if standing else "Nobody has been asked yet.",),
        "reason_given": () if reason.strip() else ("Write why.",),
        "later_version_agreed": ("It becomes superseded when a later version is agreed.",),
    }
    found |= _unmet_facts(tried if tried is not None else try_content(record))
    return {name: said for name, said in found.items() if said}


def _unmet_facts(tried: Tried) -> dict[str, tuple[str, ...]]:
    if isinstance(tried, InputRefused):
        return {"consolidated": tuple(f"{fault.what}. {fault.do}" for fault in tried.faults)}
    if isinstance(tried, ResultRefused):
        return {"reconciled": (str(tried),)}
    facts: dict[str, Any] = tried.facts
    missing = facts["missing"]["plans"]
    named = ", ".join(each["locality_name"] for each in missing)
    balance = facts["reconciliation"]
    no_ledger = ("No release is loaded, so there is no ledger to reconcile with.",)
    return {
        "every_locality_agreed": (f"There is no agreed plan of {named}.",) if missing else (),
        "reconciled": () if balance["holds"] and balance["ledger_year"] else no_ledger,
    }


@transaction.atomic
def take_strategic_step(
    person: Person, record: models.StrategicPlanRecord, to: str, *, reason: str = ""
) -> models.StrategicPlanRecord:
    """Take a strategic plan to another state of its life.

    Raises:
        NotAllowed: The person may not.
        ResultRefused: A condition does not hold; each is named with what is wrong.
    """
    record = (
        models.StrategicPlanRecord.objects.select_for_update(of=("self",))
        .select_related("partnership")
        .get(pk=record.pk)
    )
    place = Place(record.partnership)
    step = find_step(CYCLE, record.state, to)
    if step is None:
        raise ResultRefused(refuse_move(CYCLE, record.state, to) or "")
    require(person, step.permission, place)
    unmet = unmet_strategic(record, reason)
    wrong = [sentence for name in step.needs for sentence in unmet.get(name, ())]
    if wrong:
        raise ResultRefused(f"“{step.name}” is not possible yet.", " ".join(wrong))
    if to == "put_to_board":
        note_what_was_put(record, strategic_content(record))
    if to == "agreed":
        _keep_agreement(person, record)
    if to == "open_for_comments":
        record.comments_close = timezone.localdate() + dt.timedelta(
            days=read_setting(record.partnership, "plans.comment_days")
        )
    record.state, record.state_since = to, timezone.now()
    forget_parts(record)
    record.save()
    detail = {"from": step.start, "to": to, "version": record.version, "reason": reason.strip()}
    if record.snapshot is not None:
        detail |= {"sha256": record.snapshot.sha256}
    says = f"{step.name}: {record}, version {record.version}" + (f". {reason.strip()}" if reason.strip() else "")
    record_event(person, f"plans.strategic_{to}", says, place=place, subject=subject_of(record), detail=detail)
    tell_of_strategic(place, record)
    return record


def _keep_agreement(person: Person, record: models.StrategicPlanRecord) -> None:
    content = strategic_content(record)
    refuse_other_content(record, content)
    standing = standing_of_strategic(record)
    agreement = Agreement(timezone.localdate().isoformat(), standing.quorum, (*standing.agree, *standing.objections))
    agreed = dataclasses.replace(content, agreement=agreement, version=record.version)
    record.snapshot = models.Snapshot.objects.create(
        partnership=record.partnership,
        kind=models.Snapshot.Kind.STRATEGIC,
        made_at=timezone.now(),
        text=canonical_bytes(plan_as_json(agreed)).decode(),
        sha256=hash_plan(agreed),
    )
    for earlier in record.partnership.strategic_plans.filter(year=record.year, state="agreed").exclude(pk=record.pk):
        earlier.state, earlier.state_since = "superseded", timezone.now()
        earlier.save(update_fields=["state", "state_since"])
        says = f"Superseded: {earlier}, edition {earlier.edition}, by edition {record.edition}"
        place = Place(record.partnership)
        record_event(person, "plans.strategic_superseded", says, place=place, subject=subject_of(earlier), detail={})


@transaction.atomic
def take_strategic_stance(
    person: Person, record: models.StrategicPlanRecord, stance: str, *, reason: str = "", version: int | None = None
) -> models.PlanStance:
    """Agree or object to the strategic plan that was put to the board.

    Raises:
        NotAllowed: The person's agreement is not asked for.
        ResultRefused: The plan is not with the board, was changed meanwhile, or an objection has no reason.
    """
    place = Place(record.partnership)
    require(person, "plans.agree_strategic", place)
    record = (
        models.StrategicPlanRecord.objects.select_for_update(of=("self",))
        .select_related("partnership")
        .get(pk=record.pk)
    )
    if record.state != "put_to_board":
        raise ResultRefused("This plan is not put to the board now.", "Answers count only while it is.")
    if version is not None and version != record.version:
        raise ResultRefused("This plan was changed since you opened it.", "Read the new version and answer again.")
    if stance not in ("agree", "object"):
        raise ResultRefused("Choose whether you agree or object.")
    if stance == "object" and not reason.strip():
        raise ResultRefused("An objection needs its reason.", "Write why you object; it is kept beside your name.")
    held = next((each for each in who_may_agree_strategic(record.partnership) if each.person_id == person.pk), None)
    if held is None:
        raise NotAllowed("Your agreement is not asked for on this plan.")
    kept, _ = models.PlanStance.objects.update_or_create(
        strategic=record,
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
        f"plans.strategic_stance_{stance}",
        says,
        place=place,
        subject=subject_of(record),
        detail={"version": record.version},
    )
    return kept
