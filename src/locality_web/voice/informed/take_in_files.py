"""Read what people said from the files of CONSUL Democracy and of Decidim: proposals, debates and comments as CSV.

CONSUL writes a row for each comment and repeats what it is on; columns are named as its pages name them. Decidim writes
one file for proposals and one for comments, with semicolons, and joins names of columns by a stroke ("title/en"). Names
and e-mail addresses of authors are never taken in.
"""

from __future__ import annotations

import csv
import datetime as dt
import html
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from locality.foundations import Fault, InputRefused

MOST_ROWS = 5_000
_TAGS = re.compile(r"<[^>]+>")
_BREAKS = re.compile(r"(?i)<br\s*/?>|</p>|</li>")
_CODE = "voice-take-in"


@dataclass(frozen=True)
class Taken:
    """Something that somebody said elsewhere.

    Args:
        source: Its stable name, like "consul:proposal:12".
        text: What was said.
        row: In which row of the file it stands, as a spreadsheet counts.
        replies_to: Source of what it replies to; empty: it stands for itself.
        language: Tag of its language; empty: not said.
        on: The day on which it was said; None: not said.
    """

    source: str
    text: str
    row: int
    replies_to: str = ""
    language: str = ""
    on: dt.date | None = None


def read_file(content: bytes, system: str) -> list[Taken]:
    """Read a file of another system.

    Args:
        content: The file.
        system: consul or decidim.

    Returns:
        What was said, each once, what is replied to before its replies.

    Raises:
        InputRefused: It is no such file; every fault at once, with its row.
    """
    rows = _rows(content)
    columns = set(rows[0]) if rows else set()
    reader = _READERS[system]
    if missing := sorted(name for name in _NEEDED[system] if not columns & set(name.split("|"))):
        do = "Choose the file as the system wrote it, and the system that wrote it."
        raise InputRefused([Fault("file", f"there is no column '{_or(name)}'", do, _CODE) for name in missing])
    faults: list[Fault] = []
    found: dict[str, Taken] = {}
    for number, row in enumerate(rows, 2):
        for taken in reader(row, number, faults):
            found.setdefault(taken.source, taken)
    if faults:
        raise InputRefused(faults)
    return list(found.values())


def _or(names: str) -> str:
    return names.replace("|", "' or '")


def _rows(content: bytes) -> list[dict[str, str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        do = "Save it as “CSV UTF-8” and choose it again."
        raise InputRefused([Fault("file", "it cannot be read as a CSV file", do, _CODE)]) from wrong
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, restval=""))
    if not rows:
        raise InputRefused([Fault("file", "it holds nothing", "Choose a file with rows.", _CODE)])
    if len(rows) > MOST_ROWS:
        what = f"it has {len(rows):,} rows; more than {MOST_ROWS:,} are not read at once"
        raise InputRefused([Fault("file", what, "Send it in parts.", _CODE)])
    return [{str(name or "").strip().lower(): str(cell or "") for name, cell in row.items()} for row in rows]


def _consul(row: Mapping[str, str], number: int, faults: list[Fault]) -> Iterator[Taken]:
    kind = "proposal" if "proposal" in row else "debate"
    key = row["id"].strip()
    if not key.isdecimal():
        faults.append(_fault(number, "id", f"'{key}' is not a number"))
        return
    source = f"consul:{kind}:{key}"
    title, more = row.get(kind) or row.get("title", ""), row.get("summary", "")
    yield Taken(
        source,
        _plain("\n\n".join(part for part in (title, more) if part)),
        number,
        on=_day(row, "created at", number, faults),
    )
    comment = row.get("comment id", "").strip()
    if comment:
        # A reply to a comment is a reply to what the comment is on: here replies are one deep.
        on = _day(row, "comment created at", number, faults)
        yield Taken(f"consul:comment:{comment}", _plain(row.get("comment content", "")), number, source, on=on)


def _decidim(row: Mapping[str, str], number: int, faults: list[Fault]) -> Iterator[Taken]:
    key = row["id"].strip()
    if not key.isdecimal():
        faults.append(_fault(number, "id", f"'{key}' is not a number"))
        return
    if "commentable_id" in row:
        kind, on = row.get("commentable_type", ""), _day(row, "created_at", number, faults)
        to = f"decidim:proposal:{row['commentable_id'].strip()}" if kind.endswith("Proposal") else ""
        yield Taken(f"decidim:comment:{key}", _plain(row["body"]), number, to, row.get("locale", ""), on)
        return
    language, title = _translated(row, "title")
    _, body = _translated(row, "body")
    text = _plain("\n\n".join(part for part in (title, body) if part))
    yield Taken(f"decidim:proposal:{key}", text, number, "", language, _day(row, "published_at", number, faults))


def _translated(row: Mapping[str, str], name: str) -> tuple[str, str]:
    if row.get(name):
        return "", row[name]
    found = [(column, cell) for column, cell in row.items() if column.startswith(f"{name}/") and cell.strip()]
    # What a machine translated stands further down in the file and is not what somebody said.
    own = [each for each in found if "machine_translations" not in each[0]] or found
    return (own[0][0].rpartition("/")[2], own[0][1]) if own else ("", "")


_READERS = {"consul": _consul, "decidim": _decidim}
_NEEDED = {
    "consul": ("id", "proposal|title"),
    "decidim": ("id", "body|body/en|body/gd|body/es|body/ca|body/fr|commentable_id"),
}


def _plain(text: str) -> str:
    bare = html.unescape(_TAGS.sub("", _BREAKS.sub("\n", text)))
    return re.sub(r"\n{3,}", "\n\n", bare).strip()


def _day(row: Mapping[str, str], column: str, number: int, faults: list[Fault]) -> dt.date | None:
    text = row.get(column, "").strip()
    if not text:
        return None
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        faults.append(_fault(number, column, f"'{text}' does not begin with a day like 2026-11-30"))
        return None


def _fault(row: int, column: str, what: str) -> Fault:
    return Fault("file", what, "Correct it in the file.", _CODE, row=row, column=column)
