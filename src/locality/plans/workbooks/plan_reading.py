"""Reading a plan's workbook back: everything that is wrong, by sheet, row and column, or all of the plan's fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from locality.foundations import Fault, InputRefused
from locality.plans.content import LocalityPlan
from locality.plans.field_checks import check_fields
from locality.plans.fields import fields_of, frame_of, items_of, next_id
from locality.plans.workbooks.plan_layout import (
    CODE,
    FORM,
    MONEY,
    PART_SHEETS,
    READ_ME,
    STAMP,
    SUMMARY,
    TOTAL,
    MoneyLayout,
    PartColumn,
    PartSheet,
    money_layout,
)
from locality.plans.workbooks.reading import EMPTY, Cell, Row, pence_in, read_sheets

_EXPORT = "Export the workbook anew, and copy your changes into it."
_SAY_AMOUNT = {
    "workbook-formula": ("a formula stands here", "Write the amount itself (paste it as a value)."),
    "not-number": ("{} is not an amount", "Write pounds as a number, like 1234.56."),
    "workbook-part-of-penny": ("{} has a part of a penny", "Write pounds with two decimals at most."),
}


@dataclass(frozen=True)
class PlanStamp:
    """What a workbook says of itself: the plan it belongs to, and the state of it that it was made from.

    Args:
        partnership: Code of the partnership.
        locality: Code of the locality.
        year: Financial year.
        version: Version of the plan.
        plan_id: What `write_plan_workbook` was given.
        base_version: What `write_plan_workbook` was given.
    """

    partnership: str
    locality: str
    year: str
    version: str
    plan_id: str = ""
    base_version: str = ""


def read_plan_stamp(content: bytes, *, file: str) -> PlanStamp:
    """Read what a workbook belongs to, before anything else of it is looked at.

    Args:
        content: The file's bytes.
        file: Its name, for the words of a fault.

    Returns:
        The stamp; with it a site finds the state of the plan that the workbook was made from.

    Raises:
        InputRefused: It is not a workbook, or not one of a plan.
    """
    return _stamp_of(read_sheets(content, file=file), file)


def _stamp_of(sheets: Mapping[str, list[Row]], file: str) -> PlanStamp:
    said = {row[0].text: row[1].text for row in sheets.get(STAMP, []) if len(row) > 1}
    if said.pop("form", "") != FORM:
        do = "Export the workbook from the page of the plan, fill it in, and load that file."
        raise InputRefused([Fault(file, "it is not the workbook of a locality plan", do, "workbook-other-plan")])
    known = PlanStamp.__dataclass_fields__
    return PlanStamp(**{name: said.get(name, "") for name in known})


def read_plan_workbook(content: bytes, plan: LocalityPlan, *, file: str) -> dict[str, str | int]:
    """Read a plan's fields from its workbook.

    Args:
        content: The file's bytes.
        plan: The state of the plan that the workbook was made from (see `read_plan_stamp`).
        file: The file's name, for the words of a fault.

    Returns:
        The plan's fields as `fields_of` gives them, amounts in exact pence. A workbook that nobody changed gives the
        fields of the plan.

    Raises:
        InputRefused: Anything is wrong: every fault, named by sheet, row and column. Nothing is taken then. What was
            wrong with the plan before is not held against the workbook.
    """
    sheets = read_sheets(content, file=file)
    _refuse_other_plan(_stamp_of(sheets, file), plan, file)
    names = (READ_ME, MONEY, *(sheet.name for sheet in PART_SHEETS))
    missing = [
        Fault(file, f"the sheet {name} is missing", _EXPORT, "workbook-sheet") for name in names if name not in sheets
    ]
    if missing:
        raise InputRefused(missing)
    reading = _Reading(plan, file, sheets)
    fields = reading.fields()
    faults = [*reading.faults, *reading.faults_in(fields)]
    if faults:
        raise InputRefused(faults)
    return fields


def _refuse_other_plan(stamp: PlanStamp, plan: LocalityPlan, file: str) -> None:
    wanted = {
        "partnership": (stamp.partnership, plan.partnership.code),
        "locality": (stamp.locality, plan.locality.code),
        "year": (stamp.year, plan.year),
    }
    other = [f"{name} {found} instead of {right}" for name, (found, right) in wanted.items() if found != right]
    if other:
        what = f"it belongs to another plan: {', '.join(other)}"
        do = f"Load the workbook of {plan.locality.name} for {plan.year}."
        raise InputRefused([Fault(file, what, do, "workbook-other-plan")])
    if stamp.version != str(plan.version):
        what = f"it was made from version {stamp.version} of the plan, not from version {plan.version}"
        raise InputRefused([Fault(file, what, _EXPORT, "workbook-other-version")])


_Place = tuple[str, int, str]
"""Sheet, row as the spreadsheet counts it, and the column's letter and heading."""


