"""A resident with JavaScript off hears what became of a view, reads what came of all of them, and keeps informed."""

from urllib.parse import urlsplit

import pytest

from factories import informed_site, plans_site, sense_site, site, talks, voice_site
from factories.letters import links_sent
from factories.resident import Resident
from locality_web.voice.conversations.changes import Came, Said, View, contribute
from locality_web.voice.conversations.holding import close_conversation
from locality_web.voice.conversations.moderation import hide_view, settle_appeal
from locality_web.voice.informed.tokens import stop_address
from locality_web.voice.models import Appeal, Correspondent, Opinion, Subscription
from locality_web.voice.sense import answer_changes, priority_changes
from locality_web.voice.sense.influence_changes import Linking, link_things

pytestmark = pytest.mark.browser
WORDS = "The bus stops at five."


@pytest.fixture
def mary(browser_page, looked_at):
    return Resident(browser_page(360, scripts=False), looked_at)


@pytest.fixture
def pat(fife):
    return site.person("planner", fife, name="Pat Planner")


def test_a_hidden_view_is_appealed_shown_answered_told_of_and_erased_at_its_authors_word(fife, pat, mary):
    # given a view that somebody hid
    talk = talks.opened(pat, site.place(fife), kinds=("views",))
    received = contribute(site.place(fife), talk, Said(views=(View(WORDS),), consents=True), Came("web"))
    view = Opinion.objects.get()
    hide_view(pat, view, reason="personal", says="Leave out the driver.")

    # when she types her code, and mistypes it at first
    mary.open("/fife/became/")
    mary.press("Show")
    mary.reads("Fill this in.")
    look_up(mary, received.receipt)
    mary.reads(WORDS, "Leave out the driver.")

    # then she asks for a second opinion, which needs a reason
    mary.press("Ask somebody else to look at it")
    mary.reads("There is nothing written yet")
    mary.write("Why should it be shown?", "I name nobody.")
    mary.press("Ask somebody else to look at it")
    mary.reads("Somebody else will look at it.")
    ben = site.person("planner", fife, name="Ben Shaw")
    settle_appeal(ben, Appeal.objects.get(), show=True, says="It names nobody.")

    # and she says how she is told, and gives her address
    mary.open("/fife/became/")
    look_up(mary, received.receipt)
    mary.tick("By e-mail")
    mary.write("E-mail address", "ann")
    mary.press("Change how I am told")
    mary.reads("There is a problem")
    mary.write("E-mail address", "ann@example.org")
    mary.press("Change how I am told")
    mary.reads("We have sent a message to this address.")
    (link,) = links_sent("ann@example.org")
    mary.open(link)
    mary.press("No, erase it")
    assert not Correspondent.objects.exists()

    # and once the view is answered she reads the answer, and takes her words back
    answered(pat, talk, view)
    mary.open("/fife/became/")
    look_up(mary, received.receipt)
    mary.reads("You asked for a later bus.", "There is one at six.")
    mary.unfold("Take my words back")
    mary.press("Erase my words")
    mary.reads("Your words are taken back and erased.")


def look_up(mary, code):
    mary.write("Your code", code)
    mary.press("Show")


def answered(pat, talk, view):
    close_conversation(pat, talk, why="Everybody who wanted to was heard.")
    talk.refresh_from_db()
    answer_changes.begin_to_answer(pat, talk, paper_keyed=True)
    said = answer_changes.Said("done", "You asked for a later bus.", "There is one at six.")
    view.refresh_from_db()
    answer_changes.answer_view(pat, view, said)


def test_somebody_keeps_informed_by_e_mail_and_stops_it_and_by_letter(fife, mary):
    talk = voice_site.conversation(fife, title="Care at home")
    mary.open(f"/fife/conversations/{talk.slug}/")
    mary.follow("Be kept informed")

    # when an address is wrong, the page says so; then one message goes to it
    mary.write("E-mail address", "ann")
    mary.press("Keep me informed")
    mary.reads("This is not an e-mail address")
    mary.write("E-mail address", "ann@example.org")
    mary.press("Keep me informed")
    mary.reads("Look into your mail")
    (link,) = links_sent("ann@example.org")
    mary.open(link)
    mary.press("Yes, send it")
    mary.reads("Thank you")
    assert Subscription.objects.get().confirmed_at is not None

    # then the link at the end of a message stops one thing, and the other
    informed_site.subscription(fife, "ann@example.org", locality=site.locality(fife))
    stop = urlsplit(stop_address(fife, Subscription.objects.all())).path
    mary.open(stop)
    mary.press("Stop this")
    mary.reads("It is stopped", "You still hear of this:")
    mary.open(stop)
    mary.press("Stop it")
    mary.reads("You will get nothing more. Your address is erased.")
    assert not Subscription.objects.exists()
    mary.open(f"{stop[:-8]}/")
    mary.reads("This link is not known")

    # and a letter needs a name and an address
    mary.open("/fife/keep-informed/")
    mary.tick("By letter")
    mary.press("Keep me informed")
    mary.reads("A letter needs a name and an address.")
    mary.write("Name for a letter", "Agnes Bell")
    mary.write("Address for post", "1 High Street\nLeven")
    mary.press("Keep me informed")
    mary.reads("You will get letters")


