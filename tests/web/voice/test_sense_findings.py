"""Who was heard and what divides people is published once, through disclosure control, and stays as it was.

Levenmouth has one zone of the most deprived fifth with 1,000 residents, a tenth of them 16 to 24.
"""

import pytest

from factories import site, voice_site
from locality_web.areas.models import AreaVersion, ZoneIn, ZonePeople
from locality_web.voice.conversations.models import ZoneFifth
from locality_web.voice.models import Contribution, Finding
from locality_web.voice.sense.answer_changes import begin_to_answer

ZONE = "S01000001"
BANDS = [[0, 15, 200], [16, 24, 100], [25, 44, 200], [45, 64, 200], [65, 74, 150], [75, None, 150]]


@pytest.fixture
def lead(fife):
    return site.person("lead", fife, "levenmouth")


@pytest.fixture
def talk(fife):
    leven = site.locality(fife)
    version = AreaVersion.objects.create(partnership=fife, applies_from="2020-04-01", reason="First")
    ZoneIn.objects.create(version=version, zone=ZONE, name="Methil East", locality=leven)
    ZonePeople.objects.create(partnership=fife, zone=ZONE, people=1000, bands=BANDS)
    ZoneFifth.objects.create(partnership=fife, zone=ZONE, fifth=1, source="An index")
    asks = ["age_group", "zone", "carer"]
    return voice_site.conversation(
        fife, leven, slug="talk", title="Care", kinds=["views", "statements"], asks_about=asks, state="closed_to_views"
    )


def took_part(talk, number, **about):
    said = {"zone": ZONE, "fifth": 1, "age_group": "45-64", "carer": "no", "channel": "paper", **about}
    for _ in range(number):
        voice_site.contribution(talk, **said)


def test_who_was_heard_is_counted_against_residents_and_a_gap_is_named(client, talk, lead):
    took_part(talk, 40)
    took_part(talk, 20, age_group="65-74", carer="yes")

    begin_to_answer(lead, talk, paper_keyed=True)
    page = client.get("/fife/conversations/talk/heard/").content.decode()

    assert "60 people took part" in page
    assert "1000 people live here" in page or "1,000 people live here" in page
    assert "Who was not heard, and what to do" in page
    says = Finding.objects.get(what="heard").says
    ages = {each["name"]: each for each in says["dimensions"][0]["classes"]}
    assert (ages["45 to 64"]["people"], ages["45 to 64"]["residents"]) == (40, 200)
    assert (ages["16 to 24"]["people"], ages["16 to 24"]["residents"]) == (0, 100)


def test_a_small_number_is_not_shown_and_cannot_be_worked_out(talk, lead):
    took_part(talk, 40)
    took_part(talk, 2, age_group="16-24")

    begin_to_answer(lead, talk, paper_keyed=True)

    says = Finding.objects.get(what="heard").says
    counts = [each["people"] for each in says["dimensions"][0]["classes"]]
    assert counts.count(None) != 1
    assert 2 not in counts


def test_what_changes_later_does_not_change_what_was_published(talk, lead, fife):
    took_part(talk, 40)
    begin_to_answer(lead, talk, paper_keyed=True)
    before = Finding.objects.get(what="heard").says

    ZonePeople.objects.update(people=5)
    ZoneFifth.objects.update(fifth=5)
    ZoneIn.objects.update(locality=site.locality(fife, "kirkcaldy"))
    Contribution.objects.update(age_group="16-24")
    talk.refresh_from_db()
    site.signed_in(lead).post("/fife/conversations/talk/heard/publish/")

    assert Finding.objects.get(what="heard").says == before


def test_a_zone_that_changed_its_fifth_is_counted_as_it_was_when_people_took_part(talk, lead):
    took_part(talk, 30)
    ZoneFifth.objects.update(fifth=5)

    begin_to_answer(lead, talk, paper_keyed=True)

    fifths = {
        each["name"]: each["people"] for each in Finding.objects.get(what="heard").says["dimensions"][1]["classes"]
    }
    assert fifths["Most deprived fifth"] == 30


def test_nothing_is_published_while_something_can_still_come_in(client, talk, lead):
    took_part(talk, 40)

    assert "It is shown once" in client.get("/fife/conversations/talk/heard/").content.decode()
    assert "It is shown once" in client.get("/fife/conversations/talk/groups/").content.decode()
    refused = site.signed_in(lead).post("/fife/conversations/talk/heard/publish/", follow=True)
    assert "Something can still come in." in refused.content.decode()
    assert not Finding.objects.exists()


def test_what_all_share_and_what_divides_is_shown_with_its_table(client, talk, lead):
    six = voice_site.statements(talk, "More buses", "Later buses", "Close the road", "Open the road", "Trees", "Shops")
    for number in range(30):
        voice_site.voted(six, "aaadaa" if number % 2 else "aaadap")
        voice_site.voted(six, "addaad" if number % 3 else "addaaa")

    begin_to_answer(lead, talk, paper_keyed=True)
    page = client.get("/fife/conversations/talk/groups/").content.decode()

    assert "What all share" in page
    assert "More buses" in page
    assert "Every statement, by group" in page


def test_too_few_votes_are_said_to_be_too_few(client, talk, lead):
    voice_site.voted(voice_site.statements(talk, "More buses", "Later buses"), "ad")

    begin_to_answer(lead, talk, paper_keyed=True)

    assert "refused" in Finding.objects.get(what="groups").says
    assert client.get("/fife/conversations/talk/groups/").status_code == 200
