"""Groups of people who vote alike on short statements: found, tested, and made fit to be published."""

from locality.voice.opinion_groups.counts import AnswerCounts
from locality.voice.opinion_groups.find import OpinionGroups, find_opinion_groups
from locality.voice.opinion_groups.polis import PolisExport, is_polis, read_polis
from locality.voice.opinion_groups.publish import (
    SCHEMA,
    NamedStatement,
    PublishedGroup,
    PublishedGroups,
    PublishedStatement,
    publish_groups,
)
from locality.voice.opinion_groups.report import render_groups
from locality.voice.opinion_groups.settings import GroupRules, group_rules
from locality.voice.opinion_groups.tables import VOTE_TABLES, read_votes
from locality.voice.opinion_groups.votes import Votes, collect_votes

__all__ = [
    "SCHEMA",
    "VOTE_TABLES",
    "AnswerCounts",
    "GroupRules",
    "NamedStatement",
    "OpinionGroups",
    "PolisExport",
    "PublishedGroup",
    "PublishedGroups",
    "PublishedStatement",
    "Votes",
    "collect_votes",
    "find_opinion_groups",
    "group_rules",
    "is_polis",
    "publish_groups",
    "read_polis",
    "read_votes",
    "render_groups",
]
