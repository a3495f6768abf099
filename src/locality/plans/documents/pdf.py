"""A published plan as a tagged PDF (PDF/UA-1), also in large print. The font is shipped; nothing else is needed."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from locality.foundations import ResultRefused
from locality.plans.documents.blocks import Block, Document, Heading, Items, Paragraph, Table, say_cell, say_foot

# Sizes in points. The shipped font is wide: 9.5 pt of it are as large as 11 pt of a common one. 18 pt is what
# organisations of people with sight loss ask of large print at the least (16) and a step more.
_SIZE, _LARGE = 9.5, 18.0
_WIDEST_WORD = 14
_AMOUNTS_IN_LARGE = 3
_REPLACEMENT = "\ufffd"


def write_pdf(document: Document, *, large_print: bool = False) -> bytes:
    """Write a document as a tagged PDF.

    Args:
        document: What `outline_of` gave.
        large_print: Letters of 18 points.

    Returns:
        A PDF that follows PDF/UA-1: tagged, with title, language, bookmarks and page numbers; the same bytes for the
        same document. A sign that the font does not have is written as a replacement sign.

    Raises:
        ResultRefused: The PDF cannot be made.
    """
    import typst  # noqa: PLC0415 - only the site makes documents; the command line does without

    here = resources.files(__package__)
    with resources.as_file(here / "fonts") as fonts:
        try:
            pages: bytes = typst.compile(
                (here / "plan.typ").read_bytes(),
                font_paths=typst.Fonts(include_system_fonts=False, font_paths=[fonts]),
                sys_inputs={"plan": _as_input(document, _LARGE if large_print else _SIZE, _signs(fonts))},
                pdf_standards="ua-1",
            )
        except typst.TypstError as error:
            raise ResultRefused(
                f"The PDF cannot be made: {error}.", "Take out of the plan's words what is named here."
            ) from error
    return pages


def _as_input(document: Document, size: float, signs: frozenset[int]) -> str:
    language, _, region = document.language.partition("-")
    notices = [part for part in document.parts if isinstance(part, Paragraph) and part.is_notice]
    content = {
        "title": document.title,
        "subtitle": document.subtitle,
        "language": language,
        "region": region,
        "size": size,
        "large": size >= _LARGE,
        "footer": say_foot(document),
        "notices": [_part(part) for part in notices],
        "parts": [_part(part) for part in _fit(document.parts, size) if part not in notices],
    }
    text = json.dumps(content, ensure_ascii=False)
    missing = {sign for sign in set(text) if ord(sign) not in signs}
    return text.translate({ord(sign): _REPLACEMENT for sign in missing}) if missing else text


def _fit(parts: Iterable[Block], size: float) -> Iterator[Block]:
    """In large print, show a table of many amounts as several, one after the other, that all name their rows."""
    for part in parts:
        if size >= _LARGE and isinstance(part, Table):
            yield from _narrow_tables(part)
        else:
            yield part


def _narrow_tables(table: Table) -> Iterator[Table]:
    amounts = [place for place, column in enumerate(table.columns) if column.kind != "text"]
    words = [place for place in range(len(table.columns)) if place not in amounts]
    if len(amounts) <= _AMOUNTS_IN_LARGE:
        yield table
        return
    for start in range(0, len(amounts), _AMOUNTS_IN_LARGE):
        # The first table has every column of words; those after it only the one that names the rows.
        shown = [*(words if start == 0 else words[:1]), *amounts[start : start + _AMOUNTS_IN_LARGE]]
        yield replace(
            table,
            caption=table.caption if start == 0 else f"{table.caption} (continued)",
            columns=tuple(table.columns[place] for place in shown),
            rows=tuple(replace(row, cells=tuple(row.cells[place] for place in shown)) for row in table.rows),
        )


def _part(part: Block) -> dict[str, Any]:
    if isinstance(part, Heading):
        return {"kind": "heading", "text": part.text, "level": part.level, "id": part.id}
    if isinstance(part, Paragraph):
        return {"kind": "notice" if part.is_notice else "paragraph", "text": part.text}
    if isinstance(part, Items):
        kind = "numbers" if part.is_numbered else "points"
        return {"kind": kind, "items": [item.text for item in part.items]}
    return _table(part)


def _table(table: Table) -> dict[str, Any]:
    kinds = [column.kind for column in table.columns]
    rows = [[say_cell(cell, kind) for cell, kind in zip(row.cells, kinds, strict=True)] for row in table.rows]
    names = [column.heading for column in table.columns]
    return {
        "kind": "table",
        "caption": table.caption,
        "columns": names,
        "right": [kind != "text" for kind in kinds],
        # Columns of amounts are as wide as their amounts (0); columns of words share what is left of the page.
        "widths": [
            _width([name, *texts]) if kind == "text" else 0
            for kind, name, *texts in zip(kinds, names, *rows, strict=True)
        ],
        "rows": [{"cells": cells, "total": row.is_total} for cells, row in zip(rows, table.rows, strict=True)],
    }


def _width(texts: list[str]) -> float:
    """Give a column of words its part of the page: its longest word fits, and much to read gets more."""
    word = max(len(word) for text in texts for word in [*text.split(), ""])
    mean = sum(map(len, texts)) / len(texts)
    return max(6, min(word, _WIDEST_WORD), min(mean, 40) * 0.8)


@cache
def _signs(fonts: Path) -> frozenset[int]:
    """Give every sign that both cuts of the font have, and the signs of JSON."""
    both = [set(_signs_of((fonts / name).read_bytes())) for name in ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")]
    return frozenset(set.intersection(*both) | {0x20})


def _signs_of(font: bytes) -> list[int]:
    """Read the table of signs ("cmap", format 12) of a TrueType font."""
    tables = struct.unpack_from(">H", font, 4)[0]
    entries = [struct.unpack_from(">4sIII", font, 12 + 16 * place) for place in range(tables)]
    start = next(offset for name, _, offset, _ in entries if name == b"cmap")
    count = struct.unpack_from(">H", font, start + 2)[0]
    parts = [start + struct.unpack_from(">HHI", font, start + 4 + 8 * place)[2] for place in range(count)]
    full = next(part for part in parts if struct.unpack_from(">H", font, part)[0] == 12)
    groups = struct.unpack_from(">I", font, full + 12)[0]
    spans = [struct.unpack_from(">III", font, full + 16 + 12 * place) for place in range(groups)]
    return [sign for first, last, _ in spans for sign in range(first, last + 1)]
