"""Every setting of partnership.toml."""

from __future__ import annotations

import inspect
import re
from dataclasses import MISSING, fields
from typing import Any

from docs.generate.markdown import code, codes, page, table

# The lists of choices are private there because nobody but this page needs them.
from locality.areas.area_settings import AreaSettings
from locality.money.settings import _CHOICES, _METHODS, ShareSettings
from locality.sources.partnership_file import NATIONS

PARTNERSHIP = (
    ("code", "The partnership's code as publishers use it, like `S37000032`"),
    ("name", "Its name; some national files are cut by it"),
    ("nation", f"One of {codes(NATIONS)}"),
)
YEAR = (
    ("financial_year", "The year that the folder is about, like `2022/23`"),
    ("earlier", "A list of earlier years whose activity is also given; may be left out"),
)
ENTRY = (
    (
        "file",
        "A file name, a name with `*`, or a list of names; relative to the folder, or to the data root (`--data`)",
    ),
    ("reader", "The reader that knows the layout ([Readers](readers.md)); left out for a file of declared columns"),
    ("made_up", "`true` when the people in the file are made up: every result then says so"),
    ("publisher", "Who publishes the file, for the record"),
    ("vintage", "What time or edition the file describes, for the record"),
)


def settings_page() -> str:
    """Describe every setting, part by part."""
    return page(
        "Settings of partnership.toml",
        "A partnership folder is described by one file, `partnership.toml`. A setting that is not listed here is a "
        "fault, so that a slip of the pen never passes in silence. How to write one: "
        "[Make a partnership folder](../do/make-a-partnership-folder.md).",
        "## `[partnership]`",
        table(("setting", "meaning"), [(code(name), says) for name, says in PARTNERSHIP]),
        "## `[year]`",
        table(("setting", "meaning"), [(code(name), says) for name, says in YEAR]),
        "## `[tables]`",
        'One line for each table ([Tables](tables.md)): `name = { file = "..." }`, or a list of such entries. '
        "An entry may have, besides the settings of its reader:",
        table(("setting", "meaning"), [(code(name), says) for name, says in ENTRY]),
        "## `[money]`",
        "How shares are worked out; everything has a default.",
        table(("setting", "when not given", "meaning"), _money()),
        "## `[areas]`",
        "What the partnership decides about its localities itself; everything may be left out. An option of a command "
        "goes before it.",
        table(("setting", "meaning"), _areas()),
    )


def _areas() -> list[tuple[str, str]]:
    meaning = _arguments(inspect.getdoc(AreaSettings) or "")
    return [(code(entry.name), meaning[entry.name]) for entry in fields(AreaSettings)]


def _money() -> list[tuple[str, str, str]]:
    meaning = _arguments(inspect.getdoc(ShareSettings) or "")
    choices = {**_CHOICES, "methods": _METHODS}
    return [
        (code(entry.name), code(_default(entry)), _with_choices(meaning[entry.name], choices.get(entry.name, ())))
        for entry in fields(ShareSettings)
    ]


def _with_choices(says: str, choices: tuple[str, ...]) -> str:
    return f"{says} One of {codes(choices)}." if choices else says


def _default(entry: Any) -> str:
    value = entry.default if entry.default is not MISSING else entry.default_factory()
    return "" if value in ("", (), {}) else str(value)


def _arguments(doc: str) -> dict[str, str]:
    """Read the Args of a Google style docstring."""
    body = doc.partition("Args:\n")[2]
    found = re.findall(r"^    (\w+): (.*(?:\n {8}.*)*)", body, flags=re.MULTILINE)
    return {name: " ".join(says.split()) for name, says in found}
