"""Codes and people that belong to no part of the sum, where it is parted among localities."""

from __future__ import annotations

from collections.abc import Iterable

from locality_web.core.models import Locality
from locality_web.voice.votes.models import CodeBatch, Vote, VotingCode
from locality_web.voice.votes.rules_kept import is_by_locality


def votes_in(vote: Vote, there: Iterable[Locality]) -> set[Locality | None]:
    """Give those of the localities that have a part of the sum; before the opening all of them will."""
    parted = {code for code, _ in vote.rules["group_sums"]}
    return {each for each in there if not parted or each.code in parted}


def has_placeless(vote: Vote, there: Iterable[Locality]) -> bool:
    """Say whether a share would hang on a locality that somebody of the roll, or a code, does not have."""
    if not is_by_locality(vote):
        return False
    those = [each.pk for each in there]
    codes = VotingCode.objects.filter(vote=vote).exclude(batch__state=CodeBatch.State.VOID)
    return codes.exclude(locality__in=those).exists() or vote.roll.exclude(locality__in=those).exists()
