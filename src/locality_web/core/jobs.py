"""Work in the background: kept in the database, retried, taken over when its worker dies, visible.

A room declares its jobs in its module `jobs.py`:

    @job("plans.remind")
    def remind(job: Job) -> str:
        ...write...
        return "Reminded 12 people."

and starts one inside the transaction of its cause, so that neither happens without the other:

    with transaction.atomic():
        ...
        jobs.start("plans.remind", {"plan": plan.pk}, place=place, person=request.user)

The function runs in one transaction with the mark that it is done: when the worker is killed, nothing of it happened.
Work that takes long must not hold that transaction open. It is declared with `whole=False`, works first, and writes
within `finishing`, which does for its block what was said above:

    @job("plans.publish", whole=False)
    def publish(job: Job) -> None:
        files = make_files(...)                 # long; may happen twice
        with finishing(job):                    # at most once
            keep_files(files)
            job.says = "Published."

A refusal of the library or of `permissions` fails a job at once, in its own words; anything else is tried again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import connection, transaction
from django.utils import timezone

from locality_web.core.models import Job, Person

if TYPE_CHECKING:
    import datetime as dt

    from locality_web.core.permissions import Place

Work = Callable[[Job], str | None]


@dataclass(frozen=True)
class Kind:
    """A kind of job: its name, its function, and whether all of it is one transaction."""

    name: str
    work: Work
    whole: bool

    @property
    def says(self) -> str:
        """The first sentence of the function's docstring, for the page."""
        return (self.work.__doc__ or self.name).strip().splitlines()[0]


class LeaseLost(Exception):
    """Another worker took the job over: what this one did must not count."""


_KINDS: dict[str, Kind] = {}


def job(kind: str, *, whole: bool = True) -> Callable[[Work], Work]:
    """Declare a kind of job.

    Args:
        kind: Its stable name, like "plans.publish".
        whole: Whether the function runs in one transaction with the mark that it is done.

    Returns:
        A decorator; the function gets the `Job` and gives a sentence that says what came of it.
    """

    def declare(work: Work) -> Work:
        _KINDS[kind] = Kind(kind, work, whole)
        return work

    return declare


def start(
    kind: str,
    arguments: dict[str, Any] | None = None,
    *,
    place: Place | None = None,
    person: Any = None,
    run_after: dt.datetime | None = None,
) -> Job:
    """Write a job down; a worker does it once the transaction of its cause has ended.

    Args:
        kind: A kind that a room declared.
        arguments: Plain values: ids and texts, no objects.
        place: The partnership on whose page the job is shown; None: a job of the site.
        person: Who asked for it.
        run_after: Not before this moment.

    Returns:
        The job, waiting.

    Raises:
        TransactionManagementError: No transaction is open. This is a mistake of ours.
        KeyError: No room declared the kind. This is a mistake of ours.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("A job must be started in the transaction of its cause.")
    return Job.objects.create(
        kind=kind_named(kind).name,
        arguments=arguments or {},
        partnership=place.partnership if place else None,
        asked_by=person if isinstance(person, Person) else None,
        run_after=run_after or timezone.now(),
    )


def kind_named(name: str) -> Kind:
    """Give a kind of job."""
    _load_rooms()
    return _KINDS[name]


def all_kinds() -> dict[str, Kind]:
    """Give every kind that a room declared."""
    _load_rooms()
    return dict(sorted(_KINDS.items()))


@cache
def _load_rooms() -> None:
    import_module("locality_web.core.mail")
    import_module("locality_web.core.jobs_upkeep")
    for app in apps.get_app_configs():
        if app.name.startswith("locality_web.") and find_spec(f"{app.name}.jobs"):
            import_module(f"{app.name}.jobs")


@contextmanager
def finishing(held: Job) -> Iterator[None]:
    """Do what is inside together with the mark that the job is done, or nothing of either.

    Raises:
        LeaseLost: Another worker has taken the job over, or it was done before.
    """
    with transaction.atomic():
        mine = Job.objects.filter(pk=held.pk, state=Job.State.RUNNING, worker=held.worker, attempts=held.attempts)
        if mine.select_for_update().first() is None:
            raise LeaseLost(f"job {held.pk}")
        yield
        held.state, held.finished_at, held.leased_until = Job.State.DONE, timezone.now(), None
        held.save(update_fields=["state", "says", "finished_at", "leased_until"])


def try_again(failed: Job) -> None:
    """Let a failed job wait for a worker again, with all its attempts; must be called inside a transaction."""
    failed.state, failed.attempts, failed.run_after, failed.finished_at = Job.State.WAITING, 0, timezone.now(), None
    failed.save(update_fields=["state", "attempts", "run_after", "finished_at"])


def work_once(worker: str = "") -> Job | None:
    """Take the next job that is due and do it; give it as it then stands, or None when nothing is due."""
    from locality_web.core.jobs_work import do, take  # noqa: PLC0415 - that module stands on this one

    taken = take(worker)
    return do(taken) if taken is not None else None
