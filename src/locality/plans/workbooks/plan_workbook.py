"""The workbook of a locality plan for finance officers: locked formulas that check themselves, open cells."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, get_args

from locality.foundations import ResultRefused, pounds_from_pence
from locality.plans.content import Direction, LocalityPlan
from locality.plans.documents.amounts import headings_of
from locality.plans.documents.sheets import MOST_LETTERS, POUNDS, put, save, set_properties
from locality.plans.fields import fields_of, items_of
from locality.plans.totals import BUDGET_KINDS
from locality.plans.workbooks.plan_layout import (
    BUDGET,
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
from locality.plans.workbooks.style import (
    add_check,
    add_list,
    as_head,
    as_input,
    as_pounds,
    protect,
    set_wide,
)

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_SPARE_ROWS = 40
# A spreadsheet keeps 15 digits: more pounds than this, and pennies would be lost.
_MOST_PENCE = 10**15 - 1
# Letters that a list of choices can hold.
_LONGEST_CHOICES = 255


def write_plan_workbook(plan: LocalityPlan, *, plan_id: str = "", base_version: str = "") -> bytes:
    """Write a locality plan as a workbook that can be filled in and read back.

    Args:
        plan: The plan.
        plan_id: By what the site knows the plan; comes back with `read_plan_stamp`.
        base_version: By what the site knows the state that the workbook was made from; comes back likewise.

    Returns:
        An .xlsx. Only cells that people fill in are open; totals are formulas. Read back unchanged, it gives the
        plan's fields.

    Raises:
        ResultRefused: A text or an amount is too long for a cell.
    """
    import openpyxl  # noqa: PLC0415 - only the site makes workbooks; the command line does without

    _refuse_too_long(plan)
    book = openpyxl.Workbook()
    set_properties(book, f"Plan of {plan.locality.name} for {plan.year}", plan.partnership.name)
    layout = money_layout(plan)
    _read_me(book, plan)
    _money(book, plan, layout)
    _budget(book, plan, layout)
    for sheet in PART_SHEETS:
        _parts(book, plan, sheet)
    _stamp(book, plan, {"plan_id": plan_id, "base_version": base_version})
    return save(book)


def _refuse_too_long(plan: LocalityPlan) -> None:
    for path, value in fields_of(plan).items():
        if len(value) > MOST_LETTERS if isinstance(value, str) else abs(value) > _MOST_PENCE:
            raise ResultRefused(f"'{path}' does not fit into a cell of a workbook.", "Shorten it on the site first.")


def _read_me(book: Workbook, plan: LocalityPlan) -> None:
    sheet: Any = book.active
    sheet.title = READ_ME
    lines = (
        f"Plan of {plan.locality.name} ({plan.partnership.name}) for {plan.year}, version {plan.version}",
        "This is an example. Its figures are made up or stand for an example only." if plan.made_up else "",
        "Fill in the cells with a yellow ground. The others are locked: names, last year's money, formulas.",
        f"Sheet {MONEY}: one row for each service, one column for each source of money, in pounds.",
        f"Sheet {BUDGET}: what is planned under each heading against its budget. It works itself out.",
        "Sheets Priorities, Moves, Actions: one row each. Leave the id of a new row empty. Empty a row to remove it.",
        f"Source codes: {', '.join(f'{one.source} ({one.name})' for one in plan.sources)}.",
        "Write amounts, not formulas. Do not rename sheets, and do not delete rows or columns of services.",
        "Then load this file on the page of the plan. If anything is wrong, every fault is named and nothing is taken.",
    )
    for row, text in enumerate((line for line in lines if line), start=1):
        as_head(put(sheet, (row, 1), text), is_bold=row == 1)
    last = sheet.max_row + 2
    as_head(put(sheet, (last, 1), SUMMARY))
    as_input(put(sheet, (last, 2), plan.summary))
    set_wide(sheet, {1: 60, 2: 80})
    protect(sheet)


def _money(book: Workbook, plan: LocalityPlan, layout: MoneyLayout) -> None:
    sheet: Any = book.create_sheet(MONEY)
    for place, heading in enumerate(layout.headings, start=1):
        as_head(put(sheet, (1, place), heading))
    pence = {(line.service, line.source): line.pence for line in plan.lines}
    notes = dict(plan.notes)
    for row, service in enumerate(layout.services, start=2):
        for place, text in enumerate((service.heading, service.name, service.service), start=1):
            put(sheet, (row, place), text)
        as_pounds(put(sheet, (row, 4), _last_year(plan, service.service)))
        for place, source in enumerate(layout.sources, start=layout.first_source + 1):
            key = (service.service, source)
            cell = as_pounds(put(sheet, (row, place), _pounds(pence[key]) if key in pence else None))
            if key in layout.open_cells:
                as_input(cell)
        _money_row(sheet, layout, row, _pounds(_joint(plan, service.service)))
        as_input(put(sheet, (row, len(layout.headings)), notes.get(service.service, "")))
    _money_total(sheet, layout)
    _finish_money(sheet, layout)


def _last_year(plan: LocalityPlan, service: str) -> Any:
    amounts = [line.last_year_pence for line in plan.lines if line.service == service]
    known = [amount for amount in amounts if amount is not None]
    return _pounds(sum(known)) if known and len(known) == len(amounts) else "not known" if amounts else None


def _joint(plan: LocalityPlan, service: str, sources: Iterable[str] | None = None) -> int:
    return sum(
        share.pence
        for line in plan.joint
        for share in line.shares
        if line.service == service
        and share.locality == plan.locality.code
        and (sources is None or line.source in sources)
    )


def _pounds(pence: int) -> Any:
    return pounds_from_pence(pence)


def _letter(place: int) -> str:
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    return get_column_letter(place)


def _money_row(sheet: Worksheet, layout: MoneyLayout, row: int, joint: Any) -> None:
    """Write the share of joint lines, the sum of the row, and the change against last year where it is known."""
    at = layout.after_sources + 1
    as_pounds(put(sheet, (row, at), joint))
    first, last = _letter(layout.first_source + 1), _letter(at)
    planned, before = f"{_letter(at + 1)}{row}", f"D{row}"
    _formula(sheet, (row, at + 1), f"=SUM({first}{row}:{last}{row})")
    _formula(sheet, (row, at + 2), f'=IF(ISNUMBER({before}),{planned}-{before},"")')


def _formula(sheet: Worksheet, place: tuple[int, int], text: str) -> Any:
    cell: Any = sheet.cell(*place)
    cell.value = text
    return as_pounds(cell)


def _money_total(sheet: Worksheet, layout: MoneyLayout) -> None:
    last = len(layout.services) + 1
    as_head(put(sheet, (last + 1, 1), TOTAL))
    for place in range(layout.first_source, layout.after_sources + 3):
        letter = _letter(place)
        as_head(_formula(sheet, (last + 1, place), f"=SUM({letter}2:{letter}{last})"), is_wrapped=False)


def _finish_money(sheet: Worksheet, layout: MoneyLayout) -> None:
    last = len(layout.services) + 1
    area = f"{_letter(layout.first_source + 1)}2:{_letter(layout.after_sources)}{last}"
    if layout.sources and layout.services:
        add_check(sheet, area, "decimal", "Write an amount of pounds, 0 or more, without words.")
    sheet.freeze_panes = "D2"
    set_wide(sheet, {1: 24, 2: 32, 3: 20, len(layout.headings): 60}, otherwise=16)
    protect(sheet)


def _budget(book: Workbook, plan: LocalityPlan, layout: MoneyLayout) -> None:
    """Write what is planned under each heading against its budget: formulas over the sheet of money."""
    sheet: Any = book.create_sheet(BUDGET)
    names = ("Heading", "Planned (£)", "From the budget (£)", "Budget (£)", "Left of the budget (£)", "Check")
    for place, name in enumerate(names, start=1):
        as_head(put(sheet, (1, place), name))
    budgets = {each.heading: each.budget_pence for each in plan.budget.headings} if plan.budget else None
    headings = headings_of(layout.services, plan.budget.headings if plan.budget else ())
    for row, heading in enumerate(headings, start=2):
        put(sheet, (row, 1), heading)
        _formula(sheet, (row, 2), _sum_of_heading(layout, row, layout.after_sources + 2))
        _formula(sheet, (row, 3), _from_budget(plan, layout, (row, heading)))
        if budgets is not None:
            as_pounds(put(sheet, (row, 4), _pounds(budgets.get(heading, 0))))
            _formula(sheet, (row, 5), f"=ROUND(D{row}-C{row},2)")
            put(sheet, (row, 6), None).value = f'=IF(E{row}<0,"Over budget","Within budget")'
    _budget_total(sheet, layout, len(headings) + 2)
    set_wide(sheet, {1: 32}, otherwise=24)
    sheet.freeze_panes = "A2"
    protect(sheet)


def _sum_of_heading(layout: MoneyLayout, row: int, place: int) -> str:
    # SUMIF would take an asterisk in a heading for any text; this compares it as it is.
    last = len(layout.services) + 1
    letter = _letter(place)
    return f"=SUMPRODUCT(--({MONEY}!$A$2:$A${last}=$A{row}),{MONEY}!${letter}$2:${letter}${last})"


def _from_budget(plan: LocalityPlan, layout: MoneyLayout, at: tuple[int, str]) -> str:
    """Add up core and set-aside money of a heading; shares of joint lines, which are locked, as their amount."""
    row, heading = at
    kinds = {source.source: source.kind for source in plan.sources}
    # As elsewhere, money of a source that nobody knows is held against the budget: the prudent side.
    inside = [source for source in layout.sources if kinds.get(source, "core") in BUDGET_KINDS]
    places = [layout.first_source + 1 + layout.sources.index(source) for source in inside]
    sums = [_sum_of_heading(layout, row, place).removeprefix("=") for place in places]
    beside = {source for source, kind in kinds.items() if kind not in BUDGET_KINDS}
    used = {line.source for line in plan.joint} - beside
    joint = sum(_joint(plan, service.service, used) for service in layout.services if service.heading == heading)
    return f"=ROUND({'+'.join([*sums, str(_pounds(joint))])},2)"


def _budget_total(sheet: Worksheet, layout: MoneyLayout, row: int) -> None:
    as_head(put(sheet, (row, 1), TOTAL))
    for letter, place in (("B", 2), ("C", 3), ("D", 4), ("E", 5)):
        as_head(_formula(sheet, (row, place), f"=SUM({letter}2:{letter}{row - 1})"), is_wrapped=False)
    there = f"{MONEY}!{_letter(layout.after_sources + 2)}{len(layout.services) + 2}"
    sheet.cell(row, 6).value = f'=IF(ROUND(B{row}-{there},2)=0,"Adds up","Does not add up")'


def _parts(book: Workbook, plan: LocalityPlan, layout: PartSheet) -> None:
    sheet: Any = book.create_sheet(layout.name)
    found = items_of(fields_of(plan), layout.kind)
    for place, heading in enumerate(("Id", *(column.heading for column in layout.columns)), start=1):
        as_head(put(sheet, (1, place), heading))
    last = len(found) + 1 + _SPARE_ROWS
    for row in range(2, last + 1):
        id, parts = found[row - 2] if row - 2 < len(found) else (None, {})
        put(sheet, (row, 1), id)
        for place, column in enumerate(layout.columns, start=2):
            as_input(_put_part(sheet, (row, place), column, parts.get(column.part)))
    for place, column in enumerate(layout.columns, start=2):
        _add_choices(sheet, f"{_letter(place)}2:{_letter(place)}{last}", column, plan)
    texts = {place: 50 for place, column in enumerate(layout.columns, start=2) if column.kind == "text"}
    set_wide(sheet, {1: 8, **texts}, otherwise=22)
    sheet.freeze_panes = "B2"
    protect(sheet)


def _put_part(sheet: Worksheet, place: tuple[int, int], column: PartColumn, value: Any) -> Any:
    if column.kind == "pounds":
        cell = put(sheet, place, None if value is None else _pounds(value))
        cell.number_format = POUNDS
        return cell
    return put(sheet, place, value or None)


def _add_choices(sheet: Worksheet, area: str, column: PartColumn, plan: LocalityPlan) -> None:
    services = money_layout(plan).services
    if column.kind == "direction":
        add_list(sheet, area, f'"{",".join(get_args(Direction))}"', column.about)
    elif column.kind == "service" and services:
        letter = _letter(CODE + 1)
        add_list(sheet, area, f"{MONEY}!${letter}$2:${letter}${len(services) + 1}", column.about)
    elif column.kind == "heading" and services:
        add_list(sheet, area, f"{BUDGET}!$A$2:$A${len(headings_of(plan.services)) + 1}", column.about)
    elif column.kind == "source" and len(codes := ",".join(money_layout(plan).sources)) <= _LONGEST_CHOICES:
        add_list(sheet, area, f'"{codes}"', column.about)
    elif column.kind in ("pounds", "whole"):
        add_check(sheet, area, "decimal" if column.kind == "pounds" else "whole", column.about)


def _stamp(book: Workbook, plan: LocalityPlan, given: dict[str, str]) -> None:
    """Write what the workbook belongs to on a sheet that spreadsheet programs do not show."""
    sheet: Any = book.create_sheet(STAMP)
    said = {
        "form": FORM,
        "partnership": plan.partnership.code,
        "locality": plan.locality.code,
        "year": plan.year,
        "version": str(plan.version),
        **given,
    }
    for row, (name, value) in enumerate(said.items(), start=1):
        put(sheet, (row, 1), name)
        put(sheet, (row, 2), value)
    sheet.sheet_state = "veryHidden"
    protect(sheet)
