"""Amounts in workbooks from outside, read exactly; the cells themselves are read by the foundations."""

from __future__ import annotations

import re
from decimal import Decimal

from locality.foundations.workbooks import EMPTY, Cell, Row, read_sheets

__all__ = ["EMPTY", "Cell", "Row", "pence_in", "read_sheets"]


def pence_in(cell: Cell) -> int | str:
    """Read pounds in a cell as whole pence, exactly.

    Args:
        cell: The cell; an empty one is nought.

    Returns:
        Pence; or, where it is not an amount, the code of the fault: a formula, not a number, a part of a penny.
    """
    if cell.is_formula:
        return "workbook-formula"
    if cell.is_empty:
        return 0
    pounds = _number_in(cell.value)
    if pounds is None:
        return "not-number"
    pence = pounds * 100
    whole = int(pence.to_integral_value())
    # Spreadsheets keep 1,234.56 as the nearest binary number; a ten-thousandth of a penny is never meant.
    return whole if abs(pence - whole) < Decimal("0.0001") else "workbook-part-of-penny"


def _number_in(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = repr(value) if isinstance(value, int | float) else value.replace("£", "").replace("\u00a0", " ").strip()
    # Thousands may be set apart; "1,5" is not one and a half, and not fifteen.
    if re.fullmatch(r"-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?", text):
        text = text.replace(",", "")
    if not re.fullmatch(r"-?[0-9]{1,16}(\.[0-9]+)?([eE][-+]?[0-9]{1,2})?", text):
        return None
    return Decimal(text)
