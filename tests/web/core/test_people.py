"""People and roles of a partnership: who holds what, give a role, end one; one's own account."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from factories import site
from locality.foundations import InputRefused, ResultRefused
from locality_web.core.models import AuditEvent, RoleHeld
from locality_web.core.people_roles import end_role, give_role
from locality_web.core.permissions import NotAllowed, may


@pytest.fixture
def ada(fife):
    return site.person("administrator", fife, name="Ada Min")


def held_by(person):
    return RoleHeld.objects.get(person=person)


def test_the_list_shows_who_holds_which_role_of_this_partnership_alone(ada, fife, argyll):
    site.person("lead", fife, "levenmouth", name="Ann Lee")
    site.person("lead", argyll, "kintyre", name="Mary Far")

    page = site.signed_in(ada).get("/fife/people/").content.decode()

    assert "Lead of Levenmouth" in page
    assert "Mary Far" not in page


def test_the_list_of_many_people_asks_the_database_as_rarely_as_that_of_few(ada, fife, django_assert_max_num_queries):
    for _ in range(40):
        site.person("member", fife, "levenmouth")
    client = site.signed_in(ada)

    with django_assert_max_num_queries(15):
        client.get("/fife/people/")


def test_a_role_that_is_given_can_be_used_at_once_and_is_recorded(ada, fife):
    ann = site.person("member", fife, "levenmouth", name="Ann Lee")

    answer = site.signed_in(ada).post(f"/fife/people/{ann.pk}/roles/", {"role": "lead", "locality": "levenmouth"})

    assert answer.status_code == 302
    assert {held.role for held in RoleHeld.objects.filter(person=ann)} == {"member", "lead"}
    event = AuditEvent.objects.get()
    assert (event.kind, event.says, event.person_name) == (
        "core.role_given",
        "Made Ann Lee lead of Levenmouth",
        "Ada Min",
    )


def test_a_role_that_is_held_already_is_not_given_twice(ada, fife):
    ann = site.person("member", fife, "levenmouth", name="Ann Lee")

    with pytest.raises(InputRefused, match="Ann Lee is member of Levenmouth already"):
        give_role(ada, site.place(fife, "levenmouth"), ann, role="member")


@pytest.mark.parametrize("role", ["planner", "lead", "finance", "executive", "member"])
def test_nobody_but_an_administrator_gives_or_ends_a_role(ada, fife, role):
    someone = site.person(role, fife, "levenmouth" if role in ("lead", "member") else None)

    with pytest.raises(NotAllowed):
        give_role(someone, site.place(fife), someone, role="administrator")
    with pytest.raises(NotAllowed):
        end_role(someone, site.place(fife), held_by(ada))


def test_an_administrator_of_one_partnership_gives_no_role_in_another(ada, argyll):
    with pytest.raises(NotAllowed):
        give_role(ada, site.place(argyll), ada, role="administrator")


def test_a_person_who_has_no_role_here_cannot_be_found_by_number(ada, argyll):
    far = site.person("planner", argyll)

    assert site.signed_in(ada).get(f"/fife/people/{far.pk}/roles/").status_code == 404
    assert site.signed_in(ada).get(f"/fife/people/roles/{held_by(far).pk}/end/").status_code == 404


def test_a_role_that_is_ended_now_opens_nothing_from_the_next_request_on(ada, fife):
    ann = site.person("planner", fife, name="Ann Lee")
    client = site.signed_in(ann)
    assert client.get("/fife/settings/").status_code == 200

    site.signed_in(ada).post(f"/fife/people/roles/{held_by(ann).pk}/end/")

    assert client.get("/fife/settings/").status_code == 403
    assert held_by(ann).ends == timezone.localdate() - dt.timedelta(days=1)


def test_a_role_that_was_given_today_and_ended_today_is_gone_and_both_are_recorded(ada, fife):
    ann = site.person(name="Ann Lee")
    held = give_role(ada, site.place(fife), ann, role="planner")
    end_role(ada, site.place(fife), held)

    assert not RoleHeld.objects.filter(person=ann).exists()
    assert [event.kind for event in AuditEvent.objects.all()] == ["core.role_given", "core.role_ended"]


def test_a_role_can_end_after_a_day(ada, fife):
    ann = site.person("planner", fife)
    last = timezone.localdate() + dt.timedelta(days=5)
    end_role(ada, site.place(fife), held_by(ann), last_day=last)

    ann = type(ann).objects.get(pk=ann.pk)
    assert may(ann, "plans.edit", site.place(fife))
    with pytest.raises(InputRefused, match="over already"):
        end_role(ada, site.place(fife), held_by(ann), last_day=dt.date(2020, 4, 1))


def test_the_last_administrator_cannot_be_removed_not_even_by_themselves(ada, fife):
    with pytest.raises(ResultRefused, match="Make somebody else an administrator first"):
        end_role(ada, site.place(fife), held_by(ada))

    answer = site.signed_in(ada).post(f"/fife/people/roles/{held_by(ada).pk}/end/")
    assert "Make somebody else an administrator first" in answer.content.decode()
    assert held_by(ada).ends is None


@pytest.mark.parametrize("how", ["for a time", "closed", "elsewhere"])
def test_an_administrator_for_a_time_a_closed_account_and_one_elsewhere_do_not_count(ada, fife, argyll, how):
    other = site.person("administrator", argyll if how == "elsewhere" else fife)
    if how == "for a time":
        RoleHeld.objects.filter(person=other).update(ends=timezone.localdate() + dt.timedelta(days=30))
    other.is_active = how != "closed"
    other.save()

    with pytest.raises(ResultRefused):
        end_role(ada, site.place(fife), held_by(ada))


def test_with_two_administrators_one_can_go(ada, fife):
    other = site.person("administrator", fife)
    end_role(other, site.place(fife), held_by(ada))

    assert not may(type(ada).objects.get(pk=ada.pk), "core.people", site.place(fife))


def test_somebody_without_a_role_sees_their_own_account_and_may_change_their_name(db):
    ann = site.person(name="Ann")
    client = site.signed_in(ann)

    assert "You hold no role" in client.get("/account/").content.decode()
    assert client.post("/account/", {"name": "Ann Lee"}).status_code == 302
    assert "Write a name." in client.post("/account/", {"name": " "}).content.decode()

    ann.refresh_from_db()
    assert (ann.name, AuditEvent.objects.get().kind) == ("Ann Lee", "core.name_changed")


def test_nobody_gives_a_role_to_themselves(ada, fife):
    with pytest.raises(InputRefused, match="You cannot give yourself a role"):
        give_role(ada, site.place(fife), ada, role="executive")

    assert not RoleHeld.objects.filter(person=ada, role="executive").exists()


@pytest.mark.parametrize("ended", [-1, 5])
def test_ending_a_role_never_lets_it_last_longer(ada, fife, ended):
    person = site.person("member", fife, "levenmouth")
    held, today = held_by(person), timezone.localdate()
    held.ends = today + dt.timedelta(days=ended)
    held.save()

    with pytest.raises(InputRefused, match="already"):
        end_role(ada, site.place(fife), held, last_day=today + dt.timedelta(days=9))

    assert held_by(person).ends == today + dt.timedelta(days=ended)
