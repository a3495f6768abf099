"""The front page of the generated shelf."""

from __future__ import annotations

from docs.generate.markdown import page

_LINKS = (
    ("commands.md", "every command and option"),
    ("settings.md", "every setting of `partnership.toml`"),
    ("tables.md", "every table that a partnership folder may name, column by column"),
    ("readers.md", "every layout of a published file that can be read as it is"),
    ("faults.md", "every kind of fault that the program can name, and what to do"),
    ("rules.md", "every number or list that decides money or publication, with its source and date"),
    ("life-cycles.md", "the states of a plan and of a budget option, and the steps between them"),
    ("presets.md", "the ready-made paces of change"),
    ("summary.md", "every key of `summary.json`"),
    ("release.md", "every table of a release"),
    ("plan-files.md", "every file of a plan: JSON, CSV, workbooks"),
    ("strategic-plan.md", "every key of what a strategic plan finds, and the tables beside it"),
    ("locality-web.md", "every command of a site"),
    ("site-forms.md", "every form of a site, with what it refuses and in which words"),
    ("site-settings.md", "every variable and rule of a site, and what a partnership decides for itself"),
    ("addresses.md", "every address of a site, and who may open it"),
    ("records.md", "every kind of event in the audit record, and of background job"),
    ("roles.md", "every role and permission of a site, and how often things may be tried"),
    ("guidance.md", "every check against the guidance, with its paragraph"),
)


def shelf_page() -> str:
    """Link every generated page."""
    links = "\n".join(f"* [{name.removesuffix('.md')}]({name}): {says}" for name, says in _LINKS)
    return page("Look up", "These pages are written from the program itself. A test fails when they differ.", links)
