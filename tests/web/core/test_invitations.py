"""Invitations: a link by e-mail that works once, for one address, for some days, with an account or without one."""

from __future__ import annotations

import datetime as dt

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from factories import site
from factories.letters import links_sent
from locality.foundations import ResultRefused
from locality_web.core import invitations
from locality_web.core.models import AuditEvent, Invitation, Job, Person, RoleHeld
from locality_web.core.people_roles import end_role

NEW = "purple kettle on the moor"
ANN = "ann@example.org"


@pytest.fixture(autouse=True)
def nothing_counted(db):
    cache.clear()


@pytest.fixture
def administrator(fife):
    return site.person("administrator", fife, name="Ada Min")


def invite(administrator, partnership, **typed):
    sound = {"name": "Ann Lee", "email": ANN, "role": "lead", "locality": "levenmouth"}
    return site.signed_in(administrator).post(f"/{partnership.slug}/people/invite/", sound | typed)


def link_to(email: str = ANN) -> str:
    return links_sent(email)[-1]


def with_account(email: str = ANN, *, verified: bool = True) -> Client:
    person = site.person(email=email, name="Ann Lee")
    EmailAddress.objects.create(user=person, email=email, verified=verified, primary=True)
    return site.signed_in(person)


def join(link: str):
    return Client().post(link, {"name": "Ann Lee", "password": NEW})


def roles_of(email: str = ANN) -> list[str]:
    return [str(held) for held in RoleHeld.objects.filter(person__email=email)]


def test_somebody_without_an_account_makes_one_with_the_link_and_holds_the_role(administrator, fife):
    assert invite(administrator, fife).headers["Location"] == "/fife/people/"

    answer = join(link_to())

    assert answer.headers["Location"] == "/today/"
    assert roles_of() == ["lead of Levenmouth"]
    ann = Person.objects.get(email=ANN)
    assert EmailAddress.objects.get(user=ann).verified
    assert ann.roles.get().given_by == administrator


def test_somebody_with_an_account_signs_in_and_accepts(administrator, fife):
    invite(administrator, fife)
    client = with_account()

    assert "Sign in with it, then accept" in Client().get(link_to()).content.decode()
    assert client.post(link_to()).headers["Location"] == "/today/"
    assert roles_of() == ["lead of Levenmouth"]


def test_an_invitation_works_once(administrator, fife):
    invite(administrator, fife)
    link = link_to()
    join(link)

    again = Client().get(link)

    assert again.status_code == 410
    assert "accepted already" in again.content.decode()
    assert roles_of() == ["lead of Levenmouth"]


def test_a_second_request_at_the_same_moment_finds_it_taken(administrator, fife):
    invite(administrator, fife)
    ann = site.person(email=ANN)
    EmailAddress.objects.create(user=ann, email=ANN, verified=True, primary=True)
    first, second = Invitation.objects.get(), Invitation.objects.get()
    invitations.accept(ann, first)

    with pytest.raises(ResultRefused, match="accepted already"):
        invitations.accept(ann, second)


@pytest.mark.parametrize(("email", "verified"), [("bo@example.org", True), (ANN, False)])
def test_an_account_that_has_not_shown_the_invited_address_cannot_accept(administrator, fife, email, verified):
    invite(administrator, fife)
    client = with_account(email, verified=verified)

    assert "for another e-mail address" in client.post(link_to()).content.decode()
    assert roles_of(email) == []


def test_it_ends_after_the_days_that_the_partnership_has_set(administrator, fife):
    fife.settings.create(name="core.invitation_days", value=3, reason="Sooner")
    invite(administrator, fife)
    made = Invitation.objects.get()
    assert made.expires_at - made.made_at == dt.timedelta(days=3)

    Invitation.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))

    assert "Ask Ada Min to send it again" in Client().get(link_to()).content.decode()
    assert join(link_to()).status_code == 410
    assert roles_of() == []


def test_a_withdrawn_invitation_opens_nothing(administrator, fife):
    invite(administrator, fife)
    site.signed_in(administrator).post(f"/fife/people/invitations/{Invitation.objects.get().pk}/withdraw/")

    assert join(link_to()).status_code == 410
    assert not Person.objects.filter(email=ANN).exists()


def test_sent_again_only_the_new_link_works(administrator, fife):
    invite(administrator, fife)
    old = link_to()
    site.signed_in(administrator).post(f"/fife/people/invitations/{Invitation.objects.get().pk}/again/")

    assert join(old).status_code == 410
    assert join(link_to()).status_code == 302


