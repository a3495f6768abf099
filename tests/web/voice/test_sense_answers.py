"""Views and themes are answered; nothing closes with a view unanswered.

| view | theme | answer | waits |
|---|---|---|---|
| the bus | Buses | to the theme | no |
| the bench | none | to the view | no |
| the lamp | none | none | yes |
"""

import pytest

from factories import sense_site, site, voice_site
from locality.foundations import InputRefused, ResultRefused
from locality_web.core.models import AuditEvent
from locality_web.core.permissions import NotAllowed
from locality_web.voice.models import Answer, Correspondent
from locality_web.voice.sense.answer_changes import (
    Said,
    answer_theme,
    answer_view,
    begin_to_answer,
    close_with_answers,
    take_up_again,
)
from locality_web.voice.sense.answer_queries import closing_of
from locality_web.voice.sense.answer_today import due_for

SAID = Said("done", "You asked for a bus stop.", "There is one now.")


@pytest.fixture
def lead(fife):
    return site.person("lead", fife, "levenmouth", name="Lena Lead")


@pytest.fixture
def talk(fife):
    return voice_site.conversation(fife, "levenmouth", slug="talk", title="Getting about", state="being_answered")


def test_an_answer_to_a_theme_answers_every_view_in_it(talk, lead):
    bus, stop, lamp = voice_site.opinions(talk, "A bus.", "A bus stop.", "A lamp.")
    buses = voice_site.theme(talk)
    sense_site.read_into(buses, bus, stop)

    answer_theme(lead, buses, SAID)

    assert closing_of(talk).words == "1 of 3 views waits for an answer. Answer them, or a theme that they are in."
    for each in (bus, stop, lamp):
        each.refresh_from_db()
    assert (bus.state, stop.state, lamp.state) == ("answered", "answered", "shown")
    event = AuditEvent.objects.get(kind="voice.theme_answered")
    assert event.says == "Answered the theme “Buses” with 2 views: Getting about"
    assert "bus stop" not in str(event.detail)


def test_a_second_answer_replaces_the_first_which_stays_on_record(talk, lead):
    bus = voice_site.opinion(talk)
    first = answer_view(lead, bus, SAID)
    second = answer_view(lead, bus, Said("not", "You asked for a bus.", "The road is too narrow."))

    bus.refresh_from_db()
    assert bus.answer == second
    assert list(Answer.objects.values_list("pk", flat=True)) == [first.pk, second.pk]


def test_what_was_passed_on_says_to_whom_and_all_gaps_are_said_at_once(talk, lead):
    with pytest.raises(InputRefused) as refused:
        answer_view(lead, voice_site.opinion(talk), Said("passed_on", " ", " "))

    assert [each.column for each in refused.value.faults] == ["you_said", "says", "to_whom"]
    assert not Answer.objects.exists()


def test_nobody_answers_in_another_locality_or_for_a_view_that_is_hidden(talk, lead, fife):
    hidden = voice_site.opinion(talk, state="hidden")

    with pytest.raises(ResultRefused, match="not one that everybody can read"):
        answer_view(lead, hidden, SAID)
    with pytest.raises(NotAllowed):
        answer_view(lead, voice_site.opinion(voice_site.conversation(fife, "kirkcaldy")), SAID)


def test_a_conversation_is_not_closed_while_a_view_waits(talk, lead):
    lamp = voice_site.opinion(talk, "A lamp.")

    with pytest.raises(ResultRefused, match="1 of 1 views waits for an answer"):
        close_with_answers(lead, talk, we_did="Buses run.")
    answer_view(lead, lamp, SAID)
    close_with_answers(lead, talk, we_did="Buses run.")

    talk.refresh_from_db()
    assert (talk.state, talk.we_did) == ("answered", "Buses run.")


def test_a_view_that_is_hidden_or_withdrawn_or_a_reply_holds_nothing_up(talk, lead):
    bus = voice_site.opinion(talk, "A bus.")
    voice_site.opinion(talk, "Yes.", replies_to=bus)
    voice_site.opinion(talk, "x", state="withdrawn")
    answer_view(lead, bus, SAID)

    assert closing_of(talk).may_close


