"""How somebody wants to be told and shown: the same wishes on the site, by who keeps the register, and on paper."""

from __future__ import annotations

from typing import Any

from django import forms

from locality.foundations import InputRefused, ResultRefused
from locality_web.core.audit import record_event
from locality_web.core.models import Person
from locality_web.core.permissions import Place
from locality_web.members.notice_changes import choose_notices, faults_of_choice
from locality_web.members.register_models import Member

_KEEP = ("", "As it is now")


def wishes_questions() -> dict[str, Any]:
    """Give the questions how somebody wants to be told and shown; none of them need be answered."""
    return {
        "notices": forms.ChoiceField(
            label="How do you want to be told of meetings and plans?",
            choices=[_KEEP, *Member.Notices.choices],
            required=False,
        ),
        "shown": forms.ChoiceField(
            label="What may everybody read of you on the website?",
            choices=[_KEEP, *Member.Shown.choices],
            required=False,
        ),
    }


def change_wishes(by: Person, place: Place, member: Member, answers: dict[str, Any]) -> None:
    """Change how a member is told and shown, where that was answered.

    Raises:
        ResultRefused: Notices cannot reach the member in the way that was chosen.
    """
    notices, shown = str(answers.get("notices") or ""), str(answers.get("shown") or "")
    if notices and notices != member.notices:
        faults = faults_of_choice(notices, email=member.email, address=member.address)
        if faults:
            raise ResultRefused(str(InputRefused(faults).faults[0].what) + ".", faults[0].do)
        choose_notices(by, member, notices)
    if shown and shown != member.shown:
        show_as(by, place, member, shown)


def show_as(by: Person, place: Place, member: Member, shown: str) -> None:
    """Set what everybody may read of a member; asked for by the caller, inside its transaction."""
    member.shown = shown
    member.save(update_fields=["shown"])
    says = f"Set what everybody may read of member {member.pk}: {member.get_shown_display().lower()}"
    record_event(by, "members.shown_chosen", says, place=place, subject=f"member:{member.pk}")
