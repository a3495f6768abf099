"""`python -m locality_demo`: the whole chain on a made-up partnership, each step with the command that does it."""

from __future__ import annotations

from pathlib import Path

import click

from locality.cli import main as run

PACE = ("--preset", "differential-growth", "--inflation", "0.02", "--growth", "0.03")
"""The pace of change that the demo shows: everybody keeps up with prices, the rest goes towards the fair share."""


@click.command()
@click.option("--people", type=int, default=105_000, show_default=True, help="How many people to make up.")
@click.option("--seed", type=int, default=2026, show_default=True, help="The same seed makes the same people.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=Path("out/demo"), show_default=True)
def demo(people: int, seed: int, out: Path) -> None:
    """Make up a partnership and take it from its files to a report and a release."""
    folder, results, bundle = out / "partnership", out / "results", out / "made-up.release.zip"
    _step("synth", "--people", str(people), "--seed", str(seed), "--out", str(folder))
    _step("check", str(folder))
    _step("money", "shares", str(folder), "--out", str(results))
    _step("money", "budget", str(folder), "--out", str(results), *PACE)
    _step("release", "write", str(results), "--out", str(bundle))
    _step("release", "read", str(bundle))
    click.echo(f"\nOpen the report: {(results / 'report.html').resolve().as_uri()}")


def _step(*arguments: str) -> None:
    click.echo(f"\n$ locality {' '.join(arguments)}")
    run(list(arguments))


if __name__ == "__main__":
    demo()
