"""People compare options for the boundaries of localities and say which they would choose; everybody reads the answers.

Four localities of two zones with a hundred people each; `factories.boundary_talks` draws the two options.
"""

import csv
import io
import re

import pytest

from factories import boundaries_site, boundary_talks, site
from factories.areas import zone
from locality.foundations import ResultRefused
from locality_web.areas import boundary_changes, boundary_states
from locality_web.voice.conversations.holding import open_conversation, prepare_conversation
from locality_web.voice.models import BoundaryChoice, Contribution, Conversation, Finding, Opinion


@pytest.fixture
def pat(fife):
    """A planner of Fife, which has what boundaries are drawn on."""
    boundaries_site.bring(fife)
    boundaries_site.shape(fife)
    return site.person("planner", fife, name="Pat Planner")


@pytest.fixture
def options(fife, pat):
    return boundary_talks.two_options(pat, fife)


@pytest.fixture
def talk(fife, pat, options):
    return boundary_talks.asked(pat, fife, *options)


def text_of(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_the_keeper_comes_from_the_options_to_a_conversation_that_asks_about_them(fife, pat, options):
    browser = site.signed_in(pat)
    link = f"/fife/conversations/new/?boundaries={options[0].pk}&amp;boundaries={options[1].pk}"

    assert link in text_of(browser, "/fife/areas/options/")

    form = text_of(browser, link.replace("&amp;", "&"))
    assert "Which of these ways to divide the area into localities would you choose, and why?" in form
    assert form.count('name="boundary_options"') == 2
    assert all(re.search(rf'name="boundary_options" value="{each.pk}"[^>]*checked', form) for each in options)


def test_a_visitor_finds_the_conversation_where_the_options_are(client, talk, options):
    assert "/fife/conversations/which-localities/boundaries/" in text_of(client, "/fife/areas/options/")
    assert "/fife/conversations/which-localities/boundaries/" in text_of(
        client, f"/fife/areas/options/{options[0].pk}/"
    )


def test_every_option_is_told_in_words_with_its_map_its_localities_and_its_measures(client, talk):
    page = text_of(client, "/fife/conversations/which-localities/boundaries/")

    assert page.index("One valley") < page.index("Three parts")
    assert page.count("<svg") >= 2
    assert (
        "3 localities. From 200 to 400 people live in each. 200 people would be in another locality than today." in page
    )
    assert "Towns and villages, or parts of them: Burntisle." in page
    assert "Practices most of whose patients live here:" in page
    assert "<li>Zone 3</li>" in page
    assert "Who would be in another locality than today: One valley" in page
    assert "Measures side by side" in page


def test_every_neighbourhood_stands_in_a_file_with_its_locality_in_each_option(client, talk):
    answer = client.get("/fife/conversations/which-localities/boundaries/neighbourhoods.csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))

    assert rows[0] == ["Code", "Neighbourhood", "Locality today", "One valley", "Three parts"]
    assert rows[3] == [zone(3), "Zone 3", "North East Fife", "Levenmouth", "North East Fife"]


def test_a_resident_without_an_account_says_which_and_why_and_where_they_live(client, talk, options, fife):
    form = text_of(client, "/fife/conversations/which-localities/say/")
    assert "None of them" in form
    assert "Somewhere in Levenmouth" in form
    assert "As somebody who works in health or social care here" in form

    said = {
        "boundaries": options[1].pk,
        "boundaries_why": "The surgery is in Kirkcaldy.",
        "zone": zone(7),
        "means": "none",
    }
    client.post("/fife/conversations/which-localities/say/", {**said, "answers_as": "resident"})

    made = Contribution.objects.get()
    assert (made.zone, made.locality.slug, made.answers_as) == (zone(7), "dunfermline", "resident")
    assert made.boundary_choice.option == options[1]
    assert Opinion.objects.get().text == "The surgery is in Kirkcaldy."


def test_a_resident_can_say_no_more_than_the_locality(client, talk, fife):
    leven = fife.localities.get(slug="levenmouth")
    client.post(
        "/fife/conversations/which-localities/say/", {"boundaries": "0", "zone": f"in:{leven.pk}", "means": "none"}
    )

    made = Contribution.objects.get()
    assert (made.zone, made.locality) == ("", leven)
    assert (made.boundary_choice.option, made.boundary_choice.title) == (None, "None of them")


def test_what_is_drawn_after_it_was_opened_does_not_change_what_people_are_asked(client, pat, talk, options):
    before = text_of(client, "/fife/conversations/which-localities/boundaries/")

    valley = boundary_changes.move_zones(pat, options[0], {zone(5): "levenmouth"}, options[0].version).option
    boundary_states.consult_on(pat, valley, is_open=False)

    assert text_of(client, "/fife/conversations/which-localities/boundaries/") == before


def test_a_conversation_on_an_option_that_not_everybody_may_read_is_not_opened(fife, pat, options):
    said = boundary_talks.talks.prepared(
        kinds=("boundaries",), boundary_options=options, asks_about=(), title="Which localities?"
    )
    draft = prepare_conversation(pat, site.place(fife), said)
    boundary_states.consult_on(pat, options[0], is_open=False)

    with pytest.raises(ResultRefused, match="Not everybody may read “One valley”"):
        open_conversation(pat, draft)
    assert Conversation.objects.get().state == "draft"


def answered(talk, options, pat):
    """Sixty answers: the north is for the valley, the south for three parts; twenty of them came on paper."""
    valley, parts = options
    boundary_talks.answer(talk, valley, 14, home=1, answers_as="resident")
    boundary_talks.answer(talk, valley, 16, home=3, answers_as="resident")
    boundary_talks.answer(talk, parts, 10, home=5, answers_as="professional")
    boundary_talks.answer(talk, parts, 20, home=7, channel="telephone", recorded_by=pat, answers_as="resident")


def table(says, code):
    return {
        row["names"][0]: (row["people"], row["chosen"])
        for row in next(each["rows"] for each in says["places"] + says["ways"] if each["code"] == code)
    }


def test_answers_are_counted_by_the_localities_of_today_and_of_each_option(talk, options, pat):
    answered(talk, options, pat)

    says = Finding.objects.get(what="options", conversation=boundary_talks.published(pat, talk)).says

    # The columns: One valley, Three parts, none of them, no option chosen.
    assert (says["people"], says["everybody"]["chosen"]) == (60, [30, 30, 0, 0])
    assert table(says, "today")["Levenmouth"] == (14, [14, 0, 0, 0])
    assert table(says, f"option-{options[0].pk}")["Levenmouth"] == (30, [30, 0, 0, 0])
    assert table(says, f"option-{options[1].pk}")["Kirkcaldy"] == (30, [0, 30, 0, 0])
    groups = {tuple(row["names"]): row["people"] for row in says["groups"]["rows"]}
    assert groups["North East Fife", "Levenmouth", "North East Fife"] == 16


def test_an_answer_by_telephone_counts_as_one_on_the_site_and_kinds_of_people_are_told_apart(talk, options, pat):
    answered(talk, options, pat)

    says = Finding.objects.get(what="options", conversation=boundary_talks.published(pat, talk)).says

    assert table(says, "channel")["By telephone"] == (20, [0, 20, 0, 0])
    assert table(says, "channel")["On this site"] == (40, [30, 10, 0, 0])
    assert table(says, "answers_as")["As somebody who works in health or social care here"] == (10, [0, 10, 0, 0])


def test_whoever_answers_twice_when_signed_in_counts_once_with_what_was_chosen_last(talk, options, pat, fife):
    answered(talk, options, pat)
    resident = site.person("participant", fife, "levenmouth")
    boundary_talks.answer(talk, options[0], home=1, by=resident)
    boundary_talks.answer(talk, options[1], home=1, by=resident)

    says = Finding.objects.get(what="options", conversation=boundary_talks.published(pat, talk)).says

    assert says["people"] == 61


def test_a_small_count_is_hidden_in_every_table_and_no_two_tables_give_it_away(client, talk, options, pat):
    answered(talk, options, pat)
    boundary_talks.answer(talk, options[1], 2, home=1)

    says = Finding.objects.get(what="options", conversation=boundary_talks.published(pat, talk)).says

    people, chosen = table(says, "today")["Levenmouth"]
    assert chosen[1] is None
    assert people is None or chosen[0] is None  # else 16 less 14 were 2
    valley = table(says, f"option-{options[0].pk}")["Levenmouth"]
    assert valley[1][1] is None  # nobody else there chose three parts: it is the same two
    assert "2" not in {str(each) for row in table(says, "today").values() for each in row[1] if each is not None}


def test_where_people_live_is_counted_with_their_answers_alone(talk, options, pat):
    answered(talk, options, pat)
    boundary_talks.published(pat, talk)

    heard = Finding.objects.get(what="heard").says

    assert not {"zone", "locality"} & {each["code"] for each in heard["dimensions"]}


def test_which_option_one_person_chose_is_not_among_the_open_data(client, talk, options, pat):
    answered(talk, options, pat)
    boundary_talks.published(pat, talk)

    assert BoundaryChoice.objects.count() == 60
    page = text_of(client, "/fife/conversations/which-localities/open-data/")
    assert "boundary_choices.csv" not in page
    assert "How many chose which option, and where they live, is published through disclosure control" in page


def test_nobody_reads_answers_by_place_before_everything_is_there(client, talk, options, pat):
    answered(talk, options, pat)

    assert "It is shown once" in text_of(client, "/fife/conversations/which-localities/boundaries/answers/")
    kept = text_of(site.signed_in(pat), "/fife/conversations/which-localities/boundaries/answers/")
    assert "60 people took part" in kept
    assert "By locality" not in kept
    assert client.get("/fife/conversations/which-localities/boundaries/answers.csv").status_code == 404


def test_everybody_reads_the_answers_and_takes_the_counts_that_are_shown(client, talk, options, pat):
    answered(talk, options, pat)
    boundary_talks.published(pat, talk)

    page = text_of(client, "/fife/conversations/which-localities/boundaries/answers/")
    assert "60 people took part" in page
    assert "By locality: One valley" in page
    rows = client.get("/fife/conversations/which-localities/boundaries/answers.csv").content.decode("utf-8-sig")
    assert "One valley,Levenmouth,One valley,30" in rows


def test_a_page_of_boundaries_is_not_there_where_a_conversation_does_not_ask_about_them(client, fife, pat):
    boundary_talks.talks.opened(pat, site.place(fife))

    assert client.get("/fife/conversations/buses-to-the-surgery/boundaries/").status_code == 404
    assert client.get("/fife/conversations/buses-to-the-surgery/boundaries/answers/").status_code == 404
