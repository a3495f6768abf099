"""Commands, settings and code on hand-written pages are such as the program knows."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from checkout import ROOT
from docs.generate.commands import every_command

from locality.money.settings import ShareSettings
from locality.sources import DECLARED, READERS
from locality.sources.partnership_file import _ENTRY_KEYS
from locality.voice.choice.vote_tables import RULE_KEYS
from locality_web.config.command import locality_web

COMMANDS = dict(every_command())
PAGES = sorted(
    [ROOT / "README.md", ROOT / "SECURITY.md", ROOT / "CHANGELOG.md"]
    + [page for page in (ROOT / "docs").rglob("*.md") if page.parent.name != "look-up"]
)


def typed(page: Path) -> list[str]:
    """Give every command line of a page: in blocks, and in the text as code."""
    text = page.read_text(encoding="utf-8")
    lines = re.findall(r"^(?:\$ |    (?:\$ )?)(locality [^\n]+)$", text, re.MULTILINE)
    return [line.split(" #")[0] for line in lines + re.findall(r"`(locality [^`\n]+)`", text)]


LINES = [(page.relative_to(ROOT), line) for page in PAGES for line in typed(page)]


@pytest.mark.parametrize(("page", "line"), LINES, ids=[f"{page}: {line}" for page, line in LINES])
def test_a_command_on_a_page_exists_with_its_options(page, line):
    words = line.split()
    name = next(" ".join(words[:length]) for length in (3, 2, 1) if " ".join(words[:length]) in COMMANDS)
    assert name != "locality" or len(words) == 1 or words[1].startswith("-"), f"{page}: no command {words[1]}"
    known = {option for one in COMMANDS[name].params for option in one.opts} | {"--help", "-h"}
    assert [word for word in words if word.startswith("--") and word not in known] == []


def options_in_text() -> list[tuple[Path, str]]:
    known = []
    for page in PAGES:
        known += [(page.relative_to(ROOT), option) for option in re.findall(r"`(--[\w-]+)", page.read_text())]
    return known


def test_an_option_named_in_the_text_exists():
    site = dict(every_command(locality_web, "locality-web"))
    both = [*COMMANDS.values(), *site.values()]
    known = {option for command in both for one in command.params for option in one.opts}
    # Options of the program that writes these pages, and of those that measure.
    bench = " ".join(path.read_text(encoding="utf-8") for path in (ROOT / "bench").glob("*.py"))
    known |= {"--check", "--help"} | set(re.findall(r"""["'](--[\w-]+)["']""", bench))
    assert [(page, option) for page, option in options_in_text() if option not in known] == []


def toml_blocks() -> list[tuple[str, str]]:
    return [
        (str(page.relative_to(ROOT)), block)
        for page in PAGES
        for block in re.findall(r"```toml\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    ]


@pytest.mark.parametrize(("page", "block"), toml_blocks())
def test_settings_on_a_page_are_known(page, block):
    said = tomllib.loads(block)
    if "completion" in said:  # the rules of a vote stand in a file of their own
        assert set(said) <= set(RULE_KEYS), page
        return
    parts = {"partnership", "year", "tables", "money"}
    tables = said.get("tables", {key: value for key, value in said.items() if key not in parts})
    for table, entries in tables.items():
        assert table in DECLARED, page
        for entry in entries if isinstance(entries, list) else [entries]:
            reader = READERS[entry["reader"]] if "reader" in entry else None
            assert reader is None or reader.table.name == table, page
            assert set(entry) <= {*_ENTRY_KEYS, *(reader.options if reader else ())}, page
    assert set(said.get("money", {})) <= set(ShareSettings.__dataclass_fields__), page


def python_blocks() -> list[tuple[str, str]]:
    return [
        (str(page.relative_to(ROOT)), block)
        for page in PAGES
        for block in re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    ]


@pytest.mark.parametrize(("page", "block"), python_blocks())
def test_imports_on_a_page_work(page, block):
    imports = [line for line in block.splitlines() if line.startswith(("from ", "import "))]
    assert imports, page
    exec("\n".join(imports), {})


def test_every_code_of_a_rule_or_reader_on_a_page_exists():
    """Names in code that look like those of readers are readers."""
    shapes = re.compile(r"`((?:nrac|slf|nhs|ons|phs|scotgov|simd2020v2|lgbf|nrs|imd2019)-[a-z0-9-]+)`")
    named = {name for page in PAGES for name in shapes.findall(page.read_text(encoding="utf-8"))}
    assert named - set(READERS) == set()
    assert len(named) > 10
