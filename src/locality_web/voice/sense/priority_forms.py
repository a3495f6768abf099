"""What people choose and type when priorities come about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone

from locality.voice.priorities import Discussion, PriorityMethod
from locality_web.core.forms import DayField, FaultForm, YearField
from locality_web.members.models import Member
from locality_web.voice.sense.answer_forms import long_text
from locality_web.voice.sense.models import Theme
from locality_web.voice.sense.priority_changes import Wanted
from locality_web.voice.sense.priority_queries import kinds_offered

_CHANNELS = (("paper", "On paper"), ("telephone", "By telephone"), ("group", "At a meeting"), ("visit", "At a visit"))


class MethodForm(FaultForm):
    """What is ranked, and by which method."""

    heading = forms.ChoiceField(label="Service heading", error_messages={"required": "Choose a service heading."})
    year = YearField(label="For the plan of", error_messages={"required": "Write the year, like 2027/28."})
    themes = forms.TypedMultipleChoiceField(
        label="Which themes are put in order?",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick two themes or more."},
    )
    kind = forms.ChoiceField(
        label="By which method?", widget=forms.RadioSelect, error_messages={"required": "Choose a method."}
    )
    unranked = forms.ChoiceField(
        label="Comparing in pairs: what does it mean to leave a theme without a place?",
        choices=(("below", "It stands below all that have a place"), ("no_opinion", "Nothing is said of it")),
        initial="below",
        widget=forms.RadioSelect,
    )
    average = forms.ChoiceField(
        label="Scores: what decides?",
        choices=(("mean", "The mean"), ("median", "The middle score")),
        initial="mean",
        widget=forms.RadioSelect,
    )

    def __init__(self, headings: Sequence[str], themes: Sequence[Theme], data: Any = None, **named: Any):
        super().__init__(data, **named)
        kinds, least = kinds_offered(timezone.localdate())
        self._choices("heading", [(each, each) for each in headings])
        self._choices("themes", [(each.pk, f"{each.name} ({each.conversation.title})") for each in themes])
        self._choices("kind", [(each.code, f"{each.name}. {each.says}") for each in kinds])
        self.fields[
            "kind"
        ].help_text = f"Of fewer than {least} ballots no result is given, so that nobody's ballot can be read from it."

    def _choices(self, name: str, choices: list[tuple[Any, str]]) -> None:
        choice = self.fields[name]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = choices

    def wanted(self) -> Wanted:
        """Give what a valid form says."""
        said = self.cleaned_data
        settings = {"unranked": said["unranked"], "average": said["average"]}
        return Wanted(said["heading"], str(said["year"]), said["kind"], tuple(said["themes"]), settings)


class RankForm(FaultForm):
    """A place, or a score, for each theme."""

    def __init__(self, method: PriorityMethod, data: Any = None, *, says: Sequence[Any] = (), **named: Any):
        super().__init__(data, **named)
        self.method = method
        kept = _by_code(method, says)
        for each in method.candidates:
            self.fields[f"theme_{each.code}"] = forms.ChoiceField(
                label=each.name, choices=_offered(method), required=False, initial=kept.get(each.code, "")
            )

    def clean(self) -> dict[str, Any]:
        """Ask for one place or score at least."""
        said = super().clean() or {}
        if not any(said.get(f"theme_{code}") for code in self.method.codes):
            self.add_error(None, "Nothing is chosen. Choose for one theme at least.")
        return said

    def says(self) -> list[Any]:
        """Give what a valid form says, as a ballot keeps it."""
        given = {code: self.cleaned_data.get(f"theme_{code}", "") for code in self.method.codes}
        chosen = [(code, int(said)) for code, said in given.items() if said != ""]
        if self.method.kind == "score":
            return [[code, score] for code, score in chosen]
        levels = sorted({place for _, place in chosen})
        return [[code for code, place in chosen if place == level] for level in levels]


def _offered(method: PriorityMethod) -> list[tuple[str, str]]:
    if method.kind == "score":
        scores = range(method.highest, method.lowest - 1, -1)
        return [("", "No score"), *((str(score), str(score)) for score in scores)]
    places = range(1, len(method.candidates) + 1)
    return [("", "No place"), *((str(place), f"Place {place}") for place in places)]


def _by_code(method: PriorityMethod, says: Sequence[Any]) -> dict[str, str]:
    if method.kind == "score":
        return {str(code): str(score) for code, score in says}
    return {str(code): str(place) for place, level in enumerate(says, start=1) for code in level}


class RecordRankForm(RankForm):
    """The ballot of a member who gave it on paper, by telephone or at a meeting."""

    def __init__(self, method: PriorityMethod, members: Sequence[Member], data: Any = None):
        super().__init__(method, data)
        own: dict[str, forms.Field] = {
            "member": forms.ChoiceField(
                label="Whose ballot is it?",
                choices=[("", "Choose"), *((str(each.pk), str(each)) for each in members)],
                error_messages={"required": "Choose whose ballot it is."},
            ),
            "channel": forms.ChoiceField(
                label="How did it come?",
                choices=_CHANNELS,
                widget=forms.RadioSelect,
                error_messages={"required": "Choose how it came."},
            ),
        }
        self.fields = {**own, **self.fields}


class DiscussionForm(FaultForm):
    """The order that a group agreed by talking."""

    on = DayField(label="Day of the discussion", error_messages={"required": "Write the day."})
    present = forms.IntegerField(
        label="How many people were there?",
        min_value=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"required": "Write how many were there.", "invalid": "Write a whole number."},
    )
    words = long_text("What was said for this order?", "Write what was said for it.", help_text="Name nobody.")
    objections = long_text(
        "Who objected, and why?", "", rows=3, required=False, help_text="One objection on each line; name nobody."
    )

    def __init__(self, method: PriorityMethod, data: Any = None):
        super().__init__(data)
        self.method = method
        for place in range(1, len(method.candidates) + 1):
            self.fields[f"place_{place}"] = forms.ChoiceField(
                label=f"Place {place}",
                choices=[("", "Choose"), *((each.code, each.name) for each in method.candidates)],
                error_messages={"required": "Choose a theme."},
            )

    def discussion(self) -> Discussion:
        """Give what a valid form says."""
        said = self.cleaned_data
        order = tuple(said[f"place_{place}"] for place in range(1, len(self.method.candidates) + 1))
        objections = tuple(line.strip() for line in said["objections"].splitlines() if line.strip())
        return Discussion(said["on"], said["present"], order, said["words"], objections)


class CallOffForm(FaultForm):
    """Why a choice of priorities is called off."""

    reason = long_text("Why is it called off?", "Write why it is called off.", rows=2)
