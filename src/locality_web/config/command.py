"""`locality-web`: the commands of a site.

Django is imported inside the commands only: help and the docs need no site.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import click

from locality.foundations import InputRefused, ResultRefused

FAULT_IN_INPUT = 1
RESULT_REFUSED = 3


@click.group("locality-web", context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def locality_web() -> None:
    """Run and look after a Locality site. Settings come from the environment; LOCALITY_HOME is the site's folder."""


@locality_web.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address of this machine to listen at.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="The port to listen at.")
@click.option("--workers", type=click.IntRange(1, 64), help="Web processes; default: one for each core, at least two.")
def serve(host: str, port: int, workers: int | None) -> None:
    """Bring the database up to date and serve the site, with a worker for background jobs. Ends on SIGTERM."""
    from locality_web.config.environment import SERVED_AT  # noqa: PLC0415

    os.environ.setdefault(SERVED_AT, f"{host}:{port}")
    _open_site()
    from locality_web.config import serving  # noqa: PLC0415

    serving.refuse_open_demo(host)
    serving.prepare()
    serving.serve(host, port, workers or serving.default_workers())


@locality_web.command()
@click.option("--once", is_flag=True, help="Do what is due now, then end.")
@click.option("--with-parent", is_flag=True, help="End when the program that started this one has ended.")
def work(once: bool, with_parent: bool) -> None:
    """Do background jobs until it is told to end (SIGTERM); the job in hand is finished first. `serve` starts one."""
    _open_site()
    from locality_web.core import jobs_loop  # noqa: PLC0415

    if once:
        click.echo(f"{jobs_loop.work_off()} jobs done.")
    else:
        jobs_loop.work_on(with_parent=with_parent)


@locality_web.group()
def audit() -> None:
    """Look after the audit record."""


@audit.command()
@click.option("--noted", metavar="NUMBER:HASH", help="A head that was noted earlier, outside of the database.")
@click.option("--json", "as_json", is_flag=True, help="Print the outcome as JSON.")
def verify(noted: str | None, as_json: bool) -> None:
    """Prove that no event was changed, removed or put in. Ends with 1 and the first broken link when one was."""
    _open_site()
    from locality_web.core.audit_verify import read_noted, verify_record  # noqa: PLC0415

    found = verify_record(read_noted(noted) if noted else None)
    if as_json:
        said = {"events": found.events, "head": found.head, "wrong": found.wrong, "at_event": found.at_event}
        click.echo(json.dumps(said))
    elif found.wrong:
        click.echo(f"The audit record is broken. {found.wrong}")
    else:
        click.echo(f"The audit record is whole: {found.events} events. Note this head outside of the database:")
        click.echo(found.head)
    sys.exit(FAULT_IN_INPUT if found.wrong else 0)


