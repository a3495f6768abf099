"""A resident with JavaScript off takes part in a conversation, from list to receipt, in English and in Gaelic."""

import re

import pytest

from factories import areas, site, talks, voice_site, zone_shapes
from factories.letters import links_sent
from factories.resident import Resident
from locality_web.voice.conversations.translating import translate
from locality_web.voice.models import Contribution, Correspondent, Flag, Opinion

pytestmark = pytest.mark.browser
CODE = re.compile(r"[A-Z0-9]{4}(?:-[A-Z0-9]{4}){3}")
TITLES = {"en": "Buses to the surgery", "gd": "Busaichean dhan lèigh-lann"}
SAID = "The bus is late."


@pytest.fixture
def talk(fife):
    """Open to everybody, with every kind of question, a map, two pages of views, and a Gaelic title."""
    planner = site.person("planner", fife, name="Pat Planner")
    areas.load(fife, areas.release(areas.FOUR))
    zone_shapes.load(fife, planner)
    made = talks.opened(planner, site.place(fife), headings=("Care at home", "Community health"))
    translate(planner, made, of="conversation.title", language="gd", text=TITLES["gd"])
    voice_site.opinions(made, "A shelter at the stop would help.", *(f"A bus at {hour}." for hour in range(21)))
    return made


@pytest.fixture(params=["en", "gd"])
def resident(request, browser_page, looked_at):
    return Resident(browser_page(360, scripts=False), looked_at, request.param)


def test_a_resident_without_javascript_takes_part_from_the_list_to_the_receipt(resident, talk):
    # given the list, on which the conversation is open in her locality
    resident.open("/fife/conversations/")
    language = resident.page.locator("html").get_attribute("lang").partition("-")[0]
    resident.field("Locality").select_option("levenmouth")
    resident.press("Show")
    resident.follow(TITLES[language])

    # when she reads what others say: page by page, in another order, and with words that she looks for
    resident.follow("Next page")
    resident.reads("A shelter at the stop would help.")
    resident.field("Order").select_option("supported")
    resident.field("About").select_option("Care at home")
    resident.write("Look for words", "shelter")
    resident.press("Show")
    resident.reads("There is no view to read here yet.")

    # and says what she thinks, and parts of it are wrong
    resident.follow("Say what you think", exact=True)
    fill_in(resident, talk)
    resident.press("Send")

    # then the page says what, and keeps every word
    resident.reads("There is a problem")
    assert resident.page.locator(".ds_question--error").count() == 3
    assert resident.field("What do you think?").input_value() == SAID

    # and takes it once she has marked two places on the map, taken one off again, and mended the rest
    resident.unfold("Or mark it on a map")
    resident.press_at("input[type=image]", 150, 40)
    resident.press_at("input[type=image]", 120, 60)
    resident.press("Take place {number} off", number=1)
    assert resident.page.locator(".lp-pick__list li").count() == 1
    mend(resident, talk)
    resident.press("Send")
    resident.reads("Thank you")
    code = CODE.search(resident.page.locator("main").inner_text()).group()
    all_of_it_arrived(language)

    # and the address that she gave is asked whether it is hers
    (link,) = links_sent("ann@example.org")
    resident.open(link.removeprefix("/gd"))  # the message speaks her language, and so does its link
    resident.press("Yes, tell me")
    assert Correspondent.objects.get().confirmed_at is not None

    # and with the code she sees where her words stand, and takes them back
    with_the_code(resident, code)


def fill_in(resident, talk):
    page, (bus, taxi, _) = resident.page, talk.options.all()
    often, walk = talk.statements.all()
    how, why = talk.questions.all()
    resident.write("What do you think?", SAID)
    page.locator(f"input[name=statement_{often.pk}][value=disagree]").check(force=True)
    page.locator(f"input[name=statement_{walk.pk}][value=agree]").check(force=True)
    page.locator(f"input[name=rank_{bus.pk}]").fill("1")
    page.locator(f"input[name=rank_{taxi.pk}]").fill("9")
    page.locator(f"input[name=part_{bus.pk}]").fill("30")
    resident.write("Which place do you mean?", "Durie Street")
    page.locator(f"input[name=question_{how.pk}]").first.check(force=True)
    page.locator(f"[name=question_{why.pk}]").fill("There is no other.")
    resident.field("Your age").select_option(label=resident.tell("16 to 24"))
    resident.tick("By e-mail")
    resident.write("E-mail address", "ann")
    resident.tick("My words may be shown on this site")


def mend(resident, talk):
    bus, taxi, _ = talk.options.all()
    resident.page.locator(f"input[name=rank_{taxi.pk}]").fill("2")
    resident.page.locator(f"input[name=part_{bus.pk}]").fill("100")
    resident.write("E-mail address", "ann@example.org")


def all_of_it_arrived(language):
    made = Contribution.objects.get(channel="web", age_group="16-24")
    (view,), (mark,) = made.opinions.all(), made.marks.all()
    assert (view.text, view.language, mark.place) == (SAID, language, "Durie Street")
    assert mark.geometry["type"] == "Point"
    assert sorted(made.statement_votes.values_list("vote", flat=True)) == ["agree", "disagree"]


def with_the_code(resident, code):
    resident.open("/fife/conversations/yours/")
    resident.press("Show")
    resident.reads("Fill this in.")
    resident.write("Your code", code.lower())
    resident.press("Show")
    resident.reads(SAID)
    resident.unfold("Take my words back")
    resident.press("Erase my words")
    resident.reads("Your words are taken back and erased.")
    assert not Opinion.objects.filter(text=SAID).exists()


def test_a_resident_without_javascript_replies_to_a_view_supports_it_and_flags_it(resident, talk):
    # given a view of somebody else
    view = Opinion.objects.get(text__startswith="A shelter")
    resident.open(f"/fife/conversations/{talk.slug}/views/{view.pk}/")

    # when a reply has no words, the page says so beside the field; then it stands below the view
    resident.press("Send the reply")
    resident.reads("Fill this in.")
    resident.write("Your reply", "With a bench.")
    resident.press("Send the reply")
    resident.reads("With a bench.")

    # and support counts once for each person
    resident.press("Support this view")
    resident.press("Support this view")
    resident.reads("You support this view already. It counts once.")
    view.refresh_from_db()
    assert view.supporters == 1

    # and a flag needs a reason
    resident.press("Ask somebody to look at it")
    resident.reads("Choose an answer.")
    resident.page.get_by_role("radio").first.check(force=True)
    resident.press("Ask somebody to look at it")
    resident.reads("Thank you. Somebody will look at this view.")
    assert Flag.objects.get().opinion == view

    # and the other language is one link away
    here = resident.page.locator("html").get_attribute("lang")
    other = "English" if here == "gd" else "Gàidhlig"
    with resident.page.expect_navigation():
        resident.page.get_by_role("link", name=other, exact=True).click()
    assert resident.page.locator("html").get_attribute("lang") == ("en-GB" if here == "gd" else "gd")


def test_the_pages_of_those_who_keep_a_conversation_have_no_accessibility_faults(
    browser_page, looked_at, talk, sign_in, fife
):
    voice_site.opinion(talk, "Hold this", state="held")
    page, there = browser_page(1280), f"/fife/conversations/{talk.slug}/"
    sign_in(page, site.person("planner", fife))
    for name in ("new/", f"{talk.slug}/state/", f"{talk.slug}/moderate/", f"{talk.slug}/translations/"):
        page.goto(f"{page.site}/fife/conversations/{name}")
        looked_at(page)
    page.goto(f"{page.site}{there}views/{Opinion.objects.first().pk}/translate/")
    looked_at(page)
