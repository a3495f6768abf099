"""Every kind of fault that core names is explained."""

from __future__ import annotations

import re
from pathlib import Path

from locality.foundations import fault_kinds_in
from locality_web import core

_CODE = re.compile(r'"([a-z]+(?:-[a-z]+)+)"')
_BEFORE = re.compile(r"\bFault\((?:[^()]|\([^()]*\))*\)", re.DOTALL)


def codes_in(text: str) -> set[str]:
    return {code for call in _BEFORE.findall(text) for code in _CODE.findall(call) if not code.startswith("--")}


def test_every_kind_is_explained_and_none_besides():
    named = {code for path in Path(core.__file__).parent.glob("*.py") for code in codes_in(path.read_text())}

    assert len(named) >= 7
    assert {kind.code for kind in fault_kinds_in("locality_web.core")} == named


def test_the_search_finds_a_kind_however_it_is_written():
    assert codes_in('Fault("file", what(1), "Do it.", "some-kind", column="x")') == {"some-kind"}
    assert codes_in('Fault(\n    file="a",\n    code="other-kind",\n)') == {"other-kind"}
