"""Money is whole pence. Pounds appear only where a person reads or a publisher writes them."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal


def pounds_to_pence(pounds: str | int | float | Decimal) -> int:
    """Turn pounds as somebody wrote them into whole pence, rounding half to even.

    Example:
        >>> pounds_to_pence("1,234.565")
        123456
        >>> pounds_to_pence("£3")
        300
    """
    text = str(pounds).replace(",", "").replace("£", "").strip()
    return int((Decimal(text) * 100).quantize(Decimal(1), rounding=ROUND_HALF_EVEN))


def pounds_from_pence(pence: int) -> Decimal:
    """Give exact pounds with two decimals.

    Example:
        >>> pounds_from_pence(123456)
        Decimal('1234.56')
    """
    return (Decimal(int(pence)) / 100).quantize(Decimal("0.01"))


def say_pounds(pence: int, *, whole: bool = False) -> str:
    """Write an amount as people read it.

    Args:
        pence: The amount; may be negative.
        whole: Leave the pence out, rounding to the nearest pound.

    Returns:
        Pounds with a sign if negative, thousands set apart.

    Example:
        >>> say_pounds(-123456)
        '-£1,234.56'
        >>> say_pounds(123456, whole=True)
        '£1,235'
    """
    sign = "-" if pence < 0 else ""
    if whole:
        return f"{sign}£{pounds_from_pence(abs(int(pence))):,.0f}"
    # A page writes thousands of amounts: whole numbers are many times as fast as decimals, and as exact.
    pounds, rest = divmod(abs(int(pence)), 100)
    return f"{sign}£{pounds:,}.{rest:02}"
