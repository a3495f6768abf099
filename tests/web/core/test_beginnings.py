"""How a site begins."""

from __future__ import annotations

import pytest

from locality.foundations import InputRefused
from locality_web.config.beginnings import add_partnership
from locality_web.core.models import Partnership


@pytest.mark.parametrize(("slug", "language"), [("gd", "Gàidhlig"), ("en", "English")])
def test_a_partnership_cannot_take_the_address_under_which_pages_speak_a_language(slug, language, db):
    with pytest.raises(InputRefused, match=f"'{slug}' begins the addresses of pages in {language}"):
        add_partnership(slug, "Fife")


@pytest.mark.parametrize("slug", ["accounts", "today", "mail", "static", "health"])
def test_a_partnership_cannot_take_an_address_of_the_site_itself(slug, db):
    with pytest.raises(InputRefused, match=f"'{slug}' is an address of the site itself"):
        add_partnership(slug, "Fife")
    assert not Partnership.objects.exists()


def test_a_partnership_with_an_address_of_its_own_is_added(db):
    assert add_partnership("fife", "Fife").slug == "fife"
