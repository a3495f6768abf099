"""Forms of the strategic plan: the partnership's own words, its own lines, what the board says, the steps."""

from __future__ import annotations

from typing import Any

from django import forms

from locality.plans import PlanningYear
from locality_web.core.forms import FaultForm, MoneyGrid
from locality_web.plans.consolidating import narrative_sections
from locality_web.plans.editing import Value
from locality_web.plans.editor_forms import TextField, plain_lines
from locality_web.plans.models import StrategicPlanRecord

LONGEST_REASON = 5_000  # letters


class NarrativeForm(FaultForm):
    """The sections that the partnership writes itself."""

    base_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, record: StrategicPlanRecord, data: Any = None):
        super().__init__(data, initial={"base_version": record.version})
        for name, section in narrative_sections().items():
            field = TextField(label=section["title"], help_text=section["asks"].rstrip("."), rows=8)
            field.initial = record.fields.get(f"narrative/{name}", "")
            self.fields[f"narrative/{name}"] = field

    def edits(self, base: dict[str, str | int]) -> dict[str, Value]:
        """Give the sections that were changed; one that was emptied is taken away."""
        found: dict[str, Value] = {}
        for path, text in self.cleaned_data.items():
            if path.startswith("narrative/") and text != plain_lines(str(base.get(path, ""))):
                found[path] = text or None
        return found


class LinesForm(MoneyGrid):
    """Money for services that are planned once for the whole partnership, by source."""

    def __init__(self, record: StrategicPlanRecord, year: PlanningYear, data: Any = None):
        amounts = {
            (path.split("/")[1], path.split("/")[2]): int(pence)
            for path, pence in record.fields.items()
            if path.startswith("line/")
        }
        wide = [one for one in year.services if one.planned_at == "partnership"]
        super().__init__(
            rows=[(one.service, one.name) for one in wide],
            columns=[(one.source, one.name) for one in year.sources],
            caption="Planned for the whole partnership, by service and source",
            amounts=amounts,
            data=data,
        )
        self.fields["base_version"] = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=record.version)

    def edits(self, base: dict[str, str | int]) -> dict[str, Value]:
        """Give the amounts that were changed; nothing where there was none stays no line."""
        found: dict[str, Value] = {}
        for (service, source), pence in self.amounts().items():
            path = f"line/{service}/{source}"
            if pence != base.get(path, 0):
                found[path] = pence
        return found


class BoardForm(FaultForm):
    """Agree, or object with the reason."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    stance = forms.ChoiceField(
        label="What do you say to this plan?",
        choices=(("agree", "I agree"), ("object", "I object")),
        widget=forms.RadioSelect,
    )
    reason = TextField(
        label="Why?",
        rows=3,
        max_length=LONGEST_REASON,
        help_text="An objection needs its reason. It is kept beside your name",
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the reason of an objection."""
        found = super().clean() or self.cleaned_data
        if found.get("stance") == "object" and not found.get("reason"):
            self.add_error("reason", "An objection needs its reason. Write why you object.")
        return found


class StrategicStepForm(FaultForm):
    """A step of the plan's life; taking it back needs a reason."""

    to = forms.ChoiceField(
        choices=tuple((name, name) for name in ("open_for_comments", "put_to_board", "draft")),
        widget=forms.HiddenInput,
    )
    reason = TextField(label="Why is it taken back?", rows=2, max_length=LONGEST_REASON)

    def clean(self) -> dict[str, Any]:
        """Ask for the reason where one is needed."""
        found = super().clean() or self.cleaned_data
        if found.get("to") == "draft" and not found.get("reason"):
            self.add_error("reason", "Write why the plan is taken back.")
        return found
