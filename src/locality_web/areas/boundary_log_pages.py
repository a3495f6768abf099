"""The log of a consultation as pages show it and as files give it: plain words, and the figures that were published."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from locality_web.areas.models import AreaVersion, BoundaryConsultation
from locality_web.areas.queries import zones_of
from locality_web.areas.zone_file import COLUMNS as ZONE_COLUMNS
from locality_web.areas.zone_file import zone_rows
from locality_web.core.csv_out import csv_text
from locality_web.core.tables import Column, Table

COLUMNS = ("part", "of what", "what", "says")
_STILL = (2020, 1, 1, 0, 0, 0)
"""The day that files in the zip carry, so that the same record makes the same bytes."""
_SAID = {
    "professionals": "Local professionals who were engaged",
    "professionals_said": "What local professionals said",
    "communities": "Local communities that were engaged",
    "communities_said": "What local communities said",
    "changed": "What was changed after it",
    "agreed_by": "Who agreed",
    "agreed_on": "When it was agreed",
}
DICTIONARY = (
    ("zones.csv", "zone, zone_name, locality, locality_name", "Every zone of the area with its locality"),
    ("consultation.csv", "part", "record, conversation, answers, theme, answer, change or decision"),
    ("consultation.csv", "of what", "The conversation, decision or option that the line is about"),
    ("consultation.csv", "what", "What the line says: a date, a count with its place and answer, a theme, a move"),
    ("consultation.csv", "says", "Its words or its figure; “not shown” is a count that could tell who somebody is"),
    ("consultation.json", "", "The same record, with the zones of every move by code"),
)
"""What the files of an adopted division hold, as a file beside them says."""


def log_shown(log: Mapping[str, Any]) -> dict[str, Any]:
    """Give a log with the tables of its conversations as pages show them."""
    if not log:
        return {}
    talks = [{**each, "tables_shown": [_table(one) for one in each["tables"]]} for each in log["conversations"]]
    return {**log, "conversations": talks}


def _table(kept: Mapping[str, Any]) -> Table:
    return Table(kept["title"], [Column(each) for each in kept["columns"]], kept["rows"])


def record_rows(about: BoundaryConsultation) -> list[list[Any]]:
    """Give the whole record a line at a time, as a file has it."""
    name = about.option.name
    rows: list[list[Any]] = [["record", name, says, str(getattr(about, field))] for field, says in _SAID.items()]
    for talk in about.log.get("conversations", ()):
        rows += _of_conversation(talk)
    for each in about.log.get("changed", ()):
        rows.append(["change", each["option"], "against what people were asked about", each["says"]])
        for move in each["moved"]:
            what = f"from {move['from']} to {move['to']}, {move['people']} residents"
            rows.append(["change", each["option"], what, ", ".join(one["zone"] for one in move["zones"])])
    for each in about.log.get("decisions", ()):
        rows.append(["decision", each["title"], f"{each['on']}, {each['who']}", each["outcome"]])
    return rows


def _of_conversation(talk: Mapping[str, Any]) -> Iterator[list[Any]]:
    title = talk["title"]
    yield ["conversation", title, "question", talk["question"]]
    yield ["conversation", title, "first day", talk["from"]]
    yield ["conversation", title, "last day", talk["to"]]
    yield ["conversation", title, "people who took part", "not shown" if talk["people"] is None else talk["people"]]
    yield from (["conversation", title, "option asked about", each] for each in talk["options"])
    for table in talk["tables"]:
        heads = len(table["columns"]) - len(talk["options"]) - 3  # who took part, none of them, no option chosen
        for row in table["rows"]:
            who = " / ".join(row[:heads])
            for column, figure in zip(table["columns"][heads:], row[heads:], strict=True):
                yield ["answers", title, f"{table['title']}; {who}; {column}", figure]
    yield from (["theme", title, each["name"], f"{each['views']} views"] for each in talk["themes"])
    yield from (["answer", title, each["you_said"], f"{each['outcome']}: {each['says']}"] for each in talk["answers"])
    if talk["we_did"]:
        yield ["answer", title, "as a whole", talk["we_did"]]


def record_json(about: BoundaryConsultation) -> bytes:
    """Give the whole record as JSON."""
    said = {field: str(getattr(about, field)) for field in _SAID}
    whole = {"option": about.option.name, "record": said, "log": about.log}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


def zip_of(version: AreaVersion, about: BoundaryConsultation) -> bytes:
    """Give an adopted division as a zip: its zones, the record of its consultation, and what each column means."""
    files = {
        "zones.csv": csv_text(ZONE_COLUMNS, zone_rows(zones_of(version))).encode("utf-8-sig"),
        "consultation.csv": csv_text(COLUMNS, record_rows(about)).encode("utf-8-sig"),
        "consultation.json": record_json(about),
        "dictionary.csv": csv_text(("file", "column", "what it is"), DICTIONARY).encode("utf-8-sig"),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(zipfile.ZipInfo(name, _STILL), content)
    return out.getvalue()
