"""Groups of opinion in a conversation: statements that all share and those that divide, fit to be published."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from typing import Any

import pandas as pd
from django.utils import timezone

from locality import __version__
from locality.disclosure import rules_on
from locality.foundations import ResultRefused
from locality.voice.opinion_groups import (
    SCHEMA,
    GroupRules,
    collect_votes,
    find_opinion_groups,
    group_rules,
    publish_groups,
)
from locality_web.voice.conversations.models import Conversation, Statement
from locality_web.voice.conversations.said import StatementVote

SEED = 1
"""Where chance begins. It is the same for every conversation, so that nobody can look for one that suits."""


def find_groups(conversation: Conversation) -> dict[str, Any]:
    """Work out groups of opinion, as plain values that may be published; "refused" says why there are none.

    Returns:
        What was found and, under "made_from", all that somebody needs to work out the same: the method and its
        version, the seed, and a hash of what went in. Nobody can find votes by trying what gives that hash: the hashes
        of the receipt codes, which only this site knows, are in it.
    """
    today = timezone.localdate()
    rules = group_rules(today)
    asked = Statement.objects.filter(conversation=conversation, state=Statement.State.SHOWN)
    texts = [(str(pk), text) for pk, text in asked.order_by("pk").values_list("pk", "text")]
    kept = StatementVote.objects.filter(statement__in=asked, contribution__withdrawn_at__isnull=True)
    rows = sorted(kept.values_list("contribution__receipt", "statement", "vote"))
    made_from = {
        "method": SCHEMA,
        "version": f"locality {__version__}",
        "seed": SEED,
        "inputs_sha256": _hash_inputs(texts, rows, rules),
    }
    statements = pd.DataFrame(texts, columns=["statement", "text"])
    votes = pd.DataFrame(
        [(who, str(what), vote) for who, what, vote in rows], columns=["participant", "statement", "vote"]
    )
    try:
        found = find_opinion_groups(collect_votes(votes, statements), rules, seed=SEED)
    except ResultRefused as refused:
        return {"refused": str(refused), "made_from": made_from}
    return {**asdict(publish_groups(found, rules_on(today))), "made_from": made_from}


def _hash_inputs(texts: list[tuple[str, str]], rows: list[tuple[str, int, str]], rules: GroupRules) -> str:
    said = {"rules": asdict(rules), "statements": texts, "votes": rows}
    return hashlib.sha256(json.dumps(said, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
