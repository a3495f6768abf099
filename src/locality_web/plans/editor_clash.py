"""Where two people changed the same field, differently: both texts stand side by side, and the writer chooses.

What the writer typed is kept as a draft of this page before anything is asked, so that it survives a closed browser.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Max
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from locality.foundations import InputRefused, ResultRefused
from locality.plans.fields import PARTS, type_of_field
from locality_web.core import drafts
from locality_web.core.fields import MoneyField
from locality_web.core.forms import FaultForm
from locality_web.core.models import Draft
from locality_web.core.pages import page
from locality_web.core.permissions import Place
from locality_web.plans.editing import Saved, Value, fields_at
from locality_web.plans.editor_forms import TextField, plain_lines
from locality_web.plans.editor_plan import OpenPlan, address_arguments, open_plan, signed_in
from locality_web.plans.editor_words import FieldWords, name_version, plain_id, say_saved
from locality_web.plans.models import PlanVersion
from locality_web.plans.writing import save_edits
from locality_web.plans.year_addresses import slug_of_year

GONE = "(taken away)"
CHOICES = (("mine", "Mine"), ("theirs", "Theirs"), ("new", "Something else, written below"))


@dataclass(frozen=True)
class Side:
    """One field in a clash as the page shows it."""

    path: str
    title: str
    mine: str
    theirs: str
    by: str
    at: Any
    choice: forms.BoundField
    text: forms.BoundField


class ClashForm(FaultForm):
    """For every clash: mine, theirs, or something else."""

    base_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    seen_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, plan: OpenPlan, kept: QueryDict, *, is_answer: bool):
        self.plan, self.words = plan, FieldWords(plan)
        paths = [path for path in dict.fromkeys(kept.getlist("path")) if type_of_field(path) is not None]
        self.mine = {path: _read(path, kept.get(f"mine:{path}", "")) for path in paths}
        initial = {"base_version": kept.get("base_version"), "seen_version": plan.record.version}
        super().__init__(kept if is_answer else None, initial=initial)
        for path, mine in self.mine.items():
            title = self.words.name(path)
            choose = forms.ChoiceField(label=f"{title}: which one?", choices=CHOICES, widget=forms.RadioSelect)
            choose.error_messages["required"] = "Choose mine, theirs or something else."
            self.fields[f"choice:{path}"] = choose
            is_money = type_of_field(path) is int and not path.endswith("/rank")
            label = f"{title}: something else"
            field = MoneyField(label=label, required=False) if is_money else TextField(label=label, rows=3)
            field.initial = mine
            self.fields[f"new:{path}"] = field
            for name in (f"choice:{path}", f"new:{path}"):
                self.fields[name].widget.attrs["id"] = plain_id(name)

    def clean(self) -> dict[str, Any]:
        """Ask for the text where something else was chosen."""
        found = super().clean() or self.cleaned_data
        for path in self.mine:
            if found.get(f"choice:{path}") == "new" and found.get(f"new:{path}") in (None, ""):
                self.add_error(f"new:{path}", "Write what it should be, or choose mine or theirs.")
        return found

    def edits(self) -> dict[str, Value]:
        """Give what was chosen, where it is not theirs."""
        found: dict[str, Value] = {}
        current = self.plan.fields
        base = fields_at(self.plan.record, self.cleaned_data["base_version"])
        for path, mine in self.mine.items():
            choice = self.cleaned_data[f"choice:{path}"]
            value = mine if choice == "mine" else _typed(path, self.cleaned_data[f"new:{path}"])
            if choice != "theirs":
                found |= _whole_item(path, value, current=current, base=base)
        return found

    def sides(self, versions: dict[str, PlanVersion]) -> list[Side]:
        """Give every clash for the template, with who wrote theirs and when."""
        return [
            Side(
                path=path,
                title=self.words.name(path),
                mine=self.words.text(path, mine),
                theirs=self.words.text(path, self.plan.fields.get(path)),
                by=versions[path].by_name if path in versions else "somebody else",
                at=versions[path].at if path in versions else None,
                choice=self[f"choice:{path}"],
                text=self[f"new:{path}"],
            )
            for path, mine in self.mine.items()
        ]

    def kept(self) -> list[tuple[str, str]]:
        """Give what the page carries along unseen."""
        pairs = [("path", path) for path in self.mine]
        return pairs + [(f"mine:{path}", _write(mine)) for path, mine in self.mine.items()]


def _read(path: str, text: str) -> Value:
    if text == GONE:
        return None
    if type_of_field(path) is int:
        return int(text) if text.isascii() and text.removeprefix("-").isdigit() else 0
    return plain_lines(text)


def _write(value: Value) -> str:
    return GONE if value is None else str(value)


def _typed(path: str, value: Any) -> Value:
    if type_of_field(path) is int:
        return int(value) if str(value or "0").removeprefix("-").isdigit() else 0
    return str(value or "")


def _whole_item(path: str, value: Value, *, current: Any, base: Any) -> dict[str, Value]:
    """Keep a priority, action or move whole: gone with all its parts, or back with all of them."""
    kind = path.split("/", maxsplit=1)[0]
    if kind not in PARTS:
        return {path: value}
    item = f"{path.rsplit('/', 1)[0]}/"
    if value is None:
        return {part: None for part in current if part.startswith(item)}
    missing = {part: each for part, each in base.items() if part.startswith(item) and part not in current}
    return {**missing, path: value}


def clash_address(place: Place, year: str) -> str:
    """Give the address of the page on which clashes are settled."""
    return reverse("plans:clash", args=address_arguments(place, year))


def keep_clashes(
    request: HttpRequest, place: Place, plan: OpenPlan, saved: Saved, *, base_version: int
) -> HttpResponse:
    """Keep what the writer typed as a draft of the clash page, and lead there."""
    address = clash_address(place, plan.year)
    fields: dict[str, list[str]] = {"base_version": [str(base_version)], "path": []}
    waiting = Draft.objects.filter(person=signed_in(request), form=address).first()
    if waiting is not None:
        fields |= {name: list(each) for name, each in waiting.fields.items() if name == "path" or ":" in name}
    for clash in saved.clashes:
        fields["path"] = list(dict.fromkeys([*fields["path"], clash.path]))
        fields[f"mine:{clash.path}"] = [_write(clash.mine)]
        fields.pop(f"choice:{clash.path}", None)
    if not drafts.save_draft(request, address, fields):
        now = open_plan(place, slug_of_year(plan.year))
        return _show(request, place, now, ClashForm(now, drafts.as_query(fields), is_answer=False))
    return redirect(f"{address}?kept=yes")


@page("plans.edit_money", at="locality", methods=("GET", "POST"))
def clash(request: HttpRequest, place: Place, year: str) -> HttpResponse:
    """Settle the fields that somebody else changed meanwhile."""
    plan = open_plan(place, year)
    kept = request.POST if request.method == "POST" else _waiting(request)
    if kept is None or not kept.getlist("path"):
        return render(request, "plans/editor_no_clash.html", {"plan": plan})
    form = ClashForm(plan, kept, is_answer=request.method == "POST")
    if request.method == "POST" and form.is_valid():
        answer = _settle(request, place, plan, form)
        if answer is not None:
            return answer
    return _show(request, place, plan, form)


def _waiting(request: HttpRequest) -> QueryDict | None:
    """Give the clashes that wait; there is nothing to choose between here but to settle them."""
    kept = drafts.form_data(request)
    if kept is not None:
        return kept
    waiting = Draft.objects.filter(person=signed_in(request), form=request.path).first()
    return drafts.as_query(waiting.fields) if waiting is not None else None


def _settle(request: HttpRequest, place: Place, plan: OpenPlan, form: ClashForm) -> HttpResponse | None:
    try:
        edits = form.edits()
        seen = form.cleaned_data["seen_version"]
        person = signed_in(request)
        saved = save_edits(person, plan.record, edits, base_version=seen, says="after a clash") if edits else None
    except (InputRefused, ResultRefused) as refused:
        form.add_faults(refused)
        return None
    drafts.clear(request)
    if saved is not None and saved.clashes:
        messages.warning(request, "Meanwhile somebody changed one of these fields again. Choose once more.")
        return keep_clashes(request, place, plan, saved, base_version=seen)
    kept = f"Saved as version {saved.version}: {say_saved(saved.changed)}." if saved and saved.changed else ""
    messages.success(request, f"The clash is settled. {kept or 'What the others wrote stays.'}")
    return redirect("plans:editor", *address_arguments(place, plan.year))


def _show(request: HttpRequest, place: Place, plan: OpenPlan, form: ClashForm) -> HttpResponse:
    versions = last_versions(plan, form.mine)
    for version in versions.values():
        name_version(form.words, version.changes)
    shown = {"plan": plan, "form": form, "sides": form.sides(versions), "action": clash_address(place, plan.year)}
    request.kept = None  # type: ignore[attr-defined]
    return render(request, "plans/editor_clash.html", shown)


def last_versions(plan: OpenPlan, paths: Iterable[str]) -> dict[str, PlanVersion]:
    """Give by path the newest version that changed it."""
    wanted = set(paths)
    found: dict[str, PlanVersion] = {}
    newest = plan.record.planversions.aggregate(newest=Max("number"))["newest"] or 0
    for version in plan.record.planversions.filter(number__gt=newest - 100).order_by("-number"):
        for path in wanted & set(version.changes):
            found.setdefault(path, version)
        if len(found) == len(wanted):
            break
    return found
