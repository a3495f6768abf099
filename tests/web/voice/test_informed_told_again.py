"""Whoever was told an answer is told again when it changes: once for each change, and nobody else."""

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone

from factories import site, taking_part, voice_site
from locality.foundations import ResultRefused
from locality_web.core.jobs import work_once
from locality_web.members.models import Notice
from locality_web.voice.channels.letters import print_letters
from locality_web.voice.channels.models import Letter
from locality_web.voice.informed.news import gather_news
from locality_web.voice.informed.telling import begin_telling, to_tell
from locality_web.voice.models import Correspondent, Reading, SubscriptionNews, ThemeCode
from locality_web.voice.sense.answer_changes import (
    Said,
    answer_theme,
    answer_view,
    close_with_answers,
    take_up_again,
)
from locality_web.voice.sense.answer_queries import waiting_to_be_told

pytestmark = pytest.mark.django_db
NO, YES = (
    Said("not", "You asked for a bus.", "There is no money."),
    Said("will", "You asked for a bus.", "It comes in May."),
)


@pytest.fixture
def planner(fife):
    return site.person("planner", fife, name="Pat Planner")


@pytest.fixture
def talk(fife):
    return voice_site.conversation(fife, state="being_answered", title="Buses")


def told_by_mail(view, email="ann@example.org"):
    said = {"means": "email", "email": email, "confirmed_at": timezone.now()}
    return Correspondent.objects.create(contribution=view.contribution, **said)


def tell(planner, talk) -> list[str]:
    """Tell everybody who waits; gives the words of each mail that was sent."""
    before = len(mail.outbox)
    begin_telling(planner, talk)
    while work_once():
        pass
    return [each.body for each in mail.outbox[before:]]


def in_theme(view, theme):
    reading = Reading.objects.create(opinion=view, settled=True)
    ThemeCode.objects.create(reading=reading, theme=theme)


def test_a_changed_answer_is_told_once_after_the_conversation_was_taken_up_again(fife, planner, talk):
    view = voice_site.opinion(talk, "We need a bus.")
    told_by_mail(view)
    answer_view(planner, view, NO)
    (first,) = tell(planner, talk)
    close_with_answers(planner, talk, we_did="We looked at buses.")
    take_up_again(planner, talk, reason="There is money now.")
    talk.refresh_from_db()
    assert waiting_to_be_told(talk) == 0

    answer_view(planner, view, YES)
    assert waiting_to_be_told(talk) == 1
    with pytest.raises(ResultRefused, match="not told yet"):
        close_with_answers(planner, talk, we_did="The bus comes.")
    (second,) = tell(planner, talk)

    assert "There is no money." in first
    assert "It comes in May." in second
    assert "We told you of this before. Since then an answer has changed." in second
    assert "told you of this before" not in first
    with pytest.raises(ResultRefused, match="Nobody waits"):
        begin_telling(planner, talk)
    close_with_answers(planner, talk, we_did="The bus comes.")


def test_many_changes_before_anybody_is_told_make_one_telling(planner, talk):
    view = voice_site.opinion(talk)
    told_by_mail(view)
    answer_view(planner, view, NO)
    tell(planner, talk)

    for number in range(3):
        answer_view(planner, view, Said("will", "You asked.", f"It comes in {2027 + number}."))

    (only,) = tell(planner, talk)
    assert "It comes in 2029." in only


def test_the_same_words_written_anew_are_not_told(planner, talk):
    view = voice_site.opinion(talk)
    told_by_mail(view)
    answer_view(planner, view, NO)
    tell(planner, talk)

    answer_view(planner, view, NO)

    assert not to_tell(talk).exists()


def test_only_those_whose_answer_changed_are_told_again(planner, talk):
    mine, other = voice_site.opinions(talk, "A bus.", "A tree.")
    told_by_mail(mine)
    told_by_mail(other, "ben@example.org")
    answer_view(planner, mine, NO)
    answer_view(planner, other, NO)
    assert len(tell(planner, talk)) == 2

    answer_view(planner, mine, YES)
    tell(planner, talk)

    assert [each.to[0] for each in mail.outbox] == ["ann@example.org", "ben@example.org", "ann@example.org"]


