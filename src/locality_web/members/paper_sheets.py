"""A form as it is printed: to whom, what it is about, its questions with boxes, its code, and where to send it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import qrcode  # type: ignore[import-untyped]
from django import forms
from django.utils.safestring import SafeString, mark_safe

from locality_web.core.fields import DayField
from locality_web.core.languages import ENGLISH, LANGUAGES, speaking, tell
from locality_web.core.models import Partnership
from locality_web.core.partnership_settings import read_setting
from locality_web.members.access_models import PaperForm
from locality_web.members.access_queries import forms_by_member
from locality_web.members.paper_kinds import kind_of, place_of, questions_of

_LARGE = "large-print"
_LINES = 1  # lines to write on, where the form has one line on the site


@dataclass(frozen=True)
class Question:
    """One question on paper: boxes to tick, or lines to write on."""

    label: str
    help_text: str
    boxes: tuple[str, ...]
    lines: int


@dataclass(frozen=True)
class Sheet:
    """One form, ready to be printed."""

    form: PaperForm
    background: Sequence[str]
    questions: Sequence[Question]
    address: Sequence[str]
    telephone: str
    back_to: Sequence[str]
    large: bool
    picture: SafeString
    others: Sequence[str] = ()
    slip: Sequence[str] = ()
    language: str = ENGLISH.code

    @property
    def lang(self) -> str:
        """What the page says of its language."""
        return LANGUAGES[self.language].tag

    @property
    def name(self) -> str:
        """For whom it is; empty: for whoever fills it in."""
        return self.form.member.name if self.form.member else ""


def sheets_of(those: Iterable[PaperForm], *, large: bool = False, language: str = ENGLISH.code) -> list[Sheet]:
    """Give forms as they are printed, in a language where they are there in it.

    One of a member who needs large print is in large print.
    """
    kept = list(those)
    needed = forms_by_member([each.member for each in kept if each.member is not None])
    found = []
    for each in kept:
        with speaking(language if language in kind_of(each).languages else ENGLISH.code) as own:
            found.append(_sheet(each, needed.get(each.member_id or 0, ()), large, own.code))
    return found


def _sheet(form: PaperForm, needed: Sequence[Any], large: bool, language: str) -> Sheet:
    codes = [each.code for each in needed]
    member, kind = form.member, kind_of(form)
    return Sheet(
        form=form,
        background=[each.strip() for each in kind.background(place_of(form), form.subject) if each.strip()],
        questions=[_question(each) for each in questions_of(form).values()],
        address=[member.name, *member.address.splitlines()] if member else [],
        telephone=str(read_setting(form.partnership, "members.telephone")),
        back_to=return_address(form.partnership),
        large=large or _LARGE in codes,
        picture=code_picture(form.code),
        others=[each.name for each in needed if each.code != _LARGE],
        slip=kind.slip(place_of(form), form.subject) if kind.slip else (),
        language=language,
    )


def return_address(partnership: Partnership) -> list[str]:
    """Give the lines of the address to which forms are sent back; without one: the partnership's name."""
    said = str(read_setting(partnership, "members.return_address"))
    lines = [each.strip() for each in re.split(r"[\n;]", said) if each.strip()]
    return lines or [partnership.name, *([partnership.contact] if partnership.contact else [])]


def _question(field: forms.Field) -> Question:
    boxes: tuple[str, ...] = ()
    lines = _LINES
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        boxes = tuple(str(label) for value, label in choices if value or field.required is False)
        lines = 0
    elif isinstance(field, DayField):
        boxes, lines = (tell("Day"), tell("Month"), tell("Year")), 0
    elif isinstance(field.widget, forms.Textarea):
        lines = int(field.widget.attrs.get("rows", 6))
    return Question(str(field.label), str(field.help_text), boxes, lines)


def code_picture(code: str) -> SafeString:
    """Draw a code so that a scanner reads it where the code is to be typed; it leads nowhere else."""
    drawn = qrcode.QRCode(border=2, error_correction=qrcode.ERROR_CORRECT_M)
    drawn.add_data(code)
    drawn.make(fit=True)
    rows = drawn.get_matrix()
    dark = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark)
    size = len(rows)
    return mark_safe(  # noqa: S308  # figures alone, worked out here
        f'<svg class="paper-picture" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" width="96" '
        f'height="96" aria-hidden="true" focusable="false"><path d="{dark}"/></svg>'
    )
