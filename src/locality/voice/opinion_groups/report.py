"""Writes groups of opinion as one page that needs nothing beside it."""

from __future__ import annotations

import datetime as dt
from functools import cache
from importlib import resources

from jinja2 import Environment, FunctionLoader, StrictUndefined, Template
from markupsafe import Markup

from locality.disclosure import DisclosureRules
from locality.voice.opinion_groups.publish import PublishedGroups


def render_groups(
    found: PublishedGroups,
    rules: DisclosureRules,
    *,
    title: str,
    made_by: str,
    made_on: dt.date,
    notes: tuple[str, ...] = (),
) -> str:
    """Write the finding as an HTML page.

    Args:
        found: What may be published.
        rules: The disclosure rules that it passed.
        title: What people voted on.
        made_by: The program and its version.
        made_on: The day.
        notes: What must be said beside it.

    Returns:
        The page. It asks for no other file and holds no script; every text in it is escaped.
    """
    return _template().render(
        found=found,
        threshold=rules.threshold,
        title=title,
        made_by=made_by,
        made_on=made_on,
        notes=notes,
        style=Markup(_read("report.css")),  # noqa: S704 - our own file
    )


def _read(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text("utf-8")


@cache
def _template() -> Template:
    environment = Environment(
        autoescape=True,
        loader=FunctionLoader(_read),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html")
