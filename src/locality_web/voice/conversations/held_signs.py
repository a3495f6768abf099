"""Signs by which the site itself holds a view until somebody has read it; plain rules, and nobody else is asked."""

from __future__ import annotations

import re
from functools import cache

from django.utils import timezone

from locality.foundations.rules import load_rule
from locality_web.voice.conversations.models import Conversation
from locality_web.voice.conversations.said import Opinion

_LINK = re.compile(
    r"https?://|\bwww\.|\[url|<a\s|\b[a-z0-9-]+\.(?:com|net|org|info|ru|biz|top|xyz|shop|online)\b", re.I
)
_RUN = re.compile(r"(\S)\1+")


@cache
def signs() -> dict[str, int]:
    """Give the numbers of the rules."""
    value: dict[str, int] = load_rule("locality_web.voice", "held_signs").at(timezone.localdate()).value
    return value


def sign_in(conversation: Conversation, text: str) -> str:
    """Say by which sign a view is held: links, repeats or noise; empty: none."""
    if len(_LINK.findall(text)) > signs()["most_links"]:
        return "links"
    if any(len(run.group()) > signs()["most_same_run"] for run in _RUN.finditer(text)):
        return "noise"
    bare = text.strip()
    if len(bare) < signs()["least_repeated"]:
        return ""
    return "repeats" if Opinion.objects.filter(conversation=conversation, text=bare).exists() else ""
