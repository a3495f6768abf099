"""Who may do what: one function refuses with a reason."""

import pytest

from factories import site
from locality_web.core.permissions import NotAllowed, may, require


def test_a_lead_may_write_the_plan_of_her_own_locality_and_no_other(fife):
    lead = site.person("lead", fife, "levenmouth")

    assert may(lead, "plans.edit", site.place(fife, "levenmouth"))
    with pytest.raises(NotAllowed) as refused:
        require(lead, "plans.edit", site.place(fife, "kirkcaldy"))
    assert refused.value.reason == "You may write a locality's plan in Levenmouth, but not in Kirkcaldy."


def test_a_role_in_one_partnership_opens_nothing_in_another(fife, argyll):
    planner = site.person("planner", fife)

    assert not may(planner, "plans.edit", site.place(argyll, "kintyre"))


def test_what_needs_you_today_asks_a_visitor_to_sign_in(client, db):
    answer = client.get("/today/")

    assert answer.status_code == 302
    assert answer.headers["Location"] == "/accounts/login/?next=/today/"


def test_a_planner_without_a_second_factor_is_asked_to_set_one_up(fife):
    planner = site.person("planner", fife)
    planner.authenticator_set.all().delete()

    answer = site.signed_in(planner).get("/today/")

    assert answer.headers["Location"] == "/accounts/2fa/"
