"""General practice in a locality: each practice, or each cluster, has somebody who speaks for it, or leaves a gap."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from locality.members.membership import PracticeVoice

By = Literal["practice", "cluster"]


@dataclass(frozen=True)
class PracticeHere:
    """A practice: its number, name, cluster ("" = none) and locality ("" = not known)."""

    practice: int
    name: str
    cluster: str = ""
    locality: str = ""


@dataclass(frozen=True)
class LiaisonTerm:
    """Somebody speaks for a practice, or (`practice` is None) for a cluster, from day to day.

    Args:
        liaison: Number of the member.
        starts: First day.
        ends: Last day; None: no end is set.
        practice: Number of the practice.
        cluster: Name of the cluster.
    """

    liaison: int
    starts: dt.date
    ends: dt.date | None = None
    practice: int | None = None
    cluster: str = ""


@dataclass(frozen=True)
class PracticeGap:
    """A practice or cluster for which nobody speaks.

    Args:
        locality: Code of its locality.
        name: Its name.
        since: First day without anybody; None: nobody ever spoke for it.
        begins: First day of somebody who is to come; None: nobody is.
    """

    locality: str
    name: str
    since: dt.date | None = None
    begins: dt.date | None = None


def practice_voices(
    practices: Sequence[PracticeHere], liaisons: Sequence[LiaisonTerm], by: By
) -> tuple[PracticeVoice, ...]:
    """Say who speaks for each practice, or for each cluster.

    Args:
        practices: The practices.
        liaisons: All terms of liaisons.
        by: How the partnership represents general practice. By cluster, a practice that is in none stands for itself.

    Returns:
        For each practice or cluster and each of its localities one value for every term, or one without a liaison, in
        order of locality and name.
    """
    terms: dict[int | str, list[LiaisonTerm]] = {}
    for term in liaisons:
        terms.setdefault(term.cluster if term.practice is None else term.practice, []).append(term)
    units = sorted(
        {_unit(each, by) for each in practices}, key=lambda unit: (unit[0], unit[1].casefold(), str(unit[2]))
    )
    return tuple(
        voice
        for locality, name, key in units
        for voice in _voices(locality, name, sorted(terms.get(key, ()), key=lambda term: (term.starts, term.liaison)))
    )


def _unit(practice: PracticeHere, by: By) -> tuple[str, str, int | str]:
    if by == "cluster" and practice.cluster:
        return practice.locality, practice.cluster, practice.cluster
    return practice.locality, practice.name, practice.practice


def _voices(locality: str, name: str, terms: Sequence[LiaisonTerm]) -> list[PracticeVoice]:
    if not terms:
        return [PracticeVoice(locality, name)]
    return [PracticeVoice(locality, name, term.liaison, term.starts, term.ends) for term in terms]


def practice_gaps(voices: Iterable[PracticeVoice], on: dt.date) -> tuple[PracticeGap, ...]:
    """Find practices or clusters for which nobody speaks on a day.

    Args:
        voices: Who speaks for each, from day to day.
        on: The day.

    Returns:
        One gap for each locality and name without a term that runs on that day, in order of locality and name.
    """
    by_name: dict[tuple[str, str], list[PracticeVoice]] = {}
    for voice in voices:
        by_name.setdefault((voice.locality, voice.name), []).append(voice)
    open_ones = [key for key, those in by_name.items() if not any(_runs(each, on) for each in those)]
    return tuple(_gap(key, by_name[key], on) for key in sorted(open_ones))


def _gap(key: tuple[str, str], voices: Sequence[PracticeVoice], on: dt.date) -> PracticeGap:
    over = [each.ends for each in voices if each.ends is not None and each.ends < on]
    to_come = [each.starts for each in voices if each.starts is not None and each.starts > on]
    since = max(over) + dt.timedelta(days=1) if over else None
    return PracticeGap(*key, since, min(to_come, default=None))


def _runs(voice: PracticeVoice, on: dt.date) -> bool:
    return voice.starts is not None and voice.starts <= on and (voice.ends is None or on <= voice.ends)
