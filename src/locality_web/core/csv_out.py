"""Figures as CSV files that a spreadsheet opens safely: UTF-8 with a mark, and no cell that runs as a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse

from locality_web.core.tables import Table

_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")
_NUMBER = re.compile(r"[-+]?\d[\d,]*(\.\d+)?%?")


def csv_response(name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """Answer with a CSV file to download.

    Args:
        name: The file's name, without its ending.
        columns: The headings.
        rows: The cells; text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    said = HttpResponse(csv_text(columns, rows).encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    safe = re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip("-.") or "table"
    said["Content-Disposition"] = f'attachment; filename="{safe}.csv"'
    return said


def table_response(name: str, table: Table) -> HttpResponse:
    """Answer with a page's table as a CSV file: the same figures, money to the penny."""
    return csv_response(name, [column.title for column in table.columns], table.plain())


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Write the text of a CSV file."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([safe_cell(column) for column in columns])
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return out.getvalue()


def safe_cell(cell: Any) -> Any:
    """Keep numbers as they are; put an apostrophe before text that would run as a formula."""
    text = "" if cell is None else str(cell)
    if isinstance(cell, int | float) or _NUMBER.fullmatch(text):
        return text
    return f"'{text}" if text.lstrip(" ").startswith(_RISKY) else text
