"""A resident with JavaScript off takes part in a conversation, from list to receipt, in English and in Gaelic."""

import os
import re

import pytest

from factories import areas, browsing, site, talks, voice_site
from locality_web.voice.conversations.translating import translate
from locality_web.voice.models import Contribution, Opinion

pytestmark = pytest.mark.browser
CODE = re.compile(r"[A-Z0-9]{4}(?:-[A-Z0-9]{4}){3}")
WORDS = {
    "en": {
        "title": "Buses to the surgery",
        "say": "Say what you think",
        "think": "What do you think?",
        "agree": "Disagree",
        "place": "Which place do you mean?",
        "age": "Your age",
        "young": "16 to 24",
        "consent": "My words may be shown on this site",
        "send": "Send",
        "problem": "There is a problem",
        "thanks": "Thank you",
        "back": "Back to the conversation",
        "open": "Support or reply",
        "support": "Support this view",
        "supported": "Your support is counted.",
        "other": "Gàidhlig",
    },
    "gd": {
        "title": "Busaichean dhan lèigh-lann",
        "say": "Can do bheachd",
        "think": "Dè do bheachd?",
        "agree": "Easaontachadh",
        "place": "Dè an t-àite a tha thu a' ciallachadh?",
        "age": "D' aois",
        "young": "16 gu 24",
        "consent": "Faodar mo bhriathran a shealltainn air an làrach seo",
        "send": "Cuir",
        "problem": "Tha duilgheadas ann",
        "thanks": "Tapadh leat",
        "back": "Air ais dhan chòmhradh",
        "open": "Thoir taic no freagair",
        "support": "Thoir taic dhan bheachd seo",
        "supported": "Tha do thaic air a cunntadh.",
        "other": "English",
    },
}


@pytest.fixture
def talk(fife):
    """Open to everybody, with a Gaelic title that somebody entered."""
    areas.load(fife, areas.release(areas.FOUR))
    planner = site.person("planner", fife, name="Pat Planner")
    made = talks.opened(planner, site.place(fife))
    translate(planner, made, of="conversation.title", language="gd", text=WORDS["gd"]["title"])
    voice_site.opinion(made, "A shelter at the stop would help.")
    return made


def look(page, name, mirror=None):
    """Look for accessibility faults on a phone and on a desk, after every step.

    Where scripts are off, axe cannot run: a second page shows the very same answer of the site, with scripts on.
    """
    if mirror is not None:
        answer, address = page.content(), page.url.partition("#")[0]
        mirror.route(address, lambda route: route.fulfill(body=answer, content_type="text/html; charset=utf-8"))
        mirror.goto(address)
        mirror.unroute(address)
        page = mirror
    for width in (360, 1280):
        browsing.check_axe_at(page, width)
        if folder := os.environ.get("PICTURES"):
            page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)


def click(page, element):
    with page.expect_navigation():
        element.click()


@pytest.mark.parametrize("language", ["en", "gd"])
def test_a_resident_without_javascript_takes_part_from_the_list_to_the_receipt(browser_page, talk, language):
    said, page, mirror = WORDS[language], browser_page(360, scripts=False), browser_page(360)
    prefix = "" if language == "en" else "/gd"
    bus, *_ = talk.options.all()

    # given the list, on which the conversation is open
    page.goto(f"{page.site}{prefix}/fife/conversations/")
    look(page, f"list-{language}", mirror)
    assert page.locator("html").get_attribute("lang") == ("en-GB" if language == "en" else "gd")
    click(page, page.get_by_role("link", name=said["title"]))
    look(page, f"one-{language}", mirror)

    # when somebody says what they think, and part of it is wrong
    click(page, page.get_by_role("link", name=said["say"], exact=True))
    look(page, f"say-{language}", mirror)
    page.get_by_label(said["think"]).fill("The bus is late.")
    page.get_by_role("radio", name=said["agree"], exact=True).first.check(force=True)
    page.get_by_label(said["place"]).fill("Durie Street")
    page.locator(f"input[name=part_{bus.pk}]").fill("30")
    page.get_by_label(said["age"]).select_option(label=said["young"])
    page.get_by_label(said["consent"]).check(force=True)
    click(page, page.get_by_role("button", name=said["send"], exact=True))

    # then the page says what, keeps every word, and takes it once it is mended
    page.get_by_role("heading", name=said["problem"]).wait_for()
    look(page, f"wrong-{language}", mirror)
    assert page.get_by_label(said["think"]).input_value() == "The bus is late."
    page.locator(f"input[name=part_{bus.pk}]").fill("100")
    click(page, page.get_by_role("button", name=said["send"], exact=True))

    # and shows the receipt, once
    page.get_by_role("heading", name=said["thanks"]).wait_for()
    look(page, f"thanks-{language}", mirror)
    code = CODE.search(page.locator("main").inner_text()).group()
    made = Contribution.objects.get(channel="web", age_group="16-24")
    assert (made.opinions.get().text, made.marks.get().place) == ("The bus is late.", "Durie Street")

    # and the view stands in the conversation, where others can support it
    click(page, page.get_by_role("link", name=said["back"]))
    page.get_by_text("The bus is late.").wait_for()
    click(page, page.get_by_role("link", name=re.compile(re.escape(said["open"]))).first)
    look(page, f"view-{language}", mirror)
    click(page, page.get_by_role("button", name=said["support"]))
    page.get_by_text(said["supported"]).wait_for()
    look(page, f"supported-{language}", mirror)
    assert Opinion.objects.get(text="The bus is late.").supporters == 1

    # and with the code its author sees where it stands
    page.goto(f"{page.site}{prefix}/fife/conversations/yours/")
    look(page, f"code-{language}", mirror)
    page.locator("input[name=code]").fill(code.lower())
    click(page, page.locator("main form button").first)
    page.get_by_text("The bus is late.").wait_for()
    look(page, f"yours-{language}", mirror)

    # and the other language is one link away
    page.goto(f"{page.site}{prefix}/fife/conversations/{talk.slug}/")
    click(page, page.get_by_role("link", name=said["other"], exact=True))
    assert page.locator("html").get_attribute("lang") == ("gd" if language == "en" else "en-GB")


def test_the_pages_of_those_who_keep_a_conversation_have_no_accessibility_faults(browser_page, talk, sign_in, fife):
    voice_site.opinion(talk, "Hold this", state="held")
    page, there = browser_page(1280), f"/fife/conversations/{talk.slug}/"
    sign_in(page, site.person("planner", fife))
    for name in ("new/", f"{talk.slug}/state/", f"{talk.slug}/moderate/", f"{talk.slug}/translations/"):
        page.goto(f"{page.site}/fife/conversations/{name}")
        look(page, name.strip("/").replace("/", "-"))
    page.goto(f"{page.site}{there}views/{Opinion.objects.first().pk}/translate/")
    look(page, "translate")