@dataclass
class _Reading:
    plan: LocalityPlan
    file: str
    sheets: Mapping[str, list[Row]]
    faults: list[Fault] = field(default_factory=list)
    places: dict[str, _Place] = field(default_factory=dict)

    def fields(self) -> dict[str, str | int]:
        self.before = fields_of(self.plan)
        found = {**self._summary(), **self._money()}
        for sheet in PART_SHEETS:
            found |= self._parts(sheet)
        return found

    def fault(self, place: _Place, what: str, do: str, code: str) -> None:
        sheet, row, column = place
        self.faults.append(Fault(f"{self.file}, sheet {sheet}", what, do, code, row=row, column=column))

    def faults_in(self, fields: dict[str, str | int]) -> list[Fault]:
        """Give what is wrong with the fields and was not wrong before, where it stands in the workbook."""
        frame = frame_of(self.plan)
        old = {(fault.column, fault.what) for fault in check_fields(self.before, frame)}
        named = {(fault.file, fault.row, fault.column) for fault in self.faults}
        new = [each for each in check_fields(fields, frame) if (each.column, each.what) not in old]
        placed = [self._placed(fault) for fault in new]
        # A cell that could not be read is named once, as such.
        return [fault for fault in placed if (fault.file, fault.row, fault.column) not in named]

    def _placed(self, fault: Fault) -> Fault:
        sheet, row, column = self.places.get(fault.column or "", (MONEY, 0, fault.column or ""))
        return Fault(f"{self.file}, sheet {sheet}", fault.what, fault.do, fault.code, row=row or None, column=column)

    def _summary(self) -> dict[str, str | int]:
        for number, row in enumerate(self.sheets[READ_ME], start=1):
            if row and row[0].text == SUMMARY:
                place = (READ_ME, number, "B (Summary)")
                self.places["summary"] = place
                return {"summary": self._text(_at(row, 1), place)}
        self.fault((READ_ME, 1, "A"), f"the row '{SUMMARY}' is missing", _EXPORT, "workbook-sheet")
        return {}

    def _text(self, cell: Cell, place: _Place) -> str:
        if cell.is_formula:
            self.fault(
                place, "a formula stands here", "Write the text itself (paste it as a value).", "workbook-formula"
            )
        return cell.text

    def _pence(self, cell: Cell, place: _Place) -> int:
        found = pence_in(cell)
        if isinstance(found, int):
            return found
        what, do = _SAY_AMOUNT[found]
        self.fault(place, what.format(f"'{cell.text[:60]}'"), do, found)
        return 0

    def _head_is(self, sheet: str, wanted: tuple[str, ...]) -> bool:
        rows = self.sheets[sheet]
        head = rows[0] if rows else ()
        wrong = [(place, name) for place, name in enumerate(wanted) if _at(head, place).text != name]
        for place, name in wrong:
            what = f"the heading is '{_at(head, place).text[:60]}' instead of '{name}'"
            self.fault((sheet, 1, _letter(place)), what, _EXPORT, "workbook-column")
        return not wrong

    def _money(self) -> dict[str, str | int]:
        layout = money_layout(self.plan)
        if not self._head_is(MONEY, layout.headings):
            return {}
        found: dict[str, str | int] = {}
        rows = self._service_rows(layout)
        for service in layout.services:
            if service.service not in rows:
                what = f"the row of {service.name} ({service.service}) is missing"
                self.faults.append(Fault(f"{self.file}, sheet {MONEY}", what, _EXPORT, "workbook-row-missing"))
                continue
            found |= self._line_fields(layout, service.service, rows[service.service])
            found |= self._note(layout, service.service, rows[service.service])
        return found

    def _service_rows(self, layout: MoneyLayout) -> dict[str, tuple[int, Row]]:
        known = {service.service for service in layout.services}
        found: dict[str, tuple[int, Row]] = {}
        for number, row in enumerate(self.sheets[MONEY][1:], start=2):
            code = _at(row, CODE).text
            is_total = _at(row, 0).text == TOTAL and not code
            if is_total or all(cell.is_empty for cell in row):
                continue
            place = (MONEY, number, f"{_letter(CODE)} (Service code)")
            if code not in known:
                what = f"'{code[:60]}' is no service of this plan" if code else "the row names no service"
                do = "Take the row out; new services are added to the catalogue."
                self.fault(place, what, do, "workbook-row-strange")
            elif code in found:
                what = f"{code} stands in row {found[code][0]} already"
                self.fault(place, what, "Keep one row.", "workbook-row-strange")
            else:
                found[code] = (number, row)
        return found

    def _line_fields(self, layout: MoneyLayout, service: str, at: tuple[int, Row]) -> dict[str, str | int]:
        number, row = at
        found: dict[str, str | int] = {}
        for place, source in enumerate(layout.sources, start=layout.first_source):
            path = f"line/{service}/{source}"
            self.places[path] = (MONEY, number, f"{_letter(place)} ({layout.headings[place]})")
            pence = self._pence(_at(row, place), self.places[path])
            if pence or path in self.before:
                found[path] = pence
        return found

    def _note(self, layout: MoneyLayout, service: str, at: tuple[int, Row]) -> dict[str, str | int]:
        number, row = at
        path, place = f"note/{service}", len(layout.headings) - 1
        self.places[path] = (MONEY, number, f"{_letter(place)} (Note)")
        text = self._text(_at(row, place), self.places[path])
        return {path: text} if text or self.before.get(path) == "" else {}

    def _parts(self, layout: PartSheet) -> dict[str, str | int]:
        if not self._head_is(layout.name, ("Id", *(column.heading for column in layout.columns))):
            return {}
        before = dict(items_of(self.before, layout.kind))
        found: dict[str, str | int] = {}
        added: list[tuple[int, dict[str, str | int]]] = []
        taken: set[str] = set()
        for number, row in enumerate(self.sheets[layout.name][1:], start=2):
            id = _at(row, 0).text.strip()
            is_empty = all(cell.is_empty for cell in row[1:])
            if self._is_strange_id(id, (layout, number), (before, taken)) or (is_empty and not id):
                continue
            parts = self._row(layout, number, row)
            # A row that was emptied takes its part away; one that was empty before is as it was.
            if is_empty and any(before[id].values()):
                continue
            if id:
                taken.add(id)
                found |= self._named(layout, id, (number, parts))
            else:
                added.append((number, parts))
        for number, parts in added:
            found |= self._named(layout, next_id({**self.before, **found}, layout.kind), (number, parts))
        return found

    def _is_strange_id(self, id: str, at: tuple[PartSheet, int], known: tuple[Mapping[str, object], set[str]]) -> bool:
        (layout, number), (before, taken) = at, known
        if not id or (id in before and id not in taken):
            return False
        what = f"the id {id} stands there twice" if id in taken else f"this plan has no {layout.kind} '{id[:60]}'"
        self.fault((layout.name, number, "A (Id)"), what, "Leave the id of a new row empty.", "workbook-row-strange")
        return True

    def _row(self, layout: PartSheet, number: int, row: Row) -> dict[str, str | int]:
        return {
            column.part: self._part(
                column, _at(row, place), (layout.name, number, f"{_letter(place)} ({column.heading})")
            )
            for place, column in enumerate(layout.columns, start=1)
        }

    def _part(self, column: PartColumn, cell: Cell, place: _Place) -> str | int:
        if column.kind == "pounds":
            return self._pence(cell, place)
        if column.kind == "whole":
            return self._whole(cell, place)
        text = self._text(cell, place)
        return text if column.kind == "text" else text.strip()

    def _whole(self, cell: Cell, place: _Place) -> int:
        pence = pence_in(cell)
        if isinstance(pence, int) and pence % 100 == 0:
            return pence // 100
        if pence == "workbook-formula":
            self.fault(place, "a formula stands here", "Write the number itself.", "workbook-formula")
        else:
            self.fault(place, f"'{cell.text[:60]}' is not a whole number", "Write a whole number.", "not-whole")
        return 0

    def _named(self, layout: PartSheet, id: str, at: tuple[int, dict[str, str | int]]) -> dict[str, str | int]:
        number, parts = at
        for place, column in enumerate(layout.columns, start=1):
            where = (layout.name, number, f"{_letter(place)} ({column.heading})")
            self.places[f"{layout.kind}/{id}/{column.part}"] = where
        return {f"{layout.kind}/{id}/{name}": value for name, value in parts.items()}


def _at(row: Row, place: int) -> Cell:
    return row[place] if place < len(row) else EMPTY


def _letter(place: int) -> str:
    """Name a column, from 0, as spreadsheets do: A to Z, then AA."""
    rest, last = divmod(place, 26)
    return (_letter(rest - 1) if rest else "") + chr(ord("A") + last)
