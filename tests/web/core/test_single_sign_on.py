"""Single sign-on by OpenID Connect, against a real server of the protocol on this machine."""

from __future__ import annotations

import base64
import copy
import hashlib
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import flask
import jwt
import oidc_provider_mock
import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.test import Client
from oidc_provider_mock._server import _threaded_server

from factories import site
from locality_web.core.models import Person

# The identity server for tests still calls what its own library is retiring.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:authlib.*")

HERE = "/accounts/oidc/staff/login/"
ANN = {"email": "ann@example.org", "email_verified": True, "name": "Ann Lee"}


@pytest.fixture(scope="module")
def asked() -> list[dict[str, str]]:
    """What our site asked of the server's token address."""
    return []


@pytest.fixture(scope="module")
def on_the_way() -> list[Callable[[str], str]]:
    """What somebody between us and the server does to a token; empty: nothing."""
    return []


@pytest.fixture(scope="module")
def server(asked, on_the_way):
    """The identity server; it keeps what it was asked. Made for tests alone, it speaks HTTP on this machine."""

    def hand_over(answer: flask.Response) -> flask.Response:
        if on_the_way and "token" in flask.request.path:
            said = answer.get_json()
            answer.set_data(json.dumps({**said, "id_token": on_the_way[0](said["id_token"])}))
        return answer

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")
        app = oidc_provider_mock.app()
        app.before_request(lambda: asked.append(dict(flask.request.form)) if "token" in flask.request.path else None)
        app.after_request(hand_over)
        with _threaded_server(app, host="127.0.0.1") as running:
            yield f"http://127.0.0.1:{running.server_port}"


@pytest.fixture(autouse=True)
def work(settings, server, db):
    """Our site, told of the server as the environment would tell it."""
    cache.clear()
    providers = copy.deepcopy(settings.SOCIALACCOUNT_PROVIDERS)
    app = {"provider_id": "staff", "name": "NHS account", "client_id": "us", "secret": "hush"}
    providers["openid_connect"] |= {"APPS": [app | {"settings": {"server_url": server}}], "OAUTH_PKCE_ENABLED": True}
    settings.SOCIALACCOUNT_PROVIDERS = providers


def start(client: Client) -> tuple[str, dict[str, str]]:
    """Press the button; give where the browser is sent and what it carries."""
    sent = client.post(f"{HERE}?process=login").headers["Location"]
    return sent, {name: values[0] for name, values in parse_qs(urlsplit(sent).query).items()}


def agree(server: str, address: str, claims: dict[str, Any], sub: str = "ann-1") -> str:
    """Sign in at the server; give the address (of our site) to which it sends the browser back."""
    requests.put(f"{server}/users/{sub}", json=claims, timeout=5)
    answer = requests.post(address, data={"sub": sub}, allow_redirects=False, timeout=5)
    back = urlsplit(answer.headers["Location"])
    return f"{back.path}?{back.query}"


def sign_in(
    server: str, claims: dict[str, Any], client: Client | None = None, sub: str = "ann-1"
) -> tuple[Client, Any]:
    client = client or Client()
    address, _ = start(client)
    return client, client.get(agree(server, address, claims, sub))


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def ann_with_an_account(role: str | None = None, partnership: Any = None) -> Person:
    person = site.person(role, partnership, email="ann@example.org", name="Ann Lee")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def test_the_sign_in_page_offers_the_organisations_account(client):
    assert "Sign in with NHS account" in client.get("/accounts/login/").content.decode()


def test_somebody_new_with_a_verified_address_gets_an_account_without_any_role(server):
    client, answer = sign_in(server, ANN)

    person = Person.objects.get()
    assert (person.email, person.name, person.roles.count()) == ("ann@example.org", "Ann Lee", 0)
    assert answer.headers["Location"] == "/today/"
    assert client.get("/today/").status_code == 200


def test_a_known_verified_address_opens_the_account_that_exists(server):
    ann = ann_with_an_account()

    client, _ = sign_in(server, ANN)

    assert client.session["_auth_user_id"] == str(ann.pk)
    assert Person.objects.count() == 1
    assert SocialAccount.objects.get().user == ann


@pytest.mark.parametrize("verified", [False, None, "false", 1, "yes"])
def test_an_address_that_the_server_does_not_call_verified_opens_no_account_and_makes_none(server, verified):
    ann_with_an_account()

    client, answer = sign_in(server, ANN | {"email_verified": verified})

    assert answer.status_code == 403
    assert "did not say that it has checked it" in answer.content.decode()
    assert not is_in(client)
    assert (Person.objects.count(), SocialAccount.objects.count()) == (1, 0)


def test_somebody_who_made_an_account_with_anothers_address_is_locked_out_when_its_owner_comes(server):
    thief = site.person(email="ann@example.org", name="A thief")
    EmailAddress.objects.create(user=thief, email=thief.email, verified=False, primary=True)

    sign_in(server, ANN)

    assert not Person.objects.get().check_password("correct horse battery")


def test_the_request_carries_state_nonce_and_a_challenge_that_the_secret_matches(server, asked):
    client = Client()
    address, sent = start(client)
    client.get(agree(server, address, ANN))

    digest = hashlib.sha256(asked[-1]["code_verifier"].encode()).digest()
    assert sent["code_challenge_method"] == "S256"
    assert sent["code_challenge"] == base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    assert len(sent["state"]) >= 16
    assert len(sent["nonce"]) >= 43
    assert sent["nonce"] != start(Client())[1]["nonce"]


