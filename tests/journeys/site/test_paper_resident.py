"""Somebody without a computer takes part in a conversation: from the printed form to the answer in a letter."""

import pytest

from factories import site, talks
from locality_web.core.jobs import work_once
from locality_web.members.models import PaperForm
from locality_web.voice.conversations.holding import close_conversation
from locality_web.voice.models import Conversation, Opinion
from locality_web.voice.sense.answer_changes import Said, answer_view, begin_to_answer

pytestmark = pytest.mark.browser
WORDS = "The bus home leaves before the surgery closes."


def test_a_resident_on_paper_is_heard_answered_and_told(fife, browser_page, looked_at, sign_in):
    # given a conversation that is open, and a planner
    planner = site.person("planner", fife, name="Pat Planner")
    talk = talks.opened(planner, site.place(fife), kinds=("views", "statements"))
    page = browser_page(1280)
    sign_in(page, planner)

    # when she prints a blank form, it has a code and a slip to tear off with the same code
    page.goto(f"{page.site}/fife/paper/")
    page.get_by_role("link", name="Buses to the surgery").click()
    page.get_by_label("How many blank forms, for anybody?").fill("1")
    page.get_by_role("button", name="Make the forms").click()
    form = PaperForm.objects.get()
    assert form.code in page.locator("section.paper-slip").inner_text()
    looked_at(page)

    # and it comes back with a view, an address for post and a yes to being shown
    page.goto(f"{page.site}/fife/paper/{form.pk}/")
    page.get_by_label("What do you think?").fill(WORDS)
    page.get_by_label("By post").check(force=True)
    page.get_by_label("Name for a letter").fill("Mary Muir")
    page.get_by_label("Address for post").fill("3 Shore Street\nLeven")
    page.get_by_label("Yes", exact=True).last.check(force=True)
    looked_at(page)
    page.get_by_role("button", name="Key it in").click()
    page.get_by_text("is keyed in. It counts as if it had been said on the site.").wait_for()
    looked_at(page)

    # then it stands on the page of the conversation, and nothing says by which channel it came
    resident = browser_page(360, scripts=False)
    resident.goto(f"{resident.site}/fife/conversations/{talk.slug}/")
    looked_at(resident)
    assert WORDS in resident.locator("main").inner_text()

    # when the conversation closes and the view is answered
    answered_by(planner, talk)

    # then those who took part are told: her letter holds the answer and her address
    page.goto(f"{page.site}/fife/conversations/{talk.slug}/tell/")
    looked_at(page)
    page.get_by_role("button", name="Tell them").click()
    while work_once():
        pass
    page.goto(f"{page.site}/fife/keep-informed/letters/")
    looked_at(page)
    page.get_by_role("button", name="Gather the letters to print").click()
    letter = page.locator("article.letter").inner_text()
    for said in ("Mary Muir", "3 Shore Street", "You asked for a later bus.", "There is one at six."):
        assert said in letter
    looked_at(page)
    page.get_by_role("button", name="Mark as posted").click()
    page.get_by_text("The letters are marked as posted.").wait_for()
    looked_at(page)

    # and with the code of her slip anybody can look for her, without JavaScript
    resident.goto(f"{resident.site}/fife/became/")
    resident.get_by_label("Your code").fill(form.code.lower())
    resident.get_by_role("button", name="Show").click()
    looked_at(resident)
    shown = resident.locator("main").inner_text()
    assert form.code not in resident.url
    for said in (WORDS, "There is one at six.", "You were told on"):
        assert said in shown


def answered_by(planner, talk):
    kept = Conversation.objects.select_related("partnership", "held_by").get(pk=talk.pk)
    close_conversation(planner, kept, why="Everybody who wanted to was heard.")
    kept.refresh_from_db()
    begin_to_answer(planner, kept, paper_keyed=True)
    said = Said("done", "You asked for a later bus.", "There is one at six.")
    answer_view(planner, Opinion.objects.select_related("conversation__partnership").get(), said)


def test_what_somebody_says_by_telephone_is_written_down_and_their_code_read_out(
    fife, browser_page, looked_at, sign_in
):
    # given a planner with the form open while somebody rings
    planner = site.person("planner", fife, name="Pat Planner")
    talk = talks.opened(planner, site.place(fife))
    page = browser_page(1280)
    sign_in(page, planner)
    page.goto(f"{page.site}/fife/conversations/{talk.slug}/record/")
    looked_at(page)

    # when nothing is filled in, the page says what is missing
    page.get_by_role("button", name="Write it down").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    looked_at(page)

    # then the words are written down, and the code is shown to be read out or printed
    page.get_by_label("By telephone").check(force=True)
    page.get_by_label("What do you think?").fill(WORDS)
    page.get_by_text("It was read back to them").click()
    page.get_by_text("They agree that their words are shown on this site").click()
    page.get_by_role("button", name="Write it down").click()
    page.get_by_role("heading", name="Their code").wait_for()
    looked_at(page)
    made = Opinion.objects.get().contribution
    assert (made.channel, made.read_back, made.consents) == ("telephone", True, True)


def test_pages_for_those_who_print_and_tell_have_no_accessibility_faults(fife, browser_page, looked_at, sign_in):
    planner = site.person("planner", fife, name="Pat Planner")
    here = f"/fife/conversations/{talks.opened(planner, site.place(fife)).slug}"
    page = browser_page()
    sign_in(page, planner)
    for address in (f"{here}/poster/", f"{here}/take-in/", "/fife/keep-informed/letters/stop/"):
        page.goto(f"{page.site}{address}")
        looked_at(page)
