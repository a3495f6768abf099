"""How the search is compiled: once for each machine, kept on disk, and without bookkeeping of references.

A function of one file that calls one of another is compiled with it. When the inner file changes, what was kept of
the outer one is out of date and must be deleted: `find src -name "*.nb?" -delete`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit

F = TypeVar("F", bound=Callable[..., Any])


def compiled(function: F) -> F:
    """Compile a function that may make arrays."""
    kept: Any = njit(cache=True)(function)
    return cast("F", kept)


def compiled_bare(function: F) -> F:
    """Compile a function that makes no array: counting references to arrays would take half of its time."""
    # Numba's types do not know this switch.
    switches: dict[str, Any] = {"cache": True, "_nrt": False, "error_model": "numpy"}
    return cast("F", njit(**switches)(function))


def compiled_inside(function: F) -> F:
    """Compile a function into each that calls it: to hand dozens of arrays over takes longer than most moves."""
    switches: dict[str, Any] = {"cache": True, "_nrt": False, "error_model": "numpy", "forceinline": True}
    return cast("F", njit(**switches)(function))
