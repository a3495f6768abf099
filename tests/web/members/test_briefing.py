"""The briefing says in plain words what a locality is, does, must do and has; for easy read the words are measured."""

import datetime as dt
import re

import pytest

from factories import areas, meetings_site, site, voices
from locality_web.core.models import PartnershipSetting
from locality_web.members.briefing import next_plan
from locality_web.members.models import Meeting
from locality_web.members.pages import briefing_page, for_a_voice, say_day

HERE = "/fife/localities/levenmouth/briefing/"
# Own choice: ten words a sentence and one idea a line for easy read; a school grade of 5 is read at about ten years.
MOST_WORDS = 10
MOST_GRADE = 5.0
MOST_GRADE_OF_THE_FULL_TEXT = 9.0


def words_of(sentence: str) -> list[str]:
    return re.findall(r"[A-Za-z0-9@.'’-]*[A-Za-z0-9]", sentence)


def syllables(word: str) -> int:
    """Count groups of vowels; a silent e at the end does not count."""
    found = len(re.findall(r"[aeiouy]+", re.sub(r"(?<=[^aeiouyl])e$", "", word.lower())))
    return max(1, found)


def grade(sentences: list[str]) -> float:
    """The Flesch-Kincaid grade: the school year, counted from 1, at which a text is read."""
    words = [word for sentence in sentences for word in words_of(sentence)]
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


@pytest.fixture
def briefing(fife, lead):
    areas.load(fife, areas.release(areas.FOUR))
    fife.contact = "plans@fife.example"
    fife.save()
    return briefing_page(site.place(fife, "levenmouth"))


def test_every_question_is_answered(briefing):
    assert [answer.question for answer in briefing.answers] == [
        "What is Levenmouth?",
        "What must it do, and by when?",
        "What does it have?",
        "Who leads it?",
        "How can you take part?",
    ]
    assert all(answer.facts and answer.easy for answer in briefing.answers)


def test_it_is_made_of_the_localitys_own_facts(client, briefing):
    text = client.get(HERE).content.decode()

    assert "200 people live in Levenmouth." in text
    assert "Dr Ann Reid (GP, Leven Surgery, Levenmouth cluster) leads the locality until" in text
    assert "plans@fife.example" in text


def test_a_locality_without_lead_and_figures_has_a_briefing_that_says_so(client, fife):
    text = client.get("/fife/localities/kirkcaldy/briefing/").content.decode()

    assert "Kirkcaldy has no lead at the moment. Fife has to appoint one." in text


def test_the_next_plan_is_due_a_month_before_its_year_unless_the_partnership_says_otherwise(fife):
    place = site.place(fife, "levenmouth")
    assert next_plan(place, dt.date(2026, 11, 22)) == ("2027/28", dt.date(2027, 2, 28))
    assert next_plan(place, dt.date(2027, 2, 28)) == ("2027/28", dt.date(2027, 2, 28))
    assert next_plan(place, dt.date(2027, 3, 1)) == ("2028/29", dt.date(2028, 2, 29))

    PartnershipSetting.objects.create(
        partnership=fife, name="members.plan_due_days", value=60, reason="Board meets then."
    )
    fresh = site.place(type(fife).objects.get(pk=fife.pk), "levenmouth")
    assert next_plan(fresh, dt.date(2026, 11, 22)) == ("2027/28", dt.date(2027, 1, 31))


def test_every_sentence_of_the_easy_read_is_short_and_holds_one_idea(briefing):
    sentences = [sentence for answer in briefing.answers for sentence in answer.easy]

    assert [each for each in sentences if len(words_of(each)) > MOST_WORDS] == []
    assert [each for each in sentences if len(re.findall(r"[.!?](?=\s|$)", each)) != 1] == []
    assert [each for each in sentences if re.search(r"[;:()]|\b(which|whose|however|therefore)\b", each)] == []


def test_the_easy_read_can_be_read_at_ten_years_and_the_full_text_at_fourteen(briefing):
    easy = [sentence for answer in briefing.answers for sentence in answer.easy if "@" not in sentence]
    full = [
        sentence
        for answer in briefing.answers
        for fact in answer.facts
        for sentence in re.split(r"(?<=[.:])\s+", fact.says)
    ]

    assert grade(easy) <= MOST_GRADE
    assert grade(full) <= MOST_GRADE_OF_THE_FULL_TEXT


