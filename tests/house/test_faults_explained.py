"""Every code that any room puts into a fault is explained once, in the lowest room that uses it, and no other is."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

import pytest
from checkout import ROOT
from docs.generate.faults import HEADINGS, every_fault_kind, rooms_with_faults

from locality.money.presets import preset_names
from locality.sources import READERS

FLOORS = (
    *(("foundations",), ("areas", "disclosure"), ("money", "members"), ("voice",), ("plans",)),
    *(("release", "sources", "synth"), ("cli",)),
)
CODE = re.compile(r"[a-z]+(-[a-z0-9]+)+")
MADE_FROM_KINDS = {"not-number", "not-whole", "not-pence", "not-date", "not-year", "not-yes-no"}
"""Codes that foundations puts together from the kind of a column."""

NOT_CODES = {
    *("utf-8", "utf-8-sig"),  # encodings
    "highs-ds",  # a way of solving
    *("per-head", "council-lines"),  # parts of the report
    "ledger-nhs",  # a made-up file
    *("locality-plan", "strategic-plan"),  # names of schemas
    "partnership-lines",  # a table beside agreed plans
    *("set-aside", "ua-1"),  # a mark of a service; a kind of PDF
    "e-mail",  # a column of the register
    *("equal-shares", "no-supporter", "few-votes", "as-is"),  # a rule of a vote; why a project lost; how raising ended
    "choose-1",  # a kind of ballots of Pabulib
    *("comment-id", "voter-id", "group-id", "n-votes", "comment-body", "participants-votes"),  # of Polis
}
"""Other texts of the source that have the form of a code."""

EXPLAINED = {kind.code: room for room, kind in every_fault_kind()}


def said_in(path: Path) -> set[str]:
    """Give the codes in a module: every text of their form, and whatever stands in a fault's place for a code."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and type(node.value) is str and CODE.fullmatch(node.value):
            found.add(node.value)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("Fault", "refusal"):
            code = next((word.value for word in node.keywords if word.arg == "code"), None)
            code = code or (node.args[3] if len(node.args) > 3 else None)
            found |= {code.value} if isinstance(code, ast.Constant) else set()
    return found - NOT_CODES - set(READERS) - set(preset_names())


def rooms_that_say() -> dict[str, set[str]]:
    """Give the rooms that use each code."""
    rooms: dict[str, set[str]] = {code: {"foundations"} for code in MADE_FROM_KINDS}
    for floor in FLOORS:
        for room in floor:
            for path in (ROOT / "src/locality" / room).rglob("*.py"):
                for code in said_in(path):
                    rooms.setdefault(code, set()).add(room)
    return rooms


SAID = rooms_that_say()


def single_words() -> set[str]:
    """Codes of one word, which have the form of any other word."""
    return {code for code in EXPLAINED if "-" not in code}


def test_every_room_is_looked_at():
    rooms = {path.name for path in (ROOT / "src/locality").iterdir() if (path / "__init__.py").exists()}
    assert rooms == {room for floor in FLOORS for room in floor}


def test_every_code_that_is_used_is_explained():
    assert set(SAID) - set(EXPLAINED) == set()


def test_every_code_that_is_explained_is_used():
    words = {
        node.value
        for path in (ROOT / "src/locality").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and type(node.value) is str
    }
    assert set(EXPLAINED) - set(SAID) - (single_words() & words) == set()


def test_every_code_is_explained_once():
    assert [code for code, times in Counter(kind.code for _, kind in every_fault_kind()).items() if times > 1] == []


def test_every_code_is_explained_in_the_lowest_room_that_uses_it():
    for code, room in EXPLAINED.items():
        if code in single_words():
            continue
        lowest = next(floor for floor in FLOORS if SAID[code] & set(floor))
        assert room in SAID[code] & set(lowest), code


def test_every_room_with_faults_has_its_heading_on_the_page():
    assert set(HEADINGS) == set(rooms_with_faults())


@pytest.mark.parametrize("kind", [kind for _, kind in every_fault_kind()], ids=lambda kind: kind.code)
def test_every_explanation_is_whole_sentences(kind):
    for sentence in (kind.means, kind.matters, kind.do):
        assert re.fullmatch(r"[A-Z'].*\.", sentence), kind.code
