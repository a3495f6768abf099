"""The secrets of second factors are encrypted; a wrong key is said plainly."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from factories import site
from locality.foundations import ResultRefused
from locality_web.core.second_factor_secrets import UnreadableSecret, decrypt, encrypt, refuse_wrong_key

SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture
def ann(fife):
    cache.clear()
    person = site.person("participant", fife, email="ann@example.org")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    TOTP.activate(person, SECRET)
    return person


def test_the_database_holds_no_secret_in_the_clear(ann):
    codes = RecoveryCodes.activate(ann)
    seed = decrypt(codes.instance.data["seed"])

    kept = str(list(Authenticator.objects.values_list("data", flat=True)))

    assert SECRET not in kept
    assert seed not in kept


@given(st.text())
def test_what_is_encrypted_is_read_again_and_never_looks_the_same_twice(text):
    assert decrypt(encrypt(text)) == text
    assert encrypt(text) != encrypt(text)


@pytest.mark.parametrize("change", [lambda kept: kept[:-4] + "AAA=", lambda kept: kept[:8], lambda kept: SECRET])
def test_what_was_changed_or_never_encrypted_is_not_read(change):
    with pytest.raises(UnreadableSecret):
        decrypt(change(encrypt(SECRET)))


def test_an_older_key_that_is_named_still_reads(settings):
    kept = encrypt(SECRET)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key, as long as it must be"

    assert decrypt(kept) == SECRET


def test_a_site_with_the_wrong_key_says_so_at_sign_in_and_lets_nobody_in(ann, settings):
    settings.SECRET_KEY = "another key, as long as it must be"
    client = Client()
    then = client.post("/accounts/login/", {"login": ann.email, "password": "correct horse battery"})

    answer = client.post(then.headers["Location"], {"code": "123456"})

    assert answer.status_code == 403
    assert "its key is not the one" in answer.content.decode()
    assert client.get("/today/").status_code == 302


def test_a_site_with_the_wrong_key_does_not_start(ann, settings):
    refuse_wrong_key()
    settings.SECRET_KEY = "another key, as long as it must be"

    with pytest.raises(ResultRefused, match="secret-key"):
        refuse_wrong_key()