def test_an_invitation_dies_with_the_right_of_who_sent_it(administrator, fife):
    invite(administrator, fife)
    other = site.person("administrator", fife)
    end_role(other, site.place(fife), administrator.roles.get())

    assert "may no longer invite" in join(link_to()).content.decode()
    assert roles_of() == []


def test_the_database_keeps_no_token_once_the_mail_is_gone(administrator, fife):
    invite(administrator, fife)
    token = link_to().split("/")[-2]

    assert len(token) >= 43
    kept = [*Invitation.objects.values_list(), *Job.objects.values_list(), *AuditEvent.objects.values_list()]
    assert token not in repr(kept)


def test_a_role_that_was_offered_until_a_day_ends_on_it(administrator, fife):
    day = timezone.localdate() + dt.timedelta(days=100)
    invite(administrator, fife, ends_day=str(day.day), ends_month=str(day.month), ends_year=str(day.year))
    join(link_to())

    assert RoleHeld.objects.get(person__email=ANN).ends == day


@pytest.mark.parametrize(
    ("typed", "refused"),
    [
        ({"name": ""}, "Write a name."),
        ({"email": ""}, "Write an e-mail address."),
        ({"email": "ann"}, "Write an address like name@example.org."),
        ({"role": ""}, "Choose a role."),
        ({"role": "king"}, "There is no such role. Choose one of the list."),
        ({"locality": "kintyre"}, "There is no such locality here. Choose one of the list."),
        ({"locality": ""}, "The role lead is held for one locality. Choose it."),
        ({"role": "planner"}, "The role planner is held for the whole partnership. Choose the whole partnership."),
        ({"ends_day": "1", "ends_month": "4", "ends_year": "2020"}, "The last day is over already."),
        ({"ends_day": "31", "ends_month": "2", "ends_year": "2030"}, "31 2 2030 is not a day of the calendar."),
    ],
)
def test_an_invitation_with_a_fault_is_refused_beside_its_field(administrator, fife, argyll, typed, refused):
    answer = invite(administrator, fife, **typed)

    assert answer.status_code == 200
    assert refused in answer.content.decode()
    assert not Invitation.objects.exists()


def test_nobody_is_invited_twice_to_one_role_nor_to_one_that_they_hold(administrator, fife):
    invite(administrator, fife)
    assert "has been invited to this role already" in invite(administrator, fife).content.decode()

    join(link_to())
    assert "holds this role already" in invite(administrator, fife).content.decode()
    assert invite(administrator, fife, role="member").status_code == 302


@pytest.mark.parametrize(
    ("typed", "refused"),
    [
        ({"name": "Ann Lee", "password": "short"}, "at least 12 characters"),
        ({"name": "Ann Lee", "password": ""}, "Write a password."),
        ({"name": "", "password": NEW}, "Write a name."),
    ],
)
def test_whoever_joins_needs_a_name_and_a_good_password(administrator, fife, typed, refused):
    invite(administrator, fife)

    assert refused in Client().post(link_to(), typed).content.decode()
    assert not Person.objects.filter(email=ANN).exists()


def test_links_that_never_were_are_refused_and_cannot_be_tried_without_end(db):
    client = Client()
    for number in range(10):
        assert client.post(f"/invitations/guess-{number}/").status_code == 410

    refused = client.post("/invitations/guess-10/")
    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "60"


def test_every_step_is_in_the_audit_record_without_the_address(administrator, fife):
    invite(administrator, fife)
    site.signed_in(administrator).post(f"/fife/people/invitations/{Invitation.objects.get().pk}/again/")
    join(link_to())

    events = list(AuditEvent.objects.all())
    assert [(event.kind, event.says) for event in events] == [
        ("core.invited", "Invited Ann Lee to be lead of Levenmouth"),
        ("core.invited_again", "Sent the invitation of Ann Lee again"),
        ("core.invitation_accepted", "Accepted the invitation to be lead of Levenmouth"),
    ]
    assert ANN not in repr([(event.says, event.detail, event.subject) for event in events])


def test_an_invitation_of_another_partnership_cannot_be_withdrawn(administrator, fife, argyll):
    invite(site.person("administrator", argyll), argyll, role="planner", locality="")
    number = Invitation.objects.get().pk

    assert site.signed_in(administrator).post(f"/fife/people/invitations/{number}/withdraw/").status_code == 404
    assert Invitation.objects.get().withdrawn_at is None


def test_nobody_invites_themselves_to_another_role(fife):
    ada = site.person("administrator", fife, email="ada@example.org")
    typed = {"name": "Ada", "email": "ADA@example.org", "role": "executive", "locality": "", "ends": ""}

    answer = site.signed_in(ada).post("/fife/people/invite/", typed)

    assert "You cannot give yourself a role" in answer.content.decode()
    assert not fife.invitations.exists()
