"""Options that the commands about boundaries share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from locality.cli.area_files import Sizes

Command = TypeVar("Command", bound=Callable[..., Any])


def design_options(command: Command) -> Command:
    """Take how large localities are to be, and what counts how much."""
    for option in (
        click.option("--within-councils", is_flag=True, help="No locality may cross a council border."),
        click.option("--islands-alone", is_flag=True, help="A part that nothing joins to the rest may be small."),
        click.option(
            "--indicator", "indicators", multiple=True, help="Zones of a locality should be alike in it; repeatable."
        ),
        click.option(
            "--weights",
            type=(float, float, float),
            help="What practices, communities and borders count in J; together 1.",
        ),
        click.option("--most", type=int, help="Most people of a locality; 1.45 times the mean when not given."),
        click.option("--least", type=int, help="Fewest people of a locality; 0.6 times the mean when not given."),
        click.option("--number", type=int, help="How many localities."),
    ):
        command = option(command)
    return command


def sizes_of(asked: dict[str, Any]) -> Sizes:
    """Take what was asked for about sizes and weights."""
    names = ("number", "least", "most", "weights", "islands_alone", "within_councils")
    return Sizes(**{name: asked[name] for name in names})
