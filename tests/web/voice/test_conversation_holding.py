"""Keepers prepare a conversation, open it, close it; what was asked stands still from its opening on."""

import datetime as dt

import pytest
from django.db import transaction
from django.utils import timezone

from factories import site, talks, voice_site
from locality.foundations import InputRefused, ResultRefused
from locality_web.core.models import AuditEvent
from locality_web.core.permissions import NotAllowed
from locality_web.voice.conversations import holding
from locality_web.voice.conversations.holding import (
    change_conversation,
    close_conversation,
    open_conversation,
    prepare_conversation,
    reopen_conversation,
    withdraw_conversation,
)
from locality_web.voice.conversations.translating import translate
from locality_web.voice.models import Conversation, Correspondent, Option, Question, Translation

DAY = dt.timedelta(days=1)


@pytest.fixture
def lead(fife):
    return site.person("lead", fife, "levenmouth", name="Dr Ann Reid")


@pytest.fixture
def here(fife):
    return site.place(fife, "levenmouth")


@pytest.fixture
def draft(lead, here):
    return prepare_conversation(lead, here, talks.prepared())


def says(do) -> list[str]:
    with pytest.raises(InputRefused) as refused:
        do()
    return [f"{each.column}: {each.what}" for each in refused.value.faults]


def reason(do) -> str:
    with pytest.raises(ResultRefused) as refused:
        do()
    return refused.value.reason


def test_a_lead_prepares_a_conversation_of_their_own_locality_alone(lead, here, fife):
    made = prepare_conversation(lead, here, talks.prepared())

    assert (made.slug, made.state, made.held_by.slug) == ("buses-to-the-surgery", "draft", "levenmouth")
    assert [each.slug for each in made.localities.all()] == ["levenmouth"]
    assert [each.title for each in made.options.all()] == ["Bus", "Taxi card", "Volunteers"]
    assert AuditEvent.objects.last().says == "Prepared a conversation: Buses to the surgery"
    with pytest.raises(NotAllowed):
        prepare_conversation(lead, site.place(fife, "kirkcaldy"), talks.prepared())


def test_two_of_one_title_have_addresses_of_their_own(lead, here):
    first, second = (prepare_conversation(lead, here, talks.prepared(title="New")) for _ in range(2))
    assert (first.slug, second.slug) == ("new-2", "new-3")  # "new" is the page on which one is prepared


def test_every_fault_of_a_conversation_is_said_at_once(lead, here):
    wanted = talks.prepared(
        title=" ",
        open_to_change="",
        closes_on=timezone.localdate() - DAY,
        kinds=("statements", "dividing"),
        statements=(),
        divides_pence=None,
        aims_at="persuade",
        asks_why="",
    )
    assert says(lambda: prepare_conversation(lead, here, wanted)) == [
        "title: The title is missing",
        "open_to_change: It is not said what is open to change",
        "asks_why: It is not said why people are asked about themselves",
        "closes_on: The last day is before the first",
        "statements: There is no statement yet",
        "divides_pence: The sum that people divide is missing",
        "aims_at: The level at which it aims is missing",
    ]


def test_a_draft_changes_and_what_was_opened_stands_still(lead, draft):
    change_conversation(lead, draft, talks.prepared(question="Which bus?", options=talks.prepared().options[:2]))
    open_conversation(lead, draft)

    kept = Conversation.objects.get()
    assert (kept.question, kept.options.count(), kept.state) == ("Which bus?", 2, "open")
    assert reason(lambda: change_conversation(lead, kept, talks.prepared(question="Which road?"))) == (
        "What was asked stands still: people have answered it, or could have."
    )
    assert Conversation.objects.get().question == "Which bus?"


def test_a_conversation_opens_only_with_its_background_and_before_its_last_day(lead, here):
    today = timezone.localdate()
    bare = prepare_conversation(lead, here, talks.prepared(background=""))
    over = prepare_conversation(lead, here, talks.prepared(opens_on=today - 9 * DAY, closes_on=today - DAY))

    assert reason(lambda: open_conversation(lead, bare)) == (
        "This must hold first: The question and its background are written in plain words."
    )
    assert "the last day has not passed" in reason(lambda: open_conversation(lead, over))


