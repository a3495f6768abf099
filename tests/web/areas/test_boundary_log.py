"""The record of an adoption is filled from the conversations in which people were asked, and nobody changes its counts.

Four localities of two zones with a hundred people each; `factories.boundary_talks` draws the options: "One valley" puts
zones 3 and 4 to Levenmouth, "Three parts" zones 7 and 8 to Kirkcaldy.
"""

import csv
import datetime as dt
import io
import json
import zipfile

import pytest
from django.utils import timezone

from factories import boundary_talks, site
from factories.areas import zone
from locality.foundations import InputRefused
from locality_web.areas import boundary_changes, boundary_states, changes
from locality_web.areas.boundary_adopting import propose_adoption
from locality_web.areas.models import BoundaryConsultation, ProposedChange
from locality_web.core.models import AuditEvent
from locality_web.members.models import GroupDecision

APRIL = dt.date(2027, 4, 1)
WHEN = {"applies_from": APRIL, "reason": "People asked for it."}
RECORD = {
    "professionals": "The practices of both clusters, at two meetings in May.",
    "professionals_said": "Keep Alloway whole.",
    "communities": "Both community councils.",
    "communities_said": "The ferry joins us.",
    "changed": "Zone 5 stays in Kirkcaldy.",
    "agreed_by": "The integration joint board",
    "agreed_on": dt.date(2026, 10, 1),
}


@pytest.fixture
def options(pat, drawn):
    return boundary_talks.two_options(pat, drawn)


@pytest.fixture
def talk(pat, drawn, options):
    """Thirty people of the north choose the valley, thirty of the south three parts."""
    made = boundary_talks.asked(pat, drawn, *options)
    boundary_talks.answer(made, options[0], 30, home=3)
    boundary_talks.answer(made, options[1], 30, home=7)
    return made


@pytest.fixture
def decision(drawn):
    return GroupDecision.objects.create(
        partnership=drawn,
        locality=drawn.localities.get(slug="levenmouth"),
        title="The new localities",
        says="Which localities there are.",
        state="taken",
        due_on=dt.date(2026, 11, 20),
        taken_on=dt.date(2026, 11, 20),
        announced_at=timezone.now(),
        outcome="The group agrees.",
    )


def final(by, option):
    option.refresh_from_db()
    return boundary_states.make_final(by, option, option.version)


def adopt(by, option, **more):
    return propose_adoption(by, option, RECORD, **(WHEN | more))


def test_an_option_about_which_people_are_still_asked_is_not_adopted(pat, talk, options):
    with pytest.raises(InputRefused, match="people are asked about it in “Which localities\\?”"):
        adopt(pat, final(pat, options[0]))
    assert not BoundaryConsultation.objects.exists()


def test_the_record_takes_dates_answers_by_place_and_themes_as_they_were_published(pat, talk, options):
    boundary_talks.published(pat, talk)

    adopt(pat, final(pat, options[0]))

    log = BoundaryConsultation.objects.get().log
    (said,) = log["conversations"]
    assert (said["title"], said["from"], said["people"]) == ("Which localities?", str(timezone.localdate()), 60)
    assert said["options"] == ["One valley", "Three parts"]
    tables = {each["title"]: {row[0]: row[1:] for row in each["rows"]} for each in said["tables"]}
    # Took part, One valley, Three parts, none of them, chose no option.
    assert tables["By locality: One valley"]["Levenmouth"] == ["30", "30", "0", "0", "0"]
    assert tables["How it came"]["On this site"] == ["60", "30", "30", "0", "0"]


def test_what_changed_between_what_people_were_asked_and_what_is_adopted_is_computed(pat, talk, options):
    boundary_talks.published(pat, talk)

    adopt(pat, final(pat, options[0]))

    same, other = BoundaryConsultation.objects.get().log["changed"]
    assert (same["option"], same["says"]) == ("One valley", "Every zone is where people were asked about it.")
    assert other["says"] == "4 zones are in another locality, with 400 residents."
    assert {(each["from"], each["to"], each["says"]) for each in other["moved"]} == {
        ("North East Fife", "Levenmouth", "Zone 3 and Zone 4"),
        ("Kirkcaldy", "Dunfermline", "Zone 7 and Zone 8"),
    }


def test_an_option_that_was_changed_after_people_were_asked_says_which_zones_moved(pat, talk, options):
    boundary_talks.published(pat, talk)
    valley = options[0]
    valley.refresh_from_db()
    valley = boundary_changes.move_zones(pat, valley, {zone(5): "levenmouth"}, valley.version).option

    adopt(pat, final(pat, valley))

    mine = BoundaryConsultation.objects.get().log["changed"][0]
    assert mine["says"] == "1 zone is in another locality, with 100 residents."
    assert [each["zone"] for move in mine["moved"] for each in move["zones"]] == [zone(5)]


