"""Mail that the site sent: does the jobs that wait, then reads the outbox."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from django.core import mail

from locality_web.core.jobs import work_once


def links_sent(to: str) -> list[str]:
    """Send what waits, and give the links (without the host) of every mail to an address."""
    while work_once():
        pass
    texts = [message.body for message in mail.outbox if message.to == [to]]
    return [urlsplit(link).path for text in texts for link in re.findall(r"https?://\S+", text)]
