"""What people say about plans on paper, keyed in by somebody for them: it stands as if they had said it on the site.

The rules are those of the site: the same plans take comments and answers, on the same versions, with the same reasons.
The names of members stay in the register alone; what they said leads there.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from locality.foundations import ResultRefused
from locality_web.core.audit import record_event
from locality_web.core.models import Person
from locality_web.core.permissions import require
from locality_web.members.access_names import OF_GROUP
from locality_web.members.register_models import Member
from locality_web.plans import models
from locality_web.plans.commenting import manner_of, of_record, place_of, record_comment, refuse_comment
from locality_web.plans.editing import Record
from locality_web.plans.standing import agrees_on_paper, asked_on_paper
from locality_web.plans.steps import locked, place_of_record, refuse_stance, subject_of

_PERMISSION = "members.paper"
_NOBODY = "Somebody who wrote on paper"


@dataclass(frozen=True)
class Paper:
    """The sheet on which something was said.

    Args:
        code: Its code.
        received_on: The day on which it came back.
        member: For whom it was printed; None: for whoever filled it in.
    """

    code: str
    received_on: dt.date
    member: Member | None = None

    @property
    def at(self) -> dt.datetime:
        """When it was said: at noon of the day on which it came back, and never later than now."""
        noon = timezone.make_aware(dt.datetime.combine(self.received_on, dt.time(12)))
        return min(noon, timezone.now())


@transaction.atomic
def take_stance_on_paper(
    by: Person, record: models.LocalityPlanRecord, paper: Paper, *, stance: str, reason: str = "", version: int
) -> models.PlanStance:
    """Agree or object on paper to the version of a plan that was put to the group; a later answer replaces it.

    Args:
        by: Who keys it in; needs `members.paper`.
        record: The plan.
        paper: The sheet; of a member on a voting seat who has no account.
        stance: "agree" or "object".
        reason: Why; an objection needs one.
        version: The version that was printed on the sheet.

    Raises:
        NotAllowed: Who keys it in may not.
        ResultRefused: As on the site, or the member's agreement is not asked for on paper.
    """
    place = place_of_record(record)
    require(by, _PERMISSION, place)
    record = locked(record)
    refuse_stance(record, stance, reason=reason, version=version)
    member = paper.member
    if member is None or not agrees_on_paper(record, member):
        raise ResultRefused(
            "The agreement of this member is not asked for on paper.",
            "It is of those on a voting seat of this locality who have no account; others answer on the site.",
        )
    seat = next(each.seat for each in asked_on_paper(record) if each.member_id == member.pk)
    kept, _ = models.PlanStance.objects.update_or_create(
        plan=record,
        version=record.version,
        member=member,
        defaults={
            "name": seat.name,
            "role": str(record.locality),
            "stance": stance,
            "reason": reason.strip(),
            "paper_code": paper.code,
            "at": paper.at,
        },
    )
    said = "agrees" if stance == "agree" else "objects"
    record_event(
        by,
        f"plans.stance_{stance}",
        f"Keyed in paper form {paper.code}: member {member.pk} {said} to {record}, version {record.version}",
        place=place,
        subject=subject_of(record),
        detail={"version": record.version, "member": member.pk, "paper": paper.code},
    )
    return kept


@dataclass(frozen=True)
class Said:
    """What somebody wrote about a plan on paper.

    Args:
        text: The comment.
        about: A heading; empty: the whole plan.
        on_behalf_of: A group for which they speak.
        name: How somebody without a place in the register wants to be named; empty: not at all.
    """

    text: str
    about: str = ""
    on_behalf_of: str = ""
    name: str = ""


@transaction.atomic
def comment_on_paper(by: Person, record: Record, paper: Paper, said: Said) -> models.PlanComment:
    """Comment on paper on a plan that was open for comments on the day on which the sheet came back.

    Args:
        by: Who keys it in; needs `members.paper`.
        record: The plan.
        paper: The sheet.
        said: What is written on it.

    Raises:
        NotAllowed: Who keys it in may not.
        ResultRefused: As on the site.
    """
    require(by, _PERMISSION, place_of(record))
    refuse_comment(record, said.text, paper.received_on)
    kept = models.PlanComment.objects.create(
        **of_record(record),
        about=said.about,
        text=said.text.strip(),
        by_name=OF_GROUP if paper.member else said.name.strip() or _NOBODY,
        member=paper.member,
        paper_code=paper.code,
        on_behalf_of=said.on_behalf_of.strip(),
        at=paper.at,
    )
    says = f"Keyed in paper form {paper.code}: a comment on {record}" + (f", {said.about}" if said.about else "")
    record_comment(by, manner_of(record).commented, says, kept)
    return kept