@pytest.fixture
def over(fife):
    """A conversation that is answered, a priority that came of it, and the plan that it led to."""
    plans_site.agreed(fife)
    lead, here = plans_site.holder(fife, "lead", "levenmouth"), site.place(fife, "levenmouth")
    asks = {"kinds": ["views", "statements"], "asks_about": ["age_group", "carer"]}
    talk = voice_site.conversation(fife, "levenmouth", slug="talk", title="Care", state="closed_to_views", **asks)
    themes = [voice_site.theme(talk, name) for name in ("Buses", "Lamps", "Shops")]
    for number in range(3):
        sense_site.read_into(themes[0], voice_site.opinion(talk, f"A bus at {number + 6}."))
    statements = voice_site.statements(talk, "More buses", "Later buses", "Close the road", "Open the road", "Trees")
    for number in range(40):
        about = {"age_group": "45-64" if number % 3 else "65-74", "carer": "yes" if number % 4 else "no"}
        voice_site.voted(statements, "aaada" if number % 2 else "addad", **about)
    answer_changes.begin_to_answer(lead, talk, paper_keyed=True)
    plans_site.work_until_done()
    said = answer_changes.Said("done", "You asked for a later bus.", "There is one at six.")
    answer_changes.answer_theme(lead, themes[0], said)
    talk.refresh_from_db()
    answer_changes.close_with_answers(lead, talk, we_did="We added a bus.")
    ordered(fife, lead, here, themes)
    first = f"plan:levenmouth:{plans_site.YEAR}:P1"
    link_things(lead, here, Linking(f"theme:{themes[0].pk}", first, "Most who wrote asked for it."))
    return talk


def ordered(fife, lead, here, themes):
    wanted = priority_changes.Wanted(
        "Care at home", plans_site.YEAR, "ranked_pairs", tuple(each.pk for each in themes), {}
    )
    choice = priority_changes.freeze(lead, here, priority_changes.choose_method(lead, here, wanted))
    for _ in range(5):
        voter = site.person("member", fife, "levenmouth")
        priority_changes.rank(voter, here, choice, [[str(each.pk)] for each in themes])
    priority_changes.count(lead, here, choice)


def test_anybody_reads_what_came_of_a_conversation_from_the_page_of_the_locality(fife, over, mary):
    # given the page of the locality, which leads to its conversations
    mary.open("/fife/localities/levenmouth/")
    mary.follow("All conversations")
    mary.follow("Care", exact=True)

    # when somebody reads what became of it
    mary.follow("You said, we did, we did not and why")
    mary.reads("We added a bus.", "There is one at six.")
    mary.unfold("What people wrote")
    mary.reads("A bus at 6.")
    mary.open(f"/fife/conversations/{over.slug}/")
    mary.follow("Who was heard, and who was not")
    mary.reads("took part")
    mary.open(f"/fife/conversations/{over.slug}/")
    mary.follow("Where people agree, and where they differ")
    mary.reads("What all share")

    # then every step of the count is there, and the way from the words to the pounds
    mary.open("/fife/localities/levenmouth/priorities/")
    mary.follow("Care at home, 2026/27")
    mary.reads("Every step", "5 ballots were counted")
    mary.open("/fife/influence/")
    mary.reads("From what is paid")
    mary.follow("Day care, paid from Core budget")
    mary.reads("Who asked for this pound?")

    # and everybody can take the data
    mary.open(f"/fife/c/{over.pk}/")
    mary.follow("Open data")
    with mary.page.expect_download() as taken:
        mary.page.get_by_role("link", name="Take the data as a zip of CSV files").click()
    assert taken.value.suggested_filename.endswith(".zip")
    mary.open("/fife/votes/")
