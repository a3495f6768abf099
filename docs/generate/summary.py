"""Every key of summary.json, from the list that a test compares with real runs."""

from __future__ import annotations

from pathlib import Path

import yaml

from docs.generate.markdown import code, page, table

KEYS = Path(__file__).parent / "summary_keys.yaml"

_ABOUT = """
`locality money shares` and `locality money budget` write `summary.json`: every figure of the report, with what is
needed to rebuild it. Amounts are whole pence and ratios are plain numbers (0.05 is 5%); a figure that cannot be known
is `null`. `[]` stands for each entry of a list, `<...>` for a name that depends on the folder. Keys whose meaning
begins with *Budget* are there after `money budget` only. The layout's name and version stand under `schema`; a change
that would break a program that reads the file raises the version.
"""


def summary_keys() -> dict[str, str]:
    """Give every documented key and its meaning, in order."""
    said: dict[str, str] = yaml.safe_load(KEYS.read_text(encoding="utf-8"))
    return said


def summary_page() -> str:
    """Describe every key."""
    rows = [(code(key), says) for key, says in summary_keys().items()]
    return page("Keys of summary.json", _ABOUT, table(("key", "meaning"), rows))
