"""Every reader of a publisher's file."""

from __future__ import annotations

from docs.generate.markdown import code, page, table
from locality.sources import DECLARED, READERS, Reader

_ABOUT = """
A reader knows one layout that a publisher really produces. Name it in the entry of the table that it fills:

    population = { file = "sape-2021-*.xlsx", reader = "nrs-small-area-population" }

Every entry may also say `made_up = true`, `publisher = "..."` and `vintage = "..."`. Where each file is published:
[Get the data](../do/get-the-data.md). *National* files are cut to the zones or practices of the partnership.
"""


def readers_page() -> str:
    """Describe every reader, table by table."""
    parts = []
    for name in DECLARED:
        fitting = [reader for reader in READERS.values() if reader.table.name == name]
        if fitting:
            parts += [f"# For the table {code(name)}", *(_reader(reader) for reader in fitting)]
    return page("Readers", _ABOUT, *parts)


def _reader(reader: Reader) -> str:
    facts = [
        ("Publisher", reader.publisher),
        ("Licence", reader.licence),
        ("Layout", reader.describes),
        ("Rows", _rows(reader)),
    ]
    facts += [(f"Setting {code(name)}", says) for name, says in reader.options.items()]
    return f"## {code(reader.name)}\n\n" + table(("", ""), facts)


def _rows(reader: Reader) -> str:
    if reader.scan is not None:
        return "About single people: read where they lie, in the engine; they never leave the analyst's environment"
    return "National: cut to the partnership" if reader.national else "As they stand in the file"
