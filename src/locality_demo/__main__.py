"""`python -m locality_demo`: the whole road on a made-up partnership, from files to a published plan on a site."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from multiprocessing import get_context
from pathlib import Path

import click

from locality.cli import main as run
from locality.foundations import FinancialYear
from locality.synth import SHAPES_FILE
from locality_demo.search_once import search_once
from locality_demo.to_try import read_to_try

PACE = ("--preset", "differential-growth", "--inflation", "0.02", "--growth", "0.03")
"""The pace of change that the analyst's report shows: everybody keeps up with prices, the rest goes to fair shares."""

TO_TRY = "to-try.json"
"""The file of the site's folder with codes for whoever tries the demo; the page of its sign-ins shows them too."""

SLUG, NAME, CODE = "strathmirrin", "Strathmirrin", "S37999999"


@click.command()
@click.option("--people", type=int, default=105_000, show_default=True, help="How many people to make up.")
@click.option("--seed", type=int, default=2026, show_default=True, help="The same seed makes the same people.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=Path("out/demo"), show_default=True)
@click.option("--serve/--no-serve", default=True, show_default=True, help="Serve the site at the end.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Where to serve it.")
@click.option("--fresh", is_flag=True, help="Make everything anew, also when it is there from an earlier run.")
def demo(people: int, seed: int, out: Path, *, serve: bool, port: int, fresh: bool) -> None:
    """Make up a partnership, take it from its files to a report and a release, and plan three years of it on a site."""
    home, ready = out / "site", out / "site" / f"ready-{people}-{seed}"
    if fresh or not ready.exists():
        bundle = _from_files_to_release(people, seed, out)
        shutil.rmtree(home, ignore_errors=True)
        _open_site(home)
        _fill(bundle, out / "partnership" / SHAPES_FILE, home / TO_TRY)
        ready.touch()
    else:
        _open_site(home)
    report = (out / "results" / "report.html").resolve().as_uri()
    click.echo(f"\nThe analyst's report: {report}")
    _say_sign_ins(port)
    _say_to_try(port, home / TO_TRY)
    if serve:
        _serve(port)


def _from_files_to_release(people: int, seed: int, out: Path) -> Path:
    folder, results, bundle = out / "partnership", out / "results", out / "made-up.release.zip"
    _step("synth", "--people", str(people), "--seed", str(seed), "--out", str(folder))
    _prepare_search(folder)
    _step("check", str(folder))
    _step("money", "shares", str(folder), "--out", str(results))
    _step("money", "budget", str(folder), "--out", str(results), *PACE)
    _step("release", "write", str(results), "--out", str(bundle), *_of(folder))
    _step("release", "read", str(bundle))
    return bundle


def _prepare_search(folder: Path) -> None:
    """Compile the search for boundaries beside everything else: on a new machine that takes half a minute."""
    # It is only a head start. Should it fail, the site compiles the search itself.
    get_context("spawn").Process(target=search_once, args=(folder,), daemon=True).start()


def _of(folder: Path) -> tuple[str, ...]:
    """Say what the release is of: its day, and the folder with what boundaries are drawn on."""
    return ("--on", _release_day().isoformat(), "--places", str(folder))


def _release_day() -> dt.date:
    """The demo's release is of the autumn before its first planning year was budgeted."""
    today = dt.datetime.now(tz=dt.UTC).date()
    return dt.date(FinancialYear.of(today).start.year - 2, 10, 15)


def _step(*arguments: str) -> None:
    click.echo(f"\n$ locality {' '.join(arguments)}")
    run(list(arguments))


def _open_site(home: Path) -> None:
    home.mkdir(parents=True, exist_ok=True)
    os.environ |= {"LOCALITY_HOME": str(home), "LOCALITY_DEMO": "yes", "LOCALITY_HTTPS": "no"}
    os.environ["DJANGO_SETTINGS_MODULE"] = "locality_web.config.settings"
    import django  # noqa: PLC0415 - its settings are chosen first

    django.setup()
    from locality_web.config import serving  # noqa: PLC0415

    serving.prepare()


def _fill(bundle: Path, drawn: Path, to_try: Path) -> None:
    from locality_demo.site import fill_site  # noqa: PLC0415 - needs a site that is open
    from locality_web.areas.shape_changes import ShapeFile  # noqa: PLC0415

    shapes = ShapeFile(
        name=drawn.name,
        content=drawn.read_bytes(),
        source="Made up by locality synth",
        licence="None is needed: nobody's data are in it",
        attribution="Made up: no border on this map is a real one.",
    )
    click.echo("\nPlan three years on the site, as its people would (about a minute) ...")
    fill_site(bundle, slug=SLUG, name=NAME, code=CODE, shapes=shapes, to_try=to_try)


def _say_sign_ins(port: int) -> None:
    from locality_demo.people import one_of_each_role  # noqa: PLC0415 - needs a site that is open

    address = f"http://127.0.0.1:{port}"
    click.echo(f"\nThe site: {address}/{SLUG}/\n\nSign in at {address}/accounts/login/ as:")
    for title, email in one_of_each_role():
        click.echo(f"  {title:32} {email}")
    from django.conf import settings  # noqa: PLC0415

    click.echo(f"The password is: {settings.DEMO_PASSWORD}")
    click.echo(f"Codes of the second factor: {address}/demo/\n")


def _say_to_try(port: int, path: Path) -> None:
    """Print the codes that residents of the demo got, for whoever tries it without an account."""
    codes = read_to_try(path)
    if codes:
        click.echo("Without an account, with the code of a resident who does not exist:")
    for each in codes:
        click.echo(f"  {each.code:19}  {each.says}\n{'':23}http://127.0.0.1:{port}{each.address}")


def _serve(port: int) -> None:
    from locality_web.config import serving  # noqa: PLC0415 - needs a site that is open

    click.echo("Serving; end it with Ctrl+C.")
    serving.serve("127.0.0.1", port, serving.default_workers())


if __name__ == "__main__":
    demo()
