"""Small pieces of Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

NOTE = "<!-- Written by `make docs` from the code. Changes made here are lost. -->"


def page(title: str, *parts: str) -> str:
    """Join a title and parts into a page."""
    return "\n\n".join([NOTE, f"# {title}", *(part.strip() for part in parts if part.strip())]) + "\n"


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table; bars and line breaks inside cells are made harmless."""
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    lines += ["| " + " | ".join(_cell(cell) for cell in row) + " |" for row in rows]
    return "\n".join(lines)


def _cell(text: str) -> str:
    return " ".join(str(text).split()).replace("|", "\\|")


def code(text: object) -> str:
    """Set something as code; nothing stays nothing."""
    return f"`{text}`" if str(text) else ""


def codes(texts: Iterable[object]) -> str:
    """Set several things as code."""
    return ", ".join(code(text) for text in texts)