def test_a_token_with_another_nonce_is_refused(server):
    client = Client()
    address, sent = start(client)
    answer = client.get(agree(server, address.replace(sent["nonce"], "stolen"), ANN))

    assert answer.status_code == 401
    assert "could not be trusted" in answer.content.decode()
    assert not is_in(client)
    assert not Person.objects.exists()


def test_a_token_without_a_nonce_is_refused(server):
    client = Client()
    address, sent = start(client)
    answer = client.get(agree(server, address.replace(f"nonce={sent['nonce']}", "x=y"), ANN))

    assert (answer.status_code, is_in(client)) == (401, False)


def test_a_token_that_another_server_could_have_signed_is_refused(server, settings):
    with _threaded_server(oidc_provider_mock.app(), host="127.0.0.1") as other:
        keys = f"http://127.0.0.1:{other.server_port}/jwks"
        app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
        app["settings"]["openid_configuration_overrides"] = {"jwks_uri": keys}
        client, answer = sign_in(server, ANN)

    assert (answer.status_code, is_in(client)) == (401, False)


def encoded(said: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(said).encode()).rstrip(b"=").decode()


def as_the_executive(token: str) -> dict[str, Any]:
    """What a token claims, for somebody else's address."""
    return jwt.decode(token, options={"verify_signature": False}) | {"email": "executive@example.org"}


def other_claims(token: str) -> str:
    head, _, signature = token.split(".")
    return f"{head}.{encoded(as_the_executive(token))}.{signature}"


def other_signature(token: str) -> str:
    head, claims, signature = token.split(".")
    return f"{head}.{claims}.{'B' if signature[0] == 'A' else 'A'}{signature[1:]}"


def unsigned(token: str) -> str:
    return f"{encoded(jwt.get_unverified_header(token) | {'alg': 'none'})}.{encoded(as_the_executive(token))}."


def signed_with_our_secret(token: str) -> str:
    key = jwt.get_unverified_header(token).get("kid", "")
    return jwt.encode(as_the_executive(token), "hush" * 8, algorithm="HS256", headers={"kid": key})


@pytest.mark.parametrize("forge", [other_claims, other_signature, unsigned, signed_with_our_secret])
def test_a_token_with_a_forged_signature_is_refused(server, on_the_way, forge):
    site.person(email="executive@example.org")
    on_the_way.append(forge)
    try:
        client, answer = sign_in(server, ANN)
    finally:
        on_the_way.clear()

    assert (answer.status_code, is_in(client)) == (401, False)
    assert "could not be trusted" in answer.content.decode()


def test_a_token_that_arrives_as_it_was_sent_is_taken(server, on_the_way):
    on_the_way.append(lambda token: token)
    try:
        client, _ = sign_in(server, ANN)
    finally:
        on_the_way.clear()

    assert is_in(client)


@pytest.mark.parametrize("change", ["wrong", "missing"])
def test_an_answer_with_another_state_or_none_is_refused(server, change):
    client = Client()
    address, sent = start(client)
    back = agree(server, address, ANN)
    back = back.replace(sent["state"], "x" * 16) if change == "wrong" else back.replace("state=", "other=")

    assert client.get(back).status_code == 401
    assert not is_in(client)


def test_an_answer_made_for_one_browser_is_refused_in_another(server):
    address, _ = start(Client())
    stranger = Client()

    assert stranger.get(agree(server, address, ANN)).status_code == 401
    assert not is_in(stranger)


def test_an_answer_works_once(server):
    client = Client()
    address, _ = start(client)
    back = agree(server, address, ANN)
    client.get(back)

    assert client.get(back).status_code == 401


def test_whoever_stops_at_the_server_is_told_that_nothing_happened(server):
    client = Client()
    _, sent = start(client)

    answer = client.get(f"{HERE}callback/?error=access_denied&state={sent['state']}", follow=True)

    assert "You stopped signing in" in answer.content.decode()


def test_a_server_that_is_away_is_said_in_words(settings, client):
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["server_url"] = "http://127.0.0.1:9"

    answer = client.post(f"{HERE}?process=login")

    assert answer.status_code == 401
    assert "Nothing was changed" in answer.content.decode()


def test_our_second_factor_is_asked_for_unless_the_server_says_that_it_asked(server, fife):
    ann_with_an_account("planner", fife)

    client, answer = sign_in(server, ANN)
    assert (answer.headers["Location"], is_in(client)) == ("/accounts/2fa/authenticate/", False)

    client, answer = sign_in(server, ANN | {"amr": ["pwd", "mfa"]})
    assert answer.headers["Location"] == "/today/"
    assert client.get("/today/").status_code == 200


def test_without_a_second_factor_of_ours_a_planner_must_set_one_up_unless_the_server_asked(server, fife):
    ann_with_an_account("planner", fife).authenticator_set.all().delete()

    client, _ = sign_in(server, ANN)
    assert client.get("/today/").headers["Location"] == "/accounts/2fa/"

    client, _ = sign_in(server, ANN | {"acr": "mfa"})
    assert client.get("/today/").status_code == 200


def test_an_address_opened_with_strange_parameters_sends_none_of_them_to_the_server(client):
    sent = client.post(f"{HERE}?process=login&auth_params=prompt%3Dnone&scope=admin").headers["Location"]

    assert "prompt" not in sent
    assert "admin" not in sent


def test_an_identity_server_that_is_not_set_up_is_not_there(client):
    assert client.get("/accounts/oidc/other/login/").status_code == 404
    assert client.get("/accounts/oidc/other/login/callback/").status_code == 404