def test_a_conversation_is_not_closed_before_those_who_asked_are_told(talk, lead):
    bus = voice_site.opinion(talk)
    told = Correspondent.objects.create(contribution=bus.contribution, means="post", address="Leven")
    answer_view(lead, bus, SAID)

    with pytest.raises(ResultRefused, match="1 person who asked to be told was not told yet"):
        close_with_answers(lead, talk, we_did="Buses run.")
    told.delete()
    close_with_answers(lead, talk, we_did="Buses run.")
    take_up_again(lead, talk, reason="The bus was taken off.")

    talk.refresh_from_db()
    assert talk.state == "being_answered"


def test_answering_begins_once_paper_is_keyed_in_and_nothing_is_held(talk, lead):
    talk.state = "closed_to_views"
    talk.save()
    held = voice_site.opinion(talk, state="held")

    with pytest.raises(ResultRefused, match="Paper that came back in time may be missing"):
        begin_to_answer(lead, talk, paper_keyed=False)
    with pytest.raises(ResultRefused, match="1 view is held or under appeal"):
        begin_to_answer(lead, talk, paper_keyed=True)
    held.delete()
    begin_to_answer(lead, talk, paper_keyed=True)

    talk.refresh_from_db()
    assert talk.state == "being_answered"


def test_a_lead_is_told_today_of_views_without_an_answer(talk, lead):
    voice_site.opinion(talk)

    (due,) = due_for(lead, list(lead.roles.all()))

    assert due.why == "1 view waits for an answer."
    assert due.address == "/fife/conversations/talk/answers/write/"


def test_everybody_reads_what_was_done_and_what_was_not_and_why(client, talk, lead):
    bus, lamp = voice_site.opinions(talk, "A bus on Sundays.", "A lamp in the lane.")
    answer_view(lead, bus, Said("done", "You asked for a bus.", "It runs on Sundays now."))
    answer_view(lead, lamp, Said("not", "You asked for a lamp.", "The lane is private."))

    page = client.get("/fife/conversations/talk/answers/").content.decode()

    assert page.index("We did</h2>") < page.index("It runs on Sundays now.") < page.index("We did not, and why</h2>")
    assert "The lane is private." in page
    assert "Write answers" not in page


def test_words_that_their_author_did_not_agree_to_show_are_answered_and_never_quoted(client, talk, lead):
    silent = voice_site.opinion(talk, "My mother is in room four.", part={"consents": False})
    others = voice_site.opinions(talk, "A bus.", "A later bus.", "A bus stop.")
    buses = voice_site.theme(talk)
    sense_site.read_into(buses, silent, *others)
    answer_theme(lead, buses, SAID)
    new = voice_site.opinion(talk, "My mother cannot walk far.", part={"consents": False})

    page = client.get("/fife/conversations/talk/answers/").content.decode()
    form = site.signed_in(lead).get(f"/fife/conversations/talk/answers/view/{new.pk}/").context["form"]

    assert "It answers 4 views" in page
    assert "And 1 more." in page
    assert all(each.text in page for each in others)
    assert "My mother" not in page
    assert not form["you_said"].value(), "what everybody reads does not begin with their words"


def test_a_lead_writes_an_answer_on_the_page(talk, lead):
    bus = voice_site.opinion(talk, "A bus.")
    address = f"/fife/conversations/talk/answers/view/{bus.pk}/"
    said = {"outcome": "will", "you_said": "You asked for a bus.", "says": "It comes in May."}

    refused = site.signed_in(lead).post(address, {**said, "says": ""})
    kept = site.signed_in(lead).post(address, said, follow=True)

    assert "Write what was done, or why it was not." in refused.content.decode()
    assert "Every view has its answer: 1 of 1." in kept.content.decode()


def test_words_in_gaelic_say_so_to_whoever_answers_them(talk, lead):
    bus = voice_site.opinion(talk, "Bus nas fhaide.", language="gd")
    buses = voice_site.theme(talk)
    sense_site.read_into(buses, bus)

    for page in ("write/", f"theme/{buses.pk}/", f"view/{bus.pk}/"):
        shown = site.signed_in(lead).get(f"/fife/conversations/talk/answers/{page}").content.decode()
        assert 'lang="gd"' in shown, page


def test_closing_lists_the_views_that_wait(talk, lead):
    voice_site.opinion(talk, "A lamp in the lane.")

    page = site.signed_in(lead).get("/fife/conversations/talk/answers/close/").content.decode()

    assert "A lamp in the lane." in page
