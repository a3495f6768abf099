"""What changes against last year: for each service and source, last year's money, what is moved, and what is new.

A move is one record with both its ends, so that over all services what is moved adds up to nought.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from locality.foundations import say_pounds
from locality.plans.content import LocalityPlan, Move
from locality.plans.totals import spending_of


@dataclass(frozen=True)
class LineChange:
    """How a service's money from one source comes from last year's.

    Args:
        service: The service's code.
        source: The source's code.
        last_year_pence: What it had; None: not known.
        moved_in_pence: What other services give it.
        moved_out_pence: What it gives to other services.
        new_pence: What it gets beyond that (negative: what it loses); None: last year is not known.
        this_year_pence: What is planned. Where last year is known, it is last year + moved in - moved out + new.
        words: The change in a sentence.
    """

    service: str
    source: str
    last_year_pence: int | None
    moved_in_pence: int
    moved_out_pence: int
    new_pence: int | None
    this_year_pence: int
    words: str


def explain_change(plan: LocalityPlan) -> tuple[LineChange, ...]:
    """Explain every amount of a plan from last year's.

    Args:
        plan: The plan, drafted or agreed. Its shares of joint lines count to this year; what they had last year is
            not recorded in a plan.

    Returns:
        One entry for each service and source that has a line, a joint share or a move, in the order of the catalogue.
        Moved in and moved out add up to the same over all entries.
    """
    this_year: Counter[tuple[str, str]] = Counter()
    for one in spending_of(plan):
        this_year[one.service, one.source] += one.pence
    moved_in: Counter[tuple[str, str]] = Counter()
    moved_out: Counter[tuple[str, str]] = Counter()
    for move in plan.moves:
        moved_in[move.to_service, move.source] += move.pence
        moved_out[move.from_service, move.source] += move.pence
    last_year = _last_year(plan)
    keys = dict.fromkeys([*this_year, *moved_out, *moved_in])
    place = {one.service: number for number, one in enumerate(plan.services)}
    ordered = sorted(keys, key=lambda key: place.get(key[0], len(place)))
    names = _Names(plan)
    return tuple(
        _change(names, key, last_year.get(key), (moved_in[key], moved_out[key], this_year[key])) for key in ordered
    )


def moved_by_service(plan: LocalityPlan) -> dict[str, int]:
    """Give for each service what the moves give it, less what they take from it.

    Args:
        plan: The plan.

    Returns:
        Pence by service; they add up to nought.
    """
    found: Counter[str] = Counter()
    for move in plan.moves:
        found[move.from_service] -= move.pence
        found[move.to_service] += move.pence
    return dict(found)


def say_move(move: Move, plan: LocalityPlan) -> str:
    """Say one move in a sentence.

    Args:
        move: The move.
        plan: The plan that it belongs to, for the names.

    Returns:
        What is moved, from where to where, of which money, and why.
    """
    names = _Names(plan)
    why = move.why.strip().rstrip(".")
    end = f": {why}." if why else "."
    return (
        f"{say_pounds(move.pence)} of {names.source(move.source)} goes from {names.service(move.from_service)} "
        f"to {names.service(move.to_service)}{end}"
    )


class _Names:
    def __init__(self, plan: LocalityPlan):
        self._services = {one.service: one.name for one in plan.services}
        self._sources = {one.source: one.name for one in plan.sources}

    def service(self, code: str) -> str:
        return self._services.get(code, code)

    def source(self, code: str) -> str:
        return self._sources.get(code, code)


def _last_year(plan: LocalityPlan) -> dict[tuple[str, str], int]:
    """Give what is known of last year; where one of two lines of a key is not known, their sum is not either."""
    found: dict[tuple[str, str], int] = {}
    unknown = {(line.service, line.source) for line in plan.lines if line.last_year_pence is None}
    for line in plan.lines:
        key = (line.service, line.source)
        if line.last_year_pence is not None and key not in unknown:
            found[key] = found.get(key, 0) + line.last_year_pence
    return found


def _change(names: _Names, key: tuple[str, str], last: int | None, amounts: tuple[int, int, int]) -> LineChange:
    moved_in, moved_out, this_year = amounts
    new = None if last is None else this_year - last - moved_in + moved_out
    said = [f"{say_pounds(last)} last year" if last is not None else "last year is not known"]
    said += [f"{say_pounds(moved_in)} moved here"] if moved_in else []
    said += [f"{say_pounds(moved_out)} moved away"] if moved_out else []
    if new:
        said.append(f"{say_pounds(new)} new" if new > 0 else f"{say_pounds(-new)} less")
    words = f"{names.service(key[0])}, {names.source(key[1])}: {', '.join(said)}; {say_pounds(this_year)} this year."
    return LineChange(*key, last, moved_in, moved_out, new, this_year, words)
