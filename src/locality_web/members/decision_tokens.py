"""The link of somebody who is asked of a decision: only its hash is kept, and it can be made again for the outcome.

The token is worked out of the site's secret key and of who was asked when, so that the notice of the outcome carries
the same link as the first one, and a copy of the database alone opens nothing.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib

from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from locality_web.core.models import Partnership
from locality_web.core.partnership_settings import read_setting
from locality_web.members.models import GroupDecision, ProfessionAsked

_BYTES = 15  # 120 bits, in 24 letters and figures that can be typed from paper


def token_of(asked: ProfessionAsked) -> str:
    """Give the token of somebody who is asked; the same whenever it is asked for."""
    said = f"{asked.decision_id}:{asked.group}:{asked.member_id}:{asked.told_at.astimezone(dt.UTC).isoformat()}"
    digest = salted_hmac("locality.members.answer", said, algorithm="sha256").digest()
    return base64.b32encode(digest[:_BYTES]).decode().lower()


def hash_token(token: str) -> str:
    """Give what is kept of a token."""
    return hashlib.sha256(token.strip().lower().encode()).hexdigest()


def answer_address(asked: ProfessionAsked) -> str:
    """Give the address at which somebody who is asked answers, and later reads what became of it.

    After a change of the site's secret key the token is another one: its hash is then kept instead.
    """
    token = token_of(asked)
    if asked.token_hash != hash_token(token):
        asked.token_hash = hash_token(token)
        if asked.pk:
            asked.save(update_fields=["token_hash"])
    return reverse("members:answer", args=[asked.decision.partnership.slug, token])


def find_asked(partnership: Partnership, token: str) -> ProfessionAsked | None:
    """Give who is asked by a link, whatever became of the decision."""
    found = ProfessionAsked.objects.select_related("decision__locality", "decision__partnership", "member")
    return found.filter(token_hash=hash_token(token), decision__partnership=partnership).first()


def why_not(asked: ProfessionAsked | None) -> str:
    """Say why a link opens nothing, or nothing when it opens; never whose link it is."""
    if asked is None:
        return "There is no such link. Use the whole link of the notice, or ask the partnership for a new one."
    today = timezone.localdate()
    member = asked.member
    if member.erased_at or (member.left_on and member.left_on <= today):
        return "This link was for somebody who no longer takes part. Ask the partnership who is asked now."
    decision = asked.decision
    days = int(read_setting(decision.partnership, "members.answer_link_days"))
    closed = decision.taken_on if decision.state == GroupDecision.State.TAKEN else None
    if closed and closed + dt.timedelta(days=days) < today:
        return "This link has run out. The decision and its answers are on the public page of decisions."
    return ""
