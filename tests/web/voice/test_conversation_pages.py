"""The pages of conversations: residents take part without an account or JavaScript, and keepers keep them."""

import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from factories import areas, site, talks, voice_site
from locality_web.core.models import Job
from locality_web.voice.conversations.moderation import hide_view
from locality_web.voice.conversations.translating import translate
from locality_web.voice.models import Contribution, Conversation, Flag, ModerationStep, Opinion, Support, Translation

CODE = re.compile(r"[A-Z0-9]{4}(?:-[A-Z0-9]{4}){3}")


@pytest.fixture
def planner(fife):
    return site.person("planner", fife, name="Pat Planner")


@pytest.fixture
def talk(fife, planner):
    areas.load(fife, areas.release(areas.FOUR))
    return talks.opened(planner, site.place(fife))


@pytest.fixture
def there(talk):
    return f"/fife/conversations/{talk.slug}/"


def page(client, address, **more) -> str:
    answer = client.get(address, **more)
    assert answer.status_code == 200, address
    return answer.content.decode()


def send(client, address, **said):
    return client.post(address, {"means": "none", **said})


def test_a_conversation_says_what_is_asked_what_can_change_until_when_and_how_else_to_take_part(client, there, fife):
    fife.contact = "planning@fife.example"
    fife.save()
    says = page(client, there)
    for each in (
        "How should people come to the surgery?",
        "Which buses the partnership helps to pay for.",
        "The surgery stays in Durie Street.",
        "Open until",
        "Ring 01333 000000",
        "planning@fife.example",
    ):
        assert each in says


def test_the_list_shows_what_is_open_being_answered_and_closed_by_locality(client, fife, talk):
    voice_site.conversation(fife, "levenmouth", title="Leven only", state="closed_to_views")
    voice_site.conversation(fife, "kirkcaldy", title="Kirkcaldy only", state="answered")
    voice_site.conversation(fife, title="A draft", state="draft")

    everything, leven = (page(client, f"/fife/conversations/{of}") for of in ("", "?locality=levenmouth"))

    assert "A draft" not in everything
    for each in ("Buses to the surgery", "Leven only", "Kirkcaldy only", "Being answered"):
        assert each in everything
    assert "Kirkcaldy only" not in leven
    assert "Buses to the surgery" in leven


def test_a_resident_without_an_account_says_everything_and_gets_a_receipt_that_is_shown_once(client, there, talk):
    bus, taxi, _ = talk.options.values_list("pk", flat=True)
    first, _ = talk.statements.values_list("pk", flat=True)
    how, _ = talk.questions.values_list("pk", flat=True)
    page(client, f"{there}say/")

    answer = send(
        client,
        f"{there}say/",
        view="The bus is late.",
        shown_as="Ann",
        language="en",
        place="Durie Street",
        place_view="A shelter, please.",
        age_group="16-24",
        consents="on",
        **{f"statement_{first}": "disagree", f"rank_{bus}": "1", f"rank_{taxi}": "1", f"part_{bus}": "100"},
        **{f"question_{how}": "0"},
    )

    assert answer["Location"] == f"{there}thanks/"
    thanks = client.get(f"{there}thanks/")
    assert CODE.search(thanks.content.decode())
    assert thanks["Cache-Control"] == "private, no-store"
    made = Contribution.objects.get()
    assert sorted(each.text for each in made.opinions.all()) == ["A shelter, please.", "The bus is late."]
    assert (made.ranking.order, made.age_group) == ([[bus, taxi]], "16-24")
    assert "was shown once" in page(client, f"{there}thanks/")
    shown = page(client, there)
    assert "Ann" in shown
    assert "Place:" in shown


