"""Let the program look for options of boundaries in the background, and keep what it found."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from locality.areas.ground import DesignRules
from locality.areas.propose import Option, propose
from locality.foundations import Fault, InputRefused
from locality_web.areas.boundary_best import say_best
from locality_web.areas.boundary_making import make_option, names_today, need_board
from locality_web.areas.boundary_measuring import Board
from locality_web.areas.boundary_naming import name_division
from locality_web.areas.models import BoundaryOption
from locality_web.core import jobs
from locality_web.core.audit import record_event
from locality_web.core.models import Job, Partnership, Person
from locality_web.core.permissions import Place, require
from locality_web.core.words import count_of

PROPOSE = "areas.propose_options"
STOPPED = "Stopped"
_EFFORT = 4.0
"""CPU seconds of a search. Own choice of the founders, 2026-11: longer ones of this size found little more."""
SEARCH_TAKES = "about ten seconds, and up to a minute while the site does other work"
_LOOK_SECONDS = 0.5
"""How often a search asks the database whether it was stopped. Own choice of the founders, 2026-11."""


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


@transaction.atomic
def stop_search(person: Person, place: Place) -> bool:
    """Stop the search that waits or runs; what it has found so far is dropped.

    The job is marked as ended at once. A worker that is at it notices within a second or so, and cannot keep anything.

    Returns:
        Whether there was one to stop.

    Raises:
        NotAllowed: The person may not.
    """
    require(person, "areas.edit", place)
    found = Job.objects.select_for_update().filter(kind=PROPOSE, partnership=place.partnership)
    newest = found.order_by("pk").last()
    if newest is None or not is_under_way(newest):
        return False
    newest.state, newest.finished_at, newest.leased_until = Job.State.DONE, timezone.now(), None
    newest.says = f"{STOPPED} by {person}. Nothing of it was kept."
    newest.save(update_fields=["state", "finished_at", "leased_until", "says"])
    says = "Stopped the search for boundary options"
    record_event(person, "areas.search_stopped", says, place=place, subject=f"job:{newest.pk}")
    return True


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
    rules, stop = rules_for_search(board), _stopping(job)
    found = propose(board.ground, rules, seed=seed, effort=_EFFORT, start=start, stop=stop)
    with jobs.finishing(job):
        kept = keep_found(job.asked_by, place, found, seed=seed)
        job.says = f"Found {count_of(len(kept), 'boundary option')}."


def _stopping(job: Job) -> Callable[[], bool]:
    """Give a function that says whether a search was stopped, and asks the database now and then."""
    looked, stopped = time.monotonic(), False

    def is_stopped() -> bool:
        nonlocal looked, stopped
        if not stopped and time.monotonic() - looked > _LOOK_SECONDS:
            stopped = not Job.objects.filter(pk=job.pk, state=Job.State.RUNNING).exists()
            looked = time.monotonic()
        return stopped

    return is_stopped


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
    best = say_best(found)
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
            best_at=best[number - 1],
            seed=seed,
        )
        kept.append(made)
    return kept
