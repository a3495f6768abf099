"""Deprivation fifths come with the partnership's release by themselves; who was heard is then told by age and fifth."""

import pandas as pd
import pytest

from factories import money_site, site, voice_site
from locality.release import places_of
from locality_web.areas.models import AreaVersion, ZoneIn, ZonePeople
from locality_web.core.models import AuditEvent
from locality_web.voice.conversations.changes import contribute
from locality_web.voice.conversations.said_values import About, Came, Said, View
from locality_web.voice.models import Contribution, Finding, ZoneFifth
from locality_web.voice.sense.answer_changes import begin_to_answer
from locality_web.voice.sense.heard import find_heard

INDEX = "Scottish Index of Multiple Deprivation, 2020v2, national fifths"
ZONES = [f"S0200{at:04}" for at in range(4)]
"""One in each locality, in order of name: Dunfermline, Kirkcaldy, Levenmouth, North East Fife."""


def fifths(*numbers: int, period: str = "2020v2"):
    rows = [(zone, "simd_fifth", period, float(fifth)) for zone, fifth in zip(ZONES, numbers, strict=False)]
    table = pd.DataFrame(rows, columns=["zone", "indicator", "period", "value"])
    return places_of({"indicators": table}, [], day=money_site.releases.DAY)[0]


def ages():
    """One hundred people of every year of age below 80 in each zone."""
    rows = [
        (zone, 2024, sex, age, age + 4, 250.0)
        for zone in ZONES
        for sex in ("female", "male")
        for age in range(0, 80, 5)
    ]
    return pd.DataFrame(rows, columns=["zone", "year", "sex", "age_from", "age_to", "people"])


@pytest.fixture
def loaded(fife):
    return money_site.loaded_release(fife, places=fifths(3, 2, 1, 5), population=ages())


@pytest.fixture
def talk(fife, loaded):
    asks = ["age_group", "zone", "disabled", "carer"]
    return voice_site.conversation(fife, slug="talk", asks_about=asks, state="closed_to_views")


def took_part(talk, number, zone, *, channel="web", **about):
    fifth = ZoneFifth.objects.get(zone=ZONES[zone]).fifth
    for _ in range(number):
        voice_site.contribution(talk, zone=ZONES[zone], fifth=fifth, channel=channel, **about)


def heard(talk):
    begin_to_answer(site.person("planner", talk.partnership), talk, paper_keyed=True)
    return Finding.objects.get(what="heard", conversation=talk).says


def people(says, code):
    part = next(each for each in says["dimensions"] if each["code"] == code)
    return {each["name"]: (each["people"], each["residents"]) for each in part["classes"]}


def test_loading_a_release_takes_its_fifths_with_index_and_edition(fife, loaded):
    kept = {each.zone: each.fifth for each in ZoneFifth.objects.filter(partnership=fife)}

    assert kept == dict(zip(ZONES, (3, 2, 1, 5), strict=True))
    assert set(ZoneFifth.objects.values_list("source", flat=True)) == {INDEX}
    told = AuditEvent.objects.get(kind="voice.fifths_from_release")
    assert told.detail["zones"] == 4
    assert INDEX in told.says


def test_the_next_edition_changes_what_is_known_today_and_not_what_was_kept_with_views(fife, loaded):
    talk = voice_site.conversation(fife, asks_about=["zone"])
    contribute(site.place(fife), talk, Said((View("A bus."),), about=About(zone=ZONES[2])), Came("web"))

    money_site.loaded_release(fife, places=fifths(3, 2, 4, 5, period="2026"), year="2026/27", population=ages())

    assert ZoneFifth.objects.get(zone=ZONES[2]).fifth == 4
    assert Contribution.objects.get().fifth == 1


def test_a_release_without_fifths_leaves_those_that_are_known(fife, loaded):
    money_site.loaded_release(fife, year="2026/27", population=ages())

    assert ZoneFifth.objects.filter(partnership=fife).count() == 4
    assert AuditEvent.objects.filter(kind="voice.fifths_from_release").count() == 1


def test_who_was_heard_is_told_by_fifth_against_residents_with_the_index_named(client, talk):
    took_part(talk, 30, 0, age_group="45-64")
    took_part(talk, 20, 2, age_group="45-64", disabled="yes", carer="no")

    says = heard(talk)
    page = client.get("/fife/conversations/talk/heard/").content.decode()

    found = people(says, "deprivation_fifth")
    assert found["Most deprived fifth"] == (20, 8000)
    assert found["Middle fifth"] == (30, 8000)
    assert found["Fourth fifth"] == (0, 0), "nobody lives in one"
    assert INDEX in page
    assert "People who took part, by age group and deprivation fifth" in page
    assert {"Age group", "Deprivation fifth", "Locality", "Disability", "Carer"} == {
        each["name"] for each in says["dimensions"]
    }


