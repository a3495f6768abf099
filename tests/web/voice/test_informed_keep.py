"""Be kept informed without an account: asked once whether the address is one's own, and stopped by a link."""

import xml.etree.ElementTree as ET

import pytest
from django.core import mail
from django.test import Client

from factories import informed_site, site, voice_site
from factories.letters import links_sent
from locality.foundations import ResultRefused
from locality_web.core.jobs import work_once
from locality_web.core.models import AuditEvent, Job
from locality_web.voice.channels.models import Letter
from locality_web.voice.informed.changes import stop_by_letter
from locality_web.voice.informed.tokens import stop_address
from locality_web.voice.models import Subscription

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def ask(**more):
    said = {"means": "email", "rhythm": "weekly", "email": "ann@example.org", **more}
    return Client().post("/fife/keep-informed/", said)


def path_of(address: str) -> str:
    return address.partition("//")[2].partition("/")[1] + address.partition("//")[2].partition("/")[2]


def test_an_address_gets_one_question_and_nothing_else_until_its_owner_says_yes(fife):
    for locality in ("levenmouth", "kirkcaldy", "levenmouth"):
        assert ask(locality=locality).status_code == 200

    (link,) = links_sent("ann@example.org")
    assert [each.subject for each in mail.outbox] == ["Fife: is this your address?"]
    assert Subscription.objects.filter(confirmed_at__isnull=True).count() == 2

    Client().get(link)
    assert not Subscription.objects.filter(confirmed_at__isnull=False).exists()
    page = Client().post(link, {"answer": "yes"}).content.decode()
    assert "News of Kirkcaldy" in page
    assert Subscription.objects.filter(confirmed_at__isnull=False).count() == 2


def test_an_owner_who_says_no_is_erased(fife):
    ask()
    (link,) = links_sent("ann@example.org")

    Client().post(link, {"answer": "no"})

    assert not Subscription.objects.exists()


def test_the_page_says_the_same_whether_or_not_an_address_is_known(fife):
    informed_site.subscription(fife, "ann@example.org")

    assert ask().content == ask(email="ben@example.org").content


def test_what_is_missing_is_said_beside_its_field(fife):
    assert "This is not an e-mail address" in ask(email="ann").content.decode()
    page = ask(means="post", email="").content.decode()
    assert page.count("A letter needs a name and an address.") == 4, "at the top and beside each of the two"


def test_opening_a_stop_link_asks_and_sending_it_erases_the_address(fife):
    kept = informed_site.subscription(fife)
    link = path_of(stop_address(fife, [kept]))

    assert "Stop being kept informed" in Client().get(link).content.decode()
    assert Subscription.objects.exists()
    assert "Your address is erased" in Client().post(link).content.decode()
    assert not Subscription.objects.exists()
    assert Client().get(link).status_code == 200


def test_a_mail_program_stops_it_with_one_word_and_no_cookie(fife):
    kept = informed_site.subscription(fife)
    browser = Client(enforce_csrf_checks=True)

    browser.post(path_of(stop_address(fife, [kept])), {"List-Unsubscribe": "One-Click"})

    assert not Subscription.objects.exists()


def test_a_link_that_is_not_ours_opens_nothing(fife, argyll):
    kept = informed_site.subscription(fife)

    assert Client().get("/fife/keep-informed/stop/forged/").status_code == 404
    elsewhere = path_of(stop_address(fife, [kept])).replace("/fife/", "/argyll-and-bute/")
    Client().post(elsewhere)
    assert Subscription.objects.exists()


def test_whoever_says_so_by_letter_or_telephone_gets_no_more_letters(fife):
    kept = informed_site.subscription(fife, means="post")
    letter = Letter.objects.create(partnership=fife, subscription=kept, key="a", subject="News", text="News.")
    planner = site.person("planner", fife)

    stop_by_letter(planner, site.place(fife), letter.pk)

    assert not Subscription.objects.exists()
    with pytest.raises(ResultRefused, match="no letter"):
        stop_by_letter(planner, site.place(fife), letter.pk)


def test_the_feed_is_valid_atom_with_news_of_what_was_chosen(fife):
    voice_site.conversation(fife, "levenmouth", title="Buses & <trams>")
    voice_site.conversation(fife, "kirkcaldy", title="Clinics")
    voice_site.conversation(fife, title="A draft", state="draft", opened_at=None)

    answer = Client().get("/fife/news.atom?locality=levenmouth")

    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ET.fromstring(answer.content)
    assert {"id", "title", "updated", "author"} <= {each.tag.removeprefix(ATOM) for each in feed}
    (entry,) = feed.findall(f"{ATOM}entry")
    assert entry.find(f"{ATOM}title").text == "Have your say: Buses & <trams>"
    assert {"id", "title", "updated", "link", "summary"} == {each.tag.removeprefix(ATOM) for each in entry}


def test_a_feed_of_a_place_has_news_of_its_locality(fife):
    voice_site.conversation(fife, title="Everywhere")

    feed = ET.fromstring(Client().get("/fife/news.atom?zone=S01").content)

    assert [each.find(f"{ATOM}title").text for each in feed.findall(f"{ATOM}entry")] == ["Have your say: Everywhere"]


def test_nothing_in_the_record_says_who_asked(fife):
    ask()
    links_sent("ann@example.org")
    while work_once():
        pass

    told = " ".join(f"{each.says} {each.subject} {each.detail}" for each in AuditEvent.objects.all())
    assert "ann" not in told
    assert not Job.objects.filter(state="failed").exists()


def test_the_short_address_of_a_poster_leads_to_the_conversation(fife):
    talk = voice_site.conversation(fife)

    assert Client().get(f"/fife/c/{talk.pk}/")["Location"] == f"/fife/conversations/{talk.slug}/"


def test_a_poster_is_there_as_a_page_and_as_a_pdf(fife):
    talk = voice_site.conversation(fife, title="Buses to the surgery")
    keeper = site.signed_in(site.person("planner", fife))

    page = keeper.get(f"/fife/conversations/{talk.slug}/poster/").content.decode()
    pdf = keeper.get(f"/fife/conversations/{talk.slug}/poster.pdf")

    assert f"/fife/c/{talk.pk}/" in page
    assert "<svg" in page
    assert pdf.content.startswith(b"%PDF")
