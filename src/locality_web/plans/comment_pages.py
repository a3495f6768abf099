"""What pages show of comments and how they keep them: the same for locality plans and the strategic plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from locality.foundations import ResultRefused
from locality_web.core import drafts
from locality_web.core.permissions import NotAllowed, Place, may
from locality_web.core.words import count_of
from locality_web.plans.commenting import answer_comment, comment_on, comments_of, manner_of, takes_comments
from locality_web.plans.editing import Record
from locality_web.plans.editor_plan import signed_in
from locality_web.plans.group_forms import AnswerForm, CommentForm
from locality_web.plans.models import PlanComment

NOT_TO_OTHERS = ("draft", "put_to_group", "put_to_board")
"""States in which only those who may read drafts find a plan on its page of comments."""
_MOST_SHOWN = 5  # comments that an overview quotes; the page of comments has all


@dataclass(frozen=True)
class InShort:
    """What an overview of a plan says about its comments.

    Args:
        says: How many there are, and how many have no answer.
        unanswered: The first of those without an answer.
        more: How many more have no answer.
    """

    says: str
    unanswered: list[PlanComment]
    more: int


def comments_in_short(record: Record) -> InShort | None:
    """Say how many people commented on a plan, and who waits for an answer; None: nobody commented."""
    said = comments_of(record)
    if not said:
        return None
    waiting = [each for each in said if not each.answer]
    says = f"{count_of(len(said), 'comment')}; "
    says += f"{len(waiting):,} {'has' if len(waiting) == 1 else 'have'} no answer yet." if waiting else "all answered."
    return InShort(says, waiting[:_MOST_SHOWN], max(0, len(waiting) - _MOST_SHOWN))


def is_hidden(request: HttpRequest, place: Place, record: Record) -> bool:
    """Say whether a plan is being worked on and the reader may not see it meanwhile."""
    return record.state in NOT_TO_OTHERS and not may(request.user, "plans.read_drafts", place)


def what_is_shown(request: HttpRequest, place: Place, record: Record, form: CommentForm) -> dict[str, Any]:
    """Give what the page of comments shows beside the plan itself."""
    return {
        "record": record,
        "form": form,
        "is_open": takes_comments(record),
        "comments": comments_of(record),
        "may_answer": may(request.user, manner_of(record).answers, place),
    }


def keep_comment(request: HttpRequest, record: Record, form: CommentForm) -> HttpResponse | None:
    """Keep a comment that was sent; None: the page is to be shown, with what is wrong."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        comment_on(signed_in(request), record, **form.cleaned_data)
    except ResultRefused as refused:
        form.add_faults(refused)
        return None
    drafts.clear(request)
    messages.success(request, "Your comment is kept. Those who write the plan will answer it here.")
    return redirect(request.path)


def answer(request: HttpRequest, comment: PlanComment, back: str) -> HttpResponse:
    """Show one comment with the form of its answer, or keep the answer and go back to the comments."""
    form = AnswerForm(drafts.form_data(request), initial={"answer": comment.answer})
    if request.method == "POST" and form.is_valid():
        try:
            answer_comment(signed_in(request), comment, form.cleaned_data["answer"])
        except (ResultRefused, NotAllowed) as refused:
            form.add_error(None, str(refused))
        else:
            drafts.clear(request)
            messages.success(request, "The answer is kept beside the comment.")
            return redirect(back)
    return render(request, "plans/group_answer.html", {"comment": comment, "form": form, "back": back})
