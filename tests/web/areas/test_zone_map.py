"""A locality's page shows where its zones are, as far as the release says."""

from __future__ import annotations

import pytest

from factories import areas

pytestmark = pytest.mark.django_db
MIDDLES = {1: (337_000.0, 701_000.0), 2: (338_500.0, 702_000.0)}


def test_zones_whose_places_are_known_stand_on_a_map_with_a_list(client, fife):
    areas.load(fife, areas.release(areas.FOUR, middles=MIDDLES))

    page = client.get("/fife/localities/levenmouth/").content.decode()

    assert page.count("map-badge-text") == 2
    assert "A map of 2 places" in page
    assert "Zone 1" in page


def test_without_their_places_the_zones_are_a_table_and_nothing_is_drawn(client, fife):
    areas.load(fife, areas.release(areas.FOUR, middles={1: (337_000.0, 701_000.0)}))

    page = client.get("/fife/localities/levenmouth/").content.decode()

    assert "map-badge" not in page
    assert "Show the zones" in page
