"""Joins the sections of the report into one self-contained page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined, Template
from markupsafe import Markup

from locality.money.report import budget, opening, record, shares, trust
from locality.money.report.blocks import Numbers, Section

_SIGN_BEFORE_POUNDS = re.compile("([\u2212+])(?=£)")
_MADE_UP = "The people in this report are made up. Do not use its figures for decisions."


def render_report(summary: Mapping[str, Any]) -> str:
    """Write the report as one HTML page that needs nothing beside it.

    Args:
        summary: The content of `summary.json` (schema `locality.summary/1`). Amounts are whole pence, ratios are
            parts of one. The distance is historic minus fair; the steps lead from historic to fair.

    Returns:
        The page. It asks for no other file or address and holds no script; names in it are escaped; the same
        summary always gives the same page. Sections for which the summary has nothing (a budget, hosted services)
        are left out whole.
    """
    sections = _sections(summary)
    return _template().render(
        title=opening.title_of(summary),
        style=Markup(_read("style.css")),  # noqa: S704 - our own file
        made_up=_made_up(summary),
        key_figures=opening.key_figures(summary),
        about=opening.about(summary),
        sections=sections,
        made_by=summary["made_by"],
        schema=summary["schema"],
    )


def _sections(summary: Mapping[str, Any]) -> list[Section]:
    """Make the sections in the order of the page: figures and tables are numbered as they come."""
    numbers = Numbers()
    made = [
        opening.opening(summary),
        shares.side_by_side(summary, numbers),
        shares.per_head(summary, numbers),
        shares.causes(summary, numbers),
        budget.budget(summary, numbers),
        shares.by_heading(summary, numbers),
        trust.coverage(summary, numbers),
        trust.reconciliation(summary, numbers),
        trust.hosted(summary, numbers),
        trust.council_lines(summary, numbers),
        record.method(summary, numbers),
        record.sources(summary, numbers),
        record.settings(summary, numbers),
    ]
    return [section for section in made if section is not None]


def _made_up(summary: Mapping[str, Any]) -> tuple[str, ...]:
    if not summary["made_up"]:
        return ()
    note = summary.get("made_up_note")
    return (_MADE_UP, note) if note else (_MADE_UP,)


def _read(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text("utf-8")


def _tied(sentence: str) -> str:
    """Tie a sign to its amount, so that no line ends between them; cells of tables never break and stay as they are."""
    return _SIGN_BEFORE_POUNDS.sub("\\1\u2060", sentence)


@cache
def _template() -> Template:
    """Compile the template once; a name that a block lacks is a mistake of ours and fails loudly."""
    environment = Environment(
        autoescape=True,
        loader=FunctionLoader(_read),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["tied"] = _tied
    return environment.get_template("template.html")
