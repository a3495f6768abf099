"""What a chart says, in words made from its figures alone."""

from __future__ import annotations

from collections.abc import Sequence

from locality_web.core.words import Unit, join_words, say_short

Named = Sequence[tuple[str, float]]
NOTHING = "There are no figures yet."


def say_highest_and_lowest(named: Named, unit: Unit) -> str:
    """Name the highest and the lowest."""
    if not named:
        return NOTHING
    high = max(named, key=lambda each: each[1])
    low = min(named, key=lambda each: each[1])
    if len(named) == 1:
        return f"{high[0]}: {say_short(high[1], unit)}."
    if high[1] == low[1]:
        return f"All {len(named)} are the same: {say_short(high[1], unit)}."
    return f"{high[0]} is highest with {say_short(high[1], unit)}; {low[0]} is lowest with {say_short(low[1], unit)}."


def say_comparison(
    groups: Sequence[str], first: tuple[str, Sequence[float]], other: tuple[str, Sequence[float]], *, unit: Unit
) -> str:
    """Say where one series is above and below another, and by how much at most."""
    gaps = [(name, after - before) for name, before, after in zip(groups, first[1], other[1], strict=True)]
    beside = f"{first[0][:1].lower()}{first[0][1:]}"
    higher, lower = [gap for gap in gaps if gap[1] > 0], [(name, -by) for name, by in gaps if by < 0]
    same = sum(1 for _, by in gaps if by == 0)
    sides = [
        _say_side(higher, f"higher than {beside}", unit, among=len(gaps)),
        _say_side(lower, "lower" if higher else f"lower than {beside}", unit, among=len(gaps)),
        f"the same {'' if higher or lower else f'as {beside} '}in {same} of {len(gaps)}" if same else "",
    ]
    return f"{other[0]} is {join_words([side for side in sides if side])}."


def _say_side(gaps: Named, side: str, unit: Unit, *, among: int) -> str:
    if not gaps:
        return ""
    name, by = max(gaps, key=lambda gap: gap[1])
    if len(gaps) == 1:
        return f"{side} in {name} (by {_say_gap(by, unit)})"
    return f"{side} in {len(gaps)} of {among} (most in {name}, by {_say_gap(by, unit)})"


def _say_gap(by: float, unit: Unit) -> str:
    """Write a difference: two percentages differ by points, not by a percentage."""
    return f"{by * 100:.1f} percentage points" if unit == "percent" else say_short(by, unit)


def say_intervals(rows: Sequence[tuple[str, float, float, float]], unit: Unit) -> str:
    """Say the highest and lowest, and whose figure is least certain."""
    if not rows:
        return NOTHING
    widest = max(rows, key=lambda row: row[3] - row[2])
    least = f"Least certain is {widest[0]}: from {say_short(widest[2], unit)} to {say_short(widest[3], unit)}."
    return f"{say_highest_and_lowest([(row[0], row[1]) for row in rows], unit)} {least}"


def say_line(name: str, years: Sequence[str], amounts: Sequence[float | None], *, unit: Unit) -> str:
    """Say how one line goes from its first to its last figure."""
    known = [(year, amount) for year, amount in zip(years, amounts, strict=True) if amount is not None]
    if not known:
        return f"{name}: not known."
    (first_year, first), (last_year, last) = known[0], known[-1]
    if len(known) == 1:
        return f"{name}: {say_short(first, unit)} in {first_year}."
    ends = f"from {say_short(first, unit)} in {first_year} to {say_short(last, unit)} in {last_year}"
    verb = "rises" if last > first else "falls" if last < first else "stays the same"
    return (
        f"{name} {verb}, {ends}."
        if last != first
        else f"{name} is {say_short(first, unit)} in both {first_year} and {last_year}."
    )


def say_causes(rows: Sequence[tuple[str, Sequence[float]]], causes: Sequence[str], unit: Unit) -> str:
    """Say how many are above and below, and what does most in the one that is farthest."""
    if not rows:
        return NOTHING
    nets = [(name, sum(parts)) for name, parts in rows]
    above, below = sum(net > 0 for _, net in nets), sum(net < 0 for _, net in nets)
    name, parts = max(rows, key=lambda row: abs(sum(row[1])))
    cause, most = max(zip(causes, parts, strict=True), key=lambda part: abs(part[1]))
    start = f"Of {len(rows)}, {above} come{'s' if above == 1 else ''} out above nought and {below} below."
    largest = f"The largest difference is in {name}: {say_short(sum(parts), unit)}"
    return f"{start} {largest}, of which {cause.lower()} makes {say_short(most, unit)}."