def test_age_and_fifth_are_crossed_and_a_gap_names_routes_of_other_conversations(fife, talk):
    """Nobody aged 16 to 24 of the most deprived fifth; a school and a youth club reached some, in another place."""
    took_part(talk, 40, 0, age_group="16-24")
    took_part(talk, 40, 1, age_group="45-64")
    took_part(talk, 40, 2, age_group="45-64")
    other = voice_site.conversation(fife, "kirkcaldy", state="answered", asks_about=["age_group", "zone"])
    took_part(other, 9, 2, channel="group", age_group="16-24")
    took_part(other, 7, 2, channel="organisation", age_group="16-24")
    took_part(other, 5, 2, channel="paper", age_group="16-24")
    took_part(other, 30, 1, channel="web", age_group="65-74")
    still_open = voice_site.conversation(fife, state="open", asks_about=["age_group", "zone"])
    took_part(still_open, 9, 2, channel="telephone", age_group="16-24")

    says = heard(talk)

    gap = next(each for each in says["gaps"] if "16 to 24 from the most deprived fifth" in each["words"])
    assert gap["words"] == "No people aged 16 to 24 from the most deprived fifth took part."
    assert gap["next_step"].startswith("3 routes reached them elsewhere: ")
    assert "telephone" not in gap["next_step"], "that conversation has not ended"


def test_another_partnership_of_the_site_shows_a_route_and_another_nation_does_not(fife, argyll, talk):
    took_part(talk, 40, 0, age_group="16-24")
    took_part(talk, 40, 2, age_group="45-64")
    there = voice_site.conversation(argyll, state="answered", asks_about=["age_group", "zone"])
    for _ in range(9):
        voice_site.contribution(there, age_group="16-24", fifth=1, zone="S09", channel="visit", locality=None)

    gap = next(each for each in heard(talk)["gaps"] if "aged 16 to 24 from" in each["words"])
    assert gap["next_step"].startswith("1 route reached them elsewhere")

    Finding.objects.all().delete()
    argyll.nation = "England"
    argyll.save()
    gap = next(each for each in find_heard(talk)["gaps"] if "aged 16 to 24 from" in each["words"])
    assert gap["next_step"].startswith("No route is known yet")


def test_where_no_fifth_is_known_the_page_says_so_and_shows_no_empty_table(client, fife):
    money_site.loaded_release(fife, population=ages())
    talk = voice_site.conversation(fife, slug="talk", asks_about=["age_group", "zone"], state="closed_to_views")
    for _ in range(20):
        voice_site.contribution(talk, zone=ZONES[0], age_group="45-64")

    says = heard(talk)

    assert [each["code"] for each in says["dimensions"]] == ["age_group", "locality"]
    assert ZonePeople.objects.filter(partnership=fife).count() == 4
    page = client.get("/fife/conversations/talk/heard/").content.decode()
    assert "comes with the partnership&#x27;s release" in page or "comes with the partnership's release" in page


def test_where_few_people_said_their_neighbourhood_fifths_are_told_and_zones_are_not(client, fife):
    """Thirty zones of one locality, fifteen of each end; with 60 people no zone could be shown, and no fifth either."""
    leven, zones = site.locality(fife), [f"S0300{at:04}" for at in range(30)]
    version = AreaVersion.objects.create(partnership=fife, applies_from="2020-04-01", reason="First")
    for at, zone in enumerate(zones):
        ZoneIn.objects.create(version=version, zone=zone, name=zone, locality=leven)
        ZonePeople.objects.create(partnership=fife, zone=zone, people=100, bands=[[0, None, 100]])
        ZoneFifth.objects.create(partnership=fife, zone=zone, fifth=1 if at < 15 else 5, source=INDEX)
    talk = voice_site.conversation(fife, leven, slug="talk", asks_about=["zone"], state="closed_to_views")
    for at in range(60):
        zone = zones[at % 30]
        voice_site.contribution(talk, zone=zone, fifth=ZoneFifth.objects.get(zone=zone).fifth)

    says = heard(talk)

    assert [each["code"] for each in says["dimensions"]] == ["deprivation_fifth"]
    assert people(says, "deprivation_fifth")["Most deprived fifth"] == (30, 1500)
    assert "It is not told by neighbourhood" in client.get("/fife/conversations/talk/heard/").content.decode()
    for at in range(240):
        zone = zones[at % 30]
        voice_site.contribution(talk, zone=zone, fifth=ZoneFifth.objects.get(zone=zone).fifth)
    assert [each["code"] for each in find_heard(talk)["dimensions"]] == ["deprivation_fifth", "zone"]


def test_the_share_of_residents_is_told_where_the_count_of_those_heard_is_hidden(talk):
    took_part(talk, 40, 0, age_group="45-64")
    took_part(talk, 2, 0, age_group="16-24")

    (young,) = (each for each in heard(talk)["dimensions"][0]["classes"] if each["name"] == "16 to 24")

    assert (young["people"], young["said_ratio"]) == (None, None)
    assert young["residents_ratio"] == pytest.approx(9 / 80)