def test_what_is_wrong_is_said_beside_each_field_and_nothing_typed_is_lost(client, there, talk):
    bus, taxi, _ = talk.options.values_list("pk", flat=True)
    said = {"view": "Keep these words", "means": "email", "email": "nobody", f"part_{bus}": "30", f"rank_{taxi}": "9"}

    says = client.post(f"{there}say/", said).content.decode()

    assert "There is a problem" in says
    assert "Write a number from 1 to 3." in says
    assert "Your parts add up to £30.00 of £100.00: £70.00 is left over" in says
    assert "This is not an e-mail address" in says
    assert "Keep these words" in says
    assert not Contribution.objects.exists()


def test_a_form_that_is_sent_twice_counts_once(client, there):
    cache.clear()
    send(client, f"{there}say/", view="Yes", once="a" * 32)
    again = send(client, f"{there}say/", view="Yes", once="a" * 32)
    assert "This was sent already. It counts once." in again.content.decode()
    assert Contribution.objects.count() == 1


def test_a_program_that_fills_in_the_field_that_nobody_sees_is_refused(client, there):
    answer = send(client, f"{there}say/", view="Buy", website="https://cheap.example")
    assert "as programs do" in answer.content.decode()
    assert not Contribution.objects.exists()


def test_nothing_that_a_resident_types_becomes_a_link_or_a_tag(client, there, talk):
    voice_site.opinion(talk, "<b>See</b> https://cheap.example/ now")
    says = page(client, there)
    assert "&lt;b&gt;See&lt;/b&gt; https://cheap.example/ now" in says
    assert 'href="https://cheap.example' not in says


def test_views_are_found_by_words_and_by_support_and_turned_page_by_page(client, there, talk):
    for number in range(25):
        voice_site.opinion(talk, f"View of number {number:02}", supporters=1 if number == 3 else 0)

    assert "View of number 24" in page(client, there)
    assert "View of number 00" not in page(client, there)
    assert "View of number 00" in page(client, f"{there}?page=2")
    supported = page(client, f"{there}?order=supported")
    assert "View of number 03" in supported
    found = page(client, f"{there}?words=number+07")
    assert "View of number 07" in found
    assert "View of number 24" not in found
    assert "View of number 24" in page(client, f"{there}?page=x&order=y")


def test_a_view_is_supported_once_by_a_browser_and_its_page_takes_replies_and_flags(client, there, talk):
    view = voice_site.opinion(talk)
    one = f"{there}views/{view.pk}/"

    for _ in range(2):
        client.post(one, {"what": "support"})
    client.post(one, {"what": "reply", "reply-view": "So do I.", "reply-shown_as": "Ben"})
    client.post(one, {"what": "flag", "flag-reason": "personal", "flag-says": "It names me"})
    Client().post(one, {"what": "support"})

    assert (Support.objects.count(), Flag.objects.get().reason) == (2, "personal")
    says = page(client, one)
    assert "So do I." in says
    assert "2 support it" in says
    assert "So do I." not in page(client, there)  # replies stand with their view


def test_an_empty_reply_says_so(client, there, talk):
    one = f"{there}views/{voice_site.opinion(talk).pk}/"
    assert "Fill this in." in client.post(one, {"what": "reply"}).content.decode()
    flagged = client.post(one, {"what": "flag"}).content.decode()
    assert "Choose an answer." in flagged
    assert "<title>Error: A view" in flagged


def test_hidden_and_withdrawn_views_have_no_page(client, there, talk):
    for state in ("hidden", "held", "withdrawn", "appealed"):
        assert client.get(f"{there}views/{voice_site.opinion(talk, state=state).pk}/").status_code == 404


def test_with_the_code_somebody_reads_why_asks_again_and_takes_words_back(client, there, talk, planner):
    send(client, f"{there}say/", view="The driver Ben Bell is rude.", consents="on")
    code = CODE.search(page(client, f"{there}thanks/")).group()
    view = Opinion.objects.get()
    hide_view(planner, view, reason="personal", says="Leave out the name.")

    own = client.post("/fife/conversations/yours/", {"code": code.lower()}).content.decode()
    assert "Your view tells something personal of somebody." in own
    assert "Leave out the name." in own
    act = {"code": code, "view": view.pk}
    client.post("/fife/conversations/yours/", {**act, "what": "appeal", "says": "He is known."})
    assert Opinion.objects.get().state == "appealed"
    client.post("/fife/conversations/yours/", {**act, "what": "withdraw"})
    assert (Opinion.objects.get().state, Opinion.objects.get().text) == ("withdrawn", "")


