"""Whoever spoke or asked in Gaelic is told in Gaelic: on pages that answer a form, by mail, by letter and on paper."""

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client
from django.utils import timezone

from factories import site, talks, voice_site, votes_site
from factories.letters import links_sent
from locality_web.core.jobs import work_once
from locality_web.members.paper_changes import print_forms
from locality_web.members.paper_sheets import sheets_of
from locality_web.voice.channels.letters import print_letters, read_letters
from locality_web.voice.informed.digests import send_digests
from locality_web.voice.informed.news import News, tell_news
from locality_web.voice.informed.poster import pdf_of, poster_of
from locality_web.voice.informed.telling import begin_telling
from locality_web.voice.models import Correspondent, Subscription

pytestmark = pytest.mark.django_db


@pytest.fixture
def planner(fife):
    return votes_site.planner(fife)


def work():
    while work_once():
        pass


def test_whoever_asks_below_gd_gets_one_question_and_each_digest_in_gaelic(fife):
    asked = Client().post("/gd/fife/keep-informed/", {"means": "email", "rhythm": "weekly", "email": "ann@example.org"})
    assert "Thoir sùil air do phost" in asked.content.decode()
    (link,) = links_sent("ann@example.org")
    assert mail.outbox[0].subject == "Fife: an e seo do sheòladh?"
    assert "/gd/fife/" in link
    assert '<html lang="gd">' in mail.outbox[0].alternatives[0][0]
    assert "Cumaidh Fife fios ri ann@example.org" in Client().post(link, {"answer": "yes"}).content.decode()

    Subscription.objects.update(told_to=timezone.now() - timezone.timedelta(days=40))
    told = News("x:1", "Have your say: Buses", "Open until 3 May 2027.", "/fife/conversations/x/", timezone.now())
    with transaction.atomic():
        tell_news(site.place(fife), told)
        send_digests(fife, timezone.now())
    work()
    assert mail.outbox[1].subject == "Naidheachdan bho Fife"
    for says in (
        "CAN DO BHEACHD: BUSES",
        "Fosgailte gu 3 an Cèitean 2027.",
        "/gd/fife/conversations/x/",
        "Dh'iarr thu:",
    ):
        assert says in mail.outbox[1].body


def test_faults_of_a_form_are_told_in_gaelic(fife):
    page = Client().post("/gd/fife/keep-informed/", {"means": "email", "rhythm": "weekly", "email": "ann"})
    assert (
        "Chan e seòladh puist-d a tha seo. Sgrìobh e mar name@example.org, no tagh litrichean." in page.content.decode()
    )


def test_what_became_of_it_is_told_in_the_language_in_which_somebody_spoke(fife, planner):
    talk = voice_site.conversation(fife, state="being_answered", title="Addiction services")
    for more in ({"means": "email", "email": "ann@example.org"}, {"means": "post", "address": "1 High Street"}):
        view = voice_site.opinion(talk, "The bus stops at five.", state="answered")
        voice_site.answered(view)
        said = {"name": "Ann Bell", "language": "gd", "confirmed_at": timezone.now(), **more}
        Correspondent.objects.create(contribution=view.contribution, **said)
    begin_telling(planner, talk)
    work()

    (message,) = mail.outbox
    assert message.subject == "Fife: dè thàinig às na thuirt daoine"
    assert "Thuirt thu: You asked for a bus stop.\nRinn sinn e. There is one now." in message.body
    assert "/gd/fife/became/" in message.body

    (letter,) = read_letters(planner, site.place(fife), print_letters(planner, site.place(fife)))
    assert letter.lang == "gd"
    assert letter.head.startswith("Fife, ")
    assert f"Litir {letter.number}" in letter.head
    assert "Chan fheum thu coimpiutair" in letter.paragraphs[-1]


def test_a_form_on_paper_and_a_poster_are_there_in_gaelic(fife, planner):
    talk = talks.opened(planner, site.place(fife))
    forms = print_forms(planner, site.place(fife), "voice.conversation", str(talk.pk), blank=1)
    (sheet,) = sheets_of(forms, language="gd")
    assert (sheet.language, sheets_of(forms)[0].language) == ("gd", "en")
    assert "Glèidh a' bhileag seo." in sheet.slip[0]
    assert "Dè do bheachd?" in [each.label for each in sheet.questions]
    keeper = site.signed_in(planner)
    numbers = f"form={forms[0].pk}&language=gd"
    assert "Cuir am foirm seo air ais gu" in keeper.get(f"/fife/paper/sheets/?{numbers}").content.decode()

    poster = keeper.get(f"/gd/fife/conversations/{talk.slug}/poster/").content.decode()
    assert "Can do bheachd gu" in poster
    assert pdf_of(poster_of(talk)).startswith(b"%PDF")


def test_a_ballot_is_cast_and_its_result_explained_in_gaelic(fife, planner, monkeypatch):
    from locality_web.voice.votes import opening

    vote, codes = votes_site.with_codes(planner, fife)
    address = f"/gd/fife/votes/{vote.pk}"
    wrong = Client().post(f"{address}/ballot/", {"voting_secret": "CCCC", "choices": ["bus"], "step": "check"})
    assert "Tha 16 caractaran ann an còd bhòtaidh; tha 4 an seo." in wrong.content.decode()
    for at, code in enumerate(codes[:12]):
        chosen = ["bus", "cafe"] if at % 3 else ["path"]
        cast = Client().post(f"{address}/ballot/", {"voting_secret": code, "choices": chosen, "step": "cast"})
        assert "Tha do bhaileat a' cunntadh".replace("'", "&#x27;") in cast.content.decode()
    votes_site.days_later(monkeypatch, 20)
    opening.close_vote(planner, vote)
    work()
    vote.refresh_from_db()
    opening.publish_vote(planner, vote)

    page = Client().get(f"{address}/result/").content.decode()
    assert "Cho-dhùin 12 bhaileat mu £5,000." in page
    assert "a thug taic dha" in page
    share = Client().post(f"{address}/check/", {"voting_secret": codes[0]}).content.decode()
    assert "Dè thàinig às do chuid" in share


def test_letters_with_voting_codes_are_printed_in_the_language_that_is_chosen(fife, planner):
    vote = votes_site.opened(planner, fife)
    said = {"means": "letter", "locality": "", "number": "", "language": "gd"}
    page = site.signed_in(planner).post(f"/fife/votes/{vote.pk}/codes/", said).content.decode()
    assert '<article class="paper" lang="gd"' in page
    assert "An còd bhòtaidh agad" in page
    assert f"/gd/fife/votes/{vote.pk}/ballot/" in page