def test_closing_before_the_last_day_needs_a_reason_that_everybody_can_read(lead, draft):
    talk = open_conversation(lead, draft)
    voice_site.opinion(talk, part={"people": 4})

    assert says(lambda: close_conversation(lead, talk))[0].startswith("why: People were told that they can take part")
    close_conversation(lead, talk, why="The surgery burnt down.")

    kept = Conversation.objects.get()
    assert (kept.state, kept.state_why) == ("closed_to_views", "The surgery burnt down.")
    detail = AuditEvent.objects.last().detail
    assert (detail["views"], detail["people"]) == (1, 4)


def test_it_opens_again_with_a_reason_and_a_new_last_day(lead, draft):
    talk = close_conversation(lead, open_conversation(lead, draft), why="By mistake")
    later = timezone.localdate() + 40 * DAY

    assert len(says(lambda: reopen_conversation(lead, talk, closes_on=timezone.localdate() - DAY, why=""))) == 2
    reopen_conversation(lead, talk, closes_on=later, why="It was closed by mistake.")

    kept = Conversation.objects.get()
    assert (kept.state, kept.closes_on, kept.closed_at) == ("open", later, None)


def test_it_is_withdrawn_once_those_who_took_part_were_told(lead, draft):
    talk = open_conversation(lead, draft)
    part = voice_site.contribution(talk)
    told = Correspondent.objects.create(contribution=part, means="post", name="Ann", address="Leven")

    assert says(lambda: withdraw_conversation(lead, talk, why=" ")) == ["why: The reason is missing"]
    assert "was told" in reason(lambda: withdraw_conversation(lead, talk, why="No money."))
    told.told_at = timezone.now()
    told.save()
    withdraw_conversation(lead, talk, why="No money.")

    assert Conversation.objects.get().state == "withdrawn"


@pytest.mark.parametrize("role", ["member", "finance", "executive"])
def test_only_those_who_may_hold_a_conversation_take_its_steps(role, fife, draft):
    someone = site.person(role, fife, "levenmouth" if role == "member" else None)
    steps = (
        lambda: prepare_conversation(someone, site.place(fife, "levenmouth"), talks.prepared()),
        lambda: change_conversation(someone, draft, talks.prepared()),
        lambda: open_conversation(someone, draft),
        lambda: close_conversation(someone, draft),
        lambda: reopen_conversation(someone, draft, closes_on=draft.closes_on, why="Why"),
        lambda: withdraw_conversation(someone, draft, why="Why"),
        lambda: translate(someone, draft, of="conversation.title", language="gd", text="Busaichean"),
    )
    for step in steps:
        with pytest.raises(NotAllowed):
            step()


def test_a_translation_is_entered_by_a_person_and_says_who(lead, draft):
    translate(lead, draft, of="conversation.title", language="gd", text="Busaichean dhan lèigh-lann")
    translate(lead, draft, of="conversation.title", language="gd", text="Busaichean")

    kept = Translation.objects.get()
    assert (kept.text, kept.by_name) == ("Busaichean", "Dr Ann Reid")
    assert says(lambda: translate(lead, draft, of="conversation.state", language="xx", text=" ")) == [
        "of: There is no such text",
        "language: This language is not in the list",
        "text: There is nothing written yet",
    ]


def test_a_change_that_breaks_half_way_leaves_the_draft_as_it_was(lead, draft, monkeypatch):
    def broken(*_, **__):
        raise RuntimeError("the power went")

    monkeypatch.setattr(holding, "record", broken)
    with pytest.raises(RuntimeError), transaction.atomic():
        change_conversation(lead, draft, talks.prepared(title="Other", options=(), kinds=("views",)))

    assert (Conversation.objects.get().title, Option.objects.count(), Question.objects.count()) == (
        "Buses to the surgery",
        3,
        2,
    )
