"""A meeting from the invitation to published minutes: planned, called, answered, held, written down, read by all."""

import datetime as dt

import pytest
from django.utils import timezone

from factories import browsing, meetings_site, money_site, site
from locality_web.members.models import AgendaItem, GroupDecision, Meeting, MeetingAction, Member, Notice

pytestmark = pytest.mark.browser
HERE = "/fife/localities/levenmouth/meetings/"
PAPER = {"name": "budget.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 not a real one"}


@pytest.fixture
def planner(fife):
    return money_site.officer(fife, "planner")


@pytest.fixture
def group(fife):
    """Ann, who signs in and is shown by name; Bo, who has no account and is not."""
    place = site.place(fife, "levenmouth")
    ann = site.person("member", fife, "levenmouth", name="Ann Reid")
    charity = meetings_site.organisation(fife)
    meetings_site.seated(place, "Ann Reid", person=ann, organisation=charity, shown=Member.Shown.NAME)
    meetings_site.seated(place, "Bo Hay", group="housing", organisation=charity)
    GroupDecision.objects.create(
        partnership=fife,
        locality=place.locality,
        title="Open the clinic on Saturdays",
        says="The clinic opens on Saturdays.",
        state=GroupDecision.State.ANNOUNCED,
        announced_at=timezone.now() - dt.timedelta(days=40),
        due_on=timezone.localdate() + dt.timedelta(days=30),
    )
    return ann


def be(page, person):
    """Open pages as somebody who signed in before; signing in itself has its own journeys."""
    session = site.signed_in(person).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": page.site}])


def submit(page, name):
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def look(page):
    browsing.check_axe_at(page, 360, 1280)


def write_day(page, name, day):
    for part in ("day", "month", "year"):
        page.locator(f"#id_{name}_{part}").fill(str(getattr(day, part)))


