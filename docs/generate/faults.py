"""Every kind of fault that the program can name, room by room."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources

from docs.generate.markdown import code, page, table
from locality.foundations import FaultKind, fault_kinds_in

_ABOUT = """
Every fault is named at once. Each message says the file, the row or column, what is wrong and what to do; with
`locality check DIR --json` each also carries one of these codes. Rows are counted as a spreadsheet does: the header is
row 1. The kinds are grouped by the part of the program that explains them; a kind that several parts can name stands
with the first of them.
"""

HEADINGS = {
    "foundations": "Cells, columns and dates",
    "areas": "Zones and localities",
    "disclosure": "What may be published",
    "sources": "The partnership folder and its files",
    "money": "Shares and budgets",
    "members": "Members and meetings",
    "voice": "Views and votes",
    "plans": "Plans, services and funding sources",
    "synth": "Made-up people",
    "release": "Releases",
    "cli": "Options of commands",
}
"""What the page calls each room, in the order of a person's way through the program."""


def rooms_with_faults() -> list[str]:
    """Name every room of the library that explains faults."""
    rooms = resources.files("locality")
    return sorted(room.name for room in rooms.iterdir() if (room / "faults.yaml").is_file())


def every_fault_kind() -> Iterator[tuple[str, FaultKind]]:
    """Give every kind of fault with its room."""
    for room in rooms_with_faults():
        for kind in fault_kinds_in(f"locality.{room}"):
            yield room, kind


def faults_page() -> str:
    """Explain every kind of fault, room by room."""
    parts: list[str] = []
    for room in sorted(rooms_with_faults(), key=list(HEADINGS).index):
        rows = [(code(one.code), one.means, one.matters, one.do) for one in fault_kinds_in(f"locality.{room}")]
        parts += [f"## {HEADINGS[room]} (`{room}`)", table(_COLUMNS, rows)]
    return page("Faults", _ABOUT, *parts)


_COLUMNS = ("code", "what it means", "why it matters", "what to do")
