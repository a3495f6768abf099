"""Keys of rows that must not say in which order they were made."""

from __future__ import annotations

import secrets
from typing import Any

from django.db import models

_KEY_BITS = 62


def random_key() -> int:
    """Draw a key that says nothing of when its row was made."""
    return secrets.randbits(_KEY_BITS) + 1


class RandomKeyField(models.BigIntegerField):  # type: ignore[type-arg]  # not generic while the program runs
    """A primary key that is drawn at random and is the only order in which its table is kept.

    On SQLite a table has a row number of its own that rises with each row and gives the order away, unless the key is
    declared as exactly "integer": then the key is the row number.
    """

    def db_type(self, connection: Any) -> str | None:
        """Give the column's type."""
        return "integer" if connection.vendor == "sqlite" else super().db_type(connection)

    def rel_db_type(self, connection: Any) -> str | None:
        """Give the type of a column that points here."""
        return models.BigIntegerField().db_type(connection)
