"""Engagement of a conversation, as rows: what keepers recorded, and a conversation that reached a level."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from factories import sense_site, voice_site
from locality_web.core.models import Partnership, Person
from locality_web.voice.engagement.kept import Noted, keep_record
from locality_web.voice.engagement.levels import level_of
from locality_web.voice.models import Answer, Conversation, Correspondent, EngagementRecord, Option, Theme


def day(ago: int) -> dt.date:
    """A day so many days ago."""
    return timezone.localdate() - dt.timedelta(days=ago)


def over(of: Partnership, **more: Any) -> Conversation:
    """A conversation that was open for five weeks, from day 100 to day 66 ago, and is being answered."""
    said = {"opens_on": day(100), "closes_on": day(66), "state": "being_answered", "aims_at": "involve"}
    return voice_site.conversation(of, **(said | more))


def engaged(of: Partnership, by: Person, **more: Any) -> tuple[Conversation, Theme]:
    """One that reached "engage": two channels, support, every view answered through one theme."""
    talk = over(of, **more)
    theme = voice_site.theme(talk, "Evening buses")
    web, paper = voice_site.opinion(talk), voice_site.opinion(talk, "A bus at night.", part={"channel": "paper"})
    sense_site.read_into(theme, web, paper)
    voice_site.answered(theme)
    Answer.objects.update(at=timezone.now() - dt.timedelta(days=20))
    note(talk, by, "support_offered", "Large print")
    return talk, theme


def note(talk: Conversation, by: Person, about: str, says: str = "It was so.", ago: int = 10, **more: Any):
    """Something that keepers record, through the site's own function."""
    return keep_record(by, talk, Noted(about, says, day(ago), **more))


def option(of: Conversation, title: str = "Evening bus") -> Option:
    return Option.objects.create(conversation=of, title=title)


def waits(talk: Conversation, *, told: bool = False) -> Correspondent:
    """Somebody who took part and wants a letter."""
    part = voice_site.contribution(talk, channel="paper")
    at = timezone.now() if told else None
    return Correspondent.objects.create(
        contribution=part, means="post", name="Agnes Bell", address="1 High Street", told_at=at
    )


def level(talk: Conversation) -> str:
    """The code of the level that a conversation reached; empty: none."""
    reached = level_of(Conversation.objects.select_related("partnership", "held_by").get(pk=talk.pk)).found.reached
    return reached.code if reached else ""


def says(talk: Conversation, criterion: str) -> tuple[bool, str]:
    """Whether a criterion is met, and its evidence."""
    found = level_of(Conversation.objects.select_related("partnership", "held_by").get(pk=talk.pk)).found.found
    return next((one.is_met, one.evidence) for one in found if one.criterion.code == criterion)


def samples(partnership: Partnership) -> dict[str, dict[str, Any]]:
    """The arguments of each address of engagement."""
    talk = Conversation.objects.filter(partnership=partnership).first() or voice_site.conversation(partnership)
    record = EngagementRecord.objects.create(
        conversation=talk, about="known", says="A sample.", on=day(1), by_name="Somebody"
    )
    here = {"partnership": partnership.slug, "slug": talk.slug}
    plain = ("engagement", "engagement_record", "engagement_record_pdf", "engagement_record_csv", "engagement_keep")
    found: dict[str, dict[str, Any]] = {f"voice:{name}": here for name in plain}
    found["voice:engagement_note"] = {**here, "about": "shaped"}
    found["voice:engagement_take_back"] = {**here, "record": record.pk}
    return found
