"""Sign in, make an account, set a new password: by mail and password, with limits on trying."""

from __future__ import annotations

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client

from factories import site
from factories.letters import links_sent
from locality_web.core.models import Person

PASSWORD = "correct horse battery"
NEW = "purple kettle on the moor"


@pytest.fixture(autouse=True)
def nothing_counted(db):
    cache.clear()


@pytest.fixture
def ann(db):
    person = site.person(email="ann@example.org", name="Ann Lee")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def sign_in(client, password=PASSWORD, email="ann@example.org", **more):
    return client.post("/accounts/login/", {"login": email, "password": password, **more})


def said(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def sign_up(client, email="new@example.org"):
    typed = {"name": "Bo Ray", "email": email, "password1": NEW, "password2": NEW}
    return client.post("/accounts/signup/", typed)


def test_with_the_right_password_one_comes_to_what_needs_one_today(client, ann):
    assert sign_in(client).headers["Location"] == "/today/"
    assert client.get("/today/").status_code == 200


def test_after_signing_in_one_comes_to_the_page_that_one_wanted(client, ann):
    assert sign_in(client, next="/account/").headers["Location"] == "/account/"
    assert sign_in(Client(), next="https://elsewhere.example/").headers["Location"] == "/today/"


def test_a_wrong_password_and_an_unknown_address_are_refused_in_the_same_words(client, ann):
    wrong, unknown = said(sign_in(client, "wrong")), said(sign_in(client, email="x@example.org"))

    assert "The e-mail address or the password is not right." in wrong
    assert wrong == unknown.replace("x@example.org", "ann@example.org")


def test_the_sixth_wrong_password_within_five_minutes_locks_the_account_even_for_the_right_one(client, ann):
    for _ in range(5):
        assert "Check both" in said(sign_in(client, "wrong"))

    sixth = said(sign_in(client, "wrong"))
    right = said(sign_in(Client(REMOTE_ADDR="192.0.2.7"), PASSWORD))

    assert "nobody can try again for five minutes" in sixth
    assert "nobody can try again for five minutes" in right


def test_another_account_is_not_locked_with_it(client, ann):
    bo = site.person(email="bo@example.org")
    EmailAddress.objects.create(user=bo, email=bo.email, verified=True, primary=True)
    for _ in range(6):
        sign_in(client, "wrong")

    assert sign_in(client, email="bo@example.org").status_code == 302


def test_a_resident_makes_an_account_confirms_the_address_and_has_no_role(client, db):
    assert sign_up(client).headers["Location"] == "/accounts/confirm-email/"
    assert client.get("/today/").status_code == 302, "not signed in before the address is confirmed"

    (link,) = links_sent("new@example.org")
    assert client.post(link).status_code == 302
    sign_in(client, NEW, "new@example.org")

    person = Person.objects.get(email="new@example.org")
    assert (person.name, person.roles.count()) == ("Bo Ray", 0)
    assert "What needs you today" in said(client.get("/today/"))


def test_signing_up_with_a_known_address_tells_a_stranger_nothing_and_its_owner_everything(client, ann):
    known, unknown = sign_up(client, "ann@example.org"), sign_up(Client(), "new@example.org")

    assert known.headers["Location"] == unknown.headers["Location"]
    assert links_sent("ann@example.org")
    assert "You already have an account" in mail.outbox[0].subject


@pytest.mark.parametrize(
    ("typed", "refused"),
    [
        ({"name": ""}, "Write your name."),
        ({"email": "ann"}, "Write an address like name@example.org."),
        ({"password1": "short", "password2": "short"}, "at least 12 characters"),
        ({"password2": "something else"}, "You must type the same password each time"),
    ],
)
def test_a_sign_up_with_gaps_is_refused(client, db, typed, refused):
    sound = {"name": "Bo Ray", "email": "new@example.org", "password1": NEW, "password2": NEW}

    assert refused in said(client.post("/accounts/signup/", sound | typed))
    assert not Person.objects.exists()


def test_a_forgotten_password_is_set_anew_by_a_link_that_works_once(client, ann):
    client.post("/accounts/password/reset/", {"email": "ann@example.org"})
    (link,) = links_sent("ann@example.org")

    form = client.get(link, follow=True).redirect_chain[-1][0]
    assert client.post(form, {"password1": NEW, "password2": NEW}).status_code == 302
    assert sign_in(Client(), NEW).status_code == 302
    assert "too old or was used before" in said(Client().get(link, follow=True))


def test_asking_for_a_new_password_does_not_say_who_has_an_account_and_writes_to_no_stranger(client, ann):
    known = client.post("/accounts/password/reset/", {"email": "ann@example.org"})
    unknown = client.post("/accounts/password/reset/", {"email": "stranger@example.org"})

    assert known.headers["Location"] == unknown.headers["Location"]
    assert links_sent("stranger@example.org") == []


@pytest.mark.parametrize(
    ("address", "typed", "tries"),
    [
        ("/accounts/signup/", {"email": "bad"}, 20),
        ("/accounts/password/reset/", {"email": "ann@example.org"}, 5),
    ],
)
def test_what_is_tried_too_often_is_refused_and_says_how_long_to_wait(client, ann, address, typed, tries):
    for _ in range(tries):
        assert client.post(address, typed).status_code != 429

    refused = client.post(address, typed)
    assert refused.status_code == 429 or "Wait a few minutes" in said(refused)
    assert "ait" in said(refused)


def test_a_forwarded_address_is_believed_only_from_the_server_in_front(settings, client, ann):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    for number in range(21):
        last = client.post("/accounts/signup/", {"email": "bad"}, headers={"x-forwarded-for": f"192.0.2.{number}"})
    assert last.status_code == 429


@pytest.mark.parametrize("address", ["/accounts/email/", "/accounts/login/code/confirm/", "/accounts/3rdparty/signup/"])
def test_pages_of_the_package_that_the_site_does_not_use_are_not_there(client, db, address):
    assert client.get(address).status_code == 404


PUBLIC = ["login/", "signup/", "password/reset/", "password/reset/done/", "password/reset/key/done/", "confirm-email/"]
OWN = ["logout/", "password/change/", "2fa/", "3rdparty/"]


@pytest.mark.parametrize("address", [*PUBLIC, "inactive/", "3rdparty/login/cancelled/", "3rdparty/login/error/"])
def test_every_page_for_visitors_is_one_of_ours(client, db, address):
    answer = client.get(f"/accounts/{address}")
    assert answer.status_code == (401 if "error" in address else 200)
    assert b'<main id="main"' in answer.content


@pytest.mark.parametrize("address", OWN)
def test_every_page_of_ones_own_account_is_one_of_ours(ann, address):
    client = Client()
    sign_in(client)
    answer = client.get(f"/accounts/{address}")
    assert answer.status_code == 200
    assert b'<main id="main"' in answer.content
