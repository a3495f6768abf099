"""Fife, divided by a release into four localities of two zones each."""

from __future__ import annotations

import pytest

from factories import areas, site


@pytest.fixture
def divided(fife):
    areas.load(fife, areas.release(areas.FOUR))
    return fife


@pytest.fixture
def planner(divided):
    return site.person("planner", divided, name="Pat Planner")
