"""Every command and option, read from the command line's own declarations."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import click

from docs.generate.markdown import code, page, table
from locality.cli.main import locality

EXIT_CODES = (
    ("0", "done"),
    ("1", "a fault in the input: every one is named, with what to do"),
    ("2", "wrong usage of the command"),
    ("3", "refused: the input is sound, but what was asked for cannot or must not be given"),
)


def every_command(command: click.Command = locality, name: str = "locality") -> Iterator[tuple[str, click.Command]]:
    """Walk through the command and all commands below it."""
    yield name, command
    if isinstance(command, click.Group):
        for short, child in sorted(command.commands.items()):
            yield from every_command(child, f"{name} {short}")


def commands_page() -> str:
    """Describe every command."""
    intro = "Every command takes `--help`. It ends with one of these exit codes:"
    parts = [describe_command(name, command) for name, command in every_command()]
    return page("Commands", intro, table(("code", "meaning"), EXIT_CODES), *parts)


def describe_command(name: str, command: click.Command) -> str:
    """Describe one command: what it does, how it is called, its options."""
    says = inspect.cleandoc(command.help or "")
    places = " ".join(one.make_metavar(click.Context(command)) for one in command.params if _is_argument(one))
    rows = [_option(command, one) for one in command.params if isinstance(one, click.Option)]
    usage = "" if isinstance(command, click.Group) else f"    {name} [OPTIONS] {places}".rstrip()
    options = table(("option", "takes", "meaning"), rows) if rows else ""
    return "\n\n".join(part for part in (f"## {code(name)}", says, usage, options) if part)


def _is_argument(one: click.Parameter) -> bool:
    return isinstance(one, click.Argument)


def _option(command: click.Command, option: click.Option) -> tuple[str, str, str]:
    record = option.get_help_record(click.Context(command))
    assert record is not None, f"{option.name} has no help"
    named, _, takes = record[0].partition(" ")
    return code(named), code(takes), record[1]
