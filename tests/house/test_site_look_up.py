"""Every command, variable and rule of a site has its entry."""

from __future__ import annotations

import re

import click
import pytest
from checkout import ROOT
from docs.generate import LOOK_UP
from docs.generate.addresses import every_address
from docs.generate.audit_events import kinds_explained, kinds_in_code
from docs.generate.commands import every_command
from docs.generate.site import site_variables

from locality.foundations import load_life_cycle, rules_in
from locality_web.config.command import locality_web
from locality_web.core.jobs import all_kinds
from locality_web.core.setting_kinds import all_settings

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


def test_every_setting_of_a_partnership_has_its_entry():
    assert [name for name in all_settings() if f"| `{name}` |" not in page("site-settings.md")] == []


def test_every_address_that_a_view_declares_says_what_it_is_and_has_its_entry():
    declared = [each for each in every_address() if each.declared is not None]
    assert len(declared) > 60
    assert [each.path for each in declared if not (each.view.__doc__ or "").strip()] == []
    assert [each.path for each in declared if f"| `{each.path}` |" not in page("addresses.md")] == []


def test_an_address_without_a_declaration_is_one_of_signing_in():
    open_ones = [each.path for each in every_address() if each.declared is None]
    assert [path for path in open_ones if not path.startswith("/accounts/")] == []


def test_every_background_job_has_its_entry():
    assert [name for name in all_kinds() if f"| `{name}` |" not in page("records.md")] == []


def states(cycle: str) -> set[str]:
    return {state.state for state in load_life_cycle("locality.plans", cycle).states}


def test_every_kind_of_event_in_the_code_is_explained_and_no_other():
    names, starts = kinds_in_code()
    put_together = {
        "plans.": states("locality_plan"),
        "plans.strategic_": states("strategic_plan"),
        "plans.stance_": {"agree", "object"},
        "plans.strategic_stance_": {"agree", "object"},
        "members.lead_": {"appointed", "extended", "ended", "withdrawn"},
    }
    assert starts == set(put_together), "a kind that is put together in a new way"
    named = names | {start + end for start, ends in put_together.items() for end in ends}
    assert named == set(kinds_explained())
    assert all(f"| `{kind}` |" in page("records.md") for kind in named)


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


def hooks_in(text: str) -> set[str]:
    return set(re.findall(r"^\| `(\w+\.\w+\([^)]*\))` \|", text, re.MULTILINE))


def test_the_page_about_the_site_names_every_hook():
    declared = hooks_in((ROOT / "src/locality_web/core/hooks.py").read_text(encoding="utf-8"))
    assert len(declared) >= 8
    assert hooks_in((ROOT / "docs/understand/the-site.md").read_text(encoding="utf-8")) == declared
