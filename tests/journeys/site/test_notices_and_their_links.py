"""A member chooses how to be told, hears of two matters in one mail, and stops it by its link; links stay secret."""

import re
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.core.cache import cache
from django.utils import timezone

from factories import browsing, register_site, site, voices
from factories.letters import links_sent
from locality_web.core import invitations
from locality_web.core.models import Job, RoleHeld
from locality_web.members.models import Liaison, Member, Notice
from locality_web.members.notice_text import stop_address
from locality_web.members.practice_liaisons import make_link
from locality_web.members.register_people import add_member
from web.members.notices_by_hand import tell

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def nothing_counted(live_site):
    cache.clear()


@pytest.fixture
def planner(fife):
    return site.person("planner", fife, name="Pat Planner")


@pytest.fixture
def levenmouth(fife):
    return site.place(fife, "levenmouth")


@pytest.fixture
def jean(planner, fife, levenmouth):
    """A carer on the register, who signs in and is told of each matter at once."""
    person = site.person("member", fife, "levenmouth", name="Jean Paterson", email="jean@example.org")
    details = register_site.details("Jean Paterson", email="jean@example.org", person=person)
    add_member(planner, levenmouth, details, wanted=register_site.wanted("carers"))
    return person


def look(page):
    browsing.check_axe_at(page, 360, 1280)


def choose(page, label):
    """Choose as a pointer does: the control itself lies under its drawing."""
    page.locator("label", has_text=label).first.click()


def mails_to(address: str) -> list[str]:
    links_sent(address)  # does the jobs that wait
    return [each.subject for each in mail.outbox if each.to == [address]]


def test_a_member_chooses_a_digest_gets_it_and_stops_it_by_its_link_without_signing_in(
    fife, levenmouth, jean, browser_page, sign_in
):
    # given a member who signs in and opens their own page
    own = browser_page(360)
    sign_in(own, jean)
    own.goto(f"{own.site}/fife/taking-part/")
    own.get_by_text("You are told: By e-mail, each at once").wait_for()
    look(own)

    # when they choose one mail each week, by keyboard
    browsing.go(own, "Change how you are reached, told and shown")
    look(own)
    browsing.tab_to(own, "By e-mail, each at once")
    own.keyboard.press("ArrowDown")
    own.keyboard.press("ArrowDown")
    browsing.go(own, "Save")
    own.get_by_text("You are told: By e-mail, one each week at most").wait_for()

    # then two matters wait for Monday, and come in one mail whose subject names neither
    member = Member.objects.get(person=jean)
    tell(levenmouth, [member], "meeting:1:called", "A meeting is called")
    tell(levenmouth, [member], "plan:1:open", "A plan is open for comments")
    assert mails_to("jean@example.org") == []
    Notice.objects.update(due_at=timezone.now())
    assert mails_to("jean@example.org") == []  # a changed row alone sends nothing: the job waits for its moment
    make_due()
    assert mails_to("jean@example.org") == ["2 notices from Fife"]

    # and with the link at its end they stop notices, in a browser that knows nobody
    stop = next(link for link in links_sent("jean@example.org") if "/notices/stop/" in link)
    anybody = browser_page(360)
    anybody.goto(f"{anybody.site}{stop}")
    anybody.get_by_role("heading", name="How you want to be told").wait_for()
    assert not anybody.get_by_role("button", name="Sign out").count()
    look(anybody)
    choose(anybody, "No notices")
    anybody.get_by_role("button", name="Save").click()
    anybody.get_by_text("From now on: no notices.").wait_for()
    look(anybody)

    # so that nothing more is sent, and their own page says so
    member.refresh_from_db()
    assert tell(levenmouth, [member], "meeting:2:called") == 0
    own.goto(f"{own.site}/fife/taking-part/")
    own.get_by_text("You are told: No notices").wait_for()


def make_due() -> None:
    """Let the moment of the digest come."""
    Job.objects.filter(state=Job.State.WAITING).update(run_after=timezone.now())


