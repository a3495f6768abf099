"""What boundaries need is there before anybody waits for it."""

from __future__ import annotations

import numpy as np
import pytest

from factories import site
from locality.areas.propose import propose
from locality_web.areas import boundary_editor, boundary_ground, boundary_warm_up
from locality_web.areas.warm_up import prepare_worker, read_ahead


@pytest.mark.django_db
def test_the_first_map_of_options_reads_and_writes_no_ground_anew(pat, option, drawn, monkeypatch):
    boundary_ground._ground.cache_clear()
    read_ahead(drawn)

    def anew(*_):
        raise AssertionError("it was read already")

    monkeypatch.setattr(boundary_ground, "unpack_ground", anew)
    monkeypatch.setattr(boundary_editor, "ground_as_json", anew)
    browser = site.signed_in(pat)
    assert browser.get(f"/fife/areas/options/{option.pk}/map/").status_code == 200
    assert browser.get("/fife/areas/options/ground.json").status_code == 200


@pytest.mark.django_db
def test_a_partnership_without_what_boundaries_are_drawn_on_has_nothing_to_read(argyll):
    read_ahead(argyll)


def test_a_worker_searches_a_drawn_ground_that_has_good_divisions(monkeypatch):
    searched = []

    def noted(*given, **said):
        searched.append(propose(*given, **said))

    monkeypatch.setattr(boundary_warm_up, "propose", noted)

    prepare_worker()

    (found,) = searched
    assert {len(np.unique(each.division)) for each in found} == {3}
