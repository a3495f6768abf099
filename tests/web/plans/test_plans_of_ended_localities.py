"""The list of all plans names a locality that has ended, or is to come, as long as it has a plan."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from factories import plans_site

pytestmark = pytest.mark.django_db


def listed(client) -> str:
    return client.get(reverse("plans:all_plans", args=["fife"])).content.decode()


def test_plans_of_a_locality_that_has_ended_stay_in_the_list(fife, as_role):
    plans_site.agreed(fife)
    fife.localities.filter(code__in=("levenmouth", "kirkcaldy")).update(ended_on=dt.date(2026, 4, 1))

    page = listed(as_role("planner"))

    assert "/fife/localities/levenmouth/plans/" in page
    assert "/fife/localities/kirkcaldy/plans/" not in page
    assert page.index("Dunfermline") < page.index("Levenmouth") < page.index("North East Fife")