def test_a_meeting_from_invitation_to_published_minutes(fife, planner, group, browser_page):
    # given a planner who plans a series and sees its dates before anything is saved
    desk = browser_page(1280)
    be(desk, planner)
    desk.goto(f"{desk.site}{HERE}")
    look(desk)
    desk.get_by_role("link", name="Plan a meeting or a series").click()
    look(desk)
    first = timezone.localdate() + dt.timedelta(days=20)
    write_day(desk, "day", first)
    desk.get_by_label("When does it begin?").fill("6.30pm")
    desk.get_by_label("Where?").fill("Leven library, Durie Street")
    desk.get_by_label("A series by months, on the day of the month of the first").press("Space")
    write_day(desk, "until", first + dt.timedelta(days=65))
    submit(desk, "Show the dates")
    desk.get_by_role("heading", name="3 meetings, every month on").wait_for()
    look(desk)
    submit(desk, "Save these meetings")
    desk.get_by_text("3 meetings planned.").wait_for()
    look(desk)
    meeting = Meeting.objects.order_by("starts")[0]
    assert desk.url.endswith(f"{HERE}{meeting.pk}/")

    # when she makes the agenda by keyboard alone, from open matters and an item of her own
    desk.goto(f"{desk.site}{HERE}{meeting.pk}/agenda/")
    look(desk)
    browsing.tab_to(
        desk,
        "Open the clinic on SaturdaysIt is to be decided by "
        f"{first + dt.timedelta(days=10):%-d %B %Y}. By {first + dt.timedelta(days=10):%-d %B %Y}.",
    )
    browsing.press(desk, "Space")
    browsing.go(desk, "Put them onto the agenda")
    for title in ("Welcome", "Transport"):
        browsing.write(desk, "Item", title)
        browsing.go(desk, "Add the item")
    browsing.go(desk, "Up: Transport")
    browsing.write(desk, "Place of Welcome", "1")
    browsing.go(desk, "Save the order")
    titles = list(AgendaItem.objects.order_by("order").values_list("title", flat=True))
    assert titles == ["Welcome", "Open the clinic on Saturdays", "Transport"]
    look(desk)
    browsing.go(desk, "Change Transport")
    look(desk)

    # and adds a paper that is not published, and invites everybody
    desk.goto(f"{desk.site}{HERE}{meeting.pk}/papers/")
    desk.locator("input[type=file]").set_input_files(PAPER)
    desk.get_by_label("Why is it not published?", exact=False).last.fill("It names a supplier.")
    submit(desk, "Add the paper")
    look(desk)
    desk.goto(f"{desk.site}{HERE}{meeting.pk}/call/")
    look(desk)
    submit(desk, "Invite 2 people")
    desk.get_by_text("2 people invited.").wait_for()

    # then Bo answers by the link of the notice, without an account and without scripts
    phone = browser_page(360, scripts=False)
    phone.goto(phone.site + Notice.objects.get(member__name="Bo Hay").address)
    phone.get_by_label("I cannot come, and somebody comes for me").press("Space")
    phone.get_by_label("Who comes for you?").fill("Cy Orr")
    submit(phone, "Send the answer")
    phone.get_by_text("Cy Orr comes for you").wait_for()
    with_scripts = browser_page(360)
    with_scripts.goto(phone.url)
    look(with_scripts)

    # and Ann finds hers among what needs her today
    hers = browser_page(1280)
    be(hers, group)
    hers.goto(f"{hers.site}/today/")
    hers.get_by_role("link", name="Say whether you come").click()
    look(hers)
    hers.get_by_label("I come").press("Space")
    submit(hers, "Send the answer")
    hers.get_by_text("Thank you.").wait_for()
    look(hers)
    hers.goto(f"{hers.site}/fife/meetings/my-calendar/")
    look(hers)

    # when the meeting takes place, the planner writes down who is there and hears whether they can decide
    meetings_site.begun(Meeting.objects.get(pk=meeting.pk))
    desk.goto(f"{desk.site}{HERE}{meeting.pk}/attendance/")
    for name in ("Ann Reid", "Bo Hay"):
        desk.get_by_label(f"There? {name}").select_option("present")
    desk.get_by_label("How? Ann Reid").select_option("in_person")
    submit(desk, "Save, and record that the meeting was held")
    desk.get_by_text("The quorum is reached: 2 with a vote are present, 1 needed.").first.wait_for()
    look(desk)

    # and the connection breaks while she writes
    desk.goto(f"{desk.site}{HERE}{meeting.pk}/minutes/")
    look(desk)
    welcome = desk.get_by_label("What was said: Welcome")
    desk.context.set_offline(True)
    welcome.fill("The lead welcomed everybody.")
    desk.get_by_role("button", name="Save Welcome").click()
    desk.get_by_text("Not saved: there is no connection").wait_for()
    welcome.press_sequentially(" Ann took the chair.")
    assert not AgendaItem.objects.get(title="Welcome").minutes_text

    # then nothing typed is lost: it is saved by itself once the connection is back
    desk.context.set_offline(False)
    desk.get_by_text("Saved at").wait_for()
    assert AgendaItem.objects.get(title="Welcome").minutes_text == "The lead welcomed everybody. Ann took the chair."

    # and text that was typed before the page was closed comes back
    transport = desk.get_by_label("What was said: Transport")
    desk.context.set_offline(True)
    transport.fill("A neighbour's illness was discussed.")
    desk.get_by_text("Kept in this browser. Not saved yet.").wait_for()
    desk.context.set_offline(False)
    desk.reload()
    desk.get_by_text("is back in the field").wait_for()
    assert transport.input_value() == "A neighbour's illness was discussed."
    look(desk)
    desk.get_by_role("button", name="Save Transport").click()
    desk.get_by_text("Saved at").wait_for()
    desk.get_by_label("What was said: Open the clinic on Saturdays").fill("All spoke for it.")
    desk.get_by_role("button", name="Save Open the clinic on Saturdays").click()
    desk.wait_for_function("() => document.body.textContent.split('Saved at').length > 2")

    # when she records the decision and an action
    desk.locator("a", has_text="Record a decision: Open the clinic on Saturdays").click()
    look(desk)
    desk.get_by_label("What was decided, and why?").fill("Agreed from May: people who work need it.")
    submit(desk, "Record the decision")
    desk.locator("a", has_text="Record an action: Transport").click()
    look(desk)
    desk.get_by_label("What is to be done?").fill("Ask the bus company for a later bus")
    desk.get_by_label("Who does it?").select_option(label="Ann Reid, Carers' centre")
    write_day(desk, "due_on", timezone.localdate() + dt.timedelta(days=7))
    submit(desk, "Record the action")
    look(desk)

    # and publishes the minutes, one part of them withheld
    desk.get_by_role("link", name="Go on to publishing").click()
    desk.get_by_label("Why is this part not published? (empty: it is published) Transport").fill(
        "It tells of somebody's health."
    )
    submit(desk, "Save for Transport")
    look(desk)
    submit(desk, "Publish the minutes")
    desk.get_by_text("The minutes are published.").wait_for()
    look(desk)
    assert GroupDecision.objects.get().state == "taken"

    # then everybody reads them, with names as each of them wishes, and that a part is withheld
    reader = browser_page(360)
    reader.goto(f"{reader.site}{HERE}")
    look(reader)
    reader.goto(f"{reader.site}{HERE}{meeting.pk}/")
    look(reader)
    text = reader.locator("main").inner_text()
    assert "Ann Reid, Carers' centre (in person)" in text
    assert "A member of the group, for Housing" in text
    assert "It tells of somebody's health." in text
    assert "Agreed from May" in text
    assert not [word for word in ("Bo Hay", "Cy Orr", "illness", "bus company", "budget.pdf") if word in text]

    # and Ann does what was asked of her
    hers.goto(f"{hers.site}/today/")
    hers.get_by_role("link", name="Ask the bus company").click()
    look(hers)
    hers.get_by_label("What came of it?").fill("The last bus now leaves at 21:15.")
    submit(hers, "It is done")
    hers.get_by_text("What came of it is kept.").wait_for()
    hers.goto(f"{hers.site}{HERE}actions/")
    look(hers)
    assert MeetingAction.objects.get().done_on == timezone.localdate()


