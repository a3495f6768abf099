"""What people type when they prepare a vote."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from locality.foundations import load_rule
from locality_web.core.fields import UploadField
from locality_web.core.forms import DayField, FaultForm, MoneyField
from locality_web.core.languages import ENGLISH, LANGUAGES
from locality_web.core.models import Locality, Partnership
from locality_web.money.queries import catalogue, funding_sources
from locality_web.voice.conversations.typed_numbers import read_number
from locality_web.voice.models import Opinion
from locality_web.voice.votes.code_changes import MOST_AT_ONCE
from locality_web.voice.votes.models import CodeBatch, Project, Vote
from locality_web.voice.votes.opening import places_of
from locality_web.voice.votes.project_changes import ProjectSaid
from locality_web.voice.votes.rules_kept import BY_LOCALITY, EQUAL
from locality_web.voice.votes.vote_changes import VoteSaid

_RULES = [
    ("equal-shares", "Method of Equal Shares: everybody has the same say in how the money is spent"),
    ("greedy", "Most votes first: the project with most votes, then the next that still fits"),
]
_UTILITIES = [
    ("cost", "A voter gains by the pounds that go to what they chose"),
    ("cardinality", "A voter gains by the number of projects that they chose and that win"),
]
_SHARES = [
    (EQUAL, "Each voter has an equal part of the whole sum"),
    (BY_LOCALITY, "Each locality has its fair share of the sum, in equal parts for those who vote there"),
]
_PARTS = [
    ("", "Only whole"),
    ("1/2", "One further project also in part, if at least half of its cost is left"),
    ("3/4", "One further project also in part, if at least three quarters of its cost are left"),
]


class VoteForm(FaultForm):
    """What a vote is about."""

    title = forms.CharField(
        label="Title", max_length=150, error_messages={"required": "Write what the vote is called."}
    )
    says = forms.CharField(
        label="What is it about?",
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="In plain words: where the money comes from, and what it may be spent on.",
    )
    sum_pence = MoneyField(
        label="Sum to decide on", least_pence=100, error_messages={"required": "Write the sum in pounds."}
    )
    source = forms.ChoiceField(label="Funding source", required=False)
    who_may = forms.CharField(
        label="Who has a vote?",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For example: everybody of 16 or over who lives in Levenmouth.",
        error_messages={"required": "Write who has a vote."},
    )
    opens_on = DayField(label="First day", error_messages={"required": "Write the first day."})
    closes_on = DayField(label="Last day", error_messages={"required": "Write the last day."})

    def __init__(self, partnership: Partnership, data: Any = None, **named: Any):
        super().__init__(data, **named)
        sources = [(each.source, each.name) for each in funding_sources(partnership)]
        self.fields["source"].choices = [("", "Not said"), *sources]  # type: ignore[attr-defined]

    def said(self) -> VoteSaid:
        """Give what a valid form says."""
        return VoteSaid(**self.cleaned_data)


class RulesForm(FaultForm):
    """How a vote is decided."""

    rule = forms.ChoiceField(label="Method", choices=_RULES, widget=forms.RadioSelect)
    utility = forms.ChoiceField(label="What counts as a gain", choices=_UTILITIES, widget=forms.RadioSelect)
    completion = forms.ChoiceField(
        label="Money that no group of voters can spend together", choices=(), widget=forms.RadioSelect
    )
    step = MoneyField(
        label="Step by which shares are raised",
        least_pence=1,
        required=False,
        help_text="Only where shares are raised step by step. Empty: one pound.",
    )
    shares = forms.ChoiceField(label="Each voter's share", choices=_SHARES, widget=forms.RadioSelect)
    most_choices = forms.IntegerField(
        label="Most projects on a ballot", min_value=1, required=False, help_text="Empty: as many as people like."
    )
    minimum_votes = forms.IntegerField(
        label="Fewest votes with which a project can win", min_value=0, required=False, help_text="Empty: no such bar."
    )
    least_part = forms.ChoiceField(
        label="Are projects funded in part?", choices=_PARTS, required=False, widget=forms.RadioSelect
    )
    preview = forms.BooleanField(
        label="Show once a day which projects are ahead",
        required=False,
        help_text="While people vote, and only when many have. It tells late voters more than early ones, and can draw "
        "votes to what is ahead or away from it.",
    )

    def __init__(self, vote: Vote, data: Any = None):
        rules = vote.rules
        step = rules.get("step")
        shown = {"preview": bool(rules.get("preview_least"))}
        super().__init__(data, initial={**rules, "step": step, "least_part": rules.get("least_part") or ""} | shown)
        kinds = load_rule("locality.voice", "completions").at(vote.opens_on).value
        self.fields["completion"].choices = [(each["code"], each["name"]) for each in kinds]  # type: ignore[attr-defined]
        most = {name: amount for name, amount in rules.get("ceilings", ())}
        self.headings = sorted({*vote.projects.exclude(heading="").values_list("heading", flat=True), *most})
        for number, heading in enumerate(self.headings):
            field = MoneyField(label=f"The most for {heading}", required=False, help_text="Empty: no limit.")
            field.initial = most.get(heading)
            self.fields[f"ceiling-{number}"] = field

    def chosen(self) -> dict[str, Any]:
        """Give the fields of the library's rules that a valid form says."""
        said = self.cleaned_data
        ceilings = [(name, said[f"ceiling-{number}"]) for number, name in enumerate(self.headings)]
        return {
            **{name: said[name] for name in ("rule", "utility", "completion", "step")},
            "minimum_votes": said["minimum_votes"] or 0,
            "least_part": Fraction(said["least_part"]) if said["least_part"] else None,
            "ceilings": tuple((name, most) for name, most in ceilings if most is not None),
        }


