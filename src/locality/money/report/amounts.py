"""Amounts, shares and counts as a reader of the report meets them.

Negative amounts have a real minus sign: a hyphen may be broken from its number at the end of a line, and a screen
reader passes over it.
"""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal

MINUS = "\u2212"
_TO = "\u2013"
_MILLION = 100_000_000  # pence
_TEN_MILLION = 1_000_000_000


NOT_KNOWN = "not known"


def say_exact(pence: int) -> str:
    """Write an amount to the penny.

    Example:
        >>> say_exact(-123456)
        '−£1,234.56'
    """
    return f"{_sign(pence)}£{Decimal(abs(int(pence))) / 100:,.2f}"


def say_whole(pence: int) -> str:
    """Write an amount to the nearest pound.

    Example:
        >>> say_whole(123456)
        '£1,235'
    """
    pounds = (Decimal(abs(int(pence))) / 100).quantize(Decimal(1), rounding=ROUND_HALF_EVEN)
    return f"{_sign(pence) if pounds else ''}£{pounds:,}"


def say_short(pence: int) -> str:
    """Write an amount in millions where it is long, otherwise to the nearest pound.

    Example:
        >>> say_short(4_123_456_700), say_short(-151_000_000), say_short(45_678_90)
        ('£41.2m', '−£1.51m', '£45,679')
    """
    size = abs(int(pence))
    if size < _MILLION:
        return say_whole(pence)
    return f"{_sign(pence)}£{Decimal(size) / _MILLION:,.{1 if size >= _TEN_MILLION else 2}f}m"


def say_change(pence: float | None, *, short: bool = False) -> str:
    """Write an amount with its sign, also when it is positive; a gap is said in words.

    Example:
        >>> say_change(123456), say_change(-123456), say_change(0)
        ('+£1,235', '−£1,235', '£0')
    """
    if pence is None:
        return NOT_KNOWN
    said = (say_short if short else say_whole)(round(pence))
    return f"+{said}" if pence > 0 and said != "£0" else said


def say_range(low: int | None, high: int | None, *, short: bool = False) -> str:
    """Write the lower and upper end of an interval; a gap is said in words.

    Example:
        >>> say_range(4_000_000_000, 4_250_000_000, short=True)
        '£40.0m–£42.5m'
    """
    if low is None or high is None:
        return NOT_KNOWN
    say = say_short if short else say_whole
    return f"{say(low)}{_TO}{say(high)}"


def say_percent(ratio: float | None, *, signed: bool = False, places: int = 1) -> str:
    """Write a ratio in per cent; a gap is said in words.

    Example:
        >>> say_percent(0.0346), say_percent(-0.02, signed=True), say_percent(0.02, signed=True), say_percent(None)
        ('3.5%', '−2.0%', '+2.0%', 'not known')
    """
    if ratio is None:
        return NOT_KNOWN
    percent = Decimal(str(ratio)) * 100
    text = f"{abs(percent):,.{places}f}"
    if not any(digit in text for digit in "123456789"):
        return f"{text}%"
    sign = MINUS if percent < 0 else "+" if signed else ""
    return f"{sign}{text}%"


def say_count(count: int) -> str:
    """Write a count with thousands separators.

    Example:
        >>> say_count(105000)
        '105,000'
    """
    return f"{'' if count >= 0 else MINUS}{abs(count):,}"


def say_number(number: float, *, places: int = 3) -> str:
    """Write a plain number with a fixed count of decimals.

    Example:
        >>> say_number(-0.12345)
        '−0.123'
    """
    text = f"{abs(number):,.{places}f}"
    return f"{MINUS if number < 0 else ''}{text}"


def say_list(names: list[str]) -> str:
    """Join names as a sentence does.

    Example:
        >>> say_list(["North", "South", "West"])
        'North, South and West'
    """
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _sign(pence: int) -> str:
    return MINUS if pence < 0 else ""
