"""Whoever's way to sign in changes is told by mail, and nobody else stays in."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.test import Client

from factories import site
from factories.second_step import code_now
from locality_web.core.models import AuditEvent, Job

PASSWORD = "correct horse battery"
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def nothing_counted(db):
    cache.clear()


@pytest.fixture
def member(fife):
    person = site.person("member", fife, "levenmouth", email="ann@example.org", name="Ann Lee")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def signed_in(code: str = "") -> Client:
    client = Client()
    answer = client.post("/accounts/login/", {"login": "ann@example.org", "password": PASSWORD})
    if code:
        client.post(answer.headers["Location"], {"code": code})
    return client


def mails() -> list[tuple[str, str]]:
    return [(job.arguments["to"], job.arguments["subject"]) for job in Job.objects.filter(kind="core.mail")]


def is_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def set_up_a_second_factor(client: Client) -> None:
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    client.get("/accounts/2fa/totp/activate/")
    secret = client.session["mfa.totp.secret"]
    assert client.post("/accounts/2fa/totp/activate/", {"code": code_now(secret)}).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_who_sets_up_a_second_factor_throws_out_whoever_came_in_with_the_password_alone(member):
    thief, owner = signed_in(), signed_in()
    assert is_in(thief)

    set_up_a_second_factor(owner)

    assert is_in(owner)
    assert not is_in(thief)


@pytest.mark.django_db(transaction=True)
def test_a_second_factor_that_was_set_up_is_told_by_mail_and_recorded(member):
    set_up_a_second_factor(signed_in())

    assert mails() == [("ann@example.org", "A second step at sign-in was set up")]
    assert AuditEvent.objects.get().kind == "core.second_factor_set_up"


def test_a_second_factor_that_was_taken_away_is_told_once_and_ends_other_sessions(member):
    TOTP.activate(member, SECRET)
    owner = signed_in(code_now(SECRET))
    other = site.signed_in(member)
    owner.post("/accounts/reauthenticate/", {"password": PASSWORD})

    assert owner.post("/accounts/2fa/totp/deactivate/").status_code == 302

    assert mails() == [("ann@example.org", "The second step at sign-in was taken away")]
    assert is_in(owner)
    assert not is_in(other)


def test_a_changed_password_is_told_and_ends_other_sessions(member):
    owner, other = signed_in(), signed_in()
    typed = {"oldpassword": PASSWORD, "password1": "seven green windows", "password2": "seven green windows"}

    assert owner.post("/accounts/password/change/", typed).status_code == 302

    assert mails() == [("ann@example.org", "The password was changed")]
    assert is_in(owner)
    assert not is_in(other)
    assert "seven green" not in str(list(AuditEvent.objects.values()))


def test_a_password_set_by_a_mailed_link_is_told(member):
    client = Client()
    client.post("/accounts/password/reset/", {"email": "ann@example.org"})
    text = Job.objects.get(kind="core.mail").arguments["text"]
    path = next(word for word in text.split() if "/password/reset/key/" in word).partition("testserver")[2]
    form = client.get(path, follow=True)
    new = {"password1": "seven green windows", "password2": "seven green windows"}

    client.post(form.redirect_chain[-1][0], new)

    assert mails()[-1] == ("ann@example.org", "A new password was set by the link in a mail")
    assert not is_in(client)
