"""How cells of our workbooks look and which of them are open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from locality.plans.documents.sheets import POUNDS

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_YELLOW = "FFFFF2CC"


def as_head(cell: Any, *, is_bold: bool = True, is_wrapped: bool = True) -> Any:
    """Write a cell in bold, its text in as many lines as it needs."""
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415

    cell.font = Font(bold=is_bold)
    cell.alignment = Alignment(wrap_text=is_wrapped, vertical="top")
    return cell


def as_pounds(cell: Any) -> Any:
    """Show a cell as pounds with two decimals."""
    cell.number_format = POUNDS
    return cell


def as_input(cell: Any) -> Any:
    """Open a cell and give it a yellow ground."""
    from openpyxl.styles import Alignment, PatternFill, Protection  # noqa: PLC0415

    cell.protection = Protection(locked=False)
    cell.fill = PatternFill("solid", fgColor=_YELLOW)
    cell.alignment = Alignment(wrap_text=isinstance(cell.value, str), vertical="top")
    return cell


def protect(sheet: Worksheet) -> None:
    """Lock a sheet but for its open cells. There is no password: it guards against slips, not against people."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False


def set_wide(sheet: Worksheet, widths: Mapping[int, int], *, otherwise: int = 0) -> None:
    """Set the widths of columns by place, from 1."""
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    for place in range(1, sheet.max_column + 1):
        width = widths.get(place, otherwise)
        if width:
            sheet.column_dimensions[get_column_letter(place)].width = width


def add_list(sheet: Worksheet, area: str, choices: str, about: str) -> None:
    """Offer a list of choices in an area of cells."""
    _add(sheet, area, {"type": "list", "formula1": choices}, about)


def add_check(sheet: Worksheet, area: str, kind: str, about: str) -> None:
    """Take only numbers of nought or more in an area of cells."""
    _add(sheet, area, {"type": kind, "operator": "greaterThanOrEqual", "formula1": "0"}, about)


def _add(sheet: Worksheet, area: str, rule: dict[str, Any], about: str) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415

    check = DataValidation(**rule, allow_blank=True, showErrorMessage=True, errorTitle="Not taken", error=about)
    check.add(area)
    sheet.add_data_validation(check)