def test_other_pages_of_meetings_are_accessible(fife, planner, group, browser_page):
    desk = browser_page(1280)
    be(desk, planner)
    place = site.place(fife, "levenmouth")
    held = meetings_site.planned(planner, place, "Budget")
    for page in ("change/", "cancel/", "answer/"):
        desk.goto(f"{desk.site}{HERE}{held.pk}/{page}")
        look(desk)
    Meeting.objects.update(state="minuted")
    desk.goto(f"{desk.site}{HERE}{held.pk}/take-back/")
    look(desk)
    desk.goto(f"{desk.site}/fife/meetings/")
    look(desk)
    desk.goto(f"{desk.site}/fife/localities/levenmouth/")
    look(desk)


def test_two_who_write_the_same_item_lose_nothing(fife, planner, group, browser_page):
    place = site.place(fife, "levenmouth")
    meeting = meetings_site.begun(meetings_site.planned(planner, place, "Budget"))
    address = f"{HERE}{meeting.pk}/minutes/"
    one, other = browser_page(1280), browser_page(360)
    for page in (one, other):
        be(page, planner)
        page.goto(f"{page.site}{address}")
    for page, text in ((one, "We agreed the budget."), (other, "The budget was agreed by all.")):
        page.get_by_label("What was said: Budget").fill(text)
        page.get_by_role("button", name="Save Budget").click()
        page.wait_for_function("() => document.querySelector('[data-status]').textContent.match(/Saved|Somebody/)")

    other.get_by_text("Both texts stand in the field now").wait_for()
    both = other.get_by_label("What was said: Budget").input_value()
    assert both.startswith("We agreed the budget.")
    assert both.endswith("The budget was agreed by all.")
    other.get_by_role("button", name="Save Budget").click()
    other.get_by_text("Saved at").wait_for()
    assert AgendaItem.objects.get().minutes_text == both
