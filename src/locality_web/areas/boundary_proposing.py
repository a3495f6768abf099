"""Let the program look for options of boundaries in the background, and keep what it found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from locality.areas.ground import DesignRules
from locality.areas.propose import Option, propose
from locality.foundations import Fault, InputRefused
from locality_web.areas.boundary_making import make_option, names_today, need_board
from locality_web.areas.boundary_measuring import Board
from locality_web.areas.boundary_naming import name_division
from locality_web.areas.models import BoundaryOption
from locality_web.core import jobs
from locality_web.core.models import Job, Partnership, Person
from locality_web.core.permissions import Place, require
from locality_web.core.words import count_of

PROPOSE = "areas.propose_options"
_EFFORT = 4.0
"""CPU seconds of a search. Own choice of the founders, 2026-11: longer ones of this size found little more."""


@transaction.atomic
def ask_for_options(person: Person, place: Place) -> Job:
    """Let the program propose options in the background.

    Raises:
        NotAllowed: The person may not.
        InputRefused: The ground is not there, or the program is at work on options already.
    """
    require(person, "areas.edit", place)
    need_board(place.partnership)
    Partnership.objects.select_for_update().get(pk=place.partnership.pk)
    newest = newest_search(place.partnership)
    if newest is not None and is_under_way(newest):
        what = "the program is looking for options already"
        do = "Wait until it has finished; look at this page again in a minute."
        raise InputRefused([Fault("options", what, do, "options-under-way")])
    # Each search begins elsewhere, and its number is kept with what it finds, so that it can be done again.
    seed = place.partnership.boundary_options.count() + 1
    return jobs.start(PROPOSE, {"partnership": place.partnership.pk, "seed": seed}, place=place, person=person)


def newest_search(partnership: Partnership) -> Job | None:
    """Give the background job that looks, or looked last, for options."""
    return Job.objects.filter(kind=PROPOSE, partnership=partnership).order_by("pk").last()


def is_under_way(job: Job) -> bool:
    """Say whether a search waits for its turn or runs."""
    return job.state in (Job.State.WAITING, Job.State.RUNNING)


def look_for_options(job: Job) -> None:
    """Look for several different boundary options."""
    place = Place(Partnership.objects.get(pk=job.arguments["partnership"]))
    seed = int(job.arguments["seed"])
    board = need_board(place.partnership)
    start = board.today.division if board.today is not None else None
    found = propose(board.ground, rules_for_search(board), seed=seed, effort=_EFFORT, start=start)
    with jobs.finishing(job):
        kept = keep_found(job.asked_by, place, found, seed=seed)
        job.says = f"Found {count_of(len(kept), 'boundary option')}."


def rules_for_search(board: Board) -> DesignRules:
    """Ask for as many localities as today where the partnership asked neither for a number nor for sizes."""
    if board.rules.number is not None or len(board.not_set) < 2 or board.today is None:
        return board.rules
    return replace(board.rules, number=len(board.today.codes))


def keep_found(person: Person | None, place: Place, found: Sequence[Option], *, seed: int) -> list[BoundaryOption]:
    """Keep what the program found; must run inside the transaction of its job."""
    board, known = need_board(place.partnership), names_today(place.partnership)
    today = timezone.localdate()
    kept = []
    for number, each in enumerate(found, 1):
        zones, names = name_division(board.ground, each.division, today=board.today, known=known)
        name = f"Proposed on {today.day} {today:%B %Y}, {number} of {len(found)}"
        made = make_option(
            person,
            place,
            name,
            zones=zones,
            names=names,
            origin=BoundaryOption.Origin.TOOL,
            best_at=f"Of the options found together it has: {'; '.join(each.best_at)}." if each.best_at else "",
            seed=seed,
        )
        kept.append(made)
    return kept
