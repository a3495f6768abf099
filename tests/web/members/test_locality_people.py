"""A locality's page leads with its people; the list of localities says how many groups have no voice."""

import datetime as dt

import pytest
from django.utils import timezone

from factories import meetings_site, site, voices
from locality_web.core.partnership_settings import read_setting
from locality_web.members.coverage_pages import shown_members
from locality_web.members.models import Member, OwnKind, SeatTerm
from locality_web.members.people_now import people_now
from locality_web.members.queries import people_of
from locality_web.members.register_queries import coverage_of, membership_terms

HERE = "/fife/localities/levenmouth/"
DAY = dt.timedelta(days=1)


@pytest.fixture
def group(fife, lead, levenmouth):
    """Housing is shown by name, carers not; a seat is empty, a term is over, pubs are a group of Fife alone."""
    housing = meetings_site.seated(levenmouth, "Di Orr", group="housing", shown="name")
    meetings_site.seated(levenmouth, "Cy Low", shown="nothing")
    today = timezone.localdate()
    over = voices.member(fife, "Ed Past", shown="name")
    voices.seat(fife, levenmouth.locality, "third-sector", over, ends=today - DAY)
    OwnKind.objects.create(partnership=fife, what="group", code="pubs", name="Pubs", why="Own.", asked_for=True)
    voices.route(fife, None, "pharmacy", housing)
    return levenmouth


def test_one_question_gives_what_the_register_gives_in_many(group, django_assert_num_queries):
    read_setting(group.partnership, "members.seat_warning_days")
    with django_assert_num_queries(1):
        now = people_now(group)
        now.seated, now.leads(group.locality.code), now.voices(group.locality.code)
    names = {each.code: each.name for each in now.groups}

    assert now.voices(group.locality.code) == coverage_of(group)
    assert now.terms == tuple(each for each in membership_terms(group.partnership) if each.locality == "levenmouth")
    assert [(each.says, each.group) for each in now.seated] == [
        (each.says, each.group) for each in shown_members(SeatTerm.objects.all(), names)
    ]
    assert str(now.leads(group.locality.code)["lead"]) == str(people_of(group.locality)["lead"])


def test_the_page_leads_with_people_then_plan_and_money_and_the_map_last(client, group):
    page = client.get(HERE).content.decode()
    order = [f'id="{each}"' for each in ("lead", "group", "next-meeting", "plan", "money", "residents", "zones")]

    assert sorted(order, key=page.index) == order


def test_it_says_how_many_seats_are_held_who_sits_there_and_who_has_no_voice(client, group):
    page = client.get(HERE).content.decode()

    assert "<strong>2 of 3</strong> seats of the group are held." in page
    assert "<li>Di Orr, for: Housing</li>" in page
    assert "<li>A member of the group, for: Carers</li>" in page
    assert "Cy Low" not in page and "Ed Past" not in page
    assert "Groups without a voice" in page
    assert f'href="{HERE}group/"' in page


def test_a_locality_without_seats_says_so(client, fife):
    assert "The group has no seats yet." in client.get(HERE).content.decode()


def test_the_list_of_localities_counts_the_groups_without_a_voice(client, group):
    gaps = sum(each.is_gap for each in coverage_of(group))
    page = client.get("/fife/localities/").content.decode()

    assert "Groups without a voice" in page
    assert f'<a href="{HERE}group/">{gaps}</a>' in page


def test_a_long_group_is_cut_and_the_rest_is_on_its_own_page(client, group):
    for number in range(12):
        meetings_site.seated(group, f"Person {number}", shown="name")
    page = client.get(HERE).content.decode()

    assert "<li>and 6 more</li>" in page
    assert Member.objects.filter(partnership=group.partnership).count() == 15
    assert site.place(group.partnership, "kirkcaldy") and page.count(", for: ") == 8
