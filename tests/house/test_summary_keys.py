"""Every key of summary.json has its line on the page, and every line its key in a real run."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from checkout import run_locality
from docs.generate.summary import summary_keys

pytestmark = pytest.mark.xdist_group("tutorial")

# Names below these depend on the folder.
NAMED_BY_THE_FOLDER = {
    "method.fair": "<programme>",
    "reconciliation.by_source": "<source>",
    "hosted[].by_partnership": "<partnership>",
    "council_lines[].localities": "<locality>",
}
# Described elsewhere, whole: settings on their own page, values of rules on theirs.
WHOLE = {"parameters", "rules[].value"}


def keys(found: Any, path: str = "") -> set[str]:
    """Give the path of every plain value; a list is the path and []."""
    if path in WHOLE or not isinstance(found, dict | list):
        return {path}
    if isinstance(found, list):
        return set().union(*(keys(one, f"{path}[]") for one in found)) if found else set()
    name = NAMED_BY_THE_FOLDER.get(path)
    parts = [keys(value, f"{path}.{name or key}".lstrip(".")) for key, value in found.items()]
    return set().union(*parts)


@pytest.fixture(scope="module")
def produced(tutorial, in_folder) -> set[str]:
    """Keys of a budget, and of a run in which a need model was estimated."""
    folder, _ = tutorial
    budget = json.loads((folder / "results" / "summary.json").read_text(encoding="utf-8"))
    estimated = _estimate(folder, in_folder)
    assert budget["notes"] and budget["hosted"] and estimated["need_models"] and estimated["council_lines"]
    return keys(budget) | keys(estimated)


def _estimate(folder: Path, in_folder) -> dict[str, Any]:
    shutil.copytree(folder / "place", folder / "estimated")
    settings = folder / "estimated" / "partnership.toml"
    lines = "line,council,year,indicator,pence,programme\nResidential care,Strathmirrin,2022/23,,100000,\n"
    (folder / "estimated" / "council_lines.csv").write_text(lines, encoding="utf-8")
    said = settings.read_text(encoding="utf-8")
    settings.write_text(
        said.replace("[tables]", '[tables]\ncouncil_lines = { file = "council_lines.csv" }'), encoding="utf-8"
    )
    own = 'need = ["income_rate"]\nmethods = { acute = "estimate" }\n'
    settings.write_text(settings.read_text(encoding="utf-8") + own, encoding="utf-8")
    with in_folder(folder):
        printed, code = run_locality("money", "shares", "estimated", "--out", "estimate", "--json")
    assert code == 0, printed
    return json.loads((folder / "estimate" / "summary.json").read_text(encoding="utf-8"))


def test_every_key_of_a_real_summary_is_documented(produced):
    assert sorted(produced - set(summary_keys())) == []


def test_every_documented_key_is_in_a_real_summary(produced):
    assert sorted(set(summary_keys()) - produced) == []


def test_the_walk_over_keys_sees_lists_and_names_of_the_folder():
    found = {"hosted": [{"by_partnership": {"S1": 1, "S2": 2}}], "notes": ["a"], "parameters": {"x": 1}}
    assert keys(found) == {"hosted[].by_partnership.<partnership>", "notes[]", "parameters"}