class ProjectForm(FaultForm):
    """One project of a vote."""

    code = forms.SlugField(
        label="Short code",
        max_length=20,
        help_text="As it stands on ballots, like A1 or bus-stop.",
        error_messages={"required": "Write a short code.", "invalid": "Use letters, figures, - and _ only."},
    )
    title = forms.CharField(label="Title", max_length=150, error_messages={"required": "Write what it is called."})
    says = forms.CharField(label="What is it?", required=False, widget=forms.Textarea(attrs={"rows": 4}))
    cost = MoneyField(label="Cost", least_pence=1, error_messages={"required": "Write what it costs."})
    least = MoneyField(
        label="Least sum with which it can be done in part",
        required=False,
        help_text="Looked at only where the rules fund one project in part. Empty: the part of its cost that they say.",
    )
    heading = forms.ChoiceField(label="Service heading", required=False)
    locality = forms.ChoiceField(label="Where is it?", required=False)
    not_with = forms.ModelMultipleChoiceField(
        label="Projects that cannot win together with it",
        help_text="People can choose both, and the ballot says so; when one of them has won, the other is out.",
        queryset=Project.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    views = forms.CharField(
        label="Numbers of the views that it came from",
        required=False,
        max_length=400,
        help_text="As their pages say, with commas between them.",
    )

    def __init__(self, vote: Vote, data: Any = None, *, project: Project | None = None):
        super().__init__(data, initial=_said_of(project) if project else None)
        self.vote = vote
        headings = sorted({each.heading for each in catalogue(vote.conversation.partnership)})
        places = [(each.code, each.name) for each in places_of(vote)]
        self.fields["heading"].choices = [("", "Not said"), *((each, each) for each in headings)]  # type: ignore[attr-defined]
        self.fields["locality"].choices = [("", "Nowhere in particular"), *places]  # type: ignore[attr-defined]
        others = vote.projects.exclude(pk=project.pk) if project else vote.projects.all()
        if others.exists():
            self.fields["not_with"].queryset = others  # type: ignore[attr-defined]
        else:
            del self.fields["not_with"]

    def clean_views(self) -> list[Opinion]:
        """Find the views of this conversation by their numbers."""
        typed = [each.strip() for each in self.cleaned_data["views"].split(",") if each.strip()]
        numbers = [read_number(each) for each in typed]
        found = list(Opinion.objects.filter(conversation=self.vote.conversation, pk__in=numbers))
        if len(found) < len(set(typed)):
            raise ValidationError("One of these is no number of a view of this conversation.")
        return found

    def said(self) -> ProjectSaid:
        """Give what a valid form says."""
        said = self.cleaned_data
        where = Locality.objects.filter(partnership=self.vote.conversation.partnership, code=said["locality"]).first()
        return ProjectSaid(
            code=said["code"],
            title=said["title"],
            cost_pence=said["cost"],
            says=said["says"],
            least_pence=said["least"],
            heading=said["heading"],
            locality=where if said["locality"] else None,
            not_with=list(said.get("not_with") or ()),
            from_opinions=said["views"],
        )


def _said_of(project: Project) -> dict[str, Any]:
    return {
        **{name: getattr(project, name) for name in ("code", "title", "says", "heading")},
        "cost": project.cost_pence,
        "least": project.least_pence,
        "locality": project.locality.code if project.locality else "",
        "not_with": list(project.not_with.values_list("pk", flat=True)),
        "views": ", ".join(str(pk) for pk in project.from_opinions.values_list("pk", flat=True)),
    }


class RollForm(FaultForm):
    """A file of those who have a vote."""

    roll = UploadField(
        label="File of the roll",
        accepts=(".csv",),
        most_bytes=50 * 2**20,
        error_messages={"required": "Choose the file of the roll."},
    )


class CodesForm(FaultForm):
    """A batch of codes to be made and printed."""

    means = forms.ChoiceField(label="How do the codes reach people?", choices=CodeBatch.Means, widget=forms.RadioSelect)
    locality = forms.ChoiceField(label="Locality", required=False)
    language = forms.ChoiceField(
        label="In which language are they written?",
        choices=[(each.code, each.name) for each in LANGUAGES.values()],
        initial=ENGLISH.code,
        required=False,
    )
    number = forms.IntegerField(
        label="How many envelopes?",
        min_value=1,
        max_value=MOST_AT_ONCE,
        required=False,
        help_text="Only for envelopes. Letters go to everybody on the roll who has none yet.",
    )

    def __init__(self, places: Sequence[Locality], data: Any = None):
        super().__init__(data, initial={"means": CodeBatch.Means.LETTER, "language": ENGLISH.code})
        self.places = {each.code: each for each in places}
        named = [(each.code, each.name) for each in places]
        self.fields["locality"].choices = [("", "All of them"), *named]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Envelopes need their number."""
        said = super().clean() or self.cleaned_data
        if said.get("means") == CodeBatch.Means.BEARER and "number" not in self.errors and not said.get("number"):
            self.add_error("number", "Write how many envelopes.")
        return said


class WhyVoteForm(FaultForm):
    """The reason for calling a vote off, for a void batch, or for taking a reading back."""

    why = forms.CharField(
        label="Why?", widget=forms.Textarea(attrs={"rows": 3}), error_messages={"required": "Write why."}
    )
