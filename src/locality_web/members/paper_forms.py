"""What of this room can be said on paper: what somebody needs, a view for a meeting, a profession's answer."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.db.models import QuerySet

from locality.foundations import ResultRefused
from locality_web.core.hooks import PaperKind
from locality_web.core.models import Person
from locality_web.core.permissions import Place
from locality_web.members import kinds
from locality_web.members.access_changes import close_need, note_need
from locality_web.members.access_models import PaperForm, PostedView
from locality_web.members.access_names import say_day
from locality_web.members.access_pages import meetings_to_come
from locality_web.members.access_queries import members_of, needs_on
from locality_web.members.decision_answers import MOST_CHARACTERS, answer_for
from locality_web.members.meeting_models import Meeting
from locality_web.members.paper_needs import change_wishes, wishes_questions
from locality_web.members.practice_models import GroupDecision, ProfessionAsked

_PERMISSION = "members.paper"
_GROUP = "group"


def takes() -> list[PaperKind]:
    """Give the forms of this room."""
    return [_needs_kind(), _view_kind(), _answer_kind()]


def _needs_kind() -> PaperKind:
    return PaperKind(
        name="members.needs",
        title="What I need to take part",
        permission=_PERMISSION,
        subjects=lambda place: [("needs", f"the group of {place.name}")],
        questions=_needs_questions,
        background=_needs_background,
        key_in=_key_in_needs,
        for_whom=lambda place, subject: [each.pk for each in members_of(place.partnership, place.locality)],
    )


def _view_kind() -> PaperKind:
    return PaperKind(
        name="members.view",
        title="Something for a meeting to talk about",
        permission=_PERMISSION,
        subjects=_meetings,
        questions=_view_questions,
        background=_view_background,
        key_in=_key_in_view,
    )


def _answer_kind() -> PaperKind:
    return PaperKind(
        name="members.answer",
        title="Answer of a profession to a decision",
        permission=_PERMISSION,
        subjects=_asked,
        questions=_answer_questions,
        background=_answer_background,
        key_in=_key_in_answer,
        for_whom=lambda place, subject: [_asked_one(place, subject).member_id],
    )


def _needs_questions(place: Place, subject: str) -> dict[str, Any]:
    return {
        "needs": forms.MultipleChoiceField(
            label="What do you need to take part? Tick all that you need.",
            choices=[(each.code, each.name) for each in kinds.needs()],
            widget=forms.CheckboxSelectMultiple,
            required=False,
        ),
        "more": forms.CharField(
            label="More about it: for example which language, or which hours", max_length=300, required=False
        ),
        **wishes_questions(),
    }


def _needs_background(place: Place, subject: str) -> list[str]:
    return [
        f"You take part in planning health and social care in {place.name}. Please tell us what you need for that. "
        "We will arrange it for every meeting to which you are invited, and send you papers in the form that you need.",
        "Only those who arrange meetings and keep the list of members see your answers. If you leave a question empty, "
        "it stays as it is. You can change your answers at any time.",
    ]


def _key_in_needs(person: Person, place: Place, form: PaperForm, answers: dict[str, Any], received_on: dt.date) -> None:
    if form.member is None:
        raise ResultRefused("This form is of no member.", "Print one for a member.")
    ticked, more = list(answers.get("needs") or ()), str(answers.get("more") or "").strip()
    if more and not ticked:
        ticked = ["other"]
    if ticked:
        before = list(needs_on().filter(member=form.member))
        for need in before:
            if need.kind not in ticked:
                close_need(person, place, need)
        details = {each.kind: each.detail for each in before}
        for at, code in enumerate(ticked):
            # What was written belongs to all that was ticked; it stands once, beside the first.
            note_need(person, place, form.member, code, detail=more if more and at == 0 else details.get(code, ""))
    change_wishes(person, place, form.member, answers)


def _meetings(place: Place) -> list[tuple[str, str]]:
    meetings = [(str(each.pk), f"{each.title}, {say_day(each.starts.date())}") for each in meetings_to_come(place)]
    return [(_GROUP, f"the next meeting in {place.name}"), *meetings]


def _view_questions(place: Place, subject: str) -> dict[str, Any]:
    return {
        "about": forms.CharField(label="What is it about, in a few words?", max_length=150),
        "text": forms.CharField(
            label="What do you want the meeting to know or to talk about?",
            widget=forms.Textarea(attrs={"rows": 10}),
            max_length=8000,
        ),
    }


def _view_background(place: Place, subject: str) -> list[str]:
    return [
        f"People in {place.name} plan its health and social care together. Tell them what they should talk about. "
        "What you write is put before the meeting. Please name nobody else.",
        "You will be told what became of it, if you are on the list of members.",
    ]


def _key_in_view(person: Person, place: Place, form: PaperForm, answers: dict[str, Any], received_on: dt.date) -> None:
    meeting = None if form.subject == _GROUP else Meeting.objects.get(pk=int(form.subject))
    PostedView.objects.create(
        partnership=place.partnership,
        locality=place.locality,
        form=form,
        meeting=meeting,
        member=form.member,
        about=str(answers["about"]).strip(),
        text=str(answers["text"]).strip(),
        received_on=received_on,
    )


def _open_questions(place: Place) -> QuerySet[ProfessionAsked]:
    asked = ProfessionAsked.objects.filter(
        decision__partnership=place.partnership, decision__state=GroupDecision.State.ANNOUNCED
    )
    if place.locality is not None:
        asked = asked.filter(decision__locality=place.locality)
    return asked.select_related("decision__locality", "decision__partnership", "member")


def _asked(place: Place) -> list[tuple[str, str]]:
    names = {each.code: each.name for each in kinds.groups_of(place.partnership)}
    return [
        (str(each.pk), f"{each.decision.title} ({names.get(each.group, each.group)})")
        for each in _open_questions(place)
    ]


def _asked_one(place: Place, subject: str) -> ProfessionAsked:
    asked = ProfessionAsked.objects.select_related("decision__locality", "decision__partnership", "member")
    return asked.get(pk=int(subject), decision__partnership=place.partnership)


def _answer_questions(place: Place, subject: str) -> dict[str, Any]:
    return {
        "text": forms.CharField(
            label="What does your profession say to this decision?",
            widget=forms.Textarea(attrs={"rows": 10}),
            max_length=MOST_CHARACTERS,
        )
    }


def _answer_background(place: Place, subject: str) -> list[str]:
    decision = _asked_one(place, subject).decision
    return [
        f"This is to be decided on {say_day(decision.due_on)}: {decision.title}.",
        decision.says,
        "It affects your profession, so you are asked before it is decided. Send this form so that it is with us "
        "before that day. You will be told what became of your answer.",
    ]


def _key_in_answer(
    person: Person, place: Place, form: PaperForm, answers: dict[str, Any], received_on: dt.date
) -> None:
    answer_for(_asked_one(place, form.subject), str(answers["text"]), by=person)