def test_the_owner_of_an_address_that_a_practice_gave_says_yes_before_anything_else_comes(
    planner, fife, levenmouth, browser_page
):
    # given a practice that named its liaison, with an address for e-mail
    surgery = voices.practice(fife, levenmouth.locality, "Leven Surgery")
    practice = browser_page(360)
    practice.goto(make_link(planner, levenmouth, surgery, lambda token: f"{practice.site}/fife/nominate/{token}/"))
    browsing.write(practice, "Name of the person", "Mo Manager")
    choose(practice, "By e-mail, each at once")
    practice.get_by_label("E-mail address").fill("mo@example.org")
    practice.get_by_role("button", name="Send").click()
    practice.get_by_text("A message went to mo@example.org").wait_for()
    look(practice)

    # when the liaison is told of a meeting
    tell(levenmouth, [Liaison.objects.get().member])

    # then only the question arrives, and what waits comes after the yes
    assert mails_to("mo@example.org") == ["Fife: is this your address?"]
    owner = browser_page(360)
    owner.goto(f"{owner.site}{next(link for link in links_sent('mo@example.org') if '/confirm/' in link)}")
    look(owner)
    browsing.go(owner, "Yes, it is mine")
    owner.get_by_text("Notices for Mo Manager go to mo@example.org").wait_for()
    look(owner)
    assert mails_to("mo@example.org") == ["Fife: is this your address?", "A meeting is called"]


@pytest.fixture
def elsewhere() -> Iterator[tuple[str, list[str | None]]]:
    """Another site, and the address from which each of its visitors said that they came."""
    came_from: list[str | None] = []

    class Listening(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/from-a-link":
                came_from.append(self.headers.get("Referer"))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"Another site")

        def log_message(self, *said: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Listening)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/from-a-link", came_from
    server.shutdown()
    server.server_close()


def test_who_follows_a_link_from_a_page_whose_address_is_a_secret_does_not_tell_it_to_the_other_site(
    planner, fife, levenmouth, chromium, live_site, elsewhere
):
    # given the pages that links in mail and letters open
    other, came_from = elsewhere
    surgery = voices.practice(fife, levenmouth.locality, "Leven Surgery")
    member = voices.member(fife, "Phil Pharmacist", email="phil@example.org")
    named = {"name": "Ann Reid", "email": "ann@example.org", "role": "member", "ends": None}
    invitations.invite(
        site.person("administrator", fife), levenmouth, lambda token: f"{live_site}/invitations/{token}/", **named
    )
    secret = (
        make_link(planner, levenmouth, surgery, lambda token: f"/fife/nominate/{token}/"),
        urlsplit(stop_address(fife, member)).path,
        next(link for link in links_sent("ann@example.org") if "invitation" in link),
    )
    context = chromium.new_context()

    # when somebody goes from each of them to another site
    for path in secret:
        page = context.new_page()
        said = page.goto(f"{live_site}{path}")
        assert said.ok, path
        assert said.headers["referrer-policy"] == "same-origin"
        outward = [each.get_attribute("href") for each in page.locator("a[href^=http]").all()]
        assert all(each.startswith(live_site) for each in outward)
        page.evaluate(
            "to => { const a = document.createElement('a'); a.href = to; document.body.append(a); a.click(); }", other
        )
        page.wait_for_url(other)

    # then that site does not learn where they came from
    assert came_from == [None] * len(secret)
    context.close()


def test_somebody_who_is_invited_makes_an_account_by_the_link_and_the_link_works_no_more(
    planner, fife, levenmouth, browser_page
):
    guest = browser_page(360)
    named = {"name": "Ann Reid", "email": "ann@example.org", "role": "member", "ends": None}
    invitations.invite(
        site.person("administrator", fife), levenmouth, lambda token: f"{guest.site}/invitations/{token}/", **named
    )
    link = next(link for link in links_sent("ann@example.org") if "invitation" in link)

    guest.goto(f"{guest.site}{link}")
    look(guest)
    for field in guest.locator("input[type=password]").all():
        field.fill("a long enough phrase 7")
    guest.get_by_role("button", name="Make the account and accept").click()
    guest.wait_for_url(re.compile("(?!.*invitation)"))

    assert RoleHeld.objects.filter(person__email="ann@example.org", role="member").exists()
    guest.context.clear_cookies()
    assert guest.goto(f"{guest.site}{link}").status in (404, 410)
