"""Links that somebody without an account uses: to confirm an address, and to stop what they asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.core import signing
from django.db.models import QuerySet
from django.urls import reverse

from locality_web.core.models import Partnership
from locality_web.core.site_address import full_address
from locality_web.voice.informed.models import Subscription

_CONFIRM, _STOP = "locality.voice.keep-informed", "locality.voice.stop-informed"
CONFIRM_WITHIN = dt.timedelta(days=14)
"""Own choice of the founders, 2026-11: a fortnight's absence. An address that nobody confirmed is forgotten then."""


def confirm_address(partnership: Partnership, email: str) -> str:
    """Give the full address at which the owner of an e-mail address says yes or no."""
    token = signing.dumps([partnership.pk, email], salt=_CONFIRM)
    return full_address(reverse("voice:confirm_informed", args=[partnership.slug, token]))


def email_of(partnership: Partnership, token: str) -> str | None:
    """Give the e-mail address of such a link; None: it is not one of ours, or too old."""
    try:
        whose, email = signing.loads(token, salt=_CONFIRM, max_age=CONFIRM_WITHIN)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return str(email) if whose == partnership.pk else None


def stop_address(partnership: Partnership, those: Iterable[Subscription]) -> str:
    """Give the full address at which somebody stops what they asked for."""
    token = signing.dumps([each.pk for each in those], salt=_STOP)
    return full_address(reverse("voice:stop_informed", args=[partnership.slug, token]))


def subscriptions_of(partnership: Partnership, token: str) -> QuerySet[Subscription] | None:
    """Give what a stop link is for, without what was stopped before; None: the link is not one of ours."""
    try:
        keys = signing.loads(token, salt=_STOP)
    except signing.BadSignature:
        return None
    found = partnership.subscriptions.filter(pk__in=[int(each) for each in keys])
    return found.select_related("locality", "conversation")
