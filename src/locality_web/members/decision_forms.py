"""What people type about decisions of a group, and what professions answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils import timezone

from locality.members import GroupKind
from locality_web.core.forms import DayField, FaultForm
from locality_web.core.permissions import Place
from locality_web.members.decision_answers import MOST_CHARACTERS, Outcome
from locality_web.members.decision_changes import Wanted
from locality_web.members.decision_queries import notice_days
from locality_web.members.kinds import groups_of, professions_of
from locality_web.members.models import GroupDecision, ProfessionAsked


def _text(label: str, missing: str, /, *, rows: int = 5, **options: Any) -> forms.CharField:
    options.setdefault("max_length", MOST_CHARACTERS)
    return forms.CharField(
        label=label, widget=forms.Textarea(attrs={"rows": rows}), error_messages={"required": missing}, **options
    )


def _short_notice() -> forms.CharField:
    return _text(
        "Why can it not wait for the notice period?",
        "Write why it cannot wait.",
        rows=3,
        required=False,
        help_text="Needed only where a profession has less time than the notice period. Everybody can read it.",
    )


class WidenForm(FaultForm):
    """Further professions of a decision that is announced, or another day."""

    due_on = DayField(
        label="Day on which it is to be taken", error_messages={"required": "Write the day on which it is to be taken."}
    )
    professions = forms.MultipleChoiceField(
        label="Which professions does it affect?",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": "There is no such profession here. Choose from the list."},
    )
    short_notice = _short_notice()

    def __init__(self, place: Place, data: Any = None, **named: Any):
        super().__init__(data, **named)
        choice = self.fields["professions"]
        assert isinstance(choice, forms.MultipleChoiceField)
        days = notice_days(place.partnership)
        choice.choices = [(each.code, _indented(each)) for each in professions_of(place.partnership)]
        choice.help_text = (
            f"Each of them is told when you announce the decision, {days} days before it is taken or earlier. "
            "A wider group takes in the professions within it."
        )


def _indented(group: GroupKind) -> str:
    return f"– {group.name}" if group.within else group.name


class GroupDecisionForm(WidenForm):
    """A decision that is to be taken."""

    title = forms.CharField(
        label="Decision in one line",
        max_length=200,
        help_text="For example, Move the Saturday clinic from Leven to Methil.",
        error_messages={"required": "Write the decision in one line."},
    )
    says = _text("What is to be decided, and why now?", "Write what is to be decided.", rows=8)
    short_notice = None  # type: ignore[assignment]  # asked for when it is announced
    field_order = ("title", "says", "due_on", "professions")

    def wanted(self) -> Wanted:
        """Give what a valid form says."""
        said = self.cleaned_data
        return Wanted(said["title"], said["says"], said["due_on"], tuple(said["professions"]))


class AnnounceForm(FaultForm):
    """The reason for shorter notice, where one is needed."""

    short_notice = _short_notice()


class WithdrawDecisionForm(FaultForm):
    """Why a decision is not taken."""

    reason = _text("Why is it withdrawn?", "Write why it is withdrawn.", rows=3)


class ProfessionAnswerForm(FaultForm):
    """What a profession answers."""

    answer = _text("Your answer", "Write your answer.", rows=8)


class TakeDecisionForm(FaultForm):
    """What was decided, and what became of each answer."""

    outcome = _text("What was decided, and why?", "Write what was decided, and why.", rows=6)
    taken_on = DayField(
        label="Day on which it was decided", error_messages={"required": "Write the day on which it was decided."}
    )
    seen_at = forms.DateTimeField(widget=forms.HiddenInput, required=False)

    def __init__(self, decision: GroupDecision, asked: Sequence[ProfessionAsked], data: Any = None):
        super().__init__(data, initial={"taken_on": timezone.localdate(), "seen_at": timezone.now().isoformat()})
        names = {each.code: each.name for each in groups_of(decision.partnership)}
        self.answered = [each for each in asked if each.answer]
        for each in self.answered:
            self.fields[f"became_{each.pk}"] = _text(
                f"What became of the answer of {names.get(each.group, each.group)}?",
                "Write what became of it; it is sent to them.",
                rows=4,
                help_text=f"They wrote: {each.answer}",
            )
        if not decision.short_notice:
            self.fields["short_notice"] = _short_notice()

    def read_anew(self) -> None:
        """Show the answers as they are now, once more, before they are answered."""
        self.data = {**cast(QueryDict, self.data).dict(), "seen_at": timezone.now().isoformat()}

    def outcome_given(self) -> Outcome:
        """Give what a valid form says."""
        said = self.cleaned_data
        became = {each.pk: said[f"became_{each.pk}"] for each in self.answered}
        return Outcome(said["outcome"], said["taken_on"], became, said.get("short_notice", ""), seen_at=said["seen_at"])


__all__ = [
    "AnnounceForm",
    "GroupDecisionForm",
    "ProfessionAnswerForm",
    "TakeDecisionForm",
    "WidenForm",
    "WithdrawDecisionForm",
]
