"""Forms of joint lines: what is planned together, how it is shared, and what each locality says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from locality.plans import SPLITS, CatalogueService, FundingSource
from locality_web.core.forms import FaultForm, MoneyField
from locality_web.core.models import Locality
from locality_web.plans.editor_forms import TextField
from locality_web.plans.joint import JointWish
from locality_web.plans.models import JointLine

OWN = "own:"


class JointForm(FaultForm):
    """A joint line: the service, the money, who shares it and how."""

    service = forms.ChoiceField(label="Service")
    source = forms.ChoiceField(label="Of which money")
    total = MoneyField(label="Amount for the whole year", least_pence=1)
    localities = forms.MultipleChoiceField(label="Which localities share it?", widget=forms.CheckboxSelectMultiple)
    split = forms.ChoiceField(
        label="How is it shared?", choices=list(SPLITS.items()), widget=forms.RadioSelect, initial="population"
    )
    why = TextField(label="Why is it planned together?", rows=3, max_length=2_000)

    def __init__(
        self,
        services: Sequence[CatalogueService],
        sources: Sequence[FundingSource],
        localities: Sequence[Locality],
        *,
        data: Any = None,
        line: JointLine | None = None,
    ):
        super().__init__(data, initial=_initial(line))
        self.all_localities = {each.code: each for each in localities}
        across = [(one.service, one.name) for one in services if one.planned_at == "across"]
        self.fields["service"].choices = [("", "Choose a service"), *across]  # type: ignore[attr-defined]
        self.fields["source"].choices = [(one.source, one.name) for one in sources]  # type: ignore[attr-defined]
        self.fields["localities"].choices = [(one.code, one.name) for one in localities]  # type: ignore[attr-defined]
        for each in localities:
            self.fields[f"{OWN}{each.code}"] = MoneyField(label=f"Share of {each.name}", required=False)

    def own_fields(self) -> list[forms.BoundField]:
        """Give the lines for the localities' own figures."""
        return [self[name] for name in self.fields if name.startswith(OWN)]

    def wish(self, year: str) -> JointWish:
        """Give what a valid form asks for."""
        found = self.cleaned_data
        own = {code: found[f"{OWN}{code}"] or 0 for code in found["localities"]}
        return JointWish(
            year=year,
            service=found["service"],
            source=found["source"],
            total_pence=found["total"],
            localities=[self.all_localities[code] for code in found["localities"]],
            split=found["split"],
            own=own,
            why=found["why"],
        )


def _initial(line: JointLine | None) -> dict[str, Any]:
    if line is None:
        return {}
    shares = {share.locality.code: share.pence for share in line.shares.all()}
    keys = {words: key for key, words in SPLITS.items()}
    own = {f"{OWN}{code}": pence for code, pence in shares.items()}
    split = keys.get(line.split_by, "own")
    plain = {"service": line.service, "source": line.source, "total": line.total_pence, "why": line.why}
    return {**plain, **own, "localities": list(shares), "split": split}


class WhyForm(FaultForm):
    """Why a joint line is withdrawn."""

    why = TextField(label="Why is it withdrawn?", rows=3, required=True, max_length=1_000)


class ShareForm(FaultForm):
    """What a locality says to its share."""

    code = forms.CharField(widget=forms.HiddenInput)
    says = forms.ChoiceField(
        label="What does the locality say to its share?",
        choices=(("agree", "It agrees"), ("object", "It objects")),
        widget=forms.RadioSelect,
    )
    objection = TextField(label="Why not?", rows=2, max_length=2_000, help_text="An objection needs its reason")

    def clean(self) -> dict[str, Any]:
        """Ask for the reason of an objection."""
        found = super().clean() or self.cleaned_data
        if found.get("says") == "object" and not found.get("objection"):
            self.add_error("objection", "An objection needs its reason. Write why.")
        return found
