"""Levels of engagement: declared as an aim, computed from evidence, printed as a record in four stages."""

from locality.voice.engagement.evidence import ChannelUse, Evidence, Part, Session, ShapedOption
from locality.voice.engagement.levels import (
    Criterion,
    CriterionFound,
    EngagementReached,
    Level,
    Levels,
    engagement_levels,
    level_reached,
)
from locality.voice.engagement.record import (
    NOT_RECORDED,
    EngagementRecord,
    Entry,
    Stage,
    StandardShown,
    engagement_record,
)

__all__ = [
    "NOT_RECORDED",
    "ChannelUse",
    "Criterion",
    "CriterionFound",
    "EngagementReached",
    "EngagementRecord",
    "Entry",
    "Evidence",
    "Level",
    "Levels",
    "Part",
    "Session",
    "ShapedOption",
    "Stage",
    "StandardShown",
    "engagement_levels",
    "engagement_record",
    "level_reached",
]
