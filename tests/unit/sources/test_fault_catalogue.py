"""The catalogue explains every code that the checks use, and no other."""

import ast
import re
from pathlib import Path

import locality
from locality.sources import FAULTS, READERS

ROOMS = ("foundations", "areas", "sources")
CODE = re.compile(r"[a-z]+(-[a-z0-9]+)+")
MADE_FROM_KINDS = {"not-number", "not-whole", "not-pence", "not-date", "not-year", "not-yes-no"}
"""Codes that are put together from the kind of a column."""

NOT_CODES = {"utf-8", "utf-8-sig", "highs-ds"}


def words_in_source() -> set[str]:
    """Every text in the three rooms' modules."""
    found: set[str] = set()
    for room in ROOMS:
        for path in sorted((Path(locality.__file__).parent / room).rglob("*.py")):
            tree = ast.parse(path.read_text("utf-8"))
            found |= {
                node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and type(node.value) is str
            }
    return found


def test_every_code_that_is_used_is_explained():
    codes = {word for word in words_in_source() if CODE.fullmatch(word)}
    assert codes - NOT_CODES - set(READERS) - set(FAULTS) == set()


def test_every_code_that_is_explained_is_used():
    assert set(FAULTS) - words_in_source() - MADE_FROM_KINDS == set()


def test_every_explanation_is_whole_sentences():
    for kind in FAULTS.values():
        for sentence in (kind.means, kind.matters, kind.do):
            assert re.fullmatch(r"[A-Z'].*\.", sentence), kind.code
