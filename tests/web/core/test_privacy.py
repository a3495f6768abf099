"""What a page leaves behind, how much a stranger may send, and what never leaves this machine."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from factories import site
from locality.foundations import ResultRefused
from locality_web.config import environment, serving
from locality_web.core import privacy
from locality_web.core.models import Job


@pytest.mark.parametrize("page", ["/today/", "/fife/", "/account/"])
def test_a_page_of_somebody_who_is_signed_in_is_kept_nowhere(as_role, page):
    assert "no-store" in as_role("member", "levenmouth").get(page).headers["Cache-Control"]


@pytest.mark.parametrize("page", ["/accounts/login/", "/accounts/password/reset/", "/invitations/abc/"])
def test_a_page_with_something_secret_is_kept_nowhere(client, fife, page):
    assert "no-store" in client.get(page).headers["Cache-Control"]


def test_a_public_page_may_be_kept_and_the_colours_are(client, fife):
    assert "Cache-Control" not in client.get("/fife/localities/").headers
    assert "public" in client.get("/fife/look.css").headers["Cache-Control"]


def test_what_a_stranger_sends_is_refused_unread_when_it_is_far_too_large(client, fife, monkeypatch):
    monkeypatch.setattr(privacy, "_STRANGER_BYTES", 100)

    answer = client.post("/accounts/login/", {"login": "x" * 200})

    assert answer.status_code == 413
    assert "Nothing of it was read." in answer.content.decode()


def test_somebody_who_is_signed_in_may_send_a_release(as_role, monkeypatch):
    monkeypatch.setattr(privacy, "_STRANGER_BYTES", 100)

    assert as_role("member", "levenmouth").post("/account/", {"name": "x" * 150}).status_code == 302


@pytest.mark.parametrize("page", ["/demo/", "/mail/"])
@pytest.mark.parametrize("comes", [{"REMOTE_ADDR": "192.0.2.7"}, {"HTTP_X_FORWARDED_FOR": "192.0.2.7"}])
def test_the_demo_shows_its_secrets_on_this_machine_alone(client, fife, settings, page, comes):
    settings.DEMO = True

    assert client.get(page).status_code == 200
    assert client.get(page, **comes).status_code == 404


def test_the_demo_is_not_served_to_other_machines(settings):
    serving.refuse_open_demo("0.0.0.0")  # no demo: the operator's own choice
    settings.DEMO = True
    serving.refuse_open_demo("127.0.0.1")

    with pytest.raises(ResultRefused, match="shows its passwords"):
        serving.refuse_open_demo("0.0.0.0")


@pytest.mark.parametrize(("is_demo", "then"), [(True, 302), (False, 200)])
def test_the_people_of_the_demo_cannot_sign_in_at_another_site(fife, settings, is_demo, then):
    cache.clear()
    settings.DEMO = is_demo
    person = site.person("member", fife, "levenmouth", email=f"Mo@{settings.DEMO_DOMAIN}")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)

    answer = Client().post("/accounts/login/", {"login": person.email, "password": "correct horse battery"})

    assert answer.status_code == then


def test_nobody_can_write_to_strangers_by_way_of_a_name(db):
    cache.clear()
    typed = {"email": "stranger@example.org", "name": "Win at http://bad.example", "password1": "seven green windows"}

    Client().post("/accounts/signup/", {**typed, "password2": typed["password1"]})

    sent = Job.objects.get(kind="core.mail").arguments
    assert sent["to"] == "stranger@example.org"
    assert "bad.example" not in sent["text"]


def test_a_site_that_would_answer_to_any_host_is_refused(monkeypatch):
    monkeypatch.setenv("LOCALITY_HOSTS", " plans.example.scot , www.example.scot")
    assert environment.read_hosts() == ["plans.example.scot", "www.example.scot"]
    monkeypatch.setenv("LOCALITY_HOSTS", "*")
    with pytest.raises(ImproperlyConfigured, match="Name the hosts"):
        environment.read_hosts()


def test_a_short_key_is_refused_on_a_live_site(monkeypatch, tmp_path):
    monkeypatch.setenv("LOCALITY_SECRET_KEY", "secret")
    assert environment.read_secret_key(tmp_path) == "secret"
    with pytest.raises(ImproperlyConfigured, match="shorter than 32"):
        environment.read_secret_key(tmp_path, is_live=True)


def test_only_the_sites_own_user_looks_into_its_folder(tmp_path):
    environment.open_home(tmp_path / "site")

    assert (tmp_path / "site").stat().st_mode & 0o777 == 0o700


def test_the_form_of_single_sign_on_may_lead_to_the_identity_server(monkeypatch):
    monkeypatch.setenv("LOCALITY_OIDC_URL", "https://id.example.scot/realms/one/")

    assert environment.single_sign_on_origin() == ["https://id.example.scot"]
