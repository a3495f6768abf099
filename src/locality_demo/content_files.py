"""What the demo says: read from the files in `content/`."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any

import yaml


@cache
def read_content(name: str) -> Any:
    """Read one YAML file of the demo's content."""
    return yaml.safe_load((resources.files("locality_demo") / "content" / f"{name}.yaml").read_text(encoding="utf-8"))


def text_number(number: int, *, of: int) -> int:
    """Say which of the demo's texts a locality has: its own, or with more or fewer localities the next in turn.

    The last text is that of islands. It is left out for any other number of localities: they may lie inland.
    """
    texts = len(read_content("plans")["summaries"])
    return number if of == texts else number % (texts - 1)


def narrative_for(localities: int) -> dict[str, str]:
    """Give the partnership's own words around the facts; with other than the demo's four, words that fit any number."""
    said = read_content("plans")
    own: dict[str, str] = said["narrative"]
    return own if localities == len(said["summaries"]) else own | said["narrative_anywhere"]


def catalogue_bytes(headings: Iterable[str] = ()) -> bytes:
    """Give the catalogue as the CSV file that a planning officer would load.

    Args:
        headings: Headings that have money; one without a service gets a service of its own name.
    """
    written = (resources.files("locality_demo") / "content" / "catalogue.csv").read_text(encoding="utf-8")
    known = list(csv.DictReader(io.StringIO(written)))
    out = io.StringIO(written)
    out.seek(0, io.SEEK_END)
    rows = csv.DictWriter(out, list(known[0]), lineterminator="\n")
    for heading in sorted(set(headings) - {row["heading"] for row in known}):
        code = "-".join("".join(sign if sign.isalnum() else " " for sign in heading.lower()).split())
        said = {"service": code, "name": heading, "heading": heading, "planned_at": "locality", "set_aside": "no"}
        rows.writerow(dict.fromkeys(known[0], "") | said)
    return out.getvalue().encode()
