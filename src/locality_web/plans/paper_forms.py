"""What can be said about plans on paper: a comment while a plan is open for them, agreement while it is asked for."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from locality.foundations import ResultRefused
from locality_web.core.hooks import PaperKind
from locality_web.core.models import Person
from locality_web.core.partnership_settings import read_setting
from locality_web.core.permissions import Place
from locality_web.core.words import join_words
from locality_web.members.access_models import PaperForm
from locality_web.members.access_names import say_day
from locality_web.plans.commenting import takes_comments
from locality_web.plans.editor_plan import open_record
from locality_web.plans.models import LocalityPlanRecord
from locality_web.plans.on_paper import Paper, Said, comment_on_paper, take_stance_on_paper
from locality_web.plans.standing import asked_on_paper

_MOST = 8000
_PERMISSION = "members.paper"


def takes() -> list[PaperKind]:
    """Give the forms of this room."""
    return [
        PaperKind(
            name="plans.comment",
            title="Comment on a plan",
            permission=_PERMISSION,
            subjects=_open_for_comments,
            questions=_comment_questions,
            background=_comment_background,
            key_in=_key_in_comment,
        ),
        PaperKind(
            name="plans.stance",
            title="Agree or object to a plan",
            permission=_PERMISSION,
            subjects=_put_to_group,
            questions=_stance_questions,
            background=_stance_background,
            key_in=_key_in_stance,
            for_whom=_who_agrees_on_paper,
        ),
    ]


def _open_for_comments(place: Place) -> list[tuple[str, str]]:
    return [(str(each.pk), str(each)) for each in _plans(place, "open_for_comments") if takes_comments(each)]


def _put_to_group(place: Place) -> list[tuple[str, str]]:
    # The version belongs to the subject: what was printed is what somebody read.
    return [(f"{each.pk}@{each.version}", str(each)) for each in _plans(place, "put_to_group")]


def _plans(place: Place, state: str) -> list[LocalityPlanRecord]:
    plans = LocalityPlanRecord.objects.filter(locality__partnership=place.partnership, state=state)
    if place.locality is not None:
        plans = plans.filter(locality=place.locality)
    return list(plans.select_related("locality__partnership").order_by("locality__name", "year"))


def _plan(place: Place, subject: str) -> LocalityPlanRecord:
    plans = LocalityPlanRecord.objects.select_related("locality__partnership")
    return plans.get(pk=int(subject.partition("@")[0]), locality__partnership=place.partnership)


def _comment_questions(place: Place, subject: str) -> dict[str, Any]:
    headings = open_record(_plan(place, subject)).headings.values()
    about = [("", "The whole plan"), *((each, each) for each in headings)]
    return {
        "about": forms.ChoiceField(label="What is your comment about?", choices=about, required=False),
        "text": forms.CharField(
            label="What do you want to say?",
            widget=forms.Textarea(attrs={"rows": 8}),
            max_length=_MOST,
            error_messages={"required": "Write what stands on the form."},
        ),
        "on_behalf_of": forms.CharField(label="Do you speak for a group? Which one?", max_length=200, required=False),
        "name": forms.CharField(
            label="Your name, if you want it to be shown",
            help_text="It may stay empty. Somebody on the register is shown as they chose there.",
            max_length=200,
            required=False,
        ),
    }


def _stance_questions(place: Place, subject: str) -> dict[str, Any]:
    return {
        "stance": forms.ChoiceField(
            label="Do you agree to this plan?",
            choices=[("agree", "I agree"), ("object", "I object")],
            widget=forms.RadioSelect,
        ),
        "reason": forms.CharField(
            label="Why? If you object, write your reason. It will be kept with your answer, and everybody may read it.",
            widget=forms.Textarea(attrs={"rows": 6}),
            max_length=_MOST,
            required=False,
        ),
    }


def _comment_background(place: Place, subject: str) -> list[str]:
    plan = _plan(place, subject)
    by = f"Send this form so that it is with us by {say_day(plan.comments_close)}." if plan.comments_close else ""
    return [
        f"This is about the {_lower(plan)}. It says what {plan.locality} wants for health and social care, and what "
        "the money is for. You can say what is good, what is wrong and what is missing.",
        *_in_short(plan),
        "Everybody can read your comment. You will be told what became of it. " + by,
    ]


def _stance_background(place: Place, subject: str) -> list[str]:
    plan = _plan(place, subject)
    if read_setting(place.partnership, "plans.objection_blocks"):
        rule = "One objection is enough to keep the plan from being agreed."
    else:
        rule = "More must agree than object. An objection is kept with its reason."
    return [
        f"The {_lower(plan)} is put to its group. You have a seat in the group, so you are asked whether you agree. "
        f"Your answer on this form counts as much as an answer on the website. {rule}",
        *_in_short(plan),
    ]


def _lower(plan: LocalityPlanRecord) -> str:
    return f"plan of {plan.locality} for {plan.year}"


def _in_short(plan: LocalityPlanRecord) -> list[str]:
    content = open_record(plan).content
    wanted = [f"{one.title} ({one.heading})" for one in sorted(content.priorities, key=lambda one: one.rank)[:5]]
    said = [content.summary] if content.summary.strip() else []
    return [*said, *([f"What it wants first: {join_words(wanted)}."] if wanted else [])]


def _who_agrees_on_paper(place: Place, subject: str) -> list[int]:
    return [each.member_id for each in asked_on_paper(_plan(place, subject))]


def _key_in_comment(
    person: Person, place: Place, form: PaperForm, answers: dict[str, Any], received_on: dt.date
) -> None:
    said = Said(*(str(answers.get(name) or "") for name in ("text", "about", "on_behalf_of", "name")))
    comment_on_paper(person, _plan(place, form.subject), Paper(form.code, received_on, form.member), said)


def _key_in_stance(
    person: Person, place: Place, form: PaperForm, answers: dict[str, Any], received_on: dt.date
) -> None:
    plan, _, version = form.subject.partition("@")
    if not version.isdecimal():
        raise ResultRefused("This form does not say to which version of the plan it belongs.")
    take_stance_on_paper(
        person,
        _plan(place, plan),
        Paper(form.code, received_on, form.member),
        stance=str(answers["stance"]),
        reason=str(answers.get("reason") or ""),
        version=int(version),
    )