def test_the_measure_of_reading_tells_hard_text_from_easy():
    assert grade(["The cat sat on the mat."]) < 1
    assert grade(["Multidisciplinary commissioning arrangements necessitate collaborative governance."]) > 15


def test_large_print_has_its_own_look_and_every_form_links_to_the_others(client, briefing):
    assert "briefing--large" not in client.get(HERE).content.decode()
    large = client.get(f"{HERE}?size=large").content.decode()
    assert "briefing briefing--large" in large
    for address in (f'"{HERE}"', f'"{HERE}easy-read/"', f'"{HERE}text/"'):
        assert address in large


def test_the_plain_text_can_be_read_out(client, briefing):
    answer = client.get(f"{HERE}text/")

    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    text = answer.content.decode()
    assert "Dr Ann Reid, GP, Leven Surgery, Levenmouth cluster, leads the locality" in text
    assert not re.search(r"[£<>()/&]", text)


def test_signs_become_words_for_a_voice():
    assert for_a_voice("It has £12.3 million for 2027/28.") == "It has 12.3 million pounds for 2027 to 2028."
    assert for_a_voice("It spends £1,234.") == "It spends 1,234 pounds."
    assert for_a_voice("It has £68.4m, or £1.2bn.") == "It has 68.4 million pounds, or 1.2 billion pounds."
    assert for_a_voice("Ann Reid (GP) leads.") == "Ann Reid, GP, leads."
    assert for_a_voice("It is decided (decision 2).") == "It is decided, decision 2."


@pytest.fixture
def planned(briefing, planner, levenmouth):
    """Two carers on three seats, one of them housing's; a meeting to come, and one with published minutes."""
    meetings_site.seated(levenmouth, "Cy Low", shown="name")
    meetings_site.seated(levenmouth, "Di Orr", group="housing")
    voices.seat(levenmouth.partnership, levenmouth.locality, "third-sector")
    coming = meetings_site.planned(planner, levenmouth, where="Leven library, 1 High Street. Ring the bell.")
    past = meetings_site.begun(meetings_site.planned(planner, levenmouth, title="Before"))
    Meeting.objects.filter(pk=past.pk).update(state="minuted")
    return coming, past


def test_it_says_how_many_plan_for_whom_they_speak_and_who_has_no_voice(levenmouth, planned):
    says = [fact.says for answer in briefing_page(levenmouth).answers for fact in answer.facts if answer.name == "who"]

    assert "2 people plan with the lead. They speak for: Housing and Carers." in says
    assert [each for each in says if re.match(r"\d+ groups have no voice yet: .*Third sector", each)]
    assert not any("Cy Low" in each for each in says)


def test_it_leads_to_the_next_meeting_and_to_the_minutes(client, levenmouth, planned):
    coming, past = planned
    page = client.get(HERE).content.decode()

    assert f"The group meets next on {say_day(coming.starts.date())} at 18:30" in page
    assert "The place is Leven library, 1 High Street. Tell us if you want to come." in page
    for meeting in (coming, past):
        assert f'href="/fife/localities/levenmouth/meetings/{meeting.pk}/"' in page


def test_a_meeting_that_is_not_for_everybody_is_not_named(levenmouth, planned):
    Meeting.objects.update(public=False)
    text = briefing_page(levenmouth).as_text()

    assert "No public meeting is planned at the moment." in text
    assert "minutes" not in text


def test_it_says_how_to_take_part_without_a_computer(client, briefing):
    assert "You need no computer to take part." in client.get(HERE).content.decode()
    assert "You do not need a computer." in client.get(f"{HERE}easy-read/").content.decode()
    assert "You need no computer to take part." in client.get(f"{HERE}text/").content.decode()


def test_with_a_group_and_meetings_every_sentence_is_still_easy(levenmouth, planned):
    answers = briefing_page(levenmouth).answers
    sentences = [sentence for answer in answers for sentence in answer.easy]

    assert [each for each in sentences if len(words_of(each)) > MOST_WORDS] == []
    assert [each for each in sentences if len(re.findall(r"[.!?](?=\s|$)", each)) != 1] == []
    assert grade([each for each in sentences if "@" not in each]) <= MOST_GRADE