def test_a_changed_answer_to_a_theme_is_told_to_everybody_in_it(planner, talk):
    theme = voice_site.theme(talk)
    mine, other, outside = voice_site.opinions(talk, "A bus.", "Two buses.", "A tree.")
    for at, view in enumerate((mine, other, outside)):
        told_by_mail(view, f"p{at}@example.org")
    in_theme(mine, theme)
    in_theme(other, theme)
    answer_theme(planner, theme, NO)
    answer_view(planner, outside, NO)
    tell(planner, talk)

    theme.refresh_from_db()
    answer_theme(planner, theme, YES)
    tell(planner, talk)

    assert sorted(each.to[0] for each in mail.outbox[3:]) == ["p0@example.org", "p1@example.org"]


def test_a_reply_that_shares_the_answer_is_told_again_with_it(planner, talk):
    view = voice_site.opinion(talk)
    reply = voice_site.opinion(talk, "So do I.", replies_to=view)
    told_by_mail(reply)
    answer_view(planner, view, NO)
    assert "There is no money." in tell(planner, talk)[0]

    answer_view(planner, view, YES)

    assert "It comes in May." in tell(planner, talk)[0]


def test_somebody_without_a_view_of_their_own_is_told_again_what_they_were_told(planner, talk):
    view = voice_site.opinion(talk)
    part = voice_site.contribution(talk)
    Correspondent.objects.create(
        contribution=part, means="email", email="vote@example.org", confirmed_at=timezone.now()
    )
    answer_view(planner, view, NO)
    assert "People said: You asked for a bus." in tell(planner, talk)[0]

    answer_view(planner, view, YES)

    assert "It comes in May." in tell(planner, talk)[0]


def test_a_letter_that_was_not_printed_is_written_anew_and_a_printed_one_is_followed_by_another(fife, planner, talk):
    view = voice_site.opinion(talk)
    Correspondent.objects.create(
        contribution=view.contribution, means="post", name="Agnes Bell", address="1 High Street"
    )
    answer_view(planner, view, NO)
    tell(planner, talk)

    answer_view(planner, view, YES)
    assert not Letter.objects.exists()
    tell(planner, talk)
    assert "It comes in May." in Letter.objects.get().text
    print_letters(planner, site.place(fife))

    answer_view(planner, view, NO)
    tell(planner, talk)
    print_letters(planner, site.place(fife))
    assert len({each.key for each in Letter.objects.all()}) == Letter.objects.count() == 2
    assert waiting_to_be_told(talk) == 0


def test_a_member_of_the_register_gets_one_notice_for_all_that_they_said_and_one_for_each_change(fife, planner, talk):
    member = taking_part.member(fife, "Mary Muir")
    first, second = (voice_site.opinion(talk, text, part={"member": member}) for text in ("A bus.", "A tree."))
    answer_view(planner, first, NO)
    answer_view(planner, second, Said("done", "You asked for a tree.", "It stands."))
    tell(planner, talk)
    (notice,) = Notice.objects.all()
    assert "There is no money." in notice.text
    assert "It stands." in notice.text

    answer_view(planner, second, Said("not", "You asked for a tree.", "It died."))
    tell(planner, talk)
    answer_view(planner, first, YES)
    tell(planner, talk)

    assert ["It died." in each.text for each in Notice.objects.order_by("pk")] == [False, True, True]
    assert not to_tell(talk).exists()


def test_those_who_subscribed_hear_that_it_was_answered_again(fife, planner, talk):
    view = voice_site.opinion(talk)
    answer_view(planner, view, NO)
    close_with_answers(planner, talk, we_did="Nothing.")
    with transaction.atomic():
        gather_news(fife)
    talk.refresh_from_db()
    take_up_again(planner, talk, reason="There is money now.")
    answer_view(planner, view, YES)
    close_with_answers(planner, talk, we_did="A bus.")

    for _ in range(2):
        with transaction.atomic():
            gather_news(fife)

    titles = SubscriptionNews.objects.filter(key__contains=":answered").order_by("pk").values_list("title", flat=True)
    assert list(titles) == ["You said, we did: Buses", "Answered again: Buses"]