def test_a_wrong_code_tells_which_character_and_another_partnership_tells_nothing(client, argyll, there):
    send(client, f"{there}say/", view="Yes")
    code = CODE.search(page(client, f"{there}thanks/")).group()
    elsewhere = client.post("/argyll-and-bute/conversations/yours/", {"code": code})
    assert "There is nothing with this code here." in elsewhere.content.decode()
    assert (
        "No code has &#x27;0&#x27; in it"
        in client.post("/fife/conversations/yours/", {"code": "0" * 16}).content.decode()
    )


def test_a_closed_conversation_leads_from_its_form_to_its_page(client, there, talk):
    Conversation.objects.update(state="closed_to_views")
    assert client.get(f"{there}say/")["Location"] == there
    assert "Say what you think</a>" not in page(client, there)


def test_a_draft_is_found_by_its_keepers_alone(client, fife, as_role):
    talk = voice_site.conversation(fife, state="draft")
    there = f"/fife/conversations/{talk.slug}/"
    assert client.get(there).status_code == 404
    assert "Nobody outside sees it" in page(as_role("planner"), there)


def test_a_planner_prepares_opens_and_closes_a_conversation_on_the_pages(as_role, fife):
    browser = as_role("planner")
    today = timezone.localdate()
    said = {
        "title": "Gardens",
        "question": "Which garden?",
        "background": "There are two.",
        "open_to_change": "Which one.",
        "aims_at": "involve",
        "opens_on": today.isoformat(),
        "closes_on": today.replace(year=today.year + 1).isoformat(),
        "kinds": ["views", "survey"],
        "moderation": "before",
        "questions": "How?\n- By bus\n- On foot\nWhat?\n* Trees\n* Beds\nHow well?\n1-5\nWhy?",
    }
    page(browser, "/fife/conversations/new/")
    assert "Choose an answer." in browser.post("/fife/conversations/new/", said | {"aims_at": ""}).content.decode()

    there = browser.post("/fife/conversations/new/", said)["Location"]
    page(browser, f"{there}edit/")
    browser.post(f"{there}edit/", said | {"title": "Two gardens"})
    browser.post(f"{there}state/", {"end": "open"})
    assert "stands still" in browser.post(f"{there}edit/", said).content.decode()
    assert "Write why it closes earlier." in browser.post(f"{there}state/", {"end": "closed_to_views"}).content.decode()
    browser.post(f"{there}state/", {"end": "closed_to_views", "why": "Both are planted."})

    made = Conversation.objects.get()
    assert (made.title, made.state) == ("Two gardens", "closed_to_views")
    assert [(each.kind, len(each.choices)) for each in made.questions.all()] == [
        ("one", 2),
        ("several", 2),
        ("scale", 0),
        ("text", 0),
    ]
    assert "Both are planted." in page(browser, there)


def test_the_queue_shows_what_waits_and_lets_a_reader_decide(as_role, fife, there, talk):
    held, flagged = (voice_site.opinion(talk, text, state=state) for text, state in (("A", "held"), ("B", "shown")))
    Flag.objects.create(opinion=flagged, reason="abuse", says="It insults")
    browser = as_role("lead", "levenmouth")
    assert browser.get(f"{there}moderate/").status_code == 403  # the partnership holds it
    browser = as_role("planner")
    for part in ("held", "flagged", "appeals", "unread", "statements", "hidden"):
        page(browser, f"{there}moderate/?part={part}")
    assert "It insults" in page(browser, f"{there}moderate/?part=flagged")

    wrong = browser.post(f"{there}moderate/?part=held", {"what": "hide", "key": held.pk}).content.decode()
    assert "Choose one; the author is told." in wrong
    browser.post(f"{there}moderate/?part=held", {"what": "show", "key": held.pk})
    browser.post(f"{there}moderate/?part=flagged", {"what": "hide", "key": flagged.pk, "reason": "abuse"})

    states = dict(Opinion.objects.values_list("text", "state"))
    assert states == {"A": "shown", "B": "hidden"}
    assert ModerationStep.objects.count() == 2
    today = page(browser, "/today/")
    assert "Buses to the surgery" not in today


