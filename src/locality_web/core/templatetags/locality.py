"""Template filters and tags of the site: money, years and numbers as people read them, forms, tables and charts."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.template.base import FilterExpression, Parser, Token
from django.utils import timezone
from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe

from locality.foundations import say_day, say_pounds
from locality_web.core.charts import Chart
from locality_web.core.forms import FaultForm
from locality_web.core.languages import ENGLISH, path_in, speaking, spoken, tell, tell_count, tell_day
from locality_web.core.languages_kept import as_written, show_kept
from locality_web.core.maps import Map
from locality_web.core.permissions import Place, may
from locality_web.core.tables import Table
from locality_web.core.words import short_pounds

register = template.Library()


@register.filter
def pounds(pence: int | None) -> str:
    """Write pence as pounds with pence: £1,234.56; nothing known: "not known"."""
    return "not known" if pence is None else say_pounds(int(pence)).replace("-", "−")


@register.filter
def whole_pounds(pence: int | None) -> str:
    """Write pence as whole pounds: £1,235."""
    return "not known" if pence is None else say_pounds(int(pence), whole=True).replace("-", "−")


@register.filter(name="short_pounds")
def rough_pounds(pence: int | None) -> str:
    """Write pence in three or four figures: £12.3m."""
    return "not known" if pence is None else short_pounds(pence)


@register.filter
def day(text: str) -> str:
    """Write a day as people read it, 30 September 2026; what is no day of the form 2026-09-30 stays as it is."""
    return say_day(text)


@register.simple_tag(name="tell")
def tell_in_language(text: str, **values: Any) -> str:
    """Write a text in the language of the page: `{% tell "Open until {day}" day=day %}`."""
    return tell(text, **values)


@register.simple_tag(name="tell_count")
def tell_count_in_language(number: int, one: str, many: str, **values: Any) -> str:
    """Write a number with its word: `{% tell_count 3 "{number} view" "{number} views" %}`."""
    return tell_count(number, one, many, **values)


@register.filter(name="tell_day")
def tell_day_in_language(day: dt.date | None) -> str:
    """Write a day in the language of the page: 22 November 2026."""
    return tell_day(timezone.localdate(day) if isinstance(day, dt.datetime) else day)


@register.filter(name="tell")
def tell_text_in_language(text: str) -> str:
    """Write a text without values in the language of the page; for what a page takes from data."""
    return tell(str(text))


@register.filter(name="show_kept")
def show_kept_in_language(text: str) -> str:
    """Write in the language of the page what the library wrote, or what was kept in English."""
    return show_kept(str(text))


@register.filter(name="as_written")
def as_written_in_english(text: str) -> str:
    """Write a text that somebody wrote in English; a page in another language says so of it."""
    return as_written(str(text))


@register.simple_tag
def written() -> SafeString:
    """Say of an element that its words stay English: `<p{% written %}>`; an English page need not say it."""
    return mark_safe("") if spoken() is ENGLISH else format_html(' lang="{}"', ENGLISH.tag)


class SpeakNode(template.Node):
    """What stands within speaks a language of its own, as a letter does that somebody prints."""

    def __init__(self, language: FilterExpression, within: template.NodeList):
        self.language, self.nodelist = language, within

    def render(self, context: template.Context) -> SafeString:
        """Write it."""
        with speaking(str(self.language.resolve(context))):
            return self.nodelist.render(context)


@register.tag
def speak(parser: Parser, token: Token) -> SpeakNode:
    """Let a part of a page speak a language by its code: `{% speak letter.language %}...{% endspeak %}`."""
    _, language = token.split_contents()
    within = parser.parse(("endspeak",))
    parser.delete_first_token()
    return SpeakNode(parser.compile_filter(language), within)


@register.filter
def percent(ratio: float | None, places: int = 1) -> str:
    """Write a ratio as a percentage with a sign: +2.5%."""
    return "not known" if ratio is None else f"{ratio * 100:+.{places}f}%".replace("-", "−")


@register.filter
def year_slug(year: str) -> str:
    """Write a financial year for an address: 2026-27."""
    return str(year).replace("/", "-")


@register.simple_tag(takes_context=True)
def allowed(context: dict[str, Any], permission: str, place: Place | None = None) -> bool:
    """Say whether the person may do something here: `{% allowed "plans.edit" as may_edit %}`."""
    return may(context["request"].user, permission, place or context.get("place"))


@register.filter
def current_in(address: str, path: str) -> str:
    """Say how a link of the menu stands to the page: "page" (it is this page), "true" (this page is below it), ""."""
    address, path = path_in(ENGLISH, address), path_in(ENGLISH, path)
    if address == path:
        return "page"
    # A partnership's own front page is above all its pages, so being below it says nothing.
    return "true" if address.count("/") > 2 and path.startswith(address) else ""


@register.inclusion_tag("core/parts/form.html", takes_context=True)
def show_form(context: dict[str, Any], form: forms.Form, **options: Any) -> dict[str, Any]:
    """Show a form's summary of errors and its fields.

    With `button="Save"` also the `<form>` around them, its token and the button; `action`, `cancel` (an address) and
    `classes` are for that; `draft=True` (or a name, where a page has several forms) keeps what is typed
    (see `core/drafts.py`).
    """
    return {"form": form, "csrf_token": context.get("csrf_token"), **options}


@register.simple_tag
def show_field(field: BoundField) -> SafeString:
    """Show one field with its label, hint and errors."""
    return field.as_field_group()


@register.inclusion_tag("core/parts/grid.html")
def show_grid(form: forms.Form) -> dict[str, Any]:
    """Show the table of a `MoneyGrid`; put it into a `<form>` of your own."""
    return {"form": form}


@register.inclusion_tag("core/parts/table.html")
def show_table(table: Table) -> dict[str, Any]:
    """Show a table; one that is too wide scrolls in a region of its own."""
    return {"table": table}


@register.inclusion_tag("core/parts/error_summary.html")
def error_summary(*those: forms.Form) -> dict[str, Any]:
    """Say all that is wrong with forms, once on a page, each fault leading to its field."""
    fresh = [form for form in those if form.errors and not getattr(form, "summary_shown", False)]
    for form in fresh:
        form.summary_shown = True  # type: ignore[attr-defined]
    return {"faults": [fault for form in fresh for fault in _faults_of(form)]}


def _faults_of(form: forms.Form) -> list[dict[str, str]]:
    top = [{"says": str(says), "field": ""} for says in form.non_field_errors()]
    beside = [
        {"says": f"{_before_colon(_bare(field.label))} {says}", "field": first_control(field)}
        for field in form
        for says in field.errors
    ]
    return top + beside


def _bare(label: Any) -> str:
    """Give a label without the tags that a form itself put into it, like those that name its language."""
    return strip_tags(label) if isinstance(label, SafeString) else str(label)


def _before_colon(field: str) -> str:
    return field if field.endswith(("?", ":", ".")) else f"{field}:"


def first_control(field: BoundField) -> str:
    """Give the id of the control that the keyboard should reach for a field."""
    if isinstance(field.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        options = field.subwidgets
        return str(options[0].id_for_label) if options else ""
    return str(field.id_for_label)


@register.filter
def may_stay_empty(field: BoundField) -> bool:
    """Say whether a person who fills in the form may pass this field over."""
    form = field.form
    needed = form.is_needed(field.name) if isinstance(form, FaultForm) else field.field.required
    return not needed and not field.field.disabled


@register.filter
def field_kind(field: BoundField) -> str:
    """Say which part of the design system shows a field."""
    widget = field.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return "tick"
    if field.use_fieldset:
        return "group"
    return "select" if isinstance(widget, forms.Select) and not widget.allow_multiple_selected else "line"


@register.filter
def control(field: BoundField, labelled_by: str = "") -> SafeString:
    """Show a field's control alone, with the design system's classes."""
    widget = field.field.widget
    classes = [str(widget.attrs.get("class", "")), _class_of(widget)]
    if field.errors and isinstance(widget, forms.TextInput | forms.Textarea):
        classes.append("ds_input--error")
    attrs: dict[str, Any] = {"class": " ".join(each for each in classes if each)}
    if labelled_by:
        attrs["aria-labelledby"] = labelled_by
    return field.as_widget(attrs=attrs)


def _class_of(widget: forms.Widget) -> str:
    if isinstance(widget, forms.CheckboxInput):
        return "ds_checkbox__input"
    if isinstance(widget, forms.FileInput):
        return "ds_file-upload__input"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return ""
    return "ds_select" if isinstance(widget, forms.Select) else "ds_input"


@register.inclusion_tag("core/parts/chart.html")
def show_chart(chart: Chart) -> dict[str, Any]:
    """Show a chart with its summary, its legend, its table and its download."""
    return {"chart": chart}


@register.inclusion_tag("core/parts/map.html")
def show_map(drawn: Map) -> dict[str, Any]:
    """Show a map with its summary, its legend and the list of its places."""
    return {"map": drawn}
