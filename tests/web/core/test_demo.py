"""The demo shows its sign-ins; no other site has such a page."""

from __future__ import annotations

import json
import re

from allauth.mfa.totp.internal.auth import validate_totp_code

from factories import site
from locality_web.core.second_factor_secrets import decrypt


def test_a_live_site_has_no_page_of_sign_ins(client, db):
    assert client.get("/demo/").status_code == 404


def test_the_demo_shows_each_role_with_the_code_that_is_asked_now(client, fife, settings):
    settings.DEMO = True
    planner = site.person("planner", fife, email=f"planner@{settings.DEMO_DOMAIN}", name="Priya")
    site.person("administrator", fife, email="somebody@example.org", name="Not of the demo")

    page = client.get("/demo/").content.decode()

    code = re.search(r"<td>(\d{6})</td>", page).group(1)
    assert validate_totp_code(decrypt(planner.authenticator_set.get().data["secret"]), code)
    assert "Priya" in page
    assert "Not of the demo" not in page


def test_the_demo_shows_codes_of_residents_where_its_filling_left_some(client, fife, settings, tmp_path):
    settings.DEMO, settings.HOME = True, tmp_path
    assert "Codes of residents" not in client.get("/demo/").content.decode()
    code = {"code": "CFHJ-KMNJ", "says": "A view", "where": "What became of my view?", "address": "/fife/became/"}
    (tmp_path / "to-try.json").write_text(json.dumps([code]), encoding="utf-8")

    page = client.get("/demo/").content.decode()

    assert '<th scope="row">CFHJ-KMNJ</th><td>A view</td>' in page
    assert '<a href="/fife/became/">What became of my view?' in page
