"""The workbook of a plan goes out to a spreadsheet program and comes back: all faults at once, a preview, a confirm."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from locality.foundations import Fault, InputRefused, ResultRefused
from locality.plans import changes_between, compare_plans, complete_fields, fields_of, merge_fields, plan_of_fields
from locality.plans.workbooks import read_plan_stamp, read_plan_workbook, write_plan_workbook
from locality_web.core.forms import FaultForm, UploadField
from locality_web.core.pages import page
from locality_web.core.permissions import Place, may
from locality_web.core.tables import Column, Table
from locality_web.plans.editing import Value
from locality_web.plans.editor_plan import OpenPlan, address_arguments, content_at, open_plan, signed_in
from locality_web.plans.editor_saving import after_saving, apply_edits
from locality_web.plans.editor_words import FieldWords
from locality_web.plans.publishing import EXCEL
from locality_web.plans.steps import CYCLE, subject_of
from locality_web.plans.writing import save_edits

_SALT = "locality_web.plans.workbook"
_KEPT_SECONDS = 60 * 60  # a preview that is older asks for the file again
_MONEY = ("line/", "move/")


class WorkbookForm(FaultForm):
    """The file that comes back."""

    file = UploadField(label="Workbook of this plan", accepts=(".xlsx",))


@page("plans.read_drafts", at="locality")
def workbook_file(request: HttpRequest, place: Place, year: str) -> HttpResponse:
    """The plan as a workbook that can be filled in."""
    plan = open_plan(place, year)
    version = str(plan.record.version)
    content = write_plan_workbook(plan.content, plan_id=subject_of(plan.record), base_version=version)
    said = HttpResponse(content, content_type=EXCEL)
    assert place.locality is not None
    said["Content-Disposition"] = f'attachment; filename="plan-{place.locality.slug}-{year}-version-{version}.xlsx"'
    return said


@page("plans.edit_money", at="locality", methods=("GET", "POST"))
def workbook(request: HttpRequest, place: Place, year: str) -> HttpResponse:
    """Take the workbook out, send it back, see what it changes."""
    plan = open_plan(place, year)
    form = WorkbookForm(request.POST, request.FILES) if request.method == "POST" else WorkbookForm()
    shown: dict[str, Any] = {"plan": plan, "form": form, "state": CYCLE.state(plan.record.state)}
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            base, edits = read_edits(plan, file.read(), file.name)
        except InputRefused as refused:
            form.add_error("file", "Nothing was taken. Mend what the table below names, then send the file again.")
            shown["faults"] = faults_table(refused.faults)
        except ResultRefused as refused:
            form.add_error("file", str(refused))
        else:
            return render(
                request, "plans/workbook_preview.html", _preview(request, place, plan, (base, edits, file.name))
            )
    return render(request, "plans/workbook.html", shown)


def read_edits(plan: OpenPlan, content: bytes, name: str) -> tuple[int, dict[str, Value]]:
    """Read what a workbook changes against the version that it was made from.

    Raises:
        InputRefused: Anything is wrong with the file; every fault by sheet, row and column.
        ResultRefused: It belongs to another edition, or to a version that there is not.
    """
    stamp = read_plan_stamp(content, file=name)
    if not stamp.base_version.isdigit() or (stamp.plan_id and stamp.plan_id.count(":") != 3):
        raise ResultRefused("This workbook has lost its version.", "Download it anew, and copy your changes into it.")
    if stamp.partnership == plan.frame.partnership.code and stamp.plan_id not in ("", subject_of(plan.record)):
        what = f"This workbook belongs to another plan or edition ({stamp.plan_id.replace('plan:', '')})."
        raise ResultRefused(what, "Download the workbook of this plan, and copy your changes into it.")
    base = int(stamp.base_version)
    seen = content_at(plan, base)
    found = read_plan_workbook(content, seen, file=name)
    return base, {path: now for path, (_, now) in changes_between(fields_of(seen), found).items()}


def faults_table(faults: Sequence[Fault]) -> Table:
    """Give all faults by sheet, row and column."""
    rows = [[each.file, each.row or "", each.column or "", each.what, each.do] for each in faults]
    columns = [Column(title) for title in ("Where", "Row", "Column", "What is wrong", "What to do")]
    return Table("What is wrong with the file", columns, rows)


def _preview(
    request: HttpRequest, place: Place, plan: OpenPlan, read: tuple[int, dict[str, Value], str]
) -> dict[str, Any]:
    base, edits, name = read
    may_text = may(request.user, "plans.edit", place)
    taken = {path: each for path, each in edits.items() if may_text or path.startswith(_MONEY)}
    words = FieldWords(plan)
    left = [words.name(path) for path in edits if path not in taken]
    fields, clashes = _merged(plan, base, taken)
    kept = {"base": base, "edits": taken, "record": plan.record.pk, "file": name}
    return {
        "plan": plan,
        "name": name,
        "taken": taken,
        "left": list(dict.fromkeys(left)),
        "changes": compare_plans(plan.content, plan_of_fields(complete_fields(fields, plan.frame), plan.frame)),
        "clashes": [words.name(path) for path in clashes],
        "base": base,
        "kept": signing.dumps(kept, salt=_SALT, compress=True),
    }


def _merged(plan: OpenPlan, base: int, edits: Mapping[str, Value]) -> tuple[dict[str, str | int], list[str]]:
    seen = fields_of(content_at(plan, base))
    merged = merge_fields(seen, apply_edits(seen, edits), plan.fields)
    clashes = [clash.path for clash in merged.clashes]
    theirs = {path: plan.fields[path] for path in clashes if path in plan.fields}
    return {**{path: each for path, each in merged.fields.items() if path not in clashes}, **theirs}, clashes


@page("plans.edit_money", at="locality", methods=("POST",))
def confirm(request: HttpRequest, place: Place, year: str) -> HttpResponse:
    """Take what was previewed."""
    plan = open_plan(place, year)
    where = address_arguments(place, plan.year)
    try:
        kept = signing.loads(request.POST.get("kept", ""), salt=_SALT, max_age=_KEPT_SECONDS)
        if kept["record"] != plan.record.pk:
            raise signing.BadSignature("another plan")
    except signing.BadSignature:
        messages.warning(request, "The preview is too old or was changed. Send the file again.")
        return redirect("plans:workbook", *where)
    says = f"from the workbook {kept['file']}"[:300]
    try:
        saved = save_edits(signed_in(request), plan.record, kept["edits"], base_version=kept["base"], says=says)
    except (InputRefused, ResultRefused) as refused:
        messages.error(request, str(refused))
        return redirect("plans:workbook", *where)
    back = redirect("plans:editor", *where).url
    return after_saving(request, place, plan, saved, base_version=kept["base"], back=back)
