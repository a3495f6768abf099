"""The mail folder: where mail goes while no server is named. One file for each mail, whole or not at all.

A file is named by the mail's Message-ID, which is the same at every attempt: a mail that is tried again, because its
worker was killed before it could say that it was done, is there once.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class MailFolder(BaseEmailBackend):
    """Writes each mail into a file of the site's mail folder."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write mails; give how many."""
        folder = Path(settings.MAIL_FOLDER)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for each in email_messages:
            _write(folder, each)
        return len(email_messages)


def _write(folder: Path, mail: EmailMessage) -> None:
    message = mail.message()
    name = hashlib.sha256(str(message["Message-ID"]).encode()).hexdigest()[:32]
    handle, part = tempfile.mkstemp(dir=folder, suffix=".part")
    with os.fdopen(handle, "wb") as file:
        file.write(message.as_bytes())
    Path(part).replace(folder / f"{name}.eml")
