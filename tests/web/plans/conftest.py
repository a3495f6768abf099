"""Browsers of those who write Levenmouth's plan."""

from __future__ import annotations

import pytest

from factories import plans_site, site


@pytest.fixture
def lead(fife):
    """The browser of Levenmouth's lead, with a sound draft."""
    plans_site.written(fife)
    return site.signed_in(plans_site.holder(fife, "lead", "levenmouth"))


@pytest.fixture
def planner(fife):
    """The browser of somebody else who may write the plan."""
    return site.signed_in(site.person("planner", fife, name="Pat Planner"))
