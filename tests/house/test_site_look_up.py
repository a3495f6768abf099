"""Every command, variable and rule of a site has its entry."""

from __future__ import annotations

import re

import click
import pytest
from checkout import ROOT
from docs.generate import LOOK_UP
from docs.generate.commands import every_command
from docs.generate.site import site_variables

from locality.foundations import rules_in
from locality_web.config.command import locality_web

CONFIG = ROOT / "src" / "locality_web" / "config"


def page(name: str) -> str:
    return (LOOK_UP / name).read_text(encoding="utf-8")


def test_every_command_and_option_of_a_site_has_its_entry():
    for name, command in every_command(locality_web, "locality-web"):
        part = page("locality-web.md").partition(f"## `{name}`\n")[2].partition("\n## ")[0]
        assert part, name
        for option in [one for one in command.params if isinstance(one, click.Option)]:
            assert f"`{option.opts[0]}`" in part, (name, option.name)


def test_every_variable_that_a_site_reads_has_its_entry_and_no_other():
    read = set()
    for file in CONFIG.glob("*.py"):
        code = re.sub(r'^""".*?"""', "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
        read |= set(re.findall(r'"(LOCALITY_[A-Z_]+)"', code))
        read |= {"DATABASE_URL"} if "dj_database_url.config" in code else set()

    assert read == {name for name, _ in site_variables()}
    assert all(f"| `{name}` |" in page("site-settings.md") for name in read)


def test_every_rule_of_a_site_says_what_it_is_and_who_looked():
    for rule in rules_in("locality_web.core"):
        assert f"## `{rule.id}`" in page("site-settings.md")
        assert rule.description.strip().endswith(".")
        for value in rule.values:
            assert re.fullmatch(r"(the founders, \d{4}-\d{2}|nobody)( \([^()]+\))?", value.checked_by)
            assert value.review_by > value.start


WORDS = [
    command
    for file in ("do/run-a-site.md",)
    for command in re.findall(r"locality-web[^\n`#]*", (ROOT / "docs" / file).read_text())
]


@pytest.mark.parametrize("line", WORDS)
def test_a_command_of_a_site_on_a_page_exists_with_its_options(line):
    known = dict(every_command(locality_web, "locality-web"))
    words = line.split()
    name = next(" ".join(words[:length]) for length in (3, 2, 1) if " ".join(words[:length]) in known)
    if name == "locality-web manage":
        return
    options = {option for one in known[name].params for option in one.opts} | {"--help"}
    assert [word for word in words if word.startswith("--") and word not in options] == []
