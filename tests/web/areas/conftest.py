"""Fife, divided by a release into four localities of two zones each."""

from __future__ import annotations

import pytest

from factories import areas, boundaries_site, site


@pytest.fixture
def divided(fife):
    areas.load(fife, areas.release(areas.FOUR))
    return fife


@pytest.fixture
def planner(divided):
    return site.person("planner", divided, name="Pat Planner")


@pytest.fixture
def drawn(fife):
    """The partnership with what boundaries are drawn on."""
    return boundaries_site.bring(fife)


@pytest.fixture
def pat(drawn):
    """A planner, who may draw."""
    return site.person("planner", drawn, name="Pat Planner")


@pytest.fixture
def option(pat, drawn):
    """A sound option of boundaries."""
    return boundaries_site.option(pat, drawn)
