"""The pages of engagement: the level with its evidence for everybody, and the record to print and to take away."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factories import engagement_site as engage
from factories import plans_site, site, voice_site
from factories.engagement_site import day
from locality_web.core.remembered import ANEW, forget
from locality_web.plans.readiness_record import record_of, results_of
from locality_web.voice.planning_record import parts

TALK = "/fife/conversations/talk/"
LEVEL, RECORD = f"{TALK}engagement/", f"{TALK}engagement/record/"


@pytest.fixture
def lead(fife):
    return site.person("lead", fife, "levenmouth")


@pytest.fixture
def talk(fife, lead):
    talk, _ = engage.engaged(
        fife, lead, held_by="levenmouth", slug="talk", title="Buses to the surgery", kinds=["views", "ranking"]
    )
    engage.option(talk)
    return talk


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_everybody_reads_the_aim_the_level_the_reason_and_what_would_lift_it(client, talk):
    page = words(client.get(LEVEL))

    assert "<dt>It aims at</dt><dd><strong>Involve</strong>" in page
    assert "<dt>It has reached so far</dt><dd><strong>Engage</strong>" in page
    assert "This conversation does not meet it yet." in page
    assert "on the day on which options were fixed." in page
    assert "What would lift it: Take the options back to open" in page


def test_each_criterion_stands_with_its_evidence_its_source_and_its_day(client, talk, lead):
    page = words(client.get(LEVEL))

    assert page.count('class="lp-engage__one ') == 15
    assert "Offered: Large print. No need was named." in page
    assert f"Recorded by {lead}, {day(10).day} " in page
    assert "Held by this site" in page
    assert 'lp-engage__one--not_recorded"><span class="lp-engage__state">Not recorded</span>' in page


def test_a_conversation_that_is_over_reached_its_level(client, talk):
    talk.state = "answered"
    talk.save()
    assert "<dt>It reached</dt>" in words(client.get(LEVEL))


def test_nobody_outside_sees_the_level_of_a_draft(client, talk, lead):
    talk.state = "draft"
    talk.save()

    assert client.get(LEVEL).status_code == 404
    assert client.get(f"{RECORD[:-1]}.pdf").status_code == 404
    assert "<strong>No level</strong>" in words(site.signed_in(lead).get(LEVEL))


def test_whoever_keeps_it_is_led_to_where_each_gap_is_mended_and_nobody_else_is(client, talk, lead):
    address = f"{TALK}engagement/keep/shaped/"

    assert address in words(site.signed_in(lead).get(LEVEL))
    assert address not in words(client.get(LEVEL))
    assert site.signed_in(site.person("participant", talk.partnership, "levenmouth")).get(address).status_code == 403


def test_the_conversation_leads_to_its_level_and_its_keepers_to_the_record(client, talk, lead):
    assert f'href="{LEVEL}"' in words(client.get(TALK))
    assert f"{TALK}engagement/keep/" not in words(client.get(TALK))
    assert f'href="{TALK}engagement/keep/"' in words(site.signed_in(lead).get(TALK))


def test_the_sitemap_names_the_level_of_a_conversation_that_is_closed(client, talk, fife):
    voice_site.conversation(fife, slug="open")
    listed = client.get("/sitemap.xml").content.decode()

    assert LEVEL in listed
    assert "/conversations/open/engagement/" not in listed


# The record


def test_the_record_has_four_stages_and_seven_standards_and_says_what_is_missing(client, talk, lead):
    engage.note(talk, lead, "affected", "Everybody without a car.")
    engage.note(talk, lead, "resources", "Two days a week of a worker.")
    page = words(client.get(RECORD))

    for stage in ("1. Analyse", "2. Plan", "3. Do", "4. Review"):
        assert f">{stage}</h2>" in page
    for standard in ("Inclusion", "Support", "Planning", "Working together", "Methods", "Communication", "Impact"):
        assert f">{standard}</h3>" in page
    assert "<dt>Who is affected?</dt><dd>Everybody without a car.</dd>" in page
    assert "<dt>Which people, time and money are there for it?</dt><dd>Two days a week of a worker.</dd>" in page
    assert '<dt>What was learnt?</dt><dd class="lp-record__gap">Not yet recorded</dd>' in page
    assert "By whom, and when" in page


def test_the_record_holds_no_name_and_no_address_of_a_resident(client, talk):
    engage.waits(talk, told=True)
    for address in (RECORD, f"{RECORD[:-1]}.csv", LEVEL):
        page = words(client.get(address))
        assert "Agnes" not in page
        assert "High Street" not in page


def test_the_record_is_there_as_rows_for_another_system(client, talk):
    answer = client.get(f"{RECORD[:-1]}.csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))

    assert answer.headers["Content-Disposition"] == 'attachment; filename="engagement-talk.csv"'
    assert [row["name"] for row in rows if row["part"] == "standard"] == [
        *("Inclusion", "Support", "Planning", "Working together", "Methods", "Communication", "Impact")
    ]
    held = {row["question"]: row["what is held"] for row in rows if row["part"] == "stage"}
    assert held["At which level does it aim?"].startswith("Involve:")
    assert held["What was learnt?"] == "Not yet recorded"


def test_the_record_is_there_as_a_pdf_whatever_signs_its_words_have(client, talk, lead):
    engage.note(talk, lead, "known", 'A #strange] "text" with _signs_ and $money$: £3, 4 < 5 & so on.')

    answer = client.get(f"{RECORD[:-1]}.pdf")

    assert answer.headers["Content-Disposition"] == 'attachment; filename="engagement-talk.pdf"'
    assert answer.content.startswith(b"%PDF-")


# In Gaelic


def test_the_page_of_the_level_is_there_in_gaelic(client, talk):
    page = words(client.get(f"/gd{LEVEL}"))

    assert '<html lang="gd">' in page
    assert "Conaltradh" in page
    assert "an latha air an deach roghainnean a shuidheachadh" in page
    assert "What would lift it" not in page


# What the guidance checks know


def outcome(fife, check: str) -> str:
    forget()
    found = results_of(record_of(fife, plans_site.YEAR))
    return next(
        str(one.outcome)
        for one in found
        if one.check.id == check and one.locality and one.locality.name == "Levenmouth"
    )


def test_the_guidance_checks_know_the_aim_and_the_level_that_was_reached(fife, talk):
    found = parts(fife, plans_site.YEAR, ANEW)["further"]

    assert [(each.locality, each.kind) for each in found["conversations"]] == [("levenmouth", "involve")]
    (entry,) = found["engagement"]
    assert (entry.locality, entry.kind) == ("levenmouth", "engage")
    assert entry.says.startswith("Buses to the surgery. It aims at 'Involve' and reached 'Engage':")


def test_to_engage_without_involving_does_not_meet_the_duty(fife, talk):
    assert outcome(fife, "resp-106-involved") == "not met"
    assert outcome(fife, "resp-112-level") == "met"


def test_without_a_conversation_no_level_is_recorded(fife):
    assert "not recorded" in outcome(fife, "resp-106-involved")


# What it costs


def test_ten_conversations_ask_as_many_queries_as_one(fife, lead, talk):
    def queries() -> int:
        with CaptureQueriesContext(connection) as kept:
            parts(fife, plans_site.YEAR, ANEW)
        return len(kept)

    one = queries()
    for _ in range(9):
        engage.engaged(fife, lead, held_by="levenmouth")

    assert queries() == one


def test_the_page_asks_as_few_queries_as_others_for_many_views(client, talk):
    client.get(LEVEL)
    forget()
    voice_site.opinions(talk, *(f"View {number}" for number in range(60)))
    with CaptureQueriesContext(connection) as kept:
        assert client.get(LEVEL).status_code == 200

    assert len(kept) <= 25
    with CaptureQueriesContext(connection) as again:
        client.get(LEVEL)
    assert len(again) <= 8
