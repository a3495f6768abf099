"""`locality voice`: what people say, made sense of."""

from __future__ import annotations

import click

from locality.cli.voice_choose import choose_command
from locality.cli.voice_groups import groups_command


@click.group()
def voice() -> None:
    """What people say and vote: fair choices, and groups of opinion."""


voice.add_command(choose_command)
voice.add_command(groups_command)
