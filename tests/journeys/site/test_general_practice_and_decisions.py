"""A practice manager names a liaison; a pharmacist without a seat answers a decision and later reads the outcome."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.utils import timezone

from factories import browsing, site, voices
from locality_web.members.models import Advice, Document, GroupDecision, Notice, ProfessionAsked
from locality_web.members.practice_changes import answer_for

pytestmark = pytest.mark.browser
HERE = "/fife/localities/levenmouth"
SOON = timezone.localdate() + dt.timedelta(days=40)


@pytest.fixture(autouse=True)
def nothing_counted(live_site):
    cache.clear()


@pytest.fixture
def planner(fife):
    return site.person("planner", fife, name="Pat Planner")


@pytest.fixture
def surgery(fife):
    return voices.practice(fife, site.locality(fife), "Leven Surgery", cluster="East")


def _be(page, person):
    session = site.signed_in(person).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": page.site}])


def _look(page):
    browsing.check_axe_at(page, 360, 1280)


def _choose(page, label):
    """Choose as a pointer does: the control itself lies under its drawing."""
    page.locator("label", has_text=label).first.click()


def _write_day(page, day):
    for part, number in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        page.get_by_label(part, exact=True).fill(str(number))


def test_a_practice_manager_names_a_liaison_without_an_account(planner, surgery, browser_page):
    # given a practice for which nobody speaks
    office = browser_page()
    _be(office, planner)
    office.goto(f"{office.site}{HERE}/practices/")
    office.get_by_text("Nobody was ever named.").wait_for()
    _look(office)

    # when a planner prints the letter with its link
    office.get_by_role("link", name="Let the practice name its liaison").click()
    _look(office)
    _choose(office, "In a letter that I print now")
    office.get_by_role("button", name="Make the link").click()
    office.get_by_role("heading", name="Who speaks for Leven Surgery?").wait_for()
    _look(office)
    link = office.locator("p.lp-note strong").inner_text()

    # and the practice manager opens it, forgets how the person is to be told, and mends that by keyboard
    practice = browser_page(360, scripts=True)
    practice.goto(link)
    practice.get_by_role("heading", name="What is kept").wait_for()
    _look(practice)
    browsing.write(practice, "Name of the person", "Mo Manager")
    practice.get_by_role("button", name="Send").click()
    practice.get_by_role("link", name="Choose how they are to be told.").wait_for()
    _look(practice)
    _choose(practice, "By post")
    practice.get_by_label("Address for post").fill("1 High Street\nLeven")
    practice.get_by_role("button", name="Send").click()
    practice.get_by_text("Mo Manager speaks for Leven Surgery").wait_for()
    _look(practice)

    # then it stands as named by the practice itself, and the link opens nothing any more
    office.goto(f"{office.site}{HERE}/practices/")
    office.get_by_text("Named by the practice itself.").wait_for()
    _look(office)
    practice.goto(link)
    practice.get_by_text("This link was used already").wait_for()
    _look(practice)


def test_a_pharmacist_without_a_seat_answers_and_later_reads_the_outcome(planner, fife, browser_page):
    # given a feed-in route for pharmacists, and nobody for dentists
    someone = voices.member(fife, "Phil Pharmacist", organisation="Leven Pharmacy")
    voices.route(fife, None, "pharmacy", someone)
    office = browser_page()
    _be(office, planner)

    # when a planner prepares a decision and announces it
    office.goto(f"{office.site}{HERE}/decisions/add/")
    office.get_by_label("Decision in one line").fill("Move the Saturday clinic to Methil")
    office.get_by_label("What is to be decided, and why now?").fill("The lease in Leven ends in June.")
    _write_day(office, SOON)
    _choose(office, "– Pharmacists")
    _choose(office, "– Dentists")
    _look(office)
    office.get_by_role("button", name="Save").click()
    office.get_by_role("link", name="Announce").click()
    office.get_by_text("Pharmacists: 1 member through a feed-in route").wait_for()
    office.get_by_text("Nobody can be told for:").wait_for()
    _look(office)
    office.get_by_label("Why can it not wait for the notice period?").fill("Dentists are being found.")
    office.get_by_role("button", name="Announce it").click()
    office.get_by_text("The decision is announced. 1 member was told.").wait_for()
    _look(office)

    # and the pharmacist opens the link of the notice on a telephone, without an account, by keyboard
    link = Notice.objects.get(member=someone).address
    pharmacy = browser_page(360)
    pharmacy.goto(f"{pharmacy.site}{link}")
    pharmacy.get_by_text("You are asked for: Pharmacists").wait_for()
    _look(pharmacy)
    browsing.write(pharmacy, "Your answer", "Keep a Saturday in Leven for those without a bus.")
    browsing.go(pharmacy, "Send the answer")
    pharmacy.get_by_text("Your answer is kept. Thank you.").wait_for()
    _look(pharmacy)

    # then everybody reads the answer, and what is amiss
    reader = browser_page(360, scripts=False)
    reader.goto(f"{reader.site}{HERE}/decisions/")
    reader.get_by_text("Dentists: not told, for they have neither a seat nor a feed-in route.").wait_for()

    # and when the decision is taken, the pharmacist reads with the same link what became of the answer
    decision = GroupDecision.objects.get()
    office.goto(f"{office.site}{HERE}/decisions/{decision.pk}/take/")
    office.get_by_text("They wrote: Keep a Saturday in Leven").wait_for()
    office.get_by_label("What was decided, and why?").fill("It moves in June.")
    office.get_by_label("What became of the answer of Pharmacists?").fill("A bus is paid for on Saturdays.")
    if office.get_by_label("Why can it not wait for the notice period?").count():
        office.get_by_label("Why can it not wait for the notice period?").fill("The lease ends.")
    _look(office)
    office.get_by_role("button", name="Record it").click()
    office.get_by_text("The decision is recorded.").wait_for()
    _look(office)
    pharmacy.goto(f"{pharmacy.site}{link}")
    pharmacy.get_by_text("A bus is paid for on Saturdays.").wait_for()
    _look(pharmacy)
    assert "What became of your answer" in Notice.objects.latest("pk").text


PAGES = (
    *("/fife/practices/", "/fife/practices/load/", "/fife/practices/add/", "/fife/advice/", "/fife/advice/add/"),
    *(f"{HERE}/decisions/", "/fife/decisions/", "/fife/practices/{practice}/"),
    *(f"{HERE}/practices/{{practice}}/liaison/", f"{HERE}/practices/{{practice}}/liaison/{{liaison}}/end/"),
    *(f"{HERE}/decisions/{{decision}}/", f"{HERE}/decisions/{{decision}}/change/"),
    *(f"{HERE}/decisions/{{decision}}/withdraw/", "/fife/advice/{advice}/"),
)


def test_the_other_pages_of_planners_have_no_accessibility_faults(planner, fife, surgery, browser_page):
    today = timezone.localdate()
    term = voices.Liaison.objects.create(
        partnership=fife, practice=surgery, member=voices.member(fife, "Mo Manager"), starts=today, named_by="planner"
    )
    voices.practice(fife, None, "Nowhere Practice")
    document = Document.objects.create(partnership=fife, name="a.pdf", media_type="application/pdf", content=b"x")
    advice = Advice.objects.create(
        partnership=fife, body="local-medical-committee", body_name="Fife Local Medical Committee", state="conditions",
        about="GPs in groups", given_on=today, conditions="A locum is paid.", document=document, answer="It is paid.",
        answered_on=today, says="We agree.", until=SOON,
    )  # fmt: skip
    decision = GroupDecision.objects.create(
        partnership=fife, locality=site.locality(fife), title="Move the clinic", says="To Methil.", due_on=SOON,
        state="announced", announced_at=timezone.now(), professions=["pharmacy", "housing"],
    )  # fmt: skip
    asked = ProfessionAsked.objects.create(
        decision=decision, group="pharmacy", member=voices.member(fife, organisation="Leven Pharmacy"), token_hash="1"
    )
    answer_for(asked, "Keep Saturdays.", by=planner)
    numbers = {"practice": surgery.pk, "liaison": term.pk, "decision": decision.pk, "advice": advice.pk}
    page = browser_page()
    _be(page, planner)
    for address in PAGES:
        page.goto(f"{page.site}{address.format(**numbers)}")
        assert page.url.endswith(address.format(**numbers))
        _look(page)
