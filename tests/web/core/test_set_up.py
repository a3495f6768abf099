"""A new partnership is told what to do first, next and last; one that is set up is not."""

import re

import pytest
from django.utils.html import strip_tags

from factories import money_site, site

STEPS = [
    "Invite the people who work on it",
    "Load the first release",
    "Load the catalogue of services",
    "Add the funding sources",
    "Appoint a lead in every locality",
    "Fill the register of every locality",
    "Name the liaisons of general practice",
    "Record that the Local Medical Committee agrees",
    "Plan the meetings of every group",
    "Work out budgets",
    "Decide on the budget",
    "Begin the plan of each locality",
]


@pytest.fixture
def new(db):
    return site.partnership("new", "New Place", localities=())


def today(role, of, in_locality=None):
    return site.signed_in(site.person(role, of, in_locality)).get("/today/").content.decode()


def steps(page):
    section = page.partition("Setting up")[2].partition("</section>")[0]
    return [re.sub(r"\s+", " ", strip_tags(item)) for item in re.findall(r"<li>(.*?)</li>", section, re.S)]


def test_the_steps_come_in_order(new):
    assert [step.partition(".")[0] for step in steps(today("planner", new))] == STEPS


@pytest.mark.parametrize(
    ("role", "leads_to"),
    [
        ("administrator", ["/new/people/"]),
        ("analyst", ["/new/money/releases/"]),
        ("executive", ["#options"]),
        ("planner", ["/new/services/load/", "/new/localities/", "/new/plans/"]),
    ],
)
def test_each_is_led_to_the_steps_of_their_own_role(new, role, leads_to):
    page = today(role, new)
    section = page.partition("Setting up")[2].partition("</section>")[0]
    links = re.findall(r'href="([^"]+)"', section)
    assert all(any(link.endswith(end) for link in links) for end in leads_to)


def test_a_step_of_others_says_who_may_do_it(new):
    assert "Load the first release. A release is" in steps(today("planner", new))[1]
    assert steps(today("planner", new))[1].endswith("Who may: finance, analyst.")


def test_what_is_done_is_said_to_be_done(fife):
    money_site.loaded_release(fife)
    money_site.catalogue(fife)
    found = steps(today("planner", fife))
    assert found[1:3] == ["Done: Load the first release", "Done: Load the catalogue of services"]
    assert "Dunfermline is the next without one." in found[4]


def test_a_member_of_a_group_is_not_asked_to_set_a_partnership_up(fife):
    assert "Setting up" not in today("member", fife, "levenmouth")


def test_today_says_what_part_one_has_and_where(fife):
    page = today("lead", fife, "levenmouth")
    assert 'Lead: <a href="/fife/localities/levenmouth/">Levenmouth</a>.' in page
    nobody = site.signed_in(site.person()).get("/today/").content.decode()
    assert "You hold no role yet." in nobody


def test_today_says_by_when_and_how_urgent(fife):
    page = today("planner", fife)
    assert "4 localities have no lead" in page
    assert "<strong>Urgent.</strong>" in page
