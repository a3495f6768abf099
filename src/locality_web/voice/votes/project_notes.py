"""What voters must know of a project besides its cost: what it excludes, and whether a part of it can be paid for."""

from __future__ import annotations

from locality_web.core.languages import tell
from locality_web.voice.votes.models import Project, Vote
from locality_web.voice.votes.vote_words import say_sum


def notes_of(project: Project, vote: Vote) -> tuple[str, ...]:
    """Give these notes as sentences; the project's `not_with` is read beforehand."""
    notes = []
    if codes := sorted(other.code for other in project.not_with.all()):
        both = "It cannot win together with {codes}. You can choose them all the same."
        notes.append(tell(both, codes=", ".join(codes)))
    if project.least_pence and vote.rules.get("least_part"):
        notes.append(tell("It can also be done in part, from {sum} on.", sum=say_sum(project.least_pence)))
    return tuple(notes)
