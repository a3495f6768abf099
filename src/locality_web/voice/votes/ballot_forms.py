"""What a voter fills in, and what somebody keys in from paper.

The field of the code has a name that ends in "secret": whatever keeps typed text on this site leaves such fields out.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from locality_web.core.forms import DayField, FaultForm
from locality_web.core.languages import tell
from locality_web.core.languages_kept import as_written
from locality_web.voice.votes.models import Project, Vote
from locality_web.voice.votes.project_notes import notes_of
from locality_web.voice.votes.rules_kept import most_choices
from locality_web.voice.votes.vote_words import say_sum

CODE = "voting_secret"


class VotingCodeForm(FaultForm):
    """A voting code alone."""

    voting_secret = forms.CharField(
        label="Your voting code",
        max_length=60,
        help_text="Sixteen signs in four groups, as on your letter. Capitals, dashes and spaces do not matter.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": "Write the code of your letter."},
    )


class BallotForm(VotingCodeForm):
    """A ballot: the code, and the projects."""

    choices = forms.MultipleChoiceField(
        label="Which projects do you choose?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one project."},
    )

    def __init__(self, vote: Vote, data: Any = None):
        super().__init__(data)
        projects = list(vote.projects.order_by("code").prefetch_related("not_with"))
        field = self.fields["choices"]
        field.choices = [(each.code, label_of(each, vote)) for each in projects]  # type: ignore[attr-defined]
        most = most_choices(vote)
        field.help_text = tell("Choose {most} at most.", most=most) if most else tell("Choose as many as you like.")


class KeyBallotForm(BallotForm):
    """A ballot from paper."""

    received_on = DayField(
        label="When did it come?", help_text="It is only compared with the last day, and kept nowhere."
    )

    def __init__(self, vote: Vote, data: Any = None):
        super().__init__(vote, data)
        self.fields[CODE].label = "Code on the ballot"
        self.fields["choices"].label = "Projects that are ticked on it"
        self.fields["received_on"].initial = timezone.localdate()


def label_of(project: Project, vote: Vote) -> str:
    """Write a project as ballots show it: its code, title and cost; beneath, what it is and what it excludes."""
    name = format_html("{}: {}, {}", project.code, as_written(project.title), say_sum(project.cost_pence))
    beneath = [*([as_written(project.says)] if project.says else []), *notes_of(project, vote)]
    return name + format_html_join("", ' <span class="lp-beneath">{}</span>', ((each,) for each in beneath))
