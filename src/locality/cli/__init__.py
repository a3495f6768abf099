"""The `locality` command: parses, calls one function, prints.

The edge of the library: only here are the clock read, connections opened and lines printed. Exit codes: 0 done, 1 a
fault in the input, 2 wrong usage, 3 a result that is refused.
"""

from locality.cli.main import main

__all__ = ["main"]
