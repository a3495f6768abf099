"""A new partnership is led from leads over registers, liaisons and an agreement to meetings."""

import datetime as dt

import pytest
from django.utils import timezone

from factories import meetings_site, site, voices
from locality_web.members.models import Advice, LeadTerm, Liaison
from locality_web.members.set_up import steps

LEAD, REGISTER, LIAISONS, AGREEMENT, MEETINGS = range(5)


def done(of) -> list[bool]:
    return [each.done for each in sorted(steps(of), key=lambda each: each.order)]


@pytest.fixture
def small(db):
    return site.partnership("small", "Small", localities=("North", "South"))


def test_nothing_is_done_in_a_new_partnership(small):
    assert done(small) == [False] * 5


def test_steps_are_asked_of_the_database_in_two_questions(small, django_assert_num_queries):
    with django_assert_num_queries(2):  # localities, what there is
        steps(type(small)(pk=small.pk, slug=small.slug))


def test_leads_registers_and_meetings_are_done_when_each_locality_has_its_own(small):
    planner = site.person("planner", small)
    for number, name in enumerate(("north", "south")):
        place = site.place(small, name)
        assert [done(small)[each] for each in (LEAD, REGISTER, MEETINGS)] == [False] * 3, number
        today = timezone.localdate()
        LeadTerm.objects.create(locality=place.locality, role="lead", name="A", starts=today, ends=today)
        meetings_site.seated(place, f"Member of {name}")
        meetings_site.planned(planner, place)

    assert [done(small)[each] for each in (LEAD, REGISTER, MEETINGS)] == [True] * 3


def test_the_step_leads_to_the_next_locality_without_anybody(small):
    meetings_site.seated(site.place(small, "north"), "Cy Low")
    step = sorted(steps(small), key=lambda each: each.order)[REGISTER]

    assert step.address == "/small/localities/south/register/import/"
    assert "Nobody sits in the group of South yet." in step.why


def test_liaisons_are_done_when_one_was_named_and_stay_done(small):
    practice = voices.practice(small, None)
    assert not done(small)[LIAISONS]

    long_ago = timezone.localdate() - dt.timedelta(days=9)
    known = {"partnership": small, "member": voices.member(small), "named_by": "planner"}
    Liaison.objects.create(**known, practice=practice, starts=long_ago, ends=long_ago)
    assert done(small)[LIAISONS]


def test_the_committee_has_agreed_also_with_conditions_but_not_when_it_was_only_asked(small):
    known = {"partnership": small, "body": "local-medical-committee", "body_name": "LMC", "about": "All"}
    Advice.objects.create(**known, state="asked")
    assert not done(small)[AGREEMENT]

    Advice.objects.create(**known, state="conditions", conditions="By cluster.")
    assert done(small)[AGREEMENT]
