"""Priorities: a group brings what it wants into an order, by a method that is frozen before any result is seen."""

from locality.voice.priorities.ballots import (
    Ballot,
    ChannelShare,
    DividedSum,
    Ranking,
    Scores,
    channel_shares,
)
from locality.voice.priorities.decide import Discussion, divide_together, rank_priorities, record_discussion
from locality.voice.priorities.method import (
    Candidate,
    FrozenMethod,
    Kind,
    MethodKind,
    PriorityMethod,
    freeze_method,
    hash_of_method,
    method_kinds,
)
from locality.voice.priorities.outcome import (
    CountStep,
    PairCount,
    Placed,
    PriorityOutcome,
    SumDivided,
    SumPart,
)

__all__ = [
    "Ballot",
    "Candidate",
    "ChannelShare",
    "CountStep",
    "Discussion",
    "DividedSum",
    "FrozenMethod",
    "Kind",
    "MethodKind",
    "PairCount",
    "Placed",
    "PriorityMethod",
    "PriorityOutcome",
    "Ranking",
    "Scores",
    "SumDivided",
    "SumPart",
    "channel_shares",
    "divide_together",
    "freeze_method",
    "hash_of_method",
    "method_kinds",
    "rank_priorities",
    "record_discussion",
]
