"""Every kind of fault that a check can name."""

from __future__ import annotations

from docs.generate.markdown import code, page, table
from locality.sources import FAULTS

_ABOUT = """
`locality check DIR` names every fault at once. Each message says the file, the row or column, what is wrong and what
to do; with `--json` each also carries one of these codes. Rows are counted as a spreadsheet does: the header is row 1.
"""


def faults_page() -> str:
    """Explain every kind of fault, in the order of a check."""
    rows = [(code(one.code), one.means, one.matters, one.do) for one in FAULTS.values()]
    return page("Faults", _ABOUT, table(("code", "what it means", "why it matters", "what to do"), rows))
