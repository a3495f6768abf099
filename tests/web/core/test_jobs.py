"""Work in the background: never lost, never half-done, tried again, and visible."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import transaction
from django.utils import timezone

from factories import site
from locality.foundations import ResultRefused
from locality_web.core import jobs, jobs_work
from locality_web.core.jobs_upkeep import plan_upkeep
from locality_web.core.models import AuditEvent, Draft, Job, Partnership

pytestmark = pytest.mark.django_db
DONE: list[str] = []


@pytest.fixture(autouse=True)
def kinds(monkeypatch):
    DONE.clear()
    monkeypatch.setattr(jobs, "_KINDS", dict(jobs.all_kinds()))

    @jobs.job("test.note")
    def note(job: Job) -> str:
        """Note a word."""
        DONE.append(job.arguments["word"])
        return f"Noted {job.arguments['word']}."

    @jobs.job("test.break")
    def break_down(job: Job) -> str:
        """Write, then break."""
        site.partnership("half", "Half-done")
        raise ValueError("ann@example.org")

    @jobs.job("test.refuse")
    def refuse(job: Job) -> str:
        """Refuse."""
        raise ResultRefused("The plan is over its budget by £12.", "Lower an amount.")

    @jobs.job("test.long", whole=False)
    def long_work(job: Job) -> None:
        """Work long, then write."""
        assert Job.objects.get(pk=job.pk).state == Job.State.RUNNING
        with jobs.finishing(job):
            site.partnership("made", "Made")
            job.says = "Made a partnership."


def move_on(**time: int) -> None:
    """Let time pass for every job."""
    for each in Job.objects.all():
        each.run_after -= dt.timedelta(**time)
        if each.leased_until:
            each.leased_until -= dt.timedelta(**time)
        each.save()


def test_a_job_is_done_once_and_says_what_came_of_it():
    jobs.start("test.note", {"word": "ferry"})

    done = jobs.work_once()

    assert (done.state, done.says, done.attempts) == ("done", "Noted ferry.", 1)
    assert jobs.work_once() is None
    assert DONE == ["ferry"]


@pytest.mark.django_db(transaction=True)
def test_a_job_outside_of_the_transaction_of_its_cause_is_refused():
    with pytest.raises(transaction.TransactionManagementError):
        jobs.start("test.note", {"word": "ferry"})


@pytest.mark.django_db(transaction=True)
def test_a_job_whose_cause_was_undone_never_was():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        jobs.start("test.note", {"word": "ferry"})
        raise ZeroDivisionError

    assert jobs.work_once() is None


def test_a_job_of_a_kind_that_nobody_declared_is_a_mistake_of_ours():
    with pytest.raises(KeyError):
        jobs.start("test.unknown")


def test_a_job_waits_for_its_time():
    jobs.start("test.note", {"word": "ferry"}, run_after=timezone.now() + dt.timedelta(hours=1))

    assert jobs.work_once() is None
    move_on(hours=2)
    assert jobs.work_once().state == "done"


def test_the_job_that_has_waited_longest_is_done_first():
    jobs.start("test.note", {"word": "second"})
    jobs.start("test.note", {"word": "first"}, run_after=timezone.now() - dt.timedelta(hours=1))

    jobs.work_once()

    assert DONE == ["first"]


def test_a_job_that_breaks_leaves_nothing_behind_and_is_tried_again_after_growing_waits():
    jobs.start("test.break")
    waited = []
    for _ in range(5):
        broken = jobs.work_once()
        assert broken.state == "waiting"
        waited.append(round((broken.run_after - timezone.now()).total_seconds() / 60))
        move_on(days=1)
    failed = jobs.work_once()

    assert waited == [1, 5, 30, 120, 720]
    assert (failed.state, failed.attempts) == ("failed", 6)
    assert "It broke (ValueError)" in failed.says
    assert "ann@example.org" not in failed.says
    assert not Partnership.objects.filter(slug="half").exists()


def test_a_refusal_fails_at_once_in_its_own_words():
    jobs.start("test.refuse")

    failed = jobs.work_once()

    assert (failed.state, failed.attempts) == ("failed", 1)
    assert failed.says == "The plan is over its budget by £12. Lower an amount."


def test_a_long_job_writes_and_is_marked_done_in_one_transaction():
    jobs.start("test.long")

    assert (jobs.work_once().state, Job.objects.get().says) == ("done", "Made a partnership.")


def test_a_job_whose_worker_fell_silent_is_taken_over():
    jobs.start("test.note", {"word": "ferry"})
    first = jobs_work.take("first worker")
    assert jobs_work.take("second worker") is None

    move_on(seconds=61)
    second = jobs_work.take("second worker")

    assert second.pk == first.pk
    assert jobs_work.do(second).state == "done"


def test_what_the_silent_worker_does_afterwards_counts_no_more():
    jobs.start("test.note", {"word": "ferry"})
    first = jobs_work.take("first worker")
    move_on(seconds=61)
    jobs_work.do(jobs_work.take("second worker"))

    jobs_work.do(first)

    assert DONE == ["ferry"]


def test_a_job_that_ends_its_worker_every_time_fails_in_the_end():
    jobs.start("test.note", {"word": "ferry"})
    for number in range(6):
        assert jobs_work.take(f"worker {number}") is not None
        move_on(days=1)

    assert jobs_work.take("worker 6") is None
    assert Job.objects.get().state == "failed"
    assert "Its worker ended in the middle every time." in Job.objects.get().says


def test_the_upkeep_waits_once_and_plans_its_next_day(fife):
    Draft.objects.create(person=site.person("planner", fife), form="/x/")
    Draft.objects.update(at=timezone.now() - dt.timedelta(days=40))
    plan_upkeep()
    plan_upkeep()

    assert Job.objects.count() == 1
    assert jobs.work_once().says == "Forgot 0 sessions, 1 drafts and 0 jobs."
    assert Job.objects.get(state="waiting").run_after > timezone.now() + dt.timedelta(hours=23)


def test_the_administrator_sees_jobs_of_the_own_partnership_and_runs_a_failed_one_again(fife, argyll, as_role):
    jobs.start("test.refuse", place=site.place(fife))
    jobs.start("test.note", {"word": "secret word"}, place=site.place(argyll))
    jobs.work_once()
    browser = as_role("administrator")

    shown = browser.get("/fife/jobs/").content.decode()
    assert "The plan is over its budget by £12." in shown
    assert "Note a word" not in shown

    failed = Job.objects.get(partnership=fife)
    assert browser.post("/fife/jobs/", {"job": failed.pk}).status_code == 302
    assert Job.objects.get(partnership=fife).state == "waiting"
    assert AuditEvent.objects.get(kind="core.job_again").subject == f"job:{failed.pk}"


def test_a_job_of_another_partnership_cannot_be_run_again(fife, argyll, as_role):
    other = jobs.start("test.refuse", place=site.place(argyll))

    assert as_role("administrator").post("/fife/jobs/", {"job": other.pk}).status_code == 404
