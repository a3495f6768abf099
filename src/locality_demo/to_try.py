"""Codes for whoever tries the demo: receipts of views, and letters of a vote that nobody has used yet.

On a real site such codes are handed out once and kept nowhere. The demo keeps some in a file beside its site, so that
everybody can ask what became of a view, cast a ballot, and look at one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class ToTry:
    """A code, what it is of, the page on which it is typed, and that page's address."""

    code: str
    says: str
    where: str
    address: str


def write_to_try(path: Path, codes: Iterable[ToTry]) -> None:
    """Write the codes into a file that only whoever runs the demo can read."""
    path.write_text(json.dumps([asdict(each) for each in codes], indent=1), encoding="utf-8")
    path.chmod(0o600)


def read_to_try(path: Path) -> list[ToTry]:
    """Read them; none, where there is no such file."""
    if not path.exists():
        return []
    return [ToTry(**each) for each in json.loads(path.read_text(encoding="utf-8"))]
