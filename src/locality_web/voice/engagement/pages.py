"""What the pages of engagement show: the level, the record in four stages, and what keepers recorded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from locality.voice.engagement import CriterionFound, EngagementRecord, Level, engagement_levels, engagement_record
from locality_web.core.languages import tell
from locality_web.core.models import Person
from locality_web.core.pages import address_at
from locality_web.core.permissions import may
from locality_web.core.remembered import Memory
from locality_web.core.tables import Column, Table
from locality_web.voice.conversations.models import Conversation
from locality_web.voice.conversations.pages import Told, told
from locality_web.voice.conversations.places import address_of, place_of
from locality_web.voice.conversations.queries import translations_of
from locality_web.voice.engagement.evidence import Basis
from locality_web.voice.engagement.kept import PERMISSION
from locality_web.voice.engagement.kept_kinds import (
    DECIDED,
    DRAFTED,
    FIXED,
    KEPT,
    KINDS,
    REVIEWED,
    SHAPED,
    SUPPORT,
    KeptKind,
)
from locality_web.voice.engagement.levels import Reached, level_of
from locality_web.voice.sense.models import EngagementRecord as Recorded

OVER = ("answered", "withdrawn")
"""States of a conversation in which its level is no more one so far."""

_MENDED: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "several_channels": ("record", ()),
    "support_given": ("engagement_note", (SUPPORT.code,)),
    "views_answered": ("write_answers", ()),
    "involved_before_options": ("engagement_note", (FIXED.code,)),
    "shaped_options": ("engagement_note", (SHAPED.code,)),
    "people_told": ("tell", ()),
    "drafted_together": ("engagement_note", (DRAFTED.code,)),
    "decided_together": ("engagement_note", (DECIDED.code,)),
    "reviewed_together": ("engagement_note", (REVIEWED.code,)),
}
"""Name of the page on which keepers mend what a criterion lacks; of the others only doing otherwise lifts them."""


@dataclass(frozen=True)
class CriterionShown:
    """A criterion as a page shows it: what is found, where that is from, and the page on which it is mended."""

    found: CriterionFound
    basis: Basis
    mend_address: str

    @property
    def state(self) -> str:
        """met, not_met or not_recorded."""
        return "met" if self.found.is_met else "not_met" if self.found.is_recorded else "not_recorded"


@dataclass(frozen=True)
class LevelShown:
    """A level with its criteria; whether it is aimed at, reached, and has every criterion of its own met."""

    level: Level
    criteria: tuple[CriterionShown, ...]
    aimed_at: bool
    reached: bool
    complete: bool


def level_page(conversation: Conversation, person: Person | AnonymousUser) -> dict[str, Any]:
    """The level that a conversation aims at, the one that it reached, why, and what would lift it."""
    got = level_of(conversation, Memory(conversation.partnership))
    return {
        **_frame(conversation, person),
        "title": _title(conversation),
        "got": got.found,
        "duty": engagement_levels(timezone.localdate()).level(engagement_levels(timezone.localdate()).duty),
        "so_far": conversation.state not in OVER,
        "short": [_shown(each, got) for each in got.found.falls_short],
        "levels": list(_levels(got)),
    }


def record_page(conversation: Conversation, person: Person | AnonymousUser) -> dict[str, Any]:
    """The record of an engagement in four stages, with each National Standard, to be printed."""
    memory = Memory(conversation.partnership)
    got = level_of(conversation, memory)
    record = record_of(got)
    return {
        **_frame(conversation, person),
        "got": got.found,
        "record": record,
        "gaps": gaps_of(record),
        "dated": _dated(conversation),
        "on": timezone.localdate(),
        "so_far": conversation.state not in OVER,
    }


def record_of(got: Reached) -> EngagementRecord:
    """Give the record of an engagement, as it stands today."""
    return engagement_record(got.evidence, got.found, on=timezone.localdate())


def gaps_of(record: EngagementRecord) -> int:
    """Count the entries of which nothing is held."""
    return sum(not entry.says for stage in record.stages for entry in stage.entries)


def keep_page(conversation: Conversation) -> dict[str, Any]:
    """What keepers recorded, stage by stage, what they can record, and what was taken back."""
    kept = list(conversation.engagement_records.select_related("theme").order_by("on", "id"))
    holding = [each for each in kept if each.ended_at is None]
    return {
        "conversation": conversation,
        "stages": [(stage, [_kind(conversation, kind, holding) for kind in kinds]) for stage, kinds in KEPT.items()],
        "by_site": [each for each in holding if each.about not in KINDS],
        "taken_back": [(KINDS[each.about].title, each) for each in kept if each.ended_at and each.about in KINDS],
        "level_address": address_of(conversation, "engagement"),
        "record_address": address_of(conversation, "engagement_record"),
    }


def _kind(conversation: Conversation, kind: KeptKind, kept: Iterable[Recorded]) -> dict[str, Any]:
    own = [each for each in kept if each.about == kind.code]
    return {
        "kind": kind,
        "records": [(each, address_of(conversation, "engagement_take_back", each.pk)) for each in own],
        "address": address_of(conversation, "engagement_note", kind.code),
    }


def _frame(conversation: Conversation, person: Person | AnonymousUser) -> dict[str, Any]:
    keeps = may(person, PERMISSION, place_of(conversation))
    return {
        "conversation": conversation,
        "address": address_of(conversation),
        "level_address": address_of(conversation, "engagement"),
        "record_address": address_of(conversation, "engagement_record"),
        "keep_address": address_of(conversation, "engagement_keep") if keeps else "",
    }


def _title(conversation: Conversation) -> Told:
    name = "conversation.title"
    return told(conversation.title, translations_of(conversation, [name]).get(name))


def _levels(got: Reached) -> Iterable[LevelShown]:
    levels = engagement_levels(timezone.localdate())
    height = levels.height(got.found.reached.code) if got.found.reached else 0
    for each in levels.levels:
        own = tuple(_shown(one, got) for one in got.found.found if one.criterion.level == each.code)
        complete = all(one.found.is_met for one in own)
        yield LevelShown(each, own, each == got.found.aim, levels.height(each.code) <= height, complete)


def _shown(found: CriterionFound, got: Reached) -> CriterionShown:
    code = found.criterion.code
    name, rest = _MENDED.get(code, ("", ()))
    address = address_of(got.conversation, name, *rest) if name else ""
    if code == "something_changed":
        address = address_at(place_of(got.conversation), "voice:links")
    return CriterionShown(found, got.bases.get(code, Basis()), address)


def _dated(conversation: Conversation) -> Table | None:
    """What people recorded, with the day and who: a record of it goes further than a sentence."""
    kept = conversation.engagement_records.filter(ended_at__isnull=True).order_by("on", "id")
    rows = [[tell_kind(each), f"{each.on:%-d %B %Y}", each.says, each.by_name] for each in kept]
    columns = [Column("About"), Column("Day"), Column("What was recorded"), Column("By")]
    return Table("Recorded by people", columns, rows) if rows else None


def tell_kind(record: Recorded) -> str:
    """Say what a record is about."""
    return KINDS[record.about].title if record.about in KINDS else tell("People were told")
