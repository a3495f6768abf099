"""`locality-web`: the commands of a site."""

from __future__ import annotations

import os
import sys

import click


@click.group()
def main() -> None:
    """Run and look after a Locality site."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "locality_web.config.settings")


@main.command(context_settings={"ignore_unknown_options": True}, add_help_option=False)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: tuple[str, ...]) -> None:
    """Run one of Django's own commands."""
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - settings are chosen first

    execute_from_command_line([f"{sys.argv[0]} manage", *arguments])
