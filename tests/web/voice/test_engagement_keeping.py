"""Keepers record of an engagement what the site cannot see; what was wrong is taken back with a reason."""

import pytest

from factories import engagement_site as engage
from factories import sense_site, site, voice_site
from factories.engagement_site import day
from locality.foundations import InputRefused, ResultRefused
from locality_web.core.models import AuditEvent
from locality_web.core.permissions import NotAllowed
from locality_web.voice.engagement import kept
from locality_web.voice.engagement.kept import Noted, keep_record, take_back
from locality_web.voice.engagement.kept_kinds import KINDS
from locality_web.voice.models import EngagementRecord


@pytest.fixture
def lead(fife):
    return site.person("lead", fife, "levenmouth")


@pytest.fixture
def talk(fife):
    return engage.over(fife, held_by="levenmouth", slug="talk", title="Buses", kinds=["views", "ranking"])


def refused(lead, talk, about, **said) -> list[str]:
    """What is refused: the field and what is said of it."""
    with pytest.raises(InputRefused) as found:
        keep_record(lead, talk, Noted(about, **{"says": "It was so.", "on": day(10), **said}))
    assert not EngagementRecord.objects.exists()
    return [f"{each.column}: {each.what}" for each in found.value.faults]


def test_what_is_recorded_stands_with_its_day_and_the_name_of_whoever_recorded_it(talk, lead):
    made = keep_record(lead, talk, Noted("drafted", " A workshop in the hall. ", day(70), people=14))

    assert (made.says, made.on, made.people, made.by_name) == ("A workshop in the hall.", day(70), 14, str(lead))
    event = AuditEvent.objects.get(kind="voice.engagement_recorded")
    assert event.says.endswith("Recorded of an engagement (A day on which residents drafted options): Buses")
    assert "workshop" not in str(event.detail)


@pytest.mark.parametrize("role", ["participant", "member"])
def test_somebody_who_may_not_hold_a_conversation_records_nothing(fife, talk, role):
    somebody = site.person("participant", fife, "levenmouth") if role == "participant" else site.person()
    with pytest.raises(NotAllowed):
        keep_record(somebody, talk, Noted("known", "Much.", day(1)))
    assert not EngagementRecord.objects.exists()


def test_the_lead_of_another_locality_records_nothing(fife, talk):
    with pytest.raises(NotAllowed):
        keep_record(site.person("lead", fife, "kirkcaldy"), talk, Noted("known", "Much.", day(1)))


def test_every_gap_is_said_at_once(talk, lead):
    assert refused(lead, talk, "needs", says=" ") == [
        "says: It is not said what it was",
        "named: A number is missing",
    ]


def test_what_has_not_happened_yet_is_no_evidence(talk, lead):
    (said,) = refused(lead, talk, "drafted", on=day(-1))
    assert said.endswith("is still to come")


def test_nobody_looks_back_while_people_can_take_part(talk, lead):
    (said,) = refused(lead, talk, "reviewed", on=talk.closes_on)
    assert said.startswith("on: People could take part until")


def test_more_needs_met_than_named_are_a_mistake(talk, lead):
    assert refused(lead, talk, "needs", named=2, met=3) == ["met: More were met than the 2 that were named"]


def test_that_no_option_is_fixed_cannot_be_said_of_one_that_has_options(talk, lead):
    engage.option(talk)
    assert refused(lead, talk, "options_open") == ["says: This conversation has options, which stand still"]


def test_an_option_cannot_have_come_from_views_that_came_after_it(talk, lead):
    engage.option(talk, "Evening bus")
    theme = voice_site.theme(talk, "Buses")
    sense_site.read_into(theme, voice_site.opinion(talk))

    (said,) = refused(lead, talk, "shaped", option="Evening bus", theme=theme.pk)

    assert said.startswith("theme: These views came from")


def test_an_option_or_a_theme_of_somewhere_else_is_refused(talk, lead, argyll):
    elsewhere = voice_site.theme(voice_site.conversation(argyll, opens_on=day(300)), "Ferries")
    assert refused(lead, talk, "shaped", option="A ferry", theme=elsewhere.pk) == [
        "option: This is no option of the conversation or of its votes"
    ]
    engage.option(talk, "Evening bus")
    assert refused(lead, talk, "shaped", option="Evening bus", theme=elsewhere.pk) == [
        "theme: This is no theme of the partnership's conversations"
    ]


