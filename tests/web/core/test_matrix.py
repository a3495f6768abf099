"""Every address × every role × own and other locality × own and other partnership, by real requests.

What should happen is worked out here from `roles.yaml` and from what each view declared, not by asking `require`.

| who | public page | page for the signed in | page with a permission |
|---|---|---|---|
| visitor | opens | asked to sign in | asked to sign in |
| signed in, no role | opens | opens | refused |
| role with the permission, in its reach | opens | opens | opens |
| the same role outside its reach, or any other | opens | opens | refused |

A room gives values for what its addresses carry besides partnership and locality: `tests/web/<room>/addresses.py` has
`samples(partnership) -> {"room:name": {...}}`, for rows that it makes in that partnership; a row that belongs to a
locality belongs to the partnership's first by name.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from typing import Any

import pytest
import yaml
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse
from every_address import Address, every_address, samples_of

from factories import site

pytestmark = pytest.mark.django_db

ACCOUNTS = {
    *("account_login", "account_logout", "account_inactive", "account_signup", "account_reauthenticate"),
    *("account_email_verification_sent", "account_confirm_email", "account_change_password", "account_set_password"),
    *("account_reset_password", "account_reset_password_done", "account_reset_password_from_key"),
    *("account_reset_password_from_key_done", "mfa_index", "mfa_authenticate", "mfa_reauthenticate"),
    *("mfa_activate_totp", "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes"),
    *("mfa_download_recovery_codes", "socialaccount_connections", "socialaccount_login_cancelled"),
    *("socialaccount_login_error", "openid_connect_login", "openid_connect_callback"),
}
"""Views of the accounts package: they guard themselves, and are tested in test_sign_in and its neighbours."""

ADDRESSES = list(every_address())
DECLARED = [each for each in ADDRESSES if each.declared is not None]
SAID = yaml.safe_load((resources.files("locality_web.core") / "roles.yaml").read_text(encoding="utf-8"))
OWN, OTHER, STRANGE = ("fife", "dunfermline"), ("fife", "kirkcaldy"), ("argyll-and-bute", "bute-and-cowal")


@dataclass(frozen=True)
class Who:
    """Somebody who tries: a role (or none) held in Fife, for Dunfermline or for all of it."""

    title: str
    role: str | None
    only_own_locality: bool
    client: Client

    @property
    def is_visitor(self) -> bool:
        return self.title == "visitor"


def is_open(who: Who, declared: Any, place: tuple[str, str]) -> bool:
    """Work out from the data whether somebody may open a page at a place."""
    if declared.permission == "public" or who.is_visitor:
        return declared.permission == "public"
    reach = SAID["permissions"][declared.permission]["reach"]
    if reach == "signed_in":
        return True
    if who.role is None or declared.permission not in SAID["roles"][who.role]["may"]:
        return False
    if declared.at == "site" or place == STRANGE:
        return declared.at == "site"
    here = declared.at == "locality" and place == OWN
    return reach == "partnership" or not who.only_own_locality or here


def everybody(fife: Any) -> list[Who]:
    people = [Who("visitor", None, False, Client()), Who("no role", None, False, site.signed_in(site.person()))]
    for role, about in SAID["roles"].items():
        if about["held_for"] != "locality":
            client = site.signed_in(site.person(role, fife))
            people.append(Who(role, role, False, client))
        if about["held_for"] != "partnership":
            client = site.signed_in(site.person(role, fife, OWN[1]))
            people.append(Who(f"{role} of {OWN[1]}", role, True, client))
    for who in people:
        who.client.raise_request_exception = False
    return people


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker, tmp_path_factory):
    """Two partnerships, everybody, and the rows that the addresses name; made once, taken away at the end."""
    # As the demo, because the demo has addresses of its own that are public there and missing elsewhere.
    mail = tmp_path_factory.mktemp("mail")
    (mail / "one.eml").write_text(
        "To: ann@example.org\nDate: Sun, 22 Nov 2026 12:00:00 +0000\nSubject: A sample\n\nText", encoding="utf-8"
    )
    with django_db_blocker.unblock(), override_settings(DEMO=True, MAIL_FOLDER=mail), transaction.atomic():
        fife = site.partnership()
        argyll = site.partnership("argyll-and-bute", "Argyll and Bute", localities=("Bute and Cowal", "Kintyre"))
        yield everybody(fife), {"fife": samples_of(fife), "argyll-and-bute": samples_of(argyll)}
        transaction.set_rollback(True)


def places_of(declared: Any) -> list[tuple[str, str]]:
    return {"site": [OWN], "partnership": [OWN, STRANGE], "locality": [OWN, OTHER, STRANGE]}[declared.at]


def address_at(address: Address, place: tuple[str, str], samples: dict[str, Any]) -> str:
    known = {**samples[place[0]].get(address.name, {}), "partnership": place[0], "locality": place[1]}
    missing = address.carries - set(known)
    assert not missing, f"tests/web/<room>/addresses.py gives no sample of {address.name}: {sorted(missing)}"
    return reverse(address.name, kwargs={name: known[name] for name in address.carries})


def ask(client: Client, method: str, address: str) -> Any:
    """Send a request, and take back whatever it wrote."""
    with transaction.atomic():
        answer = getattr(client, method.lower())(address)
        transaction.set_rollback(True)
    return answer


def said(answer: Any) -> str:
    if answer.status_code == 302 and answer.headers["Location"].startswith("/accounts/login/"):
        return "asked to sign in"
    return {403: "refused", 404: "missing", 405: "no such method"}.get(
        answer.status_code, "broken" if answer.status_code >= 500 else "opens"
    )


def right_answer(who: Who, declared: Any, place: tuple[str, str], method: str) -> set[str]:
    if not is_open(who, declared, place):
        return {"asked to sign in"} if who.is_visitor else {"refused"}
    # A row of one locality is not found in another by those who may look for it there; an empty form names no row.
    return {"opens", "missing"} if place == OTHER or method == "POST" else {"opens"}


@pytest.mark.parametrize("address", DECLARED, ids=str)
def test_each_address_opens_for_those_who_may_and_for_nobody_else(house, address):
    people, samples = house
    # A public page asks nothing of anybody: three are enough.
    those = [people[0], people[1], people[-1]] if address.declared.permission == "public" else people
    wrong = []
    for place in places_of(address.declared):
        where = address_at(address, place, samples)
        for who in those:
            for method in address.declared.methods:
                found, right = said(ask(who.client, method, where)), right_answer(who, address.declared, place, method)
                if found not in right:
                    wrong.append(f"{method} {where} as {who.title}: {found}, should be {' or '.join(right)}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("address", DECLARED, ids=str)
def test_a_method_that_a_page_did_not_declare_is_refused(house, address):
    people, samples = house
    where = address_at(address, OWN, samples)
    others = {"GET", "POST", "PUT", "DELETE"} - set(address.declared.methods)

    assert {ask(people[-1].client, method, where).status_code for method in others} == {405}


def undeclared(addresses: list[Address]) -> list[str]:
    return [each.name for each in addresses if each.declared is None and each.name not in ACCOUNTS]


def test_every_view_declares_who_may_open_it():
    assert undeclared(ADDRESSES) == []


def test_a_view_that_declares_nothing_is_found():
    assert undeclared([Address("money:forgotten", frozenset(), None)]) == ["money:forgotten"]


def test_the_accounts_package_opens_nothing_that_is_not_listed():
    assert {each.name for each in ADDRESSES if each.declared is None} == ACCOUNTS


def test_the_table_can_fail(house):
    people, _ = house
    member = next(who for who in people if who.title == "member of dunfermline")
    planning = next(each.declared for each in DECLARED if each.name == "core:settings")

    assert not is_open(member, planning, OWN)
    assert is_open(next(who for who in people if who.title == "planner"), planning, OWN)
    assert not is_open(next(who for who in people if who.title == "planner"), planning, STRANGE)