@locality_web.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Copy the database into one file while the site runs. It holds personal data: keep it as safe as the site."""
    _open_site()
    from locality_web.config import keeping  # noqa: PLC0415

    made = keeping.back_up(file)
    click.echo(f"{file}: {made['events']} audit events, {made['bytes']:,} bytes, SHA-256 {made['sha256'][:16]}...")


@locality_web.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Replace a site that holds something already. What it holds is lost.")
def restore(file: Path, replace: bool) -> None:
    """Check a backup and put it in place; a broken file changes nothing."""
    _open_site()
    from locality_web.config import keeping  # noqa: PLC0415

    made = keeping.restore(file, replace=replace)
    click.echo(f"Restored the site as it stood at {made['made_at']}.")


@locality_web.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--partnership", required=True, help="The partnership's part of the address, like fife.")
@click.option("--id", "expected_id", default="", help="The release's id, as the analyst gave it by another way.")
def load_release(file: Path, partnership: str, expected_id: str) -> None:
    """Verify a release and load it whole; a broken or changed one is refused, and the earlier one stays."""
    _open_site()
    from locality_web.config import loading  # noqa: PLC0415

    click.echo(loading.load_release_file(file, partnership, expected_id=expected_id))


@locality_web.command()
@click.argument("slug")
@click.argument("name")
@click.option("--code", default="", help="The partnership's code as publishers use it, like S37000013.")
@click.option("--nation", default="Scotland", show_default=True, help="The nation whose law it follows.")
def add_partnership(slug: str, name: str, code: str, nation: str) -> None:
    """Add a partnership; SLUG is its part of every address, like "fife"."""
    _open_site()
    from locality_web.config import beginnings  # noqa: PLC0415

    beginnings.add_partnership(slug, name, code=code, nation=nation)
    click.echo(f"{name} is at /{slug}/. Next: locality-web invite EMAIL --name NAME --partnership {slug}")


@locality_web.command()
@click.argument("email")
@click.option("--name", required=True, help="The person's name.")
@click.option("--partnership", required=True, help="The partnership's part of the address, like fife.")
@click.option("--address", help="The site's address, like https://plans.example.scot; default: from LOCALITY_HOSTS.")
def invite(email: str, name: str, partnership: str, address: str | None) -> None:
    """Make somebody the administrator of a partnership and print the link by which they choose a password."""
    _open_site()
    from locality_web.config import beginnings  # noqa: PLC0415

    click.echo(f"Give this link to {name} alone. It works once, for three days:")
    click.echo(beginnings.add_administrator(email, name, partnership, address=address))


@locality_web.command()
@click.argument("email")
@click.option("--reason", prompt="How do you know that the person asked for this?", help="Kept in the audit record.")
def remove_second_factor(email: str, reason: str) -> None:
    """Take a lost second factor off an account. Its sessions end, and a mail tells its owner."""
    _open_site()
    from locality_web.config import beginnings  # noqa: PLC0415

    click.echo(f"{beginnings.remove_second_factor(email, reason)} signs in with the password alone until the next one.")


@locality_web.command()
@click.argument("says", required=False)
@click.option("--end", is_flag=True, help="Open the site again.")
def maintenance(says: str | None, end: bool) -> None:
    """Close the site for a while; SAYS is what visitors read, like "We are back at 15:00."."""
    _open_site()
    from django.conf import settings  # noqa: PLC0415

    if end:
        settings.MAINTENANCE_FILE.unlink(missing_ok=True)
        click.echo("The site is open.")
    else:
        settings.MAINTENANCE_FILE.write_text(says or "", encoding="utf-8")
        click.echo("The site is closed. Open it again with: locality-web maintenance --end")


@locality_web.command(context_settings={"ignore_unknown_options": True}, add_help_option=False)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: tuple[str, ...]) -> None:
    """Run one of Django's own commands."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "locality_web.config.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    execute_from_command_line([f"{sys.argv[0]} manage", *arguments])


def _open_site() -> None:
    """Load the settings and the rooms; a wrong setting is said in one sentence."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "locality_web.config.settings")
    import django  # noqa: PLC0415
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415

    try:
        django.setup()
    except ImproperlyConfigured as wrong:
        raise ResultRefused(str(wrong)) from wrong


def main(arguments: list[str] | None = None) -> None:
    """Run the command; show what can be mended as written, and leave with the right code."""
    try:
        left = locality_web.main(args=arguments, prog_name="locality-web", standalone_mode=False)
    except InputRefused as refused:
        for fault in refused.faults:
            click.echo(str(fault), err=True)
        sys.exit(FAULT_IN_INPUT)
    except ResultRefused as refused:
        click.echo(f"Refused. {refused}", err=True)
        sys.exit(RESULT_REFUSED)
    except OSError as failed:
        click.echo(f"{failed.filename or 'A file'} cannot be read or written: {failed.strerror or failed}", err=True)
        sys.exit(FAULT_IN_INPUT)
    except click.Abort:
        click.echo("Stopped.", err=True)
        sys.exit(FAULT_IN_INPUT)
    except click.ClickException as usage:
        usage.show()
        sys.exit(usage.exit_code)
    sys.exit(left if isinstance(left, int) else 0)


if __name__ == "__main__":
    main()
