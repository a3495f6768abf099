"""The record of an engagement: four stages, and what shows each of the seven National Standards."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from locality.foundations import load_rule, say_day
from locality.voice.engagement.evidence import Evidence, Session
from locality.voice.engagement.levels import EngagementReached, Level

NOT_RECORDED = "Not yet recorded"
"""What stands where a record has nothing."""


@dataclass(frozen=True)
class Entry:
    """One entry of a record: what is asked, and what is held; empty: nothing is recorded yet."""

    code: str
    asks: str
    says: str

    @property
    def words(self) -> str:
        """What people read."""
        return self.says or NOT_RECORDED


@dataclass(frozen=True)
class Stage:
    """A stage of the record: analyse, plan, do or review, with its entries."""

    code: str
    name: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class StandardShown:
    """A National Standard, and the entries that show it.

    Args:
        code: Its code.
        name: Its name.
        means: What it means, in our words.
        shown_by: Entries that are filled.
        lacking: Entries that would show it and are not filled yet.
    """

    code: str
    name: str
    means: str
    shown_by: tuple[Entry, ...]
    lacking: tuple[Entry, ...]

    @property
    def is_recorded(self) -> bool:
        """Whether anything shows it."""
        return bool(self.shown_by)


@dataclass(frozen=True)
class EngagementRecord:
    """The record of one engagement.

    Args:
        stages: Analyse, plan, do, review.
        standards: The seven National Standards.
    """

    stages: tuple[Stage, ...]
    standards: tuple[StandardShown, ...]


def engagement_record(evidence: Evidence, reached: EngagementReached, *, on: dt.date) -> EngagementRecord:
    """Fill the record of an engagement from what is known of it.

    Args:
        evidence: What is known.
        reached: From `level_reached`, of the same evidence.
        on: The day for which it is written.

    Returns:
        Four stages and seven standards. An entry without evidence is empty and says so.

    Source:
        Rule `engagement_record`.
    """
    said = load_rule("locality.voice", "engagement_record").at(on).value
    filled = _fill(evidence, reached)
    stages = tuple(
        Stage(
            stage["code"],
            stage["name"],
            tuple(Entry(each["code"], each["asks"], filled[each["code"]].strip()) for each in stage["entries"]),
        )
        for stage in said["stages"]
    )
    entries = {entry.code: entry for stage in stages for entry in stage.entries}
    return EngagementRecord(stages, tuple(_standard(each, entries) for each in said["standards"]))


def _standard(said: dict[str, str], entries: dict[str, Entry]) -> StandardShown:
    own = [entries[code] for code in said["shown_by"]]
    return StandardShown(
        said["code"],
        said["name"],
        said["means"],
        tuple(each for each in own if each.says),
        tuple(each for each in own if not each.says),
    )


def _fill(evidence: Evidence, reached: EngagementReached) -> dict[str, str]:
    level: Level | None = reached.reached
    return {
        "purpose": evidence.purpose,
        "affected": evidence.affected,
        "how_reached": evidence.how_reached,
        "known": evidence.known,
        "scope": evidence.scope,
        "aim": f"{reached.aim.name}: {reached.aim.means}",
        "dates": _dates(evidence),
        "channels_offered": ", ".join(each.name for each in evidence.channels),
        "support_offered": ", ".join(evidence.support_offered),
        "resources": evidence.resources,
        "method": _method(evidence),
        "took_part": _came(evidence),
        "sessions": " ".join(_session(each) for each in sorted(evidence.sessions, key=lambda one: one.on)),
        "support_met": _of(evidence.needs_met, evidence.needs_named, "needs that were named were met"),
        "heard": " ".join(evidence.heard),
        "answered": _of(evidence.answered, evidence.views, "views are answered"),
        "told": _told(evidence),
        "changed": ", ".join(evidence.changes),
        "level": f"{level.name}: {level.means}" if level else "",
        "lessons": evidence.lessons,
    }


def _dates(evidence: Evidence) -> str:
    if evidence.opened is None:
        return ""
    until = f" to {say_day(evidence.closes.isoformat())}" if evidence.closes else ""
    return f"From {say_day(evidence.opened.isoformat())}{until}"


def _method(evidence: Evidence) -> str:
    frozen = evidence.method_frozen
    if not evidence.method or frozen is None:
        return evidence.method
    return f"{evidence.method} (frozen on {say_day(frozen.isoformat())})"


def _told(evidence: Evidence) -> str:
    if evidence.to_tell == 0:
        return "Nobody chose a means of being told."
    return _of(evidence.told, evidence.to_tell or 0, "people who chose a means of being told were told")


def _came(evidence: Evidence) -> str:
    return ", ".join(f"{each.name}: {each.contributions:,}" for each in evidence.channels if each.contributions)


def _session(session: Session) -> str:
    people = "" if session.people is None else f", {session.people} people"
    return f"{say_day(session.on.isoformat())}: {session.what} ({session.part}{people})."


def _of(part: int, whole: int, what: str) -> str:
    return f"{part:,} of {whole:,} {what}." if whole else ""
