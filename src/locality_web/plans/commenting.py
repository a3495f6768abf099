"""Comments on a plan that is open for them, and their answers: the same for locality plans and the strategic plan."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from locality.foundations import ResultRefused
from locality_web.core.audit import record_event
from locality_web.core.models import Person
from locality_web.core.permissions import Place, require
from locality_web.members.notices import Telling, notify
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


def takes_comments(record: Record, on: dt.date | None = None) -> bool:
    """Say whether a plan takes comments of a day (default: today): what comes by post counts by the day it came."""
    close = record.comments_close
    return record.state == "open_for_comments" and (close is None or (on or timezone.localdate()) <= close)


@transaction.atomic
def comment_on(person: Person, record: Record, text: str, *, about: str = "", on_behalf_of: str = "") -> PlanComment:
    """Say something about a plan that is open for comments; needs `plans.comment`.

    Raises:
        NotAllowed: The person may not comment here.
        ResultRefused: The plan is not open for comments, or nothing was written.
    """
    require(person, "plans.comment", place_of(record))
    manner = manner_of(record)
    refuse_comment(record, text)
    kept = PlanComment.objects.create(
        **of_record(record),
        about=about,
        text=text.strip(),
        by=person,
        by_name=str(person),
        on_behalf_of=on_behalf_of.strip(),
        at=timezone.now(),
    )
    record_comment(person, manner.commented, f"Commented on {record}" + (f", {about}" if about else ""), kept)
    return kept


def refuse_comment(record: Record, text: str, on: dt.date | None = None) -> None:
    """Refuse a comment that a plan does not take, whether it came on the site or on paper.

    Args:
        record: The plan, which is read anew.
        text: What was said.
        on: The day on which it came; None: today.

    Raises:
        ResultRefused: The plan is not open for comments, or nothing was written.
    """
    record.refresh_from_db(fields=["state", "comments_close"])
    if not takes_comments(record, on):
        raise ResultRefused("This plan is not open for comments now.", manner_of(record).otherwise)
    if not text.strip():
        raise ResultRefused("There is nothing written yet.", "Write your comment.")


def comments_of(record: Record) -> list[PlanComment]:
    """Give what was said about a plan, with whom it came from, in one query."""
    return list(record.plancomments.select_related("member__organisation"))


@transaction.atomic
def answer_comment(person: Person, comment: PlanComment, answer: str) -> PlanComment:
    """Answer a comment: what became of it, or why not; needs the right to write the plan.

    Raises:
        NotAllowed: The person may not write this plan.
        ResultRefused: Nothing was written.
    """
    record = record_of(comment)
    manner = manner_of(record)
    require(person, manner.answers, place_of(record))
    if not answer.strip():
        raise ResultRefused("There is nothing written yet.", "Write what became of the comment, or why not.")
    comment.answer, comment.answered_by_name, comment.answered_at = answer.strip(), str(person), timezone.now()
    comment.save()
    record_comment(person, manner.answered, f"Answered a comment on {record}", comment)
    if comment.member is not None:
        # Who wrote on paper does not see the site: the answer comes as they chose to be told.
        text = f"You wrote about the {record}:\n\n{comment.text}\n\nThe answer:\n\n{comment.answer}"
        told = Telling(f"comment:{comment.pk}:{comment.answered_at:%Y%m%d%H%M%S}", "The answer to your comment", text)
        notify(place_of(record), [comment.member], told)
    return comment


def record_of(comment: PlanComment) -> Record:
    """Give the plan that a comment is about."""
    record = comment.plan or comment.strategic
    assert record is not None  # a constraint of the table
    return record


def record_comment(person: Person, kind: str, says: str, comment: PlanComment) -> None:
    """Record that something was said about a plan, or answered."""
    record = record_of(comment)
    subject = steps.subject_of(record) if isinstance(record, LocalityPlanRecord) else strategic.subject_of(record)
    record_event(person, kind, says, place=place_of(record), subject=subject, detail={"comment": comment.pk})


def place_of(record: Record) -> Place:
    """Give the place of a plan."""
    return steps.place_of_record(record) if isinstance(record, LocalityPlanRecord) else Place(record.partnership)


def of_record(record: Record) -> dict[str, Record]:
    """Give the column of a comment in which its plan stands."""
    return {"plan": record} if isinstance(record, LocalityPlanRecord) else {"strategic": record}
