"""Who was heard and what divides people is published once, through disclosure control, and stays as it was.

Levenmouth has one zone of the most deprived fifth with 1,000 residents, a tenth of them 16 to 24.
"""

import pytest
from django.db import transaction

from factories import site, voice_site
from locality import __version__
from locality_web.areas.models import AreaVersion, ZoneIn, ZonePeople
from locality_web.core.jobs import start, work_once
from locality_web.core.models import AuditEvent, Job
from locality_web.voice.conversations.models import ZoneFifth
from locality_web.voice.models import Contribution, Finding
from locality_web.voice.sense.answer_changes import begin_to_answer
from locality_web.voice.sense.finding_groups import FIND
from locality_web.voice.sense.findings import publish_findings
from locality_web.voice.sense.groups import find_groups

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


def six_statements(talk):
    """Sixty people in two groups of opinion."""
    six = voice_site.statements(talk, "More buses", "Later buses", "Close the road", "Open the road", "Trees", "Shops")
    for number in range(30):
        voice_site.voted(six, "aaadaa" if number % 2 else "aaadap")
        voice_site.voted(six, "addaad" if number % 3 else "addaaa")
    return six


def two_statements(talk):
    """One person's votes: too few for groups, which is found at once."""
    two = voice_site.statements(talk, "More buses", "Later buses")
    voice_site.voted(two, "ad")
    return two


def work():
    while work_once():
        pass


def groups_page(client):
    return client.get("/fife/conversations/talk/groups/").content.decode()


def test_what_all_share_and_what_divides_is_shown_with_its_table(client, talk, lead):
    six_statements(talk)

    begin_to_answer(lead, talk, paper_keyed=True)
    assert "The groups are being worked out." in groups_page(client)
    work()
    page = groups_page(client)

    assert "What all share" in page
    assert "More buses" in page
    assert "Every statement, by group" in page


def test_too_few_votes_are_said_to_be_too_few(client, talk, lead):
    two_statements(talk)

    begin_to_answer(lead, talk, paper_keyed=True)
    work()

    assert "refused" in Finding.objects.get(what="groups").says
    assert client.get("/fife/conversations/talk/groups/").status_code == 200


def test_groups_are_worked_out_once_however_often_it_is_asked_for(talk, lead):
    two_statements(talk)
    begin_to_answer(lead, talk, paper_keyed=True)
    talk.refresh_from_db()
    publish_findings(lead, talk)
    assert Job.objects.filter(kind=FIND).count() == 1
    work()
    before = Finding.objects.get(what="groups")

    with transaction.atomic():
        again = start(FIND, {"conversation": talk.pk}, place=site.place(talk.partnership), person=lead)
    work()
    again.refresh_from_db()

    assert (again.state, again.says) == ("failed", "They were published already: there is nothing to work out.")
    after = Finding.objects.get(what="groups")
    assert (after.pk, after.says) == (before.pk, before.says)
    found = AuditEvent.objects.filter(kind="voice.findings_published").order_by("number")
    assert [each.detail["found"] for each in found] == [["heard"], ["groups"]]


def test_the_page_says_when_groups_could_not_be_worked_out_and_they_can_be_tried_again(client, talk, lead):
    two_statements(talk)
    begin_to_answer(lead, talk, paper_keyed=True)
    Job.objects.filter(kind=FIND).update(state="failed")
    assert "could not be worked out yet" in groups_page(client)
    assert "Work the groups out" not in groups_page(client)

    keeper = site.signed_in(lead)
    assert "Work the groups out" in groups_page(keeper)
    keeper.post("/fife/conversations/talk/heard/publish/")
    work()

    assert "refused" in Finding.objects.get(what="groups").says


def test_the_finding_says_all_that_somebody_needs_to_work_out_the_same(client, talk, lead):
    two = two_statements(talk)
    first = find_groups(talk)
    assert first["made_from"] == find_groups(talk)["made_from"]
    assert first["made_from"] | {"inputs_sha256": ""} == {
        "method": "locality.opinion-groups/1",
        "version": f"locality {__version__}",
        "seed": 1,
        "inputs_sha256": "",
    }

    voice_site.voted(two, "dd")
    other = find_groups(talk)["made_from"]["inputs_sha256"]
    assert other != first["made_from"]["inputs_sha256"]

    begin_to_answer(lead, talk, paper_keyed=True)
    work()
    assert f"<code>{other}</code>" in groups_page(client)


def test_the_hash_of_few_votes_cannot_be_found_by_trying(talk):
    """With the votes alone somebody could try all that two people can have said; the receipts' hashes are in it."""
    two_statements(talk)
    first = find_groups(talk)["made_from"]["inputs_sha256"]

    Contribution.objects.update(receipt="another")

    assert find_groups(talk)["made_from"]["inputs_sha256"] != first
