"""Letters to residents, subscriptions, and what the addresses of channels and of keeping informed carry."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from factories import voice_site
from locality_web.core.models import Partnership
from locality_web.voice.informed.tokens import confirm_address, stop_address
from locality_web.voice.models import Conversation, LetterBatch, Subscription


def subscription(of: Partnership, email: str = "ann@example.org", **more: Any) -> Subscription:
    """Somebody who said yes a month ago, unless a test says otherwise."""
    before = timezone.now() - dt.timedelta(days=40)
    said = {"confirmed_at": before, "told_to": before, "made_at": before, "email": email}
    if more.get("means") == "post":
        said |= {"email": "", "name": "Agnes Bell", "address": "1 High Street\nLeven"}
    return Subscription.objects.create(partnership=of, **(said | more))


def _token(address: str) -> str:
    return address.rstrip("/").rpartition("/")[2]


def samples(partnership: Partnership) -> dict[str, dict[str, Any]]:
    """The arguments of each address of channels and of keeping informed."""
    talk = Conversation.objects.filter(partnership=partnership).first() or voice_site.conversation(partnership)
    kept = subscription(partnership)
    batch = LetterBatch.objects.create(partnership=partnership)
    here = {"partnership": partnership.slug}
    of_one = {**here, "slug": talk.slug}
    return {
        **{
            f"voice:{name}": of_one
            for name in ("record", "slip", "tell", "poster", "poster_pdf", "open_data", "open_data_zip", "take_in")
        },
        **{f"voice:{name}": here for name in ("letters", "keep_informed", "news_feed", "became", "stop_by_letter")},
        "voice:letters_batch": {**here, "batch": batch.pk},
        "voice:confirm_informed": {**here, "token": _token(confirm_address(partnership, kept.email))},
        "voice:stop_informed": {**here, "token": _token(stop_address(partnership, [kept]))},
        "voice:short": {**here, "number": talk.pk},
    }
