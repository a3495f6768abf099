"""Groups of opinion in a conversation: statements that all share and those that divide, fit to be published."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pandas as pd
from django.utils import timezone

from locality.disclosure import rules_on
from locality.foundations import ResultRefused
from locality.voice.opinion_groups import collect_votes, find_opinion_groups, group_rules, publish_groups
from locality_web.voice.conversations.models import Conversation, Statement
from locality_web.voice.conversations.said import StatementVote


def find_groups(conversation: Conversation) -> dict[str, Any]:
    """Work out groups of opinion, as plain values that may be published; "refused" says why there are none."""
    asked = Statement.objects.filter(conversation=conversation, state=Statement.State.SHOWN)
    statements = pd.DataFrame(
        [(str(pk), text) for pk, text in asked.order_by("pk").values_list("pk", "text")], columns=["statement", "text"]
    )
    kept = StatementVote.objects.filter(statement__in=asked, contribution__withdrawn_at__isnull=True)
    votes = pd.DataFrame(
        [(str(who), str(what), vote) for who, what, vote in kept.values_list("contribution", "statement", "vote")],
        columns=["participant", "statement", "vote"],
    )
    today = timezone.localdate()
    try:
        found = find_opinion_groups(collect_votes(votes, statements), group_rules(today))
    except ResultRefused as refused:
        return {"refused": str(refused)}
    return asdict(publish_groups(found, rules_on(today)))
