"""The public pages of a partnership and its localities."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.text import slugify

from factories import areas, site
from locality_web.areas import navigation, planning_record, sitemap_pages
from locality_web.areas.queries import locality_facts
from locality_web.areas.thresholds import outside_thresholds
from locality_web.core.models import PartnershipSetting
from locality_web.core.remembered import ANEW

MANY = {f"place-{number}": tuple(range(number * 125, number * 125 + 125)) for number in range(40)}


def own_setting(partnership, name, value, reason="Agreed by the board."):
    PartnershipSetting.objects.create(partnership=partnership, name=name, value=value, reason=reason)


def test_the_partnerships_page_says_what_a_locality_is_and_lists_them(client, divided):
    text = client.get("/fife/").content.decode()

    assert "A locality is a part of Fife and the people who plan health and social care for it" in text
    assert '<a href="/fife/localities/levenmouth/">' in text.replace(' class="ds_link"', "")


def test_a_partnership_without_localities_has_a_page_all_the_same(client, db):
    site.partnership("new", "New Place", localities=())

    assert "The localities are not on this site yet." in client.get("/new/").content.decode()


def test_a_locality_leads_with_people_then_residents_then_zones(client, divided):
    text = client.get("/fife/localities/levenmouth/").content.decode()

    order = [text.index(heading) for heading in ("Who leads", "Who lives here", "The zones of Levenmouth")]
    assert order == sorted(order)
    assert "<strong>200</strong> people live in Levenmouth" in text
    assert "S01000001" in text


def test_a_locality_whose_residents_are_not_known_says_so(client, fife):
    assert (
        "The number of residents is not on this site yet." in client.get("/fife/localities/kirkcaldy/").content.decode()
    )


def test_a_locality_smaller_than_the_partnership_wants_is_named_where_people_look(client, divided):
    own_setting(divided, "areas.least_residents", 5000)

    says = "It has 200 residents; the partnership wants 5,000 or more in a locality."
    assert says in client.get("/fife/localities/levenmouth/").content.decode()
    assert f"Levenmouth: {says}" in client.get("/fife/localities/").content.decode()


def test_without_own_sizes_no_locality_is_outside_them(divided):
    assert outside_thresholds(divided, locality_facts(divided)) == []


def test_too_many_localities_are_named(divided):
    own_setting(divided, "areas.most_localities", 3)

    found = outside_thresholds(divided, locality_facts(divided))
    assert [each.says for each in found] == ["There are 4 localities; the partnership wants 3 at most."]


def test_history_shows_every_division_and_what_moved(client, divided):
    moved = {**areas.FOUR, "levenmouth": (1,), "kirkcaldy": (2, 5, 6)}
    areas.load(divided, areas.release(moved, day=dt.date(2026, 10, 1), id="b" * 64))
    new = divided.area_versions.last()

    assert "From 1 October 2026</a> (in force)" in client.get("/fife/areas/history/").content.decode()
    page = client.get(f"/fife/areas/history/{new.pk}/").content.decode()
    assert "What moved" in page and "Zones that moved" in page


def test_the_zones_of_a_locality_are_a_file(client, divided):
    answer = client.get("/fife/localities/levenmouth/zones.csv")

    assert answer.content.decode("utf-8-sig").splitlines() == [
        "zone,zone_name,locality,locality_name",
        "S01000001,Zone 1,levenmouth,Levenmouth",
        "S01000002,Zone 2,levenmouth,Levenmouth",
    ]


def test_only_planners_are_offered_to_change_localities(client, divided, as_role):
    assert "/fife/areas/change/" not in client.get("/fife/localities/").content.decode()
    assert "/fife/areas/change/" in as_role("planner").get("/fife/localities/").content.decode()


def test_the_guidance_checks_learn_localities_zones_and_own_sizes(divided):
    own_setting(divided, "areas.least_residents", 5000, "Small towns cannot plan alone.")

    found = planning_record.parts(divided, "2026/27", ANEW)

    assert [place.name for place in found["localities"]] == [
        "Dunfermline",
        "Kirkcaldy",
        "Levenmouth",
        "North East Fife",
    ]
    assert found["zone_localities"][0] == ("S01000001", "levenmouth")
    assert found["residents"]["levenmouth"] == 200
    assert (found["size"].fewest, found["size"].most) == (5000, None)
    assert found["size"].reason == "Small towns cannot plan alone."


def test_menu_and_site_map_lead_to_the_localities(divided):
    assert navigation.entries(site.place(divided), None)[0].address == "/fife/localities/"
    assert "/fife/localities/levenmouth/" in [address for address, _ in sitemap_pages.addresses()]


@pytest.fixture
def large(db):
    names = tuple(code.replace("-", " ").title() for code in MANY)
    made = site.partnership("large", "Large", localities=names)
    areas.load(made, areas.release({slugify(code): zones for code, zones in MANY.items()}))
    return made


@pytest.mark.parametrize(
    "address",
    ["", "localities/", "localities/place-7/", "areas/history/", "areas/zones.csv", "areas/change/", "areas/names/"],
)
def test_a_page_asks_the_database_few_questions_with_40_localities_and_5000_zones(
    large, address, django_assert_max_num_queries
):
    browser = site.signed_in(site.person("planner", large))

    # On a locality's own page every room shows something.
    with django_assert_max_num_queries(16 if address == "localities/place-7/" else 15):
        assert browser.get(f"/large/{address}").status_code == 200


def test_looking_at_and_saving_a_change_of_5000_zones_asks_few_questions(large, django_assert_max_num_queries):
    version = large.area_versions.get()
    browser = site.signed_in(site.person("planner", large))
    text = browser.get("/large/areas/zones.csv").content.replace(b"place-7,Place 7", b"place-8,Place 8")
    sent = {"applies_from": "2027-04-01", "reason": "One fewer."}

    answer = browser.post("/large/areas/change/", {**sent, "zones": SimpleUploadedFile("zones.csv", text)})

    with django_assert_max_num_queries(15):
        assert "125 zones move to another locality" in browser.get(answer.headers["Location"]).content.decode()
    with django_assert_max_num_queries(15):
        assert browser.get(f"/large/areas/history/{version.pk}/").status_code == 200
