"""Financial years of British public bodies: 1 April to 31 March."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

_LONG = re.compile(r"^(\d{4})[/-](\d{2}|\d{4})$")
_SHORT = re.compile(r"^(\d{2})(\d{2})$")


@dataclass(frozen=True, order=True)
class FinancialYear:
    """A financial year, named by the calendar year in which it starts.

    Example:
        >>> FinancialYear.parse("2023/24").end
        datetime.date(2024, 3, 31)
        >>> str(FinancialYear.parse("2324"))
        '2023/24'
    """

    start_year: int

    @classmethod
    def parse(cls, text: str) -> FinancialYear:
        """Read '2023/24', '2023-24', '2023/2024' or the linkage files' '2324'.

        Raises:
            ValueError: The text is none of these, or its second year does not follow the first.
        """
        text = text.strip()
        if match := _LONG.match(text):
            first, second = int(match[1]), int(match[2]) % 100
        elif match := _SHORT.match(text):
            first, second = 2000 + int(match[1]), int(match[2])
        else:
            raise ValueError(f"'{text}' is not a financial year; write it like 2023/24")
        if (first + 1) % 100 != second:
            raise ValueError(f"'{text}' is not a financial year: {second:02d} does not follow {first}")
        return cls(first)

    @classmethod
    def of(cls, day: dt.date) -> FinancialYear:
        """Give the financial year in which a day falls."""
        return cls(day.year if (day.month, day.day) >= (4, 1) else day.year - 1)

    @property
    def start(self) -> dt.date:
        """1 April."""
        return dt.date(self.start_year, 4, 1)

    @property
    def end(self) -> dt.date:
        """31 March of the next calendar year."""
        return dt.date(self.start_year + 1, 3, 31)

    @property
    def code(self) -> str:
        """The linkage files' form: '2324' for 2023/24."""
        return f"{self.start_year % 100:02d}{(self.start_year + 1) % 100:02d}"

    def next(self, years: int = 1) -> FinancialYear:
        """Give the year that comes `years` later (earlier when negative)."""
        return FinancialYear(self.start_year + years)

    def __contains__(self, day: dt.date) -> bool:
        """Whether a day falls in this year."""
        return self.start <= day <= self.end

    def __str__(self) -> str:
        """Write it as public bodies do: 2023/24."""
        return f"{self.start_year}/{(self.start_year + 1) % 100:02d}"


def say_day(day: str) -> str:
    """Write a day as people read it.

    Args:
        day: A day as files and JSON write it, like "2026-04-01".

    Returns:
        Day, month in words and year; a text that is no day of the calendar stays as it is.

    Example:
        >>> say_day("2026-04-01")
        '1 April 2026'
    """
    try:
        found = dt.date.fromisoformat(day)
    except ValueError:
        return day
    return f"{found.day} {found:%B %Y}"
