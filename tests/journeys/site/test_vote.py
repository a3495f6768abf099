"""A community decides a sum: from the roll to the explained result, with paper ballots among those of the web.

What residents do is done without JavaScript, on a phone and on a wide screen; the planners' part by their own pages.
"""

import datetime as dt
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from factories import browsing, site, votes_site
from locality_web.core.jobs import work_once
from locality_web.voice.models import Ballot, Vote

pytestmark = pytest.mark.browser

# What each voter chooses, in the order of the letters: 16 on the web, then 8 on paper.
ON_THE_WEB = [("bus", "cafe")] * 9 + [("path",)] * 7
ON_PAPER = [("cafe",)] * 5 + [("path",)] * 3


def test_a_vote_from_its_opening_to_the_explained_result_with_paper_among_web(
    fife, browser_page, looked_at, sign_in, monkeypatch
):
    # given a vote that is prepared, and two planners
    ann, ben = votes_site.planner(fife), site.person("planner", fife, name="Ben Shaw")
    vote = votes_site.prepared(ann, fife, people=30)
    desk = browser_page(1280)
    sign_in(desk, ann)

    # when she opens it and prints the letters
    desk.goto(f"{desk.site}/fife/votes/{vote.pk}/prepare/")
    looked_at(desk)
    browsing.go(desk, "Open the vote")
    desk.get_by_text("From now on nothing of it changes.").wait_for()
    codes = print_letters(desk, vote, looked_at)

    # then the page of the vote shows its rules and the hash of what stands still
    vote.refresh_from_db()
    phone = browser_page(360, scripts=False)
    phone.goto(f"{phone.site}/fife/votes/{vote.pk}/")
    phone.get_by_text(vote.rules_sha256).wait_for()

    looked_at(phone)

    # when a resident votes on a phone without JavaScript, and looks at the ballot afterwards
    vote_by_phone(phone, vote, codes[0], looked_at)
    for code, choices in zip(codes[1:], ON_THE_WEB[1:], strict=False):
        post_ballot(phone, vote, code, choices)
    assert Ballot.objects.count() == len(ON_THE_WEB)

    # and others send paper, which two planners key in
    other = browser_page(1280)
    sign_in(other, ben)
    key_in_paper(desk, other, vote, codes[16:], looked_at)
    assert Ballot.objects.filter(channel="paper").count() == len(ON_PAPER)

    # then nobody sees a tally, and after the last day the vote is closed and counted
    days_pass(monkeypatch)
    sign_in(desk, ann)
    desk.goto(f"{desk.site}/fife/votes/{vote.pk}/prepare/")
    browsing.go(desk, "Close and count")
    desk.get_by_text("The vote is closed.").wait_for()
    while work_once("journey"):
        pass
    desk.goto(f"{desk.site}/fife/votes/{vote.pk}/prepare/")
    browsing.go(desk, "Publish the result")
    desk.get_by_text("The result is published.").first.wait_for()

    # and everybody reads why each project won or did not, and what became of their own share
    read_result(phone, vote, codes[0], looked_at)


def print_letters(desk, vote: Vote, looked_at) -> list[str]:
    desk.goto(f"{desk.site}/fife/votes/{vote.pk}/codes/")
    looked_at(desk)
    browsing.go(desk, "Make the codes")
    codes = desk.locator(".vote-code").all_inner_texts()
    assert len(set(codes)) == 30
    looked_at(desk)
    desk.goto(f"{desk.site}/fife/votes/{vote.pk}/codes/")
    browsing.go(desk, "All of batch 1 is out: its codes count from now on")
    desk.get_by_text("Batch 1 is out. Its codes count.").wait_for()
    return codes


