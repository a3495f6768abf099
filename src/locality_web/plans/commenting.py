"""Comments on a plan that is open for them, and their answers: the same for locality plans and the strategic plan."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from locality.foundations import ResultRefused
from locality_web.core.audit import record_event
from locality_web.core.models import Person
from locality_web.core.permissions import Place, require
from locality_web.plans import steps, strategic
from locality_web.plans.editing import Record
from locality_web.plans.models import LocalityPlanRecord, PlanComment


@dataclass(frozen=True)
class Manner:
    """How comments on one kind of plan are answered and recorded.

    Args:
        answers: The permission of those who answer: they write the plan.
        otherwise: What somebody can do while the plan is not open for comments.
        commented: The kind of event of a comment.
        answered: The kind of event of an answer.
    """

    answers: str
    otherwise: str
    commented: str
    answered: str


_LOCALITY = Manner("plans.edit", "Write to the locality's lead instead.", "plans.commented", "plans.answered")
_STRATEGIC = Manner(
    "plans.consolidate",
    "Write to the partnership's planners instead.",
    "plans.strategic_commented",
    "plans.strategic_answered",
)


def manner_of(record: Record) -> Manner:
    """Say how comments on a plan are answered and recorded."""
    return _LOCALITY if isinstance(record, LocalityPlanRecord) else _STRATEGIC


def takes_comments(record: Record) -> bool:
    """Say whether a plan takes comments today."""
    close = record.comments_close
    return record.state == "open_for_comments" and (close is None or timezone.localdate() <= close)


@transaction.atomic
def comment_on(person: Person, record: Record, text: str, *, about: str = "", on_behalf_of: str = "") -> PlanComment:
    """Say something about a plan that is open for comments; needs `plans.comment`.

    Raises:
        NotAllowed: The person may not comment here.
        ResultRefused: The plan is not open for comments, or nothing was written.
    """
    require(person, "plans.comment", _place_of(record))
    record.refresh_from_db(fields=["state", "comments_close"])
    manner = manner_of(record)
    if not takes_comments(record):
        raise ResultRefused("This plan is not open for comments now.", manner.otherwise)
    if not text.strip():
        raise ResultRefused("There is nothing written yet.", "Write your comment.")
    kept = PlanComment.objects.create(
        **_of(record),
        about=about,
        text=text.strip(),
        by=person,
        by_name=str(person),
        on_behalf_of=on_behalf_of.strip(),
        at=timezone.now(),
    )
    _record(person, manner.commented, f"Commented on {record}" + (f", {about}" if about else ""), kept)
    return kept


@transaction.atomic
def answer_comment(person: Person, comment: PlanComment, answer: str) -> PlanComment:
    """Answer a comment: what became of it, or why not; needs the right to write the plan.

    Raises:
        NotAllowed: The person may not write this plan.
        ResultRefused: Nothing was written.
    """
    record = record_of(comment)
    manner = manner_of(record)
    require(person, manner.answers, _place_of(record))
    if not answer.strip():
        raise ResultRefused("There is nothing written yet.", "Write what became of the comment, or why not.")
    comment.answer, comment.answered_by_name, comment.answered_at = answer.strip(), str(person), timezone.now()
    comment.save()
    _record(person, manner.answered, f"Answered a comment on {record}", comment)
    return comment


def record_of(comment: PlanComment) -> Record:
    """Give the plan that a comment is about."""
    record = comment.plan or comment.strategic
    assert record is not None  # a constraint of the table
    return record


def _record(person: Person, kind: str, says: str, comment: PlanComment) -> None:
    record = record_of(comment)
    subject = steps.subject_of(record) if isinstance(record, LocalityPlanRecord) else strategic.subject_of(record)
    record_event(person, kind, says, place=_place_of(record), subject=subject, detail={"comment": comment.pk})


def _place_of(record: Record) -> Place:
    return steps.place_of_record(record) if isinstance(record, LocalityPlanRecord) else Place(record.partnership)


def _of(record: Record) -> dict[str, Record]:
    return {"plan": record} if isinstance(record, LocalityPlanRecord) else {"strategic": record}