def test_views_that_wait_are_due_today(as_role, talk):
    voice_site.opinion(talk, state="held")
    assert "Read 1 view: Buses to the surgery" in page(as_role("planner"), "/today/")


def test_translations_of_a_conversation_and_a_view_are_entered_on_their_pages(as_role, there, talk):
    view, browser = voice_site.opinion(talk, "Autobus", language="pl"), as_role("planner")
    page(browser, f"{there}translations/")
    browser.post(f"{there}translations/", {"of": "conversation.title", "language": "gd", "text": "Busaichean"})
    page(browser, f"{there}views/{view.pk}/translate/")
    browser.post(f"{there}views/{view.pk}/translate/", {"language": "gd", "text": "Bus"})
    assert set(Translation.objects.values_list("of", "text")) == {
        ("conversation.title", "Busaichean"),
        (f"opinion:{view.pk}", "Bus"),
    }
    says = page(browser, f"/gd{there}")
    assert "Busaichean</h1>" in says
    assert "Bus</p>" in says
    assert 'lang="pl"' in page(browser, there)


def test_an_address_is_confirmed_or_erased_by_its_owner(client, there, talk):
    send(client, f"{there}say/", view="Yes", means="email", email="ann@example.org")
    link = re.search(r"/fife/conversations/told/[^\s]+", Job.objects.get().arguments["text"]).group()
    page(client, link)
    client.post(link, {"said": "yes"})
    told = Contribution.objects.get().correspondent
    assert told.confirmed_at is not None
    client.post(link, {"said": "no"})
    assert client.get(link).status_code == 410


def test_open_conversations_stand_on_the_pages_of_the_place_and_in_the_menu(client, talk):
    for address in ("/fife/", "/fife/localities/levenmouth/"):
        assert "Buses to the surgery" in page(client, address)
    assert "/fife/conversations/" in page(client, "/sitemap.xml")


@pytest.mark.parametrize("address", ["", "say/", "views/{view}/", "thanks/"])
def test_pages_of_residents_speak_gaelic_and_lead_from_one_language_to_the_other(client, there, talk, address):
    below = there + address.format(view=voice_site.opinion(talk).pk)
    gaelic, english = page(client, f"/gd{below}"), page(client, below)
    assert '<html lang="gd">' in gaelic
    assert '<html lang="en-GB">' in english
    assert f'href="{below}" lang="en-GB"' in gaelic
    assert f'href="/gd{below}" lang="gd"' in english


def test_what_was_written_in_english_says_so_on_a_gaelic_page_until_it_is_translated(client, there, talk, planner):
    bus, first = talk.options.first(), talk.statements.first()
    translate(planner, talk, of=f"statement:{first.pk}", language="gd", text="Tha am bus tric gu leòr.")

    says = client.post(f"/gd{there}say/", {"means": "none", f"part_{bus.pk}": "1"}).content.decode()

    assert '<span lang="en-GB">I can walk to the stop.</span>' in says
    assert "Tha am bus tric gu leòr." in says
    assert "Bus: Tha na pàirtean agad a&#x27; tighinn gu £1.00" in says  # in the list of faults, without tags
    assert "lang=&quot;" not in says


def test_a_resident_takes_part_in_gaelic_and_stays_in_gaelic(client, there):
    answer = send(client, f"/gd{there}say/", view="Tha am bus fadalach.", consents="on")
    assert answer["Location"] == f"/gd{there}thanks/"
    assert CODE.search(page(client, f"/gd{there}thanks/"))
    assert Opinion.objects.get().language == "gd"
