"""Forms of a partnership's settings."""

from __future__ import annotations

from typing import Any

from django import forms

from locality_web.core.forms import FaultForm
from locality_web.core.setting_kinds import Declared, say_value

_REQUIRED = {"required": "Write a value, or choose the default."}


class LookForm(FaultForm):
    """Name, colour and contact."""

    name = forms.CharField(label="Name", max_length=200, error_messages={"required": "Write the partnership's name."})
    accent = forms.CharField(
        label="Colour of the header",
        max_length=7,
        help_text="As # and six figures or letters, like #0065bd. White letters must be easy to read on it.",
        error_messages={
            "required": "Write a colour, like #0065bd.",
            "max_length": "Write # and six figures or letters.",
        },
    )
    contact = forms.EmailField(
        label="E-mail address for questions",
        required=False,
        help_text="Shown at the foot of every page. Leave it empty to show none.",
        error_messages={"invalid": "Write an address like name@example.org."},
    )


class SettingForm(FaultForm):
    """One value that is left to the partnership, and why it is so."""

    value = forms.CharField()
    use_default = forms.BooleanField(required=False)
    reason = forms.CharField(
        label="Why",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="For example, who decided it and when. Shown beside the value.",
        error_messages={"required": "Write why the partnership decided so; it is shown beside the value."},
    )

    def __init__(self, *args: Any, declared: Declared, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["value"] = _field(declared)
        self.fields["use_default"].label = f"Use the default: {say_value(declared, declared.default)}"

    def clean(self) -> dict[str, Any]:
        """Read a value unless the default is wanted."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("use_default"):
            self.errors.pop("value", None)
            cleaned["value"] = None
        return cleaned


class YesNoField(forms.ChoiceField):
    """Yes or no, to be chosen."""

    def clean(self, value: Any) -> bool:
        """Give true or false."""
        return bool(super().clean(value) == "True")


class PercentField(forms.FloatField):
    """A ratio that people type as a percentage."""

    def prepare_value(self, value: Any) -> Any:
        """Show the percentage."""
        return f"{value * 100:g}" if isinstance(value, float | int) else value

    def to_python(self, value: Any) -> float | None:  # type: ignore[override]  # as FloatField itself does
        """Read the percentage; a sign after it does no harm."""
        found = super().to_python(str(value).strip().removesuffix("%") if value is not None else value)
        return None if found is None else round(found / 100, 6)


def _field(declared: Declared) -> forms.Field:
    options: dict[str, Any] = {"label": declared.says, "error_messages": _REQUIRED}
    limits = [
        f"{word} {say_value(declared, limit)}"
        for word, limit in (("at least", declared.minimum), ("at most", declared.maximum))
        if limit is not None
    ]
    options["help_text"] = ", ".join(limits).capitalize()
    chosen = list(declared.choices.items())
    text = forms.TextInput(attrs={"inputmode": "decimal"})
    wrong = {"invalid": f"Write a number in figures, like {_example(declared)}."}
    match declared.kind:
        case "yes_no":
            return YesNoField(choices=[("True", "Yes"), ("False", "No")], widget=forms.RadioSelect, **options)
        case "choice":
            return forms.ChoiceField(choices=chosen, widget=forms.RadioSelect, **options)
        case "choices":
            return forms.MultipleChoiceField(choices=chosen, widget=forms.CheckboxSelectMultiple, **options)
        case "text":
            return forms.CharField(**options)
    options["error_messages"] = _REQUIRED | wrong
    kind = {"whole_number": forms.IntegerField, "share": PercentField}.get(declared.kind, forms.FloatField)
    return kind(widget=text, **options)


def _example(declared: Declared) -> str:
    return say_value(declared, declared.default).partition(" ")[0].replace(",", "")
