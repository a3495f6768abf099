"""What pages read of a room is kept until that room records something, and never a moment longer."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import transaction
from django.utils import timezone

from factories import site
from locality_web.core.audit import record_event
from locality_web.core.remembered import ANEW, Memory, forget


class Shelf:
    """Something that a room holds, and how often it was read."""

    def __init__(self) -> None:
        self.holds, self.times = "first", 0

    def read(self) -> str:
        self.times += 1
        return self.holds


@pytest.fixture
def shelf():
    forget()
    yield Shelf()
    forget()


def happens(kind, partnership=None, **more):
    with transaction.atomic():
        record_event(None, kind, "Something", place=site.place(partnership) if partnership else None, **more)


def ask(shelf, partnership, rooms=("money",)):
    return Memory(partnership).read(("shelf",), rooms, shelf.read)


def test_what_nobody_changed_is_read_once(fife, shelf):
    happens("money.source_added", fife)

    assert [ask(shelf, fife), ask(shelf, fife), shelf.times] == ["first", "first", 1]


@pytest.mark.parametrize(
    ("what", "kind", "times"),
    [
        ("the room itself", "money.source_changed", 2),
        ("another room of which it is read", "areas.locality_named", 2),
        ("a room that has nothing to do with it", "plans.commented", 1),
    ],
)
def test_it_is_read_again_when_a_room_of_which_it_is_read_recorded_something(fife, shelf, what, kind, times):
    ask(shelf, fife, ("money", "areas"))
    shelf.holds = "second"
    happens(kind, fife)

    assert ask(shelf, fife, ("money", "areas")) == ("second" if times == 2 else "first")
    assert shelf.times == times


def test_another_partnership_keeps_its_own(fife, argyll, shelf):
    ask(shelf, fife)
    happens("money.source_changed", argyll)
    ask(shelf, fife)
    assert shelf.times == 1

    shelf.holds = "of Argyll and Bute"
    assert ask(shelf, argyll) == "of Argyll and Bute"
    assert ask(shelf, fife) == "first"


def test_a_restored_site_is_read_anew_whatever_the_room(fife, shelf):
    ask(shelf, fife)
    happens("core.restored", of_whole_site=True)
    ask(shelf, fife)

    assert shelf.times == 2


def test_somebodys_new_password_changes_nothing_that_pages_show(fife, shelf):
    ask(shelf, fife)
    happens("core.password_changed")
    ask(shelf, fife)

    assert shelf.times == 1


def test_another_day_reads_it_again(fife, shelf, monkeypatch):
    ask(shelf, fife)
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    monkeypatch.setattr(timezone, "localdate", lambda: tomorrow)
    ask(shelf, fife)

    assert shelf.times == 2


def test_what_was_written_meanwhile_is_never_kept_under_the_state_before_it(fife, shelf):
    page = Memory(fife)
    shelf.holds = "second"
    happens("money.source_changed", fife)
    page.read(("shelf",), ("money",), shelf.read)
    shelf.holds = "third"

    assert ask(shelf, fife) == "third"


def test_an_event_that_was_undone_leaves_what_is_kept(fife, shelf):
    ask(shelf, fife)
    with pytest.raises(RuntimeError), transaction.atomic():
        record_event(None, "money.source_changed", "Something", place=site.place(fife))
        raise RuntimeError
    ask(shelf, fife)

    assert shelf.times == 1


def test_whoever_writes_reads_anew(fife, shelf):
    for _ in range(2):
        ANEW.read(("shelf",), ("money",), shelf.read)

    assert shelf.times == 2
