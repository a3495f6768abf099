"""What became of my view? The code is typed, never in an address; nobody else's words are shown."""

import pytest
from django.core import mail
from django.test import Client

from factories import site, talks, voice_site
from factories.letters import links_sent
from locality_web.voice.conversations.changes import Came, Said, Tell, View, contribute
from locality_web.voice.models import Correspondent, Opinion

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk(fife):
    return talks.opened(site.person("planner", fife), site.place(fife), kinds=("views",))


@pytest.fixture
def received(fife, talk):
    said = Said(views=(View("The bus stops at five."),), consents=True)
    return contribute(site.place(fife), talk, said, Came("web"))


def show(received, **more) -> str:
    return Client().post("/fife/became/", {"code": received.receipt, **more}).content.decode()


def test_a_view_is_shown_with_its_state_and_its_answer(talk, received):
    voice_site.opinion(talk, "Somebody else's words.")
    view = Opinion.objects.get(contribution=received.contribution)
    voice_site.answered(view)
    Opinion.objects.filter(pk=view.pk).update(state="answered")

    page = show(received)

    assert "The bus stops at five." in page
    assert "There is one now." in page
    assert "Somebody else" not in page


def test_a_code_in_an_address_opens_nothing(received):
    page = Client().get(f"/fife/became/?code={received.receipt}").content.decode()

    assert "The bus stops at five." not in page


def test_a_wrong_code_and_that_of_another_place_get_the_same_words(fife, argyll, received):
    elsewhere = Client().post("/argyll-and-bute/became/", {"code": received.receipt}).content.decode()
    wrong = Client().post("/argyll-and-bute/became/", {"code": "CFHJ-KMN4-CFHJ-KMN4"}).content.decode()

    says = "There is nothing with this code here. Compare each character."
    assert says in elsewhere
    assert says in wrong or "a character is wrong" in wrong


def test_whoever_has_the_code_takes_their_words_back(received):
    view = Opinion.objects.get()

    page = show(received, what="withdraw", view=view.pk)

    assert "The bus stops at five." not in page
    assert Opinion.objects.get().text == ""


def test_a_hidden_view_can_be_appealed(received):
    Opinion.objects.update(state="hidden")

    show(received, what="appeal", view=Opinion.objects.get().pk, says="It breaks no rule.")

    assert Opinion.objects.get().state == "appealed"


def test_an_appeal_without_a_reason_is_said_beside_its_field_and_in_the_title(received):
    Opinion.objects.update(state="hidden")
    view = Opinion.objects.get()

    page = show(received, what="appeal", view=view.pk, says=" ")

    assert "<title>Error: What became of my view?" in page
    assert f'href="#id_says_{view.pk}"' in page
    assert f'aria-describedby="id_says_{view.pk}_error"' in page
    assert Opinion.objects.get().state == "hidden"


def test_a_wrong_address_is_said_beside_its_field_and_in_the_title(received):
    page = show(received, what="tell", means="email", email="ann")

    assert "<title>Error: What became of my view?" in page
    assert 'href="#id_email"' in page
    assert not Correspondent.objects.exists()


def test_somebody_changes_how_they_are_told_and_the_owner_is_asked(received):
    show(received, what="tell", means="email", email="ann@example.org")

    kept = Correspondent.objects.get()
    assert kept.confirmed_at is None
    assert len(links_sent("ann@example.org")) == 1
    assert [each.subject for each in mail.outbox] == ["Fife: is this your address?"]


def test_at_their_word_how_they_can_be_reached_is_erased(fife, talk):
    how = Tell("post", name="Agnes Bell", address="1 High Street")
    said = Said(views=(View("The bus stops at five."),), tell=how)
    received = contribute(site.place(fife), talk, said, Came("web"))

    page = show(received, what="tell", means="none")

    assert "erased" in page
    assert not Correspondent.objects.exists()


def test_what_is_missing_is_said(received):
    assert "A letter needs a name and an address" in show(received, what="tell", means="post")


def test_codes_are_not_tried_without_end(received, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "receipt_code": "2/m/ip"}
    browser = Client()
    answers = [browser.post("/fife/became/", {"code": "CFHJ-KMNJ"}).status_code for _ in range(4)]

    assert answers[-1] == 429
