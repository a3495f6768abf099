"""Keep the secrets of second factors encrypted, so that a copy of the database alone makes no codes.

AES-256-GCM with a key derived from the site's signing key (HKDF, RFC 5869). Who changes the signing key names the old
one in Django's `SECRET_KEY_FALLBACKS`, or everybody sets up their second factor anew.
"""

from __future__ import annotations

import base64
import binascii
import os
from functools import cache

from allauth.mfa.models import Authenticator
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from locality.foundations import ResultRefused
from locality_web.core.permissions import NotAllowed

_FORM = "aes1:"  # written before each, so that another form can follow one day
_PURPOSE = b"locality: secrets of second factors"
_NONCE = 12  # bytes, as NIST SP 800-38D recommends for GCM


class UnreadableSecret(NotAllowed):
    """A secret was encrypted with another key than this site has; shown as written."""

    def __init__(self) -> None:
        super().__init__(
            "This site cannot read your second step at sign-in: its key is not the one with which you set it up.",
            "Nothing is wrong with your telephone. Tell the people who run this site.",
        )


def encrypt(text: str) -> str:
    """Give a text encrypted; every time another one."""
    nonce = os.urandom(_NONCE)
    sealed = nonce + _cipher(settings.SECRET_KEY).encrypt(nonce, text.encode(), _PURPOSE)
    return _FORM + base64.urlsafe_b64encode(sealed).decode()


def decrypt(kept: str) -> str:
    """Give the text again.

    Raises:
        UnreadableSecret: It was encrypted with another key, changed, or never encrypted.
    """
    form, found, sealed = kept.partition(_FORM)
    if form or not found:
        raise UnreadableSecret
    try:
        raw = base64.b64decode(sealed.encode(), altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError) as broken:
        raise UnreadableSecret from broken
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            return _cipher(key).decrypt(raw[:_NONCE], raw[_NONCE:], _PURPOSE).decode()
        except (InvalidTag, ValueError):
            continue
    raise UnreadableSecret


def refuse_wrong_key() -> None:
    """Refuse to start a site whose key does not fit its database; better than to say so at every sign-in.

    Raises:
        ResultRefused: A secret cannot be read.
    """
    kept = Authenticator.objects.filter(type=Authenticator.Type.TOTP).order_by("-pk").first()
    if kept is None:
        return
    try:
        decrypt(kept.data["secret"])
    except UnreadableSecret as wrong:
        raise ResultRefused(
            "The signing key of this site is not the one with which its second factors were set up.",
            "Put the file secret-key (or LOCALITY_SECRET_KEY) that belongs to this database back in its place.",
        ) from wrong


@cache
def _cipher(key: str) -> AESGCM:
    return AESGCM(HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE).derive(key.encode()))
