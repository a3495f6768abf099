"""The receipt code of a contribution: shown once, kept as a keyed hash, typed by whoever asks what became of it."""

from __future__ import annotations

import secrets

from django.utils.crypto import salted_hmac

from locality.foundations import ResultRefused
from locality.members.paper_code import MOST_CODES, code_of_number, read_code
from locality_web.voice.conversations.said import Contribution

_HALF = 8
_SALT = "locality.voice.receipt"


def draw_receipt() -> str:
    """Draw a receipt code, like "CFHJ-KMNJ-PRTW-XY3F": too long to guess, each half with its check character."""
    return "-".join(code_of_number(secrets.randbelow(MOST_CODES)) for _ in range(2))


def read_receipt(typed: str) -> str:
    """Read a receipt code as somebody typed it: that of a contribution, or the shorter one of a paper form.

    Raises:
        ResultRefused: It cannot be a code; says which character is wrong, where that is known.
    """
    bare = "".join(typed.upper().replace("-", " ").split())
    if len(bare) <= _HALF:
        return read_code(bare)
    if len(bare) != 2 * _HALF:
        raise ResultRefused(f"A receipt code has 16 characters; these are {len(bare)}.", "Type it as it was shown.")
    return f"{read_code(bare[:_HALF])}-{read_code(bare[_HALF:])}"


def hash_receipt(code: str) -> str:
    """Give what is kept of a receipt code; a copy of the database alone tells no code."""
    return salted_hmac(_SALT, code.replace("-", ""), algorithm="sha256").hexdigest()


def find_by_receipt(typed: str) -> Contribution | None:
    """Give the contribution with a receipt code, of any partnership; None: there is none.

    Raises:
        ResultRefused: It cannot be a code.
    """
    found = Contribution.objects.select_related("conversation__partnership", "conversation__held_by", "locality")
    return found.filter(receipt=hash_receipt(read_receipt(typed))).first()
