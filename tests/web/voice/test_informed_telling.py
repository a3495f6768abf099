"""Everybody who took part is told what became of it, by the means they chose, once; then their addresses go."""

import datetime as dt

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from factories import site, taking_part, voice_site
from locality.foundations import ResultRefused
from locality_web.core.jobs import work_once
from locality_web.core.models import AuditEvent, Job
from locality_web.core.permissions import NotAllowed
from locality_web.members.models import Notice
from locality_web.voice.channels.forgetting import FORGET
from locality_web.voice.channels.letters import mark_posted, print_letters
from locality_web.voice.channels.models import Letter
from locality_web.voice.conversations.holding import withdraw_conversation
from locality_web.voice.informed.telling import begin_telling, to_tell
from locality_web.voice.models import Correspondent
from locality_web.voice.sense.answer_queries import waiting_to_be_told

pytestmark = pytest.mark.django_db
ADDRESS = "1 High Street\nLeven"


@pytest.fixture
def planner(fife):
    return site.person("planner", fife, name="Pat Planner")


@pytest.fixture
def talk(fife):
    return voice_site.conversation(fife, state="being_answered", title="Addiction services")


def took_part(talk, **how):
    """Somebody whose view is answered, and how they want to be told."""
    view = voice_site.opinion(talk, "The bus stops at five.", state="answered")
    voice_site.answered(view)
    if how:
        Correspondent.objects.create(contribution=view.contribution, **how)
    return view


def by_mail(talk, confirmed=True):
    return took_part(talk, means="email", email="ann@example.org", confirmed_at=timezone.now() if confirmed else None)


def by_post(talk):
    return took_part(talk, means="post", name="Agnes Bell", address=ADDRESS)


def work():
    while work_once():
        pass


def test_a_confirmed_address_gets_the_answer_and_the_subject_says_nothing_of_it(planner, talk):
    by_mail(talk)

    begin_telling(planner, talk)
    work()

    (message,) = mail.outbox
    assert message.subject == "Fife: what became of what people said"
    assert "You said: You asked for a bus stop.\nWe did it. There is one now." in message.body
    assert "stops at five" not in message.body
    assert waiting_to_be_told(talk) == 0


def test_an_address_that_nobody_confirmed_gets_nothing(planner, talk):
    by_mail(talk, confirmed=False)

    with pytest.raises(ResultRefused, match="Nobody waits"):
        begin_telling(planner, talk)


def test_who_chose_post_is_told_when_the_letter_is_printed_and_once(fife, planner, talk):
    by_post(talk)
    begin_telling(planner, talk)
    work()
    assert (Letter.objects.count(), waiting_to_be_told(talk)) == (1, 1)

    batch = print_letters(planner, site.place(fife))

    assert waiting_to_be_told(talk) == 0
    assert not to_tell(talk).exists()
    page = site.signed_in(planner).get(f"/fife/keep-informed/letters/{batch.pk}/").content.decode()
    assert "Agnes Bell<br>1 High Street<br>Leven" in page
    assert "There is one now." in page
    with pytest.raises(ResultRefused, match="No letter waits"):
        print_letters(planner, site.place(fife))


def test_posted_letters_are_not_shown_again(fife, planner, talk):
    by_post(talk)
    begin_telling(planner, talk)
    work()
    batch = print_letters(planner, site.place(fife))

    mark_posted(planner, site.place(fife), batch, on=timezone.localdate())

    page = site.signed_in(planner).get(f"/fife/keep-informed/letters/{batch.pk}/").content.decode()
    assert "Agnes Bell" not in page
    told = AuditEvent.objects.filter(kind__startswith="voice.letters")
    assert [each.kind for each in told.order_by("number")] == ["voice.letters_printed", "voice.letters_posted"]
    assert "Agnes" not in " ".join(each.says for each in told)


def test_a_member_of_the_register_is_told_by_a_notice(fife, planner, talk):
    view = took_part(talk)
    view.contribution.member = taking_part.member(fife, "Mary Muir")
    view.contribution.save()

    begin_telling(planner, talk)
    work()

    assert Notice.objects.get().subject == "Fife: what became of what people said"
    assert not to_tell(talk).exists()


def test_nobody_is_told_before_every_view_has_its_answer(planner, talk):
    by_mail(talk)
    voice_site.opinion(talk, "And a clinic?")

    with pytest.raises(ResultRefused):
        begin_telling(planner, talk)


def test_only_those_who_answer_may_tell(fife, talk):
    by_mail(talk)

    with pytest.raises(NotAllowed):
        begin_telling(site.person("finance", fife), talk)


def test_addresses_are_erased_some_time_after_their_owners_were_told(planner, talk):
    by_mail(talk)
    begin_telling(planner, talk)
    work()
    assert Correspondent.objects.count() == 1

    Correspondent.objects.update(told_at=timezone.now() - dt.timedelta(days=91))
    Job.objects.filter(kind=FORGET).update(run_after=timezone.now())
    work()

    assert not Correspondent.objects.exists()


def test_the_keepers_page_says_how_many_wait_and_tells_them(planner, talk):
    by_mail(talk)
    by_post(talk)
    keeper = site.signed_in(planner)

    assert "2</strong> contributions wait" in keeper.get(f"/fife/conversations/{talk.slug}/tell/").content.decode()
    keeper.post(f"/fife/conversations/{talk.slug}/tell/")
    work()

    page = keeper.get(f"/fife/conversations/{talk.slug}/tell/").content.decode()
    assert "1 letter waits to be printed" in page
    assert "1 person was not told yet." in page
    assert Client().get(f"/fife/conversations/{talk.slug}/tell/").status_code == 302


def test_before_a_conversation_is_withdrawn_those_who_took_part_are_told_why(fife, planner):
    talk = voice_site.conversation(fife)
    view = voice_site.opinion(talk)
    Correspondent.objects.create(
        contribution=view.contribution, means="email", email="ann@example.org", confirmed_at=timezone.now()
    )

    site.signed_in(planner).post(f"/fife/conversations/{talk.slug}/tell/", {"why": "The board decided already."})
    work()

    (message,) = mail.outbox
    assert "It does not go on. This is why: The board decided already." in message.body
    assert withdraw_conversation(planner, talk, why="The board decided already.").state == "withdrawn"