def test_another_option_takes_the_conversations_that_its_keeper_chooses(pat, drawn, talk, options):
    boundary_talks.published(pat, talk)
    other = boundary_talks.joined(pat, drawn, "East", zones=(1, 2), to="north-east-fife", gone="levenmouth")
    other = final(pat, other)

    adopt(pat, other)
    assert BoundaryConsultation.objects.get().log == {}
    adopt(pat, other, chosen=[f"conversation:{talk.pk}"])
    assert [each["title"] for each in BoundaryConsultation.objects.get().log["conversations"]] == ["Which localities?"]


def test_a_decision_of_a_group_says_who_agreed_and_when(pat, talk, options, decision):
    boundary_talks.published(pat, talk)
    unsaid = RECORD | {"agreed_by": "", "agreed_on": None}

    propose_adoption(pat, final(pat, options[0]), unsaid, **WHEN, chosen=[f"decision:{decision.pk}"])

    kept = BoundaryConsultation.objects.get()
    assert kept.agreed_by == "The new localities. Taken on 20 November 2026 by the group of Levenmouth."
    assert kept.agreed_on == dt.date(2026, 11, 20)
    assert kept.log["decisions"][0]["outcome"] == "The group agrees."


def test_the_keeper_sees_the_figures_gets_words_to_begin_with_and_cannot_send_other_figures(
    pat, talk, options, decision
):
    boundary_talks.published(pat, talk)
    option = final(pat, options[0])
    browser = site.signed_in(pat)

    page = browser.get(f"/fife/areas/options/{option.pk}/adopt/").content.decode()
    assert "60 people took part." in page
    assert "Everybody who lives here could take part in “Which localities?”" in page
    assert "Against “One valley”: Every zone is where people were asked about it." in page
    days = {"agreed_on": "2026-10-01", "applies_from": "2027-04-01", "reason": "People asked for it."}
    sent = RECORD | days | {"decisions": f"decision:{decision.pk}", "log": '{"conversations": []}', "people": "6000"}
    browser.post(f"/fife/areas/options/{option.pk}/adopt/", sent)

    kept = BoundaryConsultation.objects.get()
    assert kept.log["conversations"][0]["people"] == 60
    assert kept.communities == "Both community councils."
    assert AuditEvent.objects.filter(kind="areas.consultation_recorded").get().detail["filled_from"] == [
        f"conversation:{talk.pk}",
        f"decision:{decision.pk}",
    ]


@pytest.fixture
def version(pat, drawn, talk, options, decision):
    boundary_talks.published(pat, talk)
    adopt(pat, final(pat, options[0]), chosen=[f"decision:{decision.pk}"])
    return changes.save_change(pat, site.place(drawn), ProposedChange.objects.get())


def test_everybody_reads_the_log_with_the_adopted_localities(client, version):
    page = client.get(f"/fife/areas/history/{version.pk}/").content.decode()

    assert "60 people took part." in page
    assert "By locality: One valley" in page
    assert "From Kirkcaldy to Dunfermline, 200 residents: Zone 7 and Zone 8" in page
    assert "The group agrees." in page


def test_what_is_published_later_of_a_conversation_does_not_change_the_record(client, version, talk):
    talk.findings.all().delete()

    assert BoundaryConsultation.objects.get().log["conversations"][0]["people"] == 60


def test_the_files_of_adopted_localities_carry_the_log_in_words(client, version):
    answer = client.get(f"/fife/areas/history/{version.pk}/consultation.csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))

    assert rows[0] == ["part", "of what", "what", "says"]
    assert ["conversation", "Which localities?", "people who took part", "60"] in rows
    assert ["answers", "Which localities?", "By locality: One valley; Levenmouth; One valley", "30"] in rows
    assert ["record", "One valley", "Who agreed", "The integration joint board"] in rows
    moved = ["change", "Three parts", "from Kirkcaldy to Dunfermline, 200 residents", f"{zone(7)}, {zone(8)}"]
    assert moved in rows
    said = json.loads(client.get(f"/fife/areas/history/{version.pk}/consultation.json").content)
    assert said["log"]["decisions"][0]["who"] == "the group of Levenmouth"


def test_the_zip_of_adopted_localities_has_zones_record_and_dictionary(client, version):
    answer = client.get(f"/fife/areas/history/{version.pk}/localities.zip")
    packed = zipfile.ZipFile(io.BytesIO(answer.content))

    assert packed.namelist() == ["zones.csv", "consultation.csv", "consultation.json", "dictionary.csv"]
    assert f"{zone(3)},Zone 3,levenmouth,Levenmouth" in packed.read("zones.csv").decode("utf-8-sig")
    assert "consultation.csv,says" in packed.read("dictionary.csv").decode("utf-8-sig")


def test_a_division_without_a_record_has_no_such_file(client, drawn):
    first = drawn.area_versions.get()

    assert client.get(f"/fife/areas/history/{first.pk}/consultation.csv").status_code == 404
    assert client.get(f"/fife/areas/history/{first.pk}/localities.zip").status_code == 404
