"""Every text of a resident's page of this room is there in Gaelic; no fluent reader has checked it yet."""

import ast
import re
from pathlib import Path

import pytest

import locality_web.voice
from locality_web.core.languages import words_of
from locality_web.voice.conversations.kinds import KINDS, OPINION_CYCLE
from locality_web.voice.conversations.moderation import reasons
from locality_web.voice.conversations.snapshot import age_groups

ROOM = Path(locality_web.voice.__file__).parent
TEMPLATES = sorted((ROOM / "templates" / "voice").glob("*"))
MODULES = sorted(ROOM.rglob("*.py"))
_TOLD = re.compile(r"""\{% tell(?P<count>_count)?(?P<said> .*?)%\}""")
_TEXT = re.compile(r""""([^"]*)"|'([^']*)'""")


def told_in_template(path: Path) -> set[str]:
    """Give every text that a template tells; of two for one and many, that for many."""
    found = set()
    for tag in _TOLD.finditer(path.read_text(encoding="utf-8")):
        texts = [one or two for one, two in _TEXT.findall(tag["said"])]
        if texts:
            found.add(texts[1] if tag["count"] else texts[0])
    return found


def told_in_module(path: Path) -> set[str]:
    """Give every text that a module tells."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        name = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
        at = {"tell": 0, "tell_count": 2}.get(name)
        if at is not None and len(node.args) > at and isinstance(node.args[at], ast.Constant):
            found.add(node.args[at].value)
    return found


@pytest.mark.parametrize("path", [*TEMPLATES, *MODULES], ids=lambda path: path.name)
def test_every_text_that_is_told_is_there_in_gaelic(path):
    told = told_in_module(path) if path.suffix == ".py" else told_in_template(path)
    assert sorted(told - set(words_of("gd"))) == []


def test_every_text_that_comes_from_data_is_there_in_gaelic():
    states = [text for state in OPINION_CYCLE.states for text in (state.name, state.means)]
    why = [
        text for each in reasons().values() for text in (each.name, each.tells) if not each.site or text == each.tells
    ]
    said = [*KINDS.values(), *age_groups().values(), *states, *why, "Newest first", "Most supported first"]
    assert [each for each in said if each not in words_of("gd")] == []
