"""All tables of the room, by what they are for."""

from __future__ import annotations

from locality_web.voice.channels.models import Letter, LetterBatch
from locality_web.voice.conversations.models import (
    Appeal,
    Conversation,
    Flag,
    ModerationStep,
    Option,
    Question,
    Statement,
    Translation,
)
from locality_web.voice.conversations.said import (
    Contribution,
    Correspondent,
    DividedPart,
    MapMark,
    Opinion,
    Ranking,
    StatementVote,
    Support,
    SurveyAnswer,
)
from locality_web.voice.informed.models import ImportedFile, Subscription, SubscriptionNews
from locality_web.voice.sense.models import (
    Answer,
    EngagementRecord,
    InfluenceLink,
    Prioritising,
    PriorityBallot,
    Reading,
    Theme,
    ThemeCode,
)
from locality_web.voice.votes.models import (
    Ballot,
    CodeBatch,
    CountedVote,
    KeyedBallot,
    Project,
    RollEntry,
    Vote,
    VotingCode,
)

__all__ = [
    "Answer",
    "Appeal",
    "Ballot",
    "CodeBatch",
    "Contribution",
    "Conversation",
    "Correspondent",
    "CountedVote",
    "DividedPart",
    "EngagementRecord",
    "Flag",
    "ImportedFile",
    "InfluenceLink",
    "Letter",
    "LetterBatch",
    "KeyedBallot",
    "MapMark",
    "ModerationStep",
    "Opinion",
    "Option",
    "Prioritising",
    "PriorityBallot",
    "Project",
    "Question",
    "Ranking",
    "Reading",
    "RollEntry",
    "Statement",
    "StatementVote",
    "Subscription",
    "SubscriptionNews",
    "Support",
    "SurveyAnswer",
    "Theme",
    "ThemeCode",
    "Translation",
    "Vote",
    "VotingCode",
]
