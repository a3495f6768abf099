"""The generated shelf says what the code says, and has an entry for everything that has a name."""

from __future__ import annotations

from dataclasses import fields

import click
import pytest
from docs.generate import LOOK_UP, stale_pages, write_pages
from docs.generate.commands import every_command
from docs.generate.faults import every_fault_kind
from docs.generate.life_cycles import every_life_cycle
from docs.generate.rules import every_rule

from locality.foundations.core_tables import CORE_TABLES
from locality.money.presets import preset_names
from locality.money.settings import ShareSettings
from locality.money.tables import MONEY_TABLES
from locality.release import PLACE_TABLES, RELEASE_TABLES
from locality.sources import READERS
from locality.sources.partnership_file import _ENTRY_KEYS, NATIONS


def page(name: str) -> str:
    return (LOOK_UP / name).read_text(encoding="utf-8")


def test_no_generated_page_is_stale():
    assert stale_pages() == [], "run: make docs"


def test_a_changed_a_missing_and_a_strange_page_are_found(tmp_path):
    write_pages(tmp_path)
    (tmp_path / "rules.md").write_text("Something else.", encoding="utf-8")
    (tmp_path / "faults.md").unlink()
    (tmp_path / "old.md").write_text("Nobody writes this any more.", encoding="utf-8")
    assert stale_pages(tmp_path) == ["faults.md", "old.md", "rules.md"]
    write_pages(tmp_path)
    assert stale_pages(tmp_path) == []


def test_every_command_and_option_has_its_entry():
    for name, command in every_command():
        part = page("commands.md").partition(f"## `{name}`\n")[2].partition("\n## ")[0]
        assert part, name
        for option in [one for one in command.params if isinstance(one, click.Option)]:
            assert f"`{option.opts[0]}`" in part, (name, option.name)


@pytest.mark.parametrize("table", [*CORE_TABLES, *MONEY_TABLES], ids=lambda table: table.name)
def test_every_table_and_column_has_its_entry(table):
    part = page("tables.md").partition(f"## `{table.name}`\n")[2].partition("\n## ")[0]
    assert all(f"| `{column}` |" in part for column in table.names)


@pytest.mark.parametrize("table", [*RELEASE_TABLES, *PLACE_TABLES], ids=lambda table: table.name)
def test_every_table_of_a_release_has_its_entry(table):
    part = page("release.md").partition(f"## `{table.name}`\n")[2].partition("\n## ")[0]
    assert all(f"| `{column}` |" in part for column in table.names)


def test_every_reader_has_its_entry_with_publisher_and_licence():
    for reader in READERS.values():
        part = page("readers.md").partition(f"## `{reader.name}`\n")[2].partition("\n## ")[0]
        assert reader.publisher in part, reader.name
        assert reader.licence in part, reader.name
        assert all(f"`{option}`" in part for option in reader.options), reader.name


def test_every_fault_rule_and_preset_has_its_entry():
    assert all(f"| `{kind.code}` |" in page("faults.md") for _, kind in every_fault_kind())
    assert all(f"## `{rule.id}`" in page("rules.md") for _, rule in every_rule())
    assert all(f"| `{name}` |" in page("presets.md") for name in preset_names())


def test_every_setting_has_its_entry():
    settings = page("settings.md")
    names = [*_ENTRY_KEYS, "code", "name", "nation", "financial_year", "earlier"]
    assert all(f"| `{name}` |" in settings for name in (*names, *(entry.name for entry in fields(ShareSettings))))
    assert all(nation in settings for nation in NATIONS)


@pytest.mark.parametrize("cycle", [cycle for _, cycle in every_life_cycle()], ids=lambda cycle: cycle.id)
def test_every_life_cycle_has_its_entry_with_every_step(cycle):
    part = page("life-cycles.md").partition(f"(`{cycle.id}`)\n")[2].partition("\n## ")[0]
    assert all(f"    {step.start} --> {step.end} : {step.name}" in part for step in cycle.steps)
