"""Conversations and what was said in them, as rows: for tests of whatever is made of it later."""

from __future__ import annotations

import datetime as dt
import hashlib
from itertools import count
from typing import Any

from django.utils import timezone

from locality_web.core.models import Locality, Partnership, Person
from locality_web.voice.models import Answer, Contribution, Conversation, Opinion, Statement, StatementVote, Theme

_numbers = count(1)


def conversation(of: Partnership, held_by: Locality | str | None = None, **more: Any) -> Conversation:
    """A conversation that is open for a month; held by the partnership unless a locality (or its slug) is named."""
    number = next(_numbers)
    today = timezone.localdate()
    said = {
        "slug": f"talk-{number}",
        "title": f"Conversation {number}",
        "question": "What would help people to stay well at home?",
        "background": "The plan for next year is being written.",
        "open_to_change": "Which services grow, and where they are.",
        "kinds": ["views"],
        "aims_at": "involve",
        "opens_on": today - dt.timedelta(days=10),
        "closes_on": today + dt.timedelta(days=20),
        "state": "open",
        "opened_at": timezone.now() - dt.timedelta(days=10),
    }
    holder = of.localities.get(slug=held_by) if isinstance(held_by, str) else held_by
    made = Conversation.objects.create(partnership=of, held_by=holder, **(said | more))
    if holder is not None:
        made.localities.add(holder)
    return made


def contribution(to: Conversation, **more: Any) -> Contribution:
    """One taking part, on the site unless a test says otherwise."""
    number = next(_numbers)
    receipt = hashlib.sha256(f"receipt {number}".encode()).hexdigest()
    said = {"channel": "web", "receipt": receipt, "consents": True, "locality": to.held_by}
    return Contribution.objects.create(conversation=to, **(said | more))


def opinion(
    to: Conversation, text: str = "The bus should stop at the surgery.", *, part: dict[str, Any] | None = None, **more
) -> Opinion:
    """A view that everybody can read; `part` says more of the contribution that it came with."""
    said = {"text": text, "state": "shown", **more}
    if "contribution" not in said:
        said["contribution"] = contribution(to, **(part or {}))
    return Opinion.objects.create(conversation=to, **said)


def opinions(to: Conversation, *texts: str) -> list[Opinion]:
    """Several views, each of somebody else."""
    return [opinion(to, text) for text in texts]


def theme(of: Conversation, name: str = "Buses", **more: Any) -> Theme:
    said = {"says": f"Whatever is about {name.lower()}.", **more}
    return Theme.objects.create(conversation=of, name=name, **said)


def answered(to: Theme | Opinion, by: Person | None = None, **more: Any) -> Answer:
    """An answer that stands with a theme, or with one view."""
    said = {"outcome": "done", "you_said": "You asked for a bus stop.", "says": "There is one now.", **more}
    made = Answer.objects.create(conversation=to.conversation, by=by, by_name=str(by or "The lead"), **said)
    to.answer = made
    to.save(update_fields=["answer"])
    return made


def statements(of: Conversation, *texts: str) -> list[Statement]:
    return [Statement.objects.create(conversation=of, text=each) for each in texts]


def voted(on: list[Statement], votes: str, **part: Any) -> Contribution:
    """One person's votes on statements, in their order: a agree, d disagree, p pass, . nothing."""
    made = contribution(on[0].conversation, **part)
    said = {"a": "agree", "d": "disagree", "p": "pass"}
    for statement, vote in zip(on, votes, strict=True):
        if vote in said:
            StatementVote.objects.create(statement=statement, contribution=made, vote=said[vote])
    return made
