"""The result of a vote as one page that needs nothing beside it, made from its record alone."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined, Template
from markupsafe import Markup

from locality.voice.choice.currency import Currency


def render_vote(record: Mapping[str, Any]) -> str:
    """Write the result of a vote as an HTML page.

    Args:
        record: What `record_vote` gives.

    Returns:
        The page: without scripts, and without anything from another address; names in it are escaped; the same record
        always gives the same page.
    """
    currency = Currency(record["currency"]["code"], record["currency"]["minor_units"])
    won = sorted((one for one in record["projects"] if one["order"]), key=lambda one: one["order"])
    lost = sorted((one for one in record["projects"] if not one["order"]), key=lambda one: (-one["votes"], one["code"]))
    style = Markup(_read("style.css"))  # noqa: S704 - our own file
    return _template().render(record=record, say=currency.say, won=won, lost=lost, style=style)


def _read(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text("utf-8")


@cache
def _template() -> Template:
    environment = Environment(
        autoescape=True, loader=FunctionLoader(_read), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("vote.html")
