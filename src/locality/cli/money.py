"""`locality money`: historic and fair shares, and budgets."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import click

from locality.cli.made_up import make_missing_people
from locality.cli.options import data_option, engine_option, folder_argument, json_option, on_option, out_option
from locality.cli.results import Shares, print_summary, work_out_shares, write_results
from locality.foundations import Fault, InputRefused, load_rule, pounds_to_pence
from locality.money.budget import BudgetStatement, add_budget, set_budget, standing_of, summarise_budget
from locality.money.presets import Pace, adjust_pace, load_pace, preset_names

_MOST_PENCE = 2**53
"""Beyond this a sum in whole pence is no longer exact in a floating number."""


@click.group()
def money() -> None:
    """What a locality has to spend: shares and budgets."""


@money.command()
@folder_argument
@out_option
@data_option
@engine_option
@json_option
@on_option
def shares(folder: Path, out: Path, data: Path | None, engine: str, as_json: bool, on: dt.datetime) -> None:
    """Historic and fair share of every locality and heading of the folder DIR, and the distance between them."""
    make_missing_people(folder, data)
    found = work_out_shares(folder, data, engine, on.date(), out)
    write_results(out, found.summary)
    print_summary(found.summary, out, as_json=as_json)


@money.command()
@folder_argument
@out_option
@data_option
@engine_option
@json_option
@on_option
@click.option("--preset", default="no-cash-loss", show_default=True, help=f"One of: {', '.join(preset_names())}.")
@click.option("--min-growth", type=float, help="Least growth of any locality as a ratio: 0.01 is 1%.")
@click.option("--max-growth", type=float, help="Most growth of any locality as a ratio.")
@click.option("--max-under-target", type=float, help="Most that a locality may be under its fair share, as a ratio.")
@click.option("--over-years", type=int, help="Years of a linear path, or of one halving.")
@click.option("--tolerance", type=float, help="Distance within which a locality counts as at target, as a ratio.")
@click.option("--growth", type=float, default=0.0, show_default=True, help="Yearly growth of the whole, as a ratio.")
@click.option("--total", help="What there is to share out next year, in pounds; otherwise this year's with --growth.")
@click.option("--inflation", type=float, default=0.0, show_default=True, help="Growth of prices, for real terms.")
@click.option("--years", type=click.IntRange(1, 50), default=5, show_default=True, help="Years of the path to show.")
def budget(
    folder: Path, out: Path, data: Path | None, engine: str, as_json: bool, on: dt.datetime, **asked: Any
) -> None:
    """Set a budget for every locality and heading of the folder DIR, with the path to the fair share."""
    _refuse_wild_ratios(asked)
    pace = _pace(asked, on.date())
    make_missing_people(folder, data)
    found = work_out_shares(folder, data, engine, on.date(), out)
    decided = _decide(found, pace, asked, on.date())
    summary = add_budget(found.summary, summarise_budget(decided))
    write_results(out, summary)
    print_summary(summary, out, as_json=as_json)


def _refuse_wild_ratios(asked: dict[str, Any]) -> None:
    """Refuse growth that nobody means: 3 for 3%, more than all taken away, or no number at all."""
    faults = [
        Fault(f"--{name}", f"{asked[name]:g} is not between -1 and 1", "Write 0.03 for 3%.", "option-range")
        for name in ("growth", "inflation")
        if not -1 < asked[name] <= 1
    ]
    if faults:
        raise InputRefused(faults)


def _pace(asked: dict[str, Any], day: dt.date) -> Pace:
    pace = load_pace(asked["preset"], day, inflation=asked["inflation"])
    return adjust_pace(
        pace,
        min_growth=asked["min_growth"],
        max_growth=asked["max_growth"],
        max_under_target=asked["max_under_target"],
        years=asked["over_years"],
        parity_tolerance=asked["tolerance"],
    )


def _decide(found: Shares, pace: Pace, asked: dict[str, Any], day: dt.date) -> BudgetStatement:
    standing = standing_of(found.statement)
    now = int(standing.historic.sum())
    return set_budget(
        standing,
        pace,
        year=found.statement.inputs.year.next(),
        total_pence=_total(asked["total"], now, asked["growth"]),
        growth=asked["growth"],
        path_years=asked["years"],
        horizon=int(load_rule("locality.money", "path_horizon").at(day).value),
        commitments=found.commitments,
    )


def _total(pounds: str | None, now: int, growth: float) -> int:
    if pounds is None:
        return round(now * (1 + growth))
    try:
        total = pounds_to_pence(pounds)
    except (ArithmeticError, ValueError):
        total = 0
    if not 0 < total <= _MOST_PENCE:
        do = "Write pounds, like 123456789.00."
        raise InputRefused([Fault("--total", f"'{pounds}' is not a sum of money", do, "option-range")])
    return total
