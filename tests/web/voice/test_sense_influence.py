"""A view is followed to the pound that it moved, and a pound back to those who asked for it.

| view | theme | priority | line | pounds |
|---|---|---|---|---|
| a carer on Sundays; somebody at night | Care at home | P1 Fewer falls | day-care | day-care from core |
"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factories import plans_site, sense_site, site, voice_site
from locality.foundations import InputRefused, ResultRefused, say_pounds
from locality_web.core.models import AuditEvent
from locality_web.core.permissions import NotAllowed
from locality_web.plans.writing import save_edits
from locality_web.voice.models import InfluenceLink
from locality_web.voice.sense.became import became_of
from locality_web.voice.sense.influence_changes import Linking, end_link, link_things
from locality_web.voice.sense.influence_queries import whole_way

YEAR = plans_site.YEAR
PLAN = f"plan:levenmouth:{YEAR}"
LINE, POUNDS = f"{PLAN}:line:day-care", f"{PLAN}:pounds:day-care:core"
ASKED = f"/fife/influence/asked/{POUNDS}/"


@pytest.fixture
def plan(fife):
    return plans_site.agreed(fife)


@pytest.fixture
def lead(plan, fife):
    return plans_site.holder(fife, "lead", "levenmouth")


@pytest.fixture
def here(fife):
    return site.place(fife, "levenmouth")


@pytest.fixture
def talk(fife):
    return voice_site.conversation(fife, "levenmouth", slug="talk", title="Care at home", state="being_answered")


@pytest.fixture
def care(talk):
    theme = voice_site.theme(talk, "Care at home")
    sense_site.read_into(theme, *voice_site.opinions(talk, "A carer on Sundays.", "Somebody at night."))
    return theme


def traced(lead, here, care):
    """What leads from the theme to the line: all of it owed to the priority, a quarter of the line to that."""
    to_priority = link_things(lead, here, Linking(f"theme:{care.pk}", f"{PLAN}:P1", "Falls were named most."))
    to_line = link_things(lead, here, Linking(f"{PLAN}:P1", LINE, "More carers prevent falls.", percent=25))
    return to_priority, to_line


def test_a_quarter_of_a_line_is_followed_back_to_two_views(client, lead, here, care):
    traced(lead, here, care)
    pence = whole_way(here.partnership).thing(POUNDS).pence

    page = client.get(ASKED).content.decode()

    quarter = -(-pence // 4)  # what is asked for is rounded up to the penny: £19,550.925
    assert f"{say_pounds(quarter)} of it can be followed back to what people said." in page
    assert f"For {say_pounds(pence - quarter)} nobody asked, as far as is recorded." in page
    assert "A carer on Sundays." in page
    assert "Somebody at night." in page
    assert "“Care at home” led to “Fewer falls”, an equal part: Falls were named most." in page


def test_a_view_is_followed_to_the_money_in_words(lead, here, care):
    traced(lead, here, care)
    view = care.conversation.opinions.order_by("pk").first()

    (found,) = became_of(view.contribution).views

    assert [step.says for step in found.ways[0]] == [
        "Your view is part of the theme 'Care at home': not decided yet.",
        "It led to the priority 'Fewer falls': in progress.",
        "It is planned in the plan line 'Day care': in progress.",
        "It is paid with the money 'Day care, paid from Core budget': in progress.",
    ]
    assert found.themes == ("Care at home",)
    assert found.text == "A carer on Sundays."
    assert found.ways[0][1].address == "/fife/follow/2026-27/levenmouth/priorities/P1/"


def test_what_became_of_a_hidden_view_names_no_theme_and_no_way(lead, here, care):
    traced(lead, here, care)
    view = care.conversation.opinions.order_by("pk").first()
    type(view).objects.filter(pk=view.pk).update(state="hidden")

    (found,) = became_of(view.contribution).views

    assert (found.state, found.themes, found.ways, found.says) == ("Hidden", (), (), "")


def test_a_hidden_view_is_not_among_those_who_asked(client, lead, here, care):
    traced(lead, here, care)
    care.conversation.opinions.filter(text="Somebody at night.").update(state="hidden")

    page = client.get(ASKED).content.decode()

    assert "Somebody at night." not in page
    assert "A carer on Sundays." in page


def test_a_link_is_ended_with_a_reason_and_never_removed(client, lead, here, care):
    _, to_line = traced(lead, here, care)
    with pytest.raises(InputRefused, match="reason"):
        end_link(lead, here, to_line, reason=" ")

    end_link(lead, here, to_line, reason="The line was there before.")

    assert InfluenceLink.objects.get(pk=to_line.pk).ended_why == "The line was there before."
    assert "Nobody has recorded yet what led to it." in client.get(ASKED).content.decode()
    assert AuditEvent.objects.filter(kind="voice.influence_ended").count() == 1
    with pytest.raises(ResultRefused, match="ended already"):
        end_link(lead, here, to_line, reason="Again.")


def test_no_more_is_claimed_than_there_is_and_nothing_leads_backwards(lead, here, care):
    traced(lead, here, care)
    other = voice_site.theme(care.conversation, "Nights")
    start = f"theme:{other.pk}"

    with pytest.raises(InputRefused, match="which is more than the whole"):
        link_things(lead, here, Linking(start, LINE, "They asked.", percent=76))
    with pytest.raises(InputRefused, match="two kinds that are not linked"):
        link_things(lead, here, Linking(LINE, start, "Backwards."))
    with pytest.raises(ResultRefused, match="recorded already"):
        link_things(lead, here, Linking(f"{PLAN}:P1", LINE, "Again."))
    assert InfluenceLink.objects.count() == 2


def test_a_lead_records_nothing_for_another_locality(lead, here, care, fife):
    plans_site.agreed(fife, "kirkcaldy")
    theirs = f"plan:kirkcaldy:{YEAR}:P1"

    with pytest.raises(ResultRefused, match="is not Levenmouth's"):
        link_things(lead, here, Linking(f"theme:{care.pk}", theirs, "They asked too."))
    with pytest.raises(NotAllowed):
        link_things(lead, site.place(fife, "kirkcaldy"), Linking(f"theme:{care.pk}", theirs, "They asked too."))


def test_a_draft_is_known_to_those_who_keep_influence_and_to_nobody_else(client, fife):
    plans_site.written(fife)
    lead = plans_site.holder(fife, "lead", "levenmouth")

    kept = site.signed_in(lead).get("/fife/localities/levenmouth/influence/links/").content.decode()

    assert "Fewer falls" in kept
    assert "Fewer falls" not in client.get("/fife/influence/").content.decode()
    assert client.get(ASKED).status_code == 404


def test_what_was_right_when_it_was_recorded_breaks_no_page_later(client, lead, here, care):
    traced(lead, here, care)
    InfluenceLink.objects.filter(to_name=LINE).update(share_of=None, pence=10**12)

    assert client.get(ASKED).status_code == 200
    assert LINE in whole_way(here.partnership).too_much


def test_both_ends_that_stand_alone_are_shown(client, plan, talk):
    voice_site.opinion(talk, "A lamp in the lane.")

    page = client.get("/fife/influence/").content.decode()

    assert "1 of them waits for an answer." in page
    assert "A lamp in the lane." in page
    assert "Pounds that nobody asked for" in page


def test_words_that_their_author_did_not_agree_to_show_are_counted_and_not_told(client, lead, here, care, talk):
    silent = voice_site.opinion(talk, "My mother is in room four.", part={"consents": False})
    sense_site.read_into(care, silent)
    traced(lead, here, care)
    waiting = client.get("/fife/influence/").content.decode()
    asked = client.get(ASKED).content.decode()

    assert "My mother" not in waiting + asked
    assert "A view that is counted, and whose words are not shown" in waiting
    assert "A view that is counted, and whose words are not shown" in asked


def test_a_lead_records_on_the_page_what_a_theme_led_to(lead, here, care):
    address = f"/fife/localities/levenmouth/influence/links/new/theme:{care.pk}/"
    client = site.signed_in(lead)
    said = {"end": f"{PLAN}:P1", "why": "Most asked for it.", "how": "percent"}

    refused = client.post(address, said)
    kept = client.post(address, {**said, "how": "equal"}, follow=True)

    assert "Write how many percent." in refused.content.decode()
    assert "Most asked for it." in kept.content.decode()
    assert "fewer falls" in client.get(address).content.decode().lower()


def test_whoever_records_a_link_reads_what_a_line_has_more_than_the_year_before(lead, here, care, fife):
    now = next(one for one in whole_way(here.partnership).others.values() if one.name == LINE)
    next_year = plans_site.written(fife, year="2027/28")
    more = {"line/day-care/core": now.pence + 26_000}
    save_edits(lead, next_year, more, base_version=next_year.version)
    plans_site.agree(plans_site.to_group(next_year))

    page = site.signed_in(lead).get(f"/fife/localities/levenmouth/influence/links/new/theme:{care.pk}/")

    assert now.more_pence is None
    line = "plan:levenmouth:2027/28:line:day-care"
    assert whole_way(fife).others[line].more_pence == 26_000
    assert "(£260.00 more than the year before)" in page.content.decode()


def test_the_page_of_a_plan_line_leads_to_who_asked(client, plan):
    page = client.get("/fife/follow/2026-27/levenmouth/day-care/core/")

    assert ASKED in page.content.decode()


def test_what_nobody_changed_is_asked_of_the_database_once(client, lead, here, care):
    traced(lead, here, care)
    client.get(ASKED)

    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get(ASKED + "?again")

    assert len(asked) <= 6
