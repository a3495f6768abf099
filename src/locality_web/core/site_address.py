"""Full addresses for what the site sends when no page was asked for: mail from the background, letters, calendars."""

from __future__ import annotations

from django.conf import settings


def full_address(path: str) -> str:
    """Give the full address of a path of this site, like "/fife/"; what is whole already stays as it is."""
    if path.startswith(("http://", "https://")):
        return path
    return f"{settings.SITE_ADDRESS}{path}"
