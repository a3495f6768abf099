"""People read views into themes, two for each view, and neither sees first what the other found."""

import pytest

from factories import site, voice_site
from locality.foundations import InputRefused, ResultRefused
from locality_web.core.models import AuditEvent
from locality_web.voice.models import Reading
from locality_web.voice.sense.reading_queries import next_view, progress_of
from locality_web.voice.sense.theme_changes import (
    give_up_theme,
    read_view,
    settle_the_rest,
    settle_view,
    write_theme,
)

HERE = "/fife/conversations/talk/"


@pytest.fixture
def ann(fife):
    return site.person("member", fife, "levenmouth", name="Ann Reader")


@pytest.fixture
def ben(fife):
    return site.person("member", fife, "levenmouth", name="Ben Reader")


@pytest.fixture
def talk(fife):
    return voice_site.conversation(fife, "levenmouth", slug="talk", title="Getting about")


@pytest.fixture
def buses(talk):
    return voice_site.theme(talk, "Buses")


@pytest.fixture
def lamps(talk):
    return voice_site.theme(talk, "Lamps")


def settled(opinion):
    reading = Reading.objects.filter(opinion=opinion, settled=True).first()
    return None if reading is None else sorted(code.theme.name for code in reading.codes.all())


def test_two_readers_who_find_the_same_settle_a_view(talk, buses, ann, ben):
    view = voice_site.opinion(talk, "A bus.")

    read_view(ann, view, [buses.pk])
    assert settled(view) is None
    read_view(ben, view, [buses.pk])

    view.refresh_from_db()
    assert (settled(view), view.state) == (["Buses"], "themed")


def test_what_is_read_differently_waits_until_somebody_settles_it(talk, buses, lamps, ann, ben):
    view = voice_site.opinion(talk, "A lamp at the bus stop.")
    read_view(ann, view, [buses.pk])
    read_view(ben, view, [buses.pk, lamps.pk])
    assert progress_of(talk, ann).differ == 1

    settle_view(ben, view, [buses.pk, lamps.pk], why="It is about both.")

    assert settled(view) == ["Buses", "Lamps"]
    assert progress_of(talk, ann).differ == 0
    assert "lamp" not in str(AuditEvent.objects.get(kind="voice.view_settled").says)


def test_a_reader_gets_first_what_another_has_read_and_never_their_own_again(talk, buses, ann, ben):
    first, second, third = voice_site.opinions(talk, "1", "2", "3")
    read_view(ann, second, [buses.pk])

    assert next_view(talk, ann) == first
    assert next_view(talk, ben) == second
    read_view(ben, second, [])
    assert next_view(talk, ben) == first
    for each in (first, third):
        read_view(ben, each, [])
    assert next_view(talk, ben) is None


def test_views_of_all_channels_are_read_and_hidden_ones_are_not(talk, ann):
    voice_site.opinion(talk, "On paper", part={"channel": "paper", "paper_code": "ABCD"})
    voice_site.opinion(talk, "By telephone", part={"channel": "telephone"})
    voice_site.opinion(talk, "Hidden", state="hidden")

    assert progress_of(talk, ann).views == 2


def test_what_one_person_read_can_be_taken_as_it_stands_and_the_record_says_so(talk, buses, ann):
    one, two = voice_site.opinions(talk, "1", "2")
    read_view(ann, one, [buses.pk])

    assert settle_the_rest(ann, talk) == 1
    assert (settled(one), settled(two)) == (["Buses"], None)
    assert AuditEvent.objects.get(kind="voice.single_readings_taken").detail["views"] == 1


def test_a_theme_that_is_given_up_leaves_its_views_without_it(talk, buses, lamps, ann, ben):
    view = voice_site.opinion(talk)
    read_view(ann, view, [buses.pk])
    read_view(ben, view, [buses.pk])

    give_up_theme(ann, buses, reason="It says the same as Transport.")

    view.refresh_from_db()
    assert view.state == "shown"
    with pytest.raises(ResultRefused, match="given up meanwhile"):
        read_view(ann, view, [buses.pk])


def test_a_view_read_into_an_answered_theme_is_answered(talk, buses, ann, ben):
    voice_site.answered(buses)
    view = voice_site.opinion(talk)
    read_view(ann, view, [buses.pk])
    read_view(ben, view, [buses.pk])

    view.refresh_from_db()
    assert view.state == "answered"


def test_a_theme_needs_a_name_of_its_own_and_a_definition(talk, buses, ann):
    with pytest.raises(InputRefused) as refused:
        write_theme(ann, talk, name="", says=" ")
    assert [each.column for each in refused.value.faults] == ["name", "says"]
    with pytest.raises(InputRefused, match="There is a theme “Buses” already"):
        write_theme(ann, talk, name="Buses", says="All buses.")


def test_the_second_reader_does_not_see_what_the_first_found(talk, buses, ann, ben):
    view = voice_site.opinion(talk, "A bus.")
    read_view(ann, view, [buses.pk])

    page = site.signed_in(ben).get(f"{HERE}read/").content.decode()

    assert "A bus." in page
    assert "checked" not in page
    assert "Ann Reader" not in page


def test_reading_goes_on_from_view_to_view(talk, buses, ann):
    first, second = voice_site.opinions(talk, "First view", "Second view")
    client = site.signed_in(ann)

    answer = client.post(f"{HERE}read/{first.pk}/", {"themes": [buses.pk]})

    assert answer.headers["Location"] == f"{HERE}read/#view"
    assert "Second view" in client.get(f"{HERE}read/").content.decode()
    client.post(f"{HERE}read/{second.pk}/", {})
    assert "You have read all that waits for you." in client.get(f"{HERE}read/").content.decode()


def test_the_page_of_agreement_lists_what_is_to_be_settled(talk, buses, ann, ben):
    view = voice_site.opinion(talk, "A lamp at the stop.")
    read_view(ann, view, [buses.pk])
    read_view(ben, view, [])

    page = site.signed_in(ben).get(f"{HERE}agreement/").content.decode()

    assert "Reader 1: Buses" in page
    assert "Reader 2: no theme" in page
    assert f"{HERE}agreement/{view.pk}/" in page


def test_a_theme_is_suggested_with_the_words_it_rests_on_and_never_ticked(talk, buses, ann, ben):
    read = voice_site.opinions(talk, *(f"The bus to the surgery is late on day {number}." for number in range(6)))
    for each in read:
        read_view(ann, each, [buses.pk])
        read_view(ben, each, [buses.pk])
    for number in range(20):
        read_view(ben, voice_site.opinion(talk, f"A lamp in lane {number} would help after dark."), [])
    voice_site.opinion(talk, "The bus to the surgery is late again.")

    page = site.signed_in(ben).get(f"{HERE}read/").content.decode()

    assert "suggested by the program, because of" in page
    assert "checked" not in page


def test_letters_of_a_campaign_are_shown_together_and_all_count(talk, ann):
    letter = "Please do not close the day centre in Methil, because many older people meet nobody else all week."
    voice_site.opinions(talk, letter, letter, "Something else.")

    page = site.signed_in(ann).get(f"{HERE}near-duplicates/").content.decode()

    assert "2 views" in page
    assert "The very same words." in page
    assert progress_of(talk, ann).views == 3
