"""Every key of a strategic plan's facts has its line on the page, and every line its key in a real plan."""

from __future__ import annotations

from typing import Any

import pytest
from checkout import ROOT
from docs.generate.strategic_plan import facts_keys, guidance_page, shared_keys

from factories.plans import SERVICES, agreed_plan, budget_of, joint_line, pounds, strategic_plan
from locality.plans import CatalogueService, HeadingMoney, JointShare, load_checks


def keys(found: Any, path: str = "") -> set[tuple[str, str]]:
    """Give the block and the key of every plain value."""
    if isinstance(found, list):
        inside = [one for one in found if isinstance(one, dict | list)]
        if len(inside) < len(found):
            block, _, name = path.rpartition(".")
            return {(block, f"{name}[]")}
        return set().union({(f"{path}[]", "")}, *(keys(one, f"{path}[]") for one in inside))
    assert isinstance(found, dict)
    told: set[tuple[str, str]] = {(path, "")} if path else set()
    for name, value in found.items():
        below = f"{path}.{name}".lstrip(".")
        told |= keys(value, below) if isinstance(value, dict | list) and value else set()
        told |= {(path, name)} if not isinstance(value, dict | list) else set()
    return told


@pytest.fixture(scope="module")
def produced() -> set[tuple[str, str]]:
    """Keys of a whole plan, and of one in which everything is missing that can be."""
    open_line = joint_line(shares=(JointShare("north", pounds(80)), JointShare("south", pounds(40))))
    newer = budget_of("south", decision="2026/27-2", headings=(*budget_of("south").headings, HeadingMoney("Other", 1)))
    lacking = strategic_plan(
        agreed_plan("north"),
        agreed_plan("south", priorities=agreed_plan("south").priorities[:2]),
        joint=[open_line],
        services=(*SERVICES, CatalogueService("telecare", "Telecare", "Care at home")),
        budgets={"south": newer},
    )
    return keys(strategic_plan().facts) | keys(lacking.facts)


def test_every_key_of_real_facts_is_documented(produced):
    blocks, shared = facts_keys(), shared_keys()
    strange = {
        (block, key)
        for block, key in produced
        if (block and block not in blocks and key) or (key and key not in shared and key not in blocks[block][1])
    }
    assert strange == set()


def test_every_documented_key_is_in_real_facts(produced):
    said = {(block, key) for block, (_, own) in facts_keys().items() for key in own}
    assert said - produced == set()
    assert set(facts_keys()) - {block for block, _ in produced} == set()
    assert set(shared_keys()) - {key for _, key in produced} == set()


def test_the_walk_over_keys_sees_lists_and_objects():
    found = {"a": {"x": 1, "names": ["n"]}, "rows": [{"y": 1}]}
    assert keys(found) == {("a", ""), ("a", "x"), ("a", "names[]"), ("rows[]", ""), ("rows[]", "y")}


def test_every_check_is_on_its_page():
    page = (ROOT / "docs/look-up/guidance.md").read_text(encoding="utf-8")
    assert [check.id for check in load_checks() if f"`{check.id}`" not in page] == []
    assert guidance_page() == page
