"""Joint lines: proposed for several localities, agreed by each, to the penny."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from locality.foundations import InputRefused, ResultRefused, say_pounds
from locality.plans import SPLITS, JointLine, JointShare, check_joint_line, own_shares, split_by_weights, split_equally
from locality_web.areas import queries as areas
from locality_web.core.audit import record_event
from locality_web.core.models import Locality, Partnership, Person
from locality_web.core.permissions import Place, require
from locality_web.money import queries as money
from locality_web.plans import models
from locality_web.plans.writing import WRITTEN_IN


def work_out_shares(partnership: Partnership, wish: JointWish) -> tuple[JointShare, ...]:
    """Split a joint line among localities; by residents it counts those of the localities as they are in its year.

    Args:
        partnership: The partnership.
        wish: What is planned together.

    Returns:
        Shares that add up to the total, none agreed yet.

    Raises:
        ResultRefused: The money cannot be split so, for example because a weight is not known.
    """
    split, codes = wish.split, [each.code for each in wish.localities]
    if split == "own":
        return own_shares(wish.total_pence, {code: wish.own.get(code, 0) for code in codes})
    if split == "equal":
        return split_equally(wish.total_pence, codes)
    weights = _people(partnership, wish.year) if split == "population" else _fair(partnership)
    unknown = [each.name for each in wish.localities if each.code not in weights]
    if split not in SPLITS or unknown:
        what = f"The split “{SPLITS.get(split, split)}” needs figures that are not known of: {', '.join(unknown)}."
        raise ResultRefused(what, "Load a release first, or choose another split.")
    return split_by_weights(wish.total_pence, {code: weights[code] for code in codes})


def _people(partnership: Partnership, year: str) -> dict[str, float]:
    known = areas.locality_facts(partnership, areas.day_of_year(year))
    return {code: facts.population for code, facts in known.items() if facts.population}


def _fair(partnership: Partnership) -> dict[str, float]:
    shares = money.shares_in_use(partnership).by_locality
    return {code: sum(one.fair_pence for one in rows.values()) for code, rows in shares.items()}


@dataclass(frozen=True)
class JointWish:
    """What somebody wants to plan together.

    Args:
        year: Financial year.
        service: A service that is planned across localities.
        source: The funding source.
        total_pence: The line's money.
        localities: Who shares it.
        split: A key of the library's `SPLITS`.
        own: For "own": pence by locality code.
        why: Why it is planned together.
    """

    year: str
    service: str
    source: str
    total_pence: int
    localities: Sequence[Locality]
    split: str
    own: Mapping[str, int] = field(default_factory=dict)
    why: str = ""


@transaction.atomic
def propose_joint(person: Person, place: Place, wish: JointWish, *, code: str = "") -> models.JointLine:
    """Propose a joint line, or change one: then every locality is asked again.

    Args:
        person: Who proposes; needs `plans.joint`.
        place: The partnership.
        wish: What is wanted.
        code: The line to change; empty: a new one.

    Raises:
        NotAllowed: The person may not.
        InputRefused: The line is not sound; all faults at once.
        ResultRefused: It cannot be split so, or a locality's plan stands still.
    """
    require(person, "plans.joint", place)
    partnership, year = place.partnership, wish.year
    shares = work_out_shares(partnership, wish)
    line = _find(partnership, year, code) if code else models.JointLine(partnership=partnership, year=year)
    before = [share.locality for share in line.shares.select_related("locality")] if line.pk else []
    _refuse_still([*wish.localities, *before], year)
    line.code = line.code or f"J{models.JointLine.objects.filter(partnership=partnership, year=year).count() + 1}"
    line.service, line.source, line.total_pence, line.why = (
        wish.service,
        wish.source,
        wish.total_pence,
        wish.why.strip(),
    )
    line.split_by, line.proposed_by_name, line.proposed_at = SPLITS[wish.split], str(person), timezone.now()
    _refuse_faults(JointLine(line.code, line.service, line.source, line.total_pence, shares), partnership)
    _keep(line, shares, wish.localities)
    done = "Changed" if code else "Proposed"
    says = f"{done} joint line {line.code}: {say_pounds(line.total_pence)} for {line.service} in {year}"
    detail = {"total_pence": line.total_pence, "shares": {share.locality: share.pence for share in shares}}
    record_event(person, "plans.joint_proposed", says, place=place, subject=subject_of(line), detail=detail)
    return line


def _keep(line: models.JointLine, shares: Sequence[JointShare], localities: Sequence[Locality]) -> None:
    by_code = {each.code: each for each in localities}
    line.save()
    line.shares.all().delete()
    models.JointShare.objects.bulk_create(
        models.JointShare(line=line, locality=by_code[share.locality], pence=share.pence) for share in shares
    )


def _refuse_faults(content: JointLine, partnership: Partnership) -> None:
    faults = check_joint_line(content, money.catalogue(partnership))
    if faults:
        raise InputRefused(faults)
    if content.source not in {one.source for one in money.funding_sources(partnership)}:
        raise ResultRefused(
            f"There is no funding source '{content.source}'.", "Choose one of the partnership's sources."
        )


def _refuse_still(localities: Sequence[Locality], year: str) -> None:
    still = models.LocalityPlanRecord.objects.filter(
        locality__in=localities, year=year, state__in=("put_to_group", "agreed")
    ).select_related("locality")
    # A new edition of an agreed plan can take a change in: what counts is the newest edition.
    newest: dict[int, models.LocalityPlanRecord] = {}
    for record in models.LocalityPlanRecord.objects.filter(locality__in=localities, year=year).order_by("edition"):
        newest[record.locality_id] = record
    named = [str(each.locality) for each in still if newest[each.locality_id].state not in WRITTEN_IN]
    if named:
        what = f"The plan of {', '.join(dict.fromkeys(named))} for {year} stands still."
        raise ResultRefused(what, "Take it back to draft, or begin a new edition; then the line can be changed.")


def _find(partnership: Partnership, year: str, code: str) -> models.JointLine:
    try:
        return models.JointLine.objects.select_for_update().get(partnership=partnership, year=year, code=code)
    except models.JointLine.DoesNotExist as missing:
        raise ResultRefused(f"There is no joint line {code} in {year}.") from missing


def subject_of(line: models.JointLine) -> str:
    """Give the stable name of a joint line in the audit record."""
    return f"joint:{line.partnership.slug}:{line.year}:{line.code}"


@transaction.atomic
def answer_share(person: Person, place: Place, line: models.JointLine, *, objection: str = "") -> models.JointShare:
    """Agree to a locality's share of a joint line, or object to it with a reason.

    Raises:
        NotAllowed: The person may not speak for this locality.
        ResultRefused: The locality has no share in it, or the line was withdrawn.
    """
    require(person, "plans.agree_joint", place)
    share = line.shares.select_for_update().filter(locality=place.locality).first()
    if share is None or line.withdrawn_at is not None:
        raise ResultRefused(f"{place.name} has no share in joint line {line.code} now.")
    if not objection.strip():
        share.agreed_by_name, share.agreed_at, share.objection = str(person), timezone.now(), ""
    else:
        share.agreed_by_name, share.agreed_at, share.objection = str(person), None, objection.strip()
    share.save()
    said = "Agreed to" if share.agreed_at else "Objected to"
    says = f"{said} {say_pounds(share.pence)} of joint line {line.code}" + (
        f": {share.objection}" if share.objection else ""
    )
    kind = "plans.joint_agreed" if share.agreed_at else "plans.joint_objected"
    record_event(person, kind, says, place=place, subject=subject_of(line), detail={"pence": share.pence})
    return share


@transaction.atomic
def withdraw_joint(person: Person, place: Place, line: models.JointLine, *, why: str) -> None:
    """Take a joint line back; it stays on record.

    Raises:
        NotAllowed: The person may not.
        ResultRefused: No reason is given, or a locality's plan stands still.
    """
    require(person, "plans.joint", place)
    if not why.strip():
        raise ResultRefused("A joint line is withdrawn with a reason.", "Write why.")
    _refuse_still([share.locality for share in line.shares.select_related("locality")], line.year)
    line.withdrawn_at = timezone.now()
    line.save(update_fields=["withdrawn_at"])
    says = f"Withdrew joint line {line.code}: {why.strip()}"
    record_event(person, "plans.joint_withdrawn", says, place=place, subject=subject_of(line), detail={})
