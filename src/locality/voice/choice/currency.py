"""Money of any currency in its smallest units, and how it is written."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

_SIGNS = {"GBP": ("£", ""), "EUR": ("€", ""), "USD": ("$", ""), "PLN": ("", " zł"), "CHF": ("", " CHF")}


@dataclass(frozen=True)
class Currency:
    """What amounts are counted in.

    Args:
        code: Its three letters, like GBP.
        minor_units: How many of the smallest units make one unit: 100 pence are a pound. An election whose file has
            more decimals counts in smaller units.
    """

    code: str = "GBP"
    minor_units: int = 100

    def say(self, amount: int | Fraction) -> str:
        """Write an amount as people read it: whole units without decimals, others with two, rounded towards nought.

        Example:
            >>> Currency().say(187000), Currency("PLN").say(Fraction(2000, 3))
            ('£1,870', '6.66 zł')
        """
        before, after = _SIGNS.get(self.code, ("", f" {self.code}" if self.code else ""))
        # What somebody has left is never written as more than it is.
        hundredths = int(abs(Fraction(amount)) * 100 / self.minor_units)
        units, rest = divmod(hundredths, 100)
        sign = "-" if amount < 0 and hundredths else ""
        return f"{sign}{before}{units:,}{f'.{rest:02}' if rest else ''}{after}"
