"""Kill -9 in the middle of loading a release, agreeing a plan and publishing it: nothing is half-done.

Each is done by a process of its own, on the same database, that kills itself with signal 9 just before its first write.
Another tries again and dies before its second; and so on, with every commit counted as a write, until one comes
through. After each death the site must be as it was, and the audit record whole.
"""

from __future__ import annotations

import datetime as dt
import os
import signal
import traceback
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from factories import money_site, plans_site, site
from locality.plans.documents import open_data
from locality.release import read_release
from locality_web.core import bridge
from locality_web.core.audit_models import AuditEvent
from locality_web.core.audit_verify import verify_record
from locality_web.core.bridge import load_release
from locality_web.core.jobs import work_once
from locality_web.core.models import Job, ReleaseLoaded
from locality_web.money.models import LedgerHeading, LocalityShare, Share
from locality_web.plans import publishing
from locality_web.plans.models import LocalityPlanRecord, Publication, PublishedFile, Snapshot
from locality_web.plans.publishing import ask_to_publish
from locality_web.plans.steps import take_stance, take_step

KEPT = (ReleaseLoaded, Share, LocalityShare, LedgerHeading, Snapshot, Publication, PublishedFile, AuditEvent)
WRITES = ("INSERT", "UPDATE", "DELETE")

pytestmark = pytest.mark.django_db(transaction=True)


class Death:
    """Counts writes and commits, and kills its own process at one of them."""

    def __init__(self, at: int):
        self.at, self.writes = at, 0

    def count(self) -> None:
        self.writes += 1
        if self.writes == self.at:
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if sql.startswith(WRITES):
            self.count()
        return execute(sql, *rest)


def try_and_die(work: Callable[[], object], at: int) -> bool:
    """Do something in a process that dies just before a write; say whether it came through, having fewer writes."""
    connections.close_all()  # a process must not share its connection with another
    child = os.fork()
    if child == 0:
        _do_or_die(work, Death(at))
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return False
    assert os.WEXITSTATUS(status) == 0, "it broke; its traceback is above"
    return True


def _do_or_die(work: Callable[[], object], death: Death) -> None:
    """Never come back: what pytest would do afterwards is the other process's business."""
    try:
        plain = BaseDatabaseWrapper._commit

        def commit(self: BaseDatabaseWrapper) -> Any:
            death.count()
            return plain(self)

        BaseDatabaseWrapper._commit = commit
        with connection.execute_wrapper(death.watch):
            work()
        connections.close_all()
        os._exit(0)
    except BaseException:
        traceback.print_exc()
        os._exit(1)


def standing() -> dict[str, object]:
    """What there is on the site."""
    counts: dict[str, object] = {model.__name__: model.objects.count() for model in KEPT}
    return counts | {"plans": list(LocalityPlanRecord.objects.values_list("state", "version", "snapshot"))}


def die_at_every_write(work: Callable[[], object]) -> int:
    """Let it die at each write in turn until it comes through; give how often it died."""
    before = standing()
    for number in range(1, 100):
        if try_and_die(work, number):
            return number - 1
        assert standing() == before, f"killed before write {number}"
        assert verify_record().wrong == ""
        # A job whose worker died is taken up when its lease has run out.
        Job.objects.filter(state="running").update(leased_until=timezone.now() - dt.timedelta(1), attempts=0)
    raise AssertionError("it never came through")


def test_a_release_is_loaded_whole_or_not_at_all(monkeypatch, tmp_path):
    fife = site.partnership()
    content = money_site.release_bytes(fife)
    (tmp_path / "x.release.zip").write_bytes(content)
    release = read_release(tmp_path / "x.release.zip")
    # Reading and verifying the file takes seconds and writes nothing.
    monkeypatch.setattr(bridge, "read_release", lambda path, **known: release)

    died = die_at_every_write(lambda: load_release(content, site.place(fife), None))

    assert died >= 6  # the record, shares, sums, ledger, the audit event and its head, the commit
    assert (ReleaseLoaded.objects.count(), Share.objects.count()) == (1, 12)
    assert verify_record().wrong == ""


def test_a_plan_is_agreed_with_its_snapshot_and_its_event_or_not_at_all():
    fife = site.partnership()
    plan = plans_site.with_group(fife)
    lead, member = plans_site.holder(fife, "lead", "levenmouth"), plans_site.holder(fife, "member", "levenmouth")
    take_stance(lead, plan, "agree")
    take_stance(member, plan, "agree")

    died = die_at_every_write(lambda: take_step(member, plan, "agreed"))

    assert died >= 4  # the snapshot, the plan, the event, the commit
    plan.refresh_from_db()
    assert (plan.state, Snapshot.objects.count()) == ("agreed", 1)
    assert AuditEvent.objects.filter(kind="plans.agreed").count() == 1
    assert verify_record().wrong == ""


def test_a_plan_is_published_in_all_its_forms_or_in_none(monkeypatch):
    # Making PDF and Word takes seconds and writes nothing.
    monkeypatch.setattr(publishing, "make_files", some_files)
    fife = site.partnership()
    plan = plans_site.agreed(fife)
    ask_to_publish(money_site.officer(fife, "planner"), plan)

    died = die_at_every_write(lambda: work_once("tests"))

    assert died >= 6  # taking the job and its commit, the publication, its files, the event, the commit
    assert Publication.objects.count() == 1
    assert PublishedFile.objects.count() == Publication.objects.get().files.count() > 5
    assert Job.objects.get(kind=publishing.KIND).state == "done"
    assert AuditEvent.objects.filter(kind="plans.published").count() == 1
    assert verify_record().wrong == ""


def some_files(plan: Any) -> list[PublishedFile]:
    return [
        PublishedFile(name=name, title=name, media_type="text/plain", content=content, bytes=len(content), sha256="")
        for name, content in open_data(plan).items()
    ]


def test_the_deaths_are_seen_where_a_thing_is_not_done_in_one_transaction():
    fife = site.partnership()

    def half_done() -> None:
        for number in range(2):
            Snapshot.objects.create(partnership=fife, kind="locality", text="{}", sha256=str(number))

    with pytest.raises(AssertionError, match="killed before write 2"):
        die_at_every_write(half_done)