def test_what_the_site_itself_writes_cannot_be_recorded_by_hand(talk, lead):
    assert refused(lead, talk, "people_told", people=50) == ["about: There is nothing of that kind to record"]


def test_what_was_wrong_is_taken_back_with_a_reason_and_stays(talk, lead):
    made = engage.note(talk, lead, "decided")

    take_back(lead, made, why="It was another meeting.")

    made.refresh_from_db()
    assert (made.says, made.ended_why, made.ended_at is not None) == ("It was so.", "It was another meeting.", True)
    assert AuditEvent.objects.filter(kind="voice.engagement_taken_back").count() == 1
    with pytest.raises(ResultRefused):
        take_back(lead, made, why="Again.")


def test_nothing_is_taken_back_without_a_reason(talk, lead):
    made = engage.note(talk, lead, "decided")
    with pytest.raises(InputRefused):
        take_back(lead, made, why=" ")
    made.refresh_from_db()
    assert made.ended_at is None


def test_what_is_broken_off_half_way_leaves_nothing(talk, lead, monkeypatch):
    def breaks(*_, **__):
        raise RuntimeError

    monkeypatch.setattr(kept, "record_event", breaks)
    with pytest.raises(RuntimeError):
        engage.note(talk, lead, "decided")
    assert not EngagementRecord.objects.exists()


# The pages


@pytest.mark.parametrize("about", KINDS)
def test_every_kind_has_its_form_which_says_what_is_missing(talk, lead, about):
    address = f"/fife/conversations/talk/engagement/keep/{about}/"
    browser = site.signed_in(lead)

    assert browser.get(address).status_code == 200
    page = browser.post(address, {}).content.decode()

    assert "Write it in plain words." in page
    assert "Everybody can read it. Name no resident." in page
    assert not EngagementRecord.objects.exists()


def test_a_keeper_records_a_day_and_finds_it_on_the_page(talk, lead):
    on = day(70)
    said = {"says": "Workshop", "on_day": on.day, "on_month": on.month, "on_year": on.year, "people": "14"}

    browser = site.signed_in(lead)
    answer = browser.post("/fife/conversations/talk/engagement/keep/drafted/", said)

    assert answer.headers["Location"] == "/fife/conversations/talk/engagement/keep/"
    page = browser.get("/fife/conversations/talk/engagement/keep/").content.decode()
    assert "Workshop (14 people)" in page


def test_a_refusal_of_the_rules_stands_beside_its_field_with_what_was_typed(talk, lead):
    on = talk.closes_on
    said = {"says": "Supper", "on_day": on.day, "on_month": on.month, "on_year": on.year}

    page = site.signed_in(lead).post("/fife/conversations/talk/engagement/keep/reviewed/", said).content.decode()

    assert "People could take part until" in page
    assert ">\nSupper</textarea>" in page or ">Supper</textarea>" in page


def test_what_was_taken_back_is_read_by_keepers_alone(client, talk, lead):
    made = engage.note(talk, lead, "known", "A wrong thing.")
    browser = site.signed_in(lead)

    answer = browser.post(f"/fife/conversations/talk/engagement/keep/{made.pk}/take-back/", {"why": "Not so."})

    assert answer.status_code == 302
    assert "A wrong thing." in browser.get("/fife/conversations/talk/engagement/keep/").content.decode()
    assert "A wrong thing." not in client.get("/fife/conversations/talk/engagement/record/").content.decode()


def test_a_kind_that_is_none_and_a_record_of_elsewhere_are_not_found(fife, talk, lead):
    other = engage.note(engage.over(fife, held_by="levenmouth"), lead, "known")
    browser = site.signed_in(lead)

    assert browser.get("/fife/conversations/talk/engagement/keep/people_told/").status_code == 404
    assert browser.get(f"/fife/conversations/talk/engagement/keep/{other.pk}/take-back/").status_code == 404
