"""A lost second factor is taken off by an administrator of the partnership, or by command; never unseen."""

from __future__ import annotations

import pytest

from factories import site
from locality_web.config import command
from locality_web.core.models import AuditEvent, Job

REASON = {"reason": "Came to my desk on 3 March"}


@pytest.fixture
def planner(fife):
    return site.person("planner", fife, name="Pat Planner", email="pat@example.org")


def page(person, partnership: str = "fife") -> str:
    return f"/{partnership}/people/{person.pk}/second-factor/"


def has_one(person) -> bool:
    return person.authenticator_set.exists()


def test_an_administrator_takes_it_off_with_a_reason_and_its_owner_is_told(fife, planner):
    browser = site.signed_in(planner)
    administrator = site.signed_in(site.person("administrator", fife, name="Ada"))
    assert "Lost phone" in administrator.get("/fife/people/").content.decode()

    assert administrator.post(page(planner), REASON).status_code == 302

    assert not has_one(planner)
    assert browser.get("/account/").headers["Location"].startswith("/accounts/login/")
    event = AuditEvent.objects.get()
    assert event.says == "Took the second step at sign-in off the account of Pat Planner: Came to my desk on 3 March"
    assert Job.objects.get(kind="core.mail").arguments["to"] == "pat@example.org"


@pytest.mark.parametrize("reason", ["", "lost"])
def test_without_a_reason_nothing_is_taken_off(fife, planner, reason):
    answer = site.signed_in(site.person("administrator", fife)).post(page(planner), {"reason": reason})

    assert "how you know" in answer.content.decode()
    assert has_one(planner)


def test_nobody_takes_off_their_own_here(fife):
    ada = site.person("administrator", fife)

    answer = site.signed_in(ada).post(page(ada), REASON)

    assert "You cannot take off your own" in answer.content.decode()
    assert has_one(ada)


def test_who_works_for_another_partnership_too_is_out_of_reach(fife, argyll, planner):
    site.give_role(planner, "finance", argyll)

    answer = site.signed_in(site.person("administrator", fife)).post(page(planner), REASON)

    assert "in another partnership that relies on the second step too" in answer.content.decode()
    assert has_one(planner)


def test_somebody_of_another_partnership_is_not_found(fife, argyll):
    other = site.person("planner", argyll)

    assert site.signed_in(site.person("administrator", fife)).post(page(other), REASON).status_code == 404
    assert has_one(other)


def test_the_command_takes_it_off(planner, capsys):
    with pytest.raises(SystemExit) as ended:
        command.main(["remove-second-factor", "Pat@Example.org", "--reason", "Known by telephone, called back"])

    assert ended.value.code == 0
    assert not has_one(planner)
    assert AuditEvent.objects.get().kind == "core.second_factor_removed"


def test_the_command_says_when_there_is_no_such_account(planner, capsys):
    with pytest.raises(SystemExit) as ended:
        command.main(["remove-second-factor", "nobody@example.org", "--reason", "Known by telephone"])

    assert ended.value.code == 1
    assert "there is no account" in capsys.readouterr().err
