"""Tell a database that is busy or away from a mistake of ours."""

from __future__ import annotations

from django.db import InterfaceError, OperationalError

BUSY, AWAY = "busy", "away"

# SQLite says it in words only.
_SQLITE_BUSY = ("is locked",)
_SQLITE_AWAY = ("unable to open", "disk i/o error", "disk is full", "readonly database", "malformed", "not a database")
# PostgreSQL's codes: lock not available, deadlock, serialization failure, query cancelled, too many connections.
_POSTGRESQL_BUSY = {"55P03", "40P01", "40001", "57014", "53300"}
# Connection exceptions (class 08) and a server that is stopping or starting.
_POSTGRESQL_AWAY = ("08", "57P")
# Without a code the driver itself speaks: it has no connection.
_NO_CONNECTION = ("connection", "server closed", "could not connect")


def say_database_trouble(error: BaseException | None) -> str:
    """Give "busy", "away", or nothing when the error is not about the state of the database."""
    if not isinstance(error, OperationalError | InterfaceError):
        return ""
    code = getattr(error.__cause__, "sqlstate", None) or ""
    said = str(error).lower()
    if code in _POSTGRESQL_BUSY or any(words in said for words in _SQLITE_BUSY):
        return BUSY
    away = code.startswith(_POSTGRESQL_AWAY) if code else any(words in said for words in _SQLITE_AWAY + _NO_CONNECTION)
    return AWAY if away else ""
