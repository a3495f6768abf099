"""The report that a finance director reads, and its short form for a terminal.

Both are made from the content of `summary.json` alone: whoever has that file can make the same page again.
"""

from locality.money.report.page import render_report
from locality.money.report.terminal import tables_for_terminal

__all__ = ["render_report", "tables_for_terminal"]
