"""The committed examples name what exists, and the docs say where it is published."""

from __future__ import annotations

import pytest
from checkout import ROOT

from locality.money.settings import read_settings as read_money
from locality.sources.partnership_file import read_settings

EXAMPLES = sorted(path.parent for path in (ROOT / "examples").glob("*/partnership.toml"))


def files(folder) -> set[str]:
    """Every file of the data root that a folder names, in entries and in options of readers."""
    settings, _ = read_settings(folder)
    named = {pattern for entry in settings.entries for pattern in entry.patterns}
    for entry in settings.entries:
        named |= {value for value in entry.options.values() if isinstance(value, str) and "/" in value and "." in value}
    return {name for name in named if "/" in name and not name.startswith("made-up/")}


def test_there_are_examples():
    assert len(EXAMPLES) >= 5


@pytest.mark.parametrize("folder", EXAMPLES, ids=lambda folder: folder.name)
def test_an_example_has_no_fault_in_its_settings(folder):
    settings, faults = read_settings(folder)
    assert faults == []
    assert settings.partnership is not None
    read_money(settings.money)


@pytest.mark.parametrize("folder", EXAMPLES, ids=lambda folder: folder.name)
def test_the_docs_say_where_every_file_of_an_example_is_published(folder):
    page = (ROOT / "docs/do/get-the-data.md").read_text(encoding="utf-8")
    assert sorted(name for name in files(folder) if f"`{name}`" not in page) == []


def test_the_docs_name_no_file_that_no_example_uses():
    page = (ROOT / "docs/do/get-the-data.md").read_text(encoding="utf-8")
    used = set().union(*(files(folder) for folder in EXAMPLES))
    rows = [line for line in page.splitlines() if line.startswith("| `")]
    named = {part for row in rows for part in row.split("|")[1].replace("`", "").replace(",", " ").split()}
    assert named - used == set()
