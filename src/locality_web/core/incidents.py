"""When we made a mistake: a reference that a person can tell us, and a log that names nobody.

Messages of exceptions, values of forms and addresses with their keys may hold what is nobody's business. The log has
the kinds of the exceptions and the lines of code that they came through, nothing else.
"""

from __future__ import annotations

import logging
import secrets
import traceback

_LOG = logging.getLogger("locality_web.incidents")
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that is taken for another when it is read out


def record_incident(error: BaseException | None, *, where: str) -> str:
    """Write a mistake into the log and give its reference.

    Args:
        error: What was raised.
        where: The route or the kind of job, without values.

    Returns:
        A reference like "K7QF-2MXA".
    """
    reference = "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(2))
    _LOG.error("Incident %s at %s: %s", reference, where, say_without_values(error))
    return reference


def say_without_values(error: BaseException | None) -> str:
    """Give the chain of exceptions, the first cause last: their kinds and lines of code, never their messages."""
    lines = []
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        frames = traceback.extract_tb(error.__traceback__)
        came = "".join(f"\n    {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames)
        lines.append(f"{type(error).__module__}.{type(error).__name__}{came}")
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\n  caused by ".join(lines) or "nothing was raised"
