"""What people type about boundary options."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django import forms

from locality_web.areas.boundary_changes import LONGEST_NAME
from locality_web.areas.boundary_log import Offered
from locality_web.areas.models import BoundaryOption, Crossing
from locality_web.core.forms import DayField, FaultForm, UploadField

TODAY, FILE = "today", "file"
_MOST_TEXT = 5000


def _area(label: str, help_text: str = "", *, rows: int = 3, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=_MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class NewOptionForm(FaultForm):
    """A name, and how the option begins."""

    file_field: ClassVar[str] = "zones"
    name = forms.CharField(label="Name of the option", max_length=LONGEST_NAME)
    start = forms.ChoiceField(label="How does it begin?", widget=forms.RadioSelect)
    zones = UploadField(
        label="File of zones",
        accepts=(".csv",),
        required=False,
        help_text="For “From a file”: a CSV file with the columns zone and locality, as this site writes it. A new "
        "locality also needs a name in the column locality_name.",
    )

    def __init__(self, options: Sequence[BoundaryOption], *args: Any, **named: Any):
        super().__init__(*args, **named)
        copies = [(str(each.pk), f"As “{each.name}” stands now") for each in options]
        choices = [(TODAY, "As the localities of today"), (FILE, "From a file"), *copies]
        self.fields["start"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for the file where the option begins with one."""
        said = super().clean() or self.cleaned_data
        if said.get("start") == FILE and not said.get("zones") and "zones" not in self.errors:
            self.add_error("zones", "Choose a file.")
        return said


class CrossingForm(FaultForm):
    """A bridge, ferry, tunnel or road between two zones."""

    zone_a = forms.CharField(label="One zone", max_length=200, help_text="Its code or its name")
    zone_b = forms.CharField(label="The other zone", max_length=200, help_text="Its code or its name")
    kind = forms.ChoiceField(label="What joins them?", choices=Crossing.Kind.choices, widget=forms.RadioSelect)
    name = forms.CharField(label="Its name", max_length=200)
    why = _area("Why does it join them?", "For example: the ferry sails every hour, and children go to school by it.")


def _weight(label: str, says: str) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=100, help_text=f"Of 100. {says}")


_CODES = "Codes of zones; one group in a line, with commas between."


class WishesForm(FaultForm):
    """What the partnership asks of its localities besides their sizes."""

    number = forms.IntegerField(
        label="How many localities?", required=False, min_value=2, max_value=200, help_text="Empty: as many as suit"
    )
    practices = _weight("Weight of clusters of practices", "Patients live in their cluster's main locality.")
    communities = _weight("Weight of communities", "Towns and villages stay whole.")
    border = _weight("Weight of short borders", "All three weights together are 100.")
    together = _area("Zones that stay together", _CODES, required=False)
    apart = _area("Zones that are apart", f"{_CODES} Two zones in a line.", required=False)
    kept = _area("Localities that stay as they are", f"{_CODES} All zones of a locality in one line.", required=False)
    seeds = _area("Zones that are each in a locality of their own", _CODES, required=False, rows=2)
    within_councils = forms.BooleanField(label="No locality crosses a council border", required=False)
    islands_alone = forms.BooleanField(
        label="An island that nothing joins to the rest may be a locality by itself, however few live there",
        required=False,
    )
    reason = _area("Why?", "Kept with the settings, and in the audit record.")

    def clean(self) -> dict[str, Any]:
        """Check that the weights are 100 together, and that two zones are apart."""
        said = super().clean() or self.cleaned_data
        weights = [said.get(name) for name in ("practices", "communities", "border")]
        if None not in weights and sum(weights) != 100:  # type: ignore[arg-type]
            added = " + ".join(str(each) for each in weights)
            self.add_error("border", f"The weights are {added} = {sum(weights)}. Make them 100 together.")  # type: ignore[arg-type]
        if any(len(group) != 2 for group in groups(said.get("apart", ""))):
            self.add_error("apart", "Write two zones in each line.")
        return said

    def wishes(self) -> dict[str, Any]:
        """Give what was typed as wishes are kept."""
        said = self.cleaned_data
        return {
            "number": said["number"],
            "weights": {name: said[name] / 100 for name in ("practices", "communities", "border")},
            **{name: groups(said[name]) for name in ("together", "apart", "kept")},
            "seeds": [zone for group in groups(said["seeds"]) for zone in group],
            "within_councils": said["within_councils"],
            "islands_alone": said["islands_alone"],
        }


def groups(text: str) -> list[list[str]]:
    """Read groups of codes: a line each, with commas or spaces between."""
    lines = [line.replace(",", " ").replace(";", " ").split() for line in text.splitlines()]
    return [line for line in lines if line]


def say_groups(found: Iterable[Iterable[str]]) -> str:
    """Write groups of codes as they are typed."""
    return "\n".join(", ".join(group) for group in found)


class NoteForm(FaultForm):
    """A note and its place."""

    spot = forms.CharField(
        label="Where?", max_length=200, help_text="The code or the name of a zone, or the name of a settlement"
    )
    text = _area("What do you want to say?", "Everybody who may read this option can read it, with your name.")


class AdoptForm(FaultForm):
    """How an option was consulted on and agreed, from which day it counts, and why."""

    professionals = _area("Which local professionals were engaged, when and how?")
    professionals_said = _area("What did they say?")
    communities = _area("Which local communities were engaged, when and how?")
    communities_said = _area("What did they say? (communities)")
    changed = _area("What was changed after it?", "Say also what was not changed, and why.")
    agreed_by = _area("Who agreed?", rows=2)
    agreed_on = DayField(label="When was it agreed?")
    applies_from = DayField(
        label="From which day do these localities count?",
        help_text="For example, 1 4 2027. Up to that day all stays as it is.",
    )
    reason = _area("Why?", "Everybody can read it in the history of the localities.")

    def __init__(self, *args: Any, offered: Offered | None = None, **named: Any):
        super().__init__(*args, **named)
        further, decisions = (offered.further, offered.decisions) if offered else ((), ())
        ask = "Which other conversations on boundaries belong to the record?"
        self._choose("conversations", ask, [(each.name, f"{each.title}. {each.says}") for each in further])
        ask = "Which decisions belong to the record?"
        self._choose("decisions", ask, [(each.name, f"{each.title}. {each.says}") for each in decisions])
        if decisions:
            for name in ("agreed_by", "agreed_on"):
                self.fields[name].required = False
                self.fields[name].help_text = "Empty: as the decisions above say."
        said = ("professionals", "professionals_said", "communities", "communities_said", "changed")
        self.order_fields(["conversations", *said, "decisions", "agreed_by", "agreed_on", "applies_from", "reason"])

    def _choose(self, name: str, label: str, choices: list[tuple[str, str]]) -> None:
        if choices:
            boxes = forms.CheckboxSelectMultiple
            self.fields[name] = forms.MultipleChoiceField(label=label, choices=choices, widget=boxes, required=False)

    @property
    def chosen(self) -> list[str]:
        """Give the names of the conversations and decisions that were chosen."""
        return [*self.cleaned_data.get("conversations", ()), *self.cleaned_data.get("decisions", ())]