def vote_by_phone(phone, vote: Vote, code: str, look: Callable[[Page], None]) -> None:
    """Vote by keyboard, with every mistake that can be made on the way."""

    def send(name: str, heading: str) -> None:
        browsing.go(phone, name)
        assert phone.locator("h1").inner_text() == heading
        look(phone)

    send("Vote", f"Your ballot: {vote.title}")
    send("Check my ballot", f"Your ballot: {vote.title}")
    assert "Choose at least one project." in phone.locator("main").inner_text()
    choose(phone, "bus: A later bus, £3,000", "path: Lit path, £4,000")
    browsing.write(phone, "Your voting code", "CFHJ-KMN4-CFHJ-KMN4")
    send("Check my ballot", f"Your ballot: {vote.title}")
    assert "There is a problem" in phone.locator("main").inner_text()
    browsing.write(phone, "Your voting code", code.lower())
    send("Check my ballot", "Check your ballot")
    send("Change it", f"Your ballot: {vote.title}")
    choose(phone, "path: Lit path, £4,000", "cafe: Lunch club, £2,000")
    send("Check my ballot", "Check your ballot")
    send("Cast my ballot", "Your ballot counts")
    phone.goto(f"{phone.site}/fife/votes/{vote.pk}/check/")
    look(phone)
    send("Show my ballot", "Look at my ballot")
    browsing.write(phone, "Your voting code", code)
    send("Show my ballot", "Look at my ballot")
    assert "Lunch club" in phone.locator("main").inner_text()
    assert "Lit path" not in phone.locator("main").inner_text()
    assert code not in phone.url


def choose(phone, *names: str) -> None:
    """Tick each, or take its tick away."""
    for name in names:
        phone.get_by_label(name, exact=True).focus()
        phone.keyboard.press("Space")


def post_ballot(phone, vote: Vote, code: str, choices: tuple[str, ...]) -> None:
    phone.goto(f"{phone.site}/fife/votes/{vote.pk}/ballot/")
    phone.locator("input[name=voting_secret]").fill(code)
    for choice in choices:
        phone.locator(f"input[name=choices][value={choice}]").check(force=True)
    with phone.expect_navigation():
        phone.get_by_role("button", name="Check my ballot").click()
    with phone.expect_navigation():
        phone.get_by_role("button", name="Cast my ballot").click()


def key_in_paper(desk, other, vote: Vote, codes: list[str], looked_at) -> None:
    for page in (desk, other):
        page.goto(f"{page.site}/fife/votes/{vote.pk}/key/")
        looked_at(page)
    for code, choices in zip(codes, ON_PAPER, strict=False):
        key_one(desk, code, choices)
        desk.get_by_text("It waits until somebody else has keyed it in").wait_for()
    # The second reader misreads the first ballot, sees the difference, and corrects it from the paper.
    key_one(other, codes[0], ("bus",))
    other.get_by_text("Somebody else read this ballot differently").wait_for()
    looked_at(other)
    for code, choices in zip(codes, ON_PAPER, strict=False):
        other.goto(f"{other.site}/fife/votes/{vote.pk}/key/")
        key_one(other, code, choices)
        other.get_by_text("Both readings are the same. The ballot counts.").wait_for()


def key_one(page, code: str, choices: tuple[str, ...]) -> None:
    page.locator("input[name=voting_secret]").fill(code)
    for box in page.locator("input[name=choices]").all():
        box.set_checked(box.get_attribute("value") in choices, force=True)
    with page.expect_navigation():
        page.get_by_role("button", name="Key it in").click()


def days_pass(monkeypatch) -> None:
    now = timezone.now() + dt.timedelta(days=15)
    monkeypatch.setattr(timezone, "now", lambda: now)


def read_result(phone, vote: Vote, code: str, look: Callable[[Page], None]) -> None:
    phone.goto(f"{phone.site}/fife/votes/{vote.pk}/")
    browsing.go(phone, "See the result")
    look(phone)
    said = phone.locator("main").inner_text()
    assert "Lunch club" in said
    assert "supporters bought it" in said
    assert "24 ballots decided on £5,000" in said
    phone.goto(f"{phone.site}/fife/votes/{vote.pk}/check/")
    browsing.write(phone, "Your voting code", code)
    browsing.go(phone, "Show my ballot")
    assert "What became of your share" in phone.locator("main").inner_text()
    look(phone)
