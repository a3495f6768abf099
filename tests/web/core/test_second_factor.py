"""The second factor: roles that see money or people need it, and it is asked for at every sign-in."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from factories import site
from factories.second_step import code_now
from locality_web.core import second_factor
from locality_web.core.roles import all_roles
from locality_web.core.second_factor import server_asked

PASSWORD = "correct horse battery"
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def nothing_counted(db):
    cache.clear()


def planner_of(partnership, *, with_factor: bool):
    person = site.person("planner", partnership, email="ann@example.org", name="Ann Lee")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    person.authenticator_set.all().delete()
    if with_factor:
        TOTP.activate(person, SECRET)
        RecoveryCodes.activate(person)
    return person


def sign_in() -> tuple[Client, str]:
    client = Client()
    answer = client.post("/accounts/login/", {"login": "ann@example.org", "password": PASSWORD})
    return client, answer.headers["Location"]


def show_again_that_it_is_still_you(client):
    assert "not your password" in client.post("/accounts/reauthenticate/", {"password": "wrong"}).content.decode()
    assert client.post("/accounts/reauthenticate/", {"password": PASSWORD}).status_code == 302


@pytest.mark.parametrize("role", [role.name for role in all_roles().values() if role.second_factor])
def test_a_role_that_needs_it_opens_nothing_but_setting_it_up(fife, role):
    person = site.person(role, fife, "levenmouth" if all_roles()[role].held_for == "locality" else None)
    person.authenticator_set.all().delete()
    client = site.signed_in(person)

    for address in ("/today/", "/account/"):
        assert client.get(address).headers["Location"] == "/accounts/2fa/"
    assert "Set it up" in client.get("/accounts/2fa/").content.decode()


def test_an_administrator_without_it_cannot_invite_by_sending_the_form_alone(fife):
    person = site.person("administrator", fife)
    person.authenticator_set.all().delete()

    answer = site.signed_in(person).post("/fife/people/invite/", {"name": "Bo", "email": "bo@example.org"})

    assert answer.headers["Location"] == "/accounts/2fa/"
    assert not fife.invitations.exists()


def test_a_member_needs_none(fife):
    assert site.signed_in(site.person("member", fife, "levenmouth")).get("/today/").status_code == 200


def test_it_is_set_up_with_the_first_code_of_the_app_and_gives_recovery_codes(fife):
    planner_of(fife, with_factor=False)
    client, _ = sign_in()
    page = client.get("/accounts/2fa/totp/activate/").content.decode()
    secret = re.search(r"<code>([A-Z2-7]+)</code>", page)[1]

    wrong = client.post("/accounts/2fa/totp/activate/", {"code": "000000"}).content.decode()
    assert "This code is not right" in wrong
    done = client.post("/accounts/2fa/totp/activate/", {"code": code_now(secret)}, follow=True)

    assert len(re.findall(r"<li><code>\d{8}</code></li>", done.content.decode())) == 10
    assert client.get("/today/").status_code == 200


SET_UP, AGAIN = "/accounts/2fa/totp/activate/", "/accounts/reauthenticate/"


@pytest.mark.parametrize(("minutes", "status"), [(0, 200), (4, 200), (6, 302)])
def test_who_has_just_typed_the_password_sets_the_first_one_up_without_typing_it_again(
    fife, monkeypatch, minutes, status
):
    planner_of(fife, with_factor=False)
    client, _ = sign_in()
    later = timezone.now() + dt.timedelta(minutes=minutes)
    monkeypatch.setattr(second_factor.timezone, "now", lambda: later)

    answer = client.get(SET_UP)

    assert answer.status_code == status
    assert status == 200 or answer.headers["Location"].startswith(AGAIN)


def test_a_session_that_did_not_begin_with_the_password_is_asked_for_it(fife):
    client = site.signed_in(planner_of(fife, with_factor=False))

    assert client.get(SET_UP).headers["Location"].startswith(AGAIN)


def test_the_password_of_somebody_else_in_the_same_browser_is_no_proof(fife):
    planner_of(fife, with_factor=False)
    client, _ = sign_in()
    client.force_login(site.person("planner", fife))

    assert not client.get(SET_UP).content.decode().count("<code>")


@pytest.mark.parametrize("page", ["totp/deactivate/", "recovery-codes/", "recovery-codes/generate/"])
def test_who_has_one_shows_the_password_again_before_it_is_touched_however_fresh_the_session(fife, page):
    planner_of(fife, with_factor=True)
    client, then = sign_in()
    client.post(then, {"code": code_now(SECRET)})

    assert client.get(f"/accounts/2fa/{page}").headers["Location"].startswith(AGAIN)


def test_at_the_next_sign_in_the_password_alone_opens_nothing(fife):
    planner_of(fife, with_factor=True)

    client, then = sign_in()

    assert then == "/accounts/2fa/authenticate/"
    assert client.get("/today/").headers["Location"].startswith("/accounts/login/")
    assert client.post(then, {"code": "000000"}).status_code == 200
    assert client.get("/today/").headers["Location"].startswith("/accounts/login/")
    assert client.post(then, {"code": code_now(SECRET)}).headers["Location"] == "/today/"
    assert client.get("/today/").status_code == 200


def test_a_code_works_once(fife):
    planner_of(fife, with_factor=True)
    code = code_now(SECRET)
    first, then = sign_in()
    second, _ = sign_in()

    assert first.post(then, {"code": code}).status_code == 302
    assert second.post(then, {"code": code}).status_code == 200
    assert second.get("/today/").status_code == 302


def test_a_recovery_code_stands_in_for_the_phone_once(fife):
    person = planner_of(fife, with_factor=True)
    code = person.authenticator_set.get(type="recovery_codes").wrap().get_unused_codes()[0]
    first, then = sign_in()
    second, _ = sign_in()

    assert first.post(then, {"code": code}).headers["Location"] == "/today/"
    assert second.post(then, {"code": code}).status_code == 200


def test_codes_cannot_be_guessed_without_end(fife):
    planner_of(fife, with_factor=True)
    client, then = sign_in()
    for _ in range(5):
        client.post(then, {"code": "000000"})

    locked = client.post(then, {"code": code_now(SECRET)}).content.decode()

    assert "nobody can try again for five minutes" in locked


def test_whoever_takes_it_away_is_asked_for_it_again(fife):
    planner_of(fife, with_factor=True)
    client, then = sign_in()
    client.post(then, {"code": code_now(SECRET)})
    assert client.post("/accounts/2fa/totp/deactivate/").headers["Location"].startswith("/accounts/reauthenticate/")
    show_again_that_it_is_still_you(client)

    assert client.post("/accounts/2fa/totp/deactivate/").headers["Location"] == "/accounts/2fa/"
    assert client.get("/today/").headers["Location"] == "/accounts/2fa/"


@pytest.mark.parametrize(
    ("token", "asked"),
    [
        ({"amr": ["pwd", "mfa"]}, True),
        ({"acr": "mfa"}, True),
        ({"amr": ["pwd"]}, False),
        ({"amr": "mfa"}, False),
        ({"amr": None, "acr": ["mfa"]}, False),
        ({"amr": [["mfa"]]}, False),
        ({}, False),
    ],
)
def test_an_identity_server_must_say_plainly_that_it_asked_for_a_second_factor(token, asked):
    assert server_asked(token) is asked


@pytest.mark.parametrize("with_factor", [True, False])
def test_a_public_page_shows_more_only_with_it(fife, with_factor):
    person = planner_of(fife, with_factor=with_factor)

    page = site.signed_in(person).get("/fife/services/").content.decode()

    assert ("/fife/services/load/" in page) is with_factor
    assert ("/fife/settings/" in page) is with_factor
