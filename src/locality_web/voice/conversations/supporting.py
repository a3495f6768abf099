"""Support of a view: each counts once, with an account, a receipt code, or the browser's own key."""

from __future__ import annotations

import secrets

from django.db import IntegrityError, transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from locality.foundations import ResultRefused
from locality_web.core.audit import record_event
from locality_web.core.languages import tell
from locality_web.voice.conversations.kinds import PUBLIC_VIEW
from locality_web.voice.conversations.places import place_of
from locality_web.voice.conversations.said import Opinion, Support

COOKIE = "supporter"
_YEAR, _BYTES = 60 * 60 * 24 * 365, 16


def key_of(request: HttpRequest) -> tuple[str, str]:
    """Give whose support it is, as a keyed hash, and the key that the browser is to keep (empty: it has one).

    Nobody is followed by the key: it is set when somebody first supports a view, and read for that alone.
    """
    if request.user.is_authenticated:
        return supporter(f"account:{request.user.pk}"), ""
    kept = request.COOKIES.get(COOKIE, "")
    if len(kept) == 2 * _BYTES:
        return supporter(f"browser:{kept}"), ""
    drawn = secrets.token_hex(_BYTES)
    return supporter(f"browser:{drawn}"), drawn


def supporter(who: str) -> str:
    """Give the keyed hash of whoever supports: "account:12", "receipt:<code>", "browser:<key>"."""
    return salted_hmac("locality.voice.support", who, algorithm="sha256").hexdigest()


def keep_key(answer: HttpResponse, drawn: str, *, secure: bool) -> None:
    """Let the browser keep its key."""
    if drawn:
        answer.set_cookie(COOKIE, drawn, max_age=_YEAR, httponly=True, secure=secure, samesite="Lax")


@transaction.atomic
def support_view(opinion: Opinion, by: str, *, channel: str = "web") -> bool:
    """Support a view; a second time counts nothing.

    Args:
        opinion: A view that everybody can read.
        by: Whose support, from `supporter`.
        channel: A channel of `Contribution.Channel`.

    Returns:
        Whether it counts now and did not before.

    Raises:
        ResultRefused: The view is not shown, or its conversation takes nothing more.
    """
    conversation = opinion.conversation
    kept = Opinion.objects.select_for_update(of=("self",)).get(pk=opinion.pk)
    if kept.state not in PUBLIC_VIEW:
        raise ResultRefused(tell("This view is not shown any more."))
    if conversation.state != "open":
        raise ResultRefused(tell("This conversation takes nothing more."))
    try:
        with transaction.atomic():
            Support.objects.create(opinion=kept, by=by, channel=channel)
    except IntegrityError:
        return False
    Opinion.objects.filter(pk=kept.pk).update(supporters=F("supporters") + 1)
    place, subject = place_of(conversation), f"opinion:{kept.pk}"
    record_event(None, "voice.view_supported", "A view was supported", place=place, subject=subject)
    return True
