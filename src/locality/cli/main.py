"""The command and its groups."""

from __future__ import annotations

import sys

import click
from rich.console import Console

from locality import __version__
from locality.cli.areas import areas
from locality.cli.check import check
from locality.cli.money import money
from locality.cli.plans import plans
from locality.cli.release import release
from locality.cli.synth import synth
from locality.cli.voice import voice
from locality.foundations import InputRefused, ResultRefused

FAULT_IN_INPUT = 1
RESULT_REFUSED = 3


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="locality")
def locality() -> None:
    """Locality planning in health and social care: from files about a place to a budget for every locality."""


locality.add_command(areas)
locality.add_command(check)
locality.add_command(money)
locality.add_command(plans)
locality.add_command(release)
locality.add_command(synth)
locality.add_command(voice)


def main(arguments: list[str] | None = None) -> None:
    """Run the command; show what can be mended as written, and leave with the right code."""
    errors = Console(stderr=True, soft_wrap=True, highlight=False, markup=False)
    try:
        left = locality.main(args=arguments, prog_name="locality", standalone_mode=False)
    except InputRefused as refused:
        count = len(refused.faults)
        errors.print(f"{count} thing{'s' if count > 1 else ''} to mend before this can be done:")
        for fault in refused.faults:
            errors.print(f"  {fault}")
        sys.exit(FAULT_IN_INPUT)
    except ResultRefused as refused:
        errors.print(f"Refused. {refused}")
        sys.exit(RESULT_REFUSED)
    except OSError as failed:
        errors.print(f"{failed.filename or 'A file'} cannot be read or written: {failed.strerror or failed}")
        errors.print(
            "Check that the place is there, that you may write to it, and that no other program holds the file."
        )
        sys.exit(FAULT_IN_INPUT)
    except click.Abort:
        errors.print("Stopped.")
        sys.exit(FAULT_IN_INPUT)
    except click.ClickException as usage:
        usage.show()
        sys.exit(usage.exit_code)
    # Click returns the code of a command that leaves early; only then is there one.
    if left:
        sys.exit(left)
