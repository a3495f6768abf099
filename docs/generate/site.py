"""The commands, variables and rules of a site."""

from __future__ import annotations

import ast
from pathlib import Path

import locality_web
from docs.generate.commands import EXIT_CODES, describe_command, every_command
from docs.generate.markdown import code, page, table
from docs.generate.rules import describe_rule
from locality.foundations import rules_in
from locality_web.config.command import locality_web as site_command
from locality_web.core.setting_kinds import Declared, all_settings, say_value

_SETTINGS = Path(locality_web.__file__).parent / "config" / "settings.py"


def site_commands_page() -> str:
    """Describe every command of a site."""
    intro = (
        "`locality-web` runs and looks after a site. How to: [Run a site](../do/run-a-site.md). "
        "Every command takes `--help`. It ends with one of these exit codes:"
    )
    parts = [describe_command(name, command) for name, command in every_command(site_command, "locality-web")]
    return page("Commands of a site", intro, table(("code", "meaning"), EXIT_CODES), *parts)


def site_variables() -> list[tuple[str, str]]:
    """Give every variable with its meaning, from the table at the head of the settings."""
    said = ast.get_docstring(ast.parse(_SETTINGS.read_text(encoding="utf-8"))) or ""
    rows = [line.strip("| ").split(" | ", 1) for line in said.splitlines() if line.startswith("| ")]
    return [(name, meaning) for name, meaning in rows[1:]]


def site_settings_page() -> str:
    """Describe every variable and rule of a site, and every setting of a partnership."""
    rows = [(code(name), meaning) for name, meaning in site_variables()]
    return page(
        "Settings of a site",
        "What differs between sites comes from variables of the environment. Nothing needs to be set to try a site on "
        "this machine; how to set one up for others: [Run a site](../do/run-a-site.md). A wrong value is refused at "
        "the start, in one sentence that names the variable.",
        table(("variable", "what it is"), rows),
        "# Rules",
        "Numbers that the site itself goes by; they stand in `src/locality_web/core/rules/`.",
        *[describe_rule(rule) for rule in rules_in("locality_web.core")],
        "# Settings of a partnership",
        "What the guidance leaves to each partnership. Its planners and administrators change them on the page "
        "*Settings*, each with a reason that is kept.",
        table(("setting", "what it is", "unless set", "limits", "source"), partnership_settings()),
    )


def partnership_settings() -> list[tuple[str, str, str, str, str]]:
    """Give every setting of a partnership with its default, its limits or choices, and its source."""
    return [
        (code(one.name), one.says, say_value(one, one.default), _limits(one), one.source)
        for one in all_settings().values()
    ]


def _limits(one: Declared) -> str:
    if one.choices:
        return "; ".join(one.choices.values())
    ends = [say_value(one, end) for end in (one.minimum, one.maximum) if end is not None]
    return " to ".join(ends)
