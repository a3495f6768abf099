"""Somebody without a computer takes part, from the first letter to the agreed plan.

Those who work with the site do so by keyboard alone; what goes by post is read from the pages that are printed.
"""

import pytest
from django.utils import timezone

from factories import browsing, plans_site, site, taking_part
from locality_web.members.meeting_changes import call_meeting
from locality_web.members.models import AccessNeed, Meeting, Member, Notice, PaperForm
from locality_web.plans.models import LocalityPlanRecord, PlanComment
from locality_web.plans.snapshots import read_snapshot
from locality_web.plans.steps import take_stance, take_step

pytestmark = pytest.mark.browser

HERE = "/fife/localities/levenmouth/"
PLAN = f"{HERE}plans/2026-27/"


def test_a_person_without_e_mail_takes_part_from_the_first_letter_to_the_agreed_plan(
    fife, browser_page, check_axe, sign_in
):
    # given a written plan, and a lead who puts a carer with a postal address onto the register
    plan = plans_site.written(fife)
    lead = plans_site.holder(fife, "lead", "levenmouth")
    page = browser_page(1280)
    sign_in(page, lead)
    page.goto(f"{page.site}{HERE}register/add/")
    register_mary(page)
    mary = Member.objects.get()
    assert (mary.email, mary.notices) == ("", "paper")

    # when the lead prints the form on which she says what she needs
    print_for_her(page, "What I need to take part", "the group of Levenmouth")
    sheet = page.locator("article.paper")
    assert "Mary Muir" in sheet.inner_text()
    assert "3 Shore Street" in sheet.inner_text()
    browsing.check_axe_at(page, 360, 1280)

    # and it comes back with two ticks
    key_in_newest(page)
    tick(page, "Large print")
    tick(page, "Transport there and back")
    check_axe(page)
    browsing.go(page, "Key it in")
    page.get_by_text("is keyed in. It counts as if it had been said on the site.").wait_for()
    assert set(AccessNeed.objects.values_list("kind", flat=True)) == {"large-print", "transport"}

    # then a meeting to which she is invited says what it must arrange, and the lead arranges it
    call_meeting(lead, site.place(fife, "levenmouth"), taking_part.meeting(fife, site.locality(fife), state="planned"))
    arrange_transport(page, check_axe)

    # when the plan is open for comments, she gets a form in large print, and her comment stands among the others
    take_step(lead, plan, "open_for_comments")
    print_for_her(page, "Comment on a plan", "Plan of Levenmouth for 2026/27")
    assert page.locator("article.paper--large").count() == 1
    key_in_newest(page)
    browsing.write(page, "What do you want to say?", "The bus to the surgery stops at five.")
    browsing.go(page, "Key it in")
    page.get_by_text("is keyed in. It counts").wait_for()
    page.goto(f"{page.site}{PLAN}comments/")
    page.get_by_text("The bus to the surgery stops at five.").wait_for()

    # and the answer goes to her by post
    comment = PlanComment.objects.get()
    browsing.go(page, f"Answer to the comment of A member of the group, {today_in_words()}")
    browsing.write(page, "What became of it, or why not", "We ask for a later bus: action 2.")
    browsing.go(page, "Save the answer")
    comment.refresh_from_db()
    told = Notice.objects.get(subject="The answer to your comment")
    assert (told.member, told.way) == (mary, "paper")

    # with the invitation, in one letter in large print
    read_her_letter(browser_page(1280), sign_in, site.person("planner", fife))

    # when the plan is put to the group, she agrees on paper
    plan = take_step(lead, LocalityPlanRecord.objects.get(), "put_to_group")
    print_for_her(page, "Agree or object to a plan", "Plan of Levenmouth for 2026/27")
    key_in_newest(page)
    browsing.tab_to(page, "I agree")
    browsing.press(page, "Space")
    browsing.go(page, "Key it in")
    page.get_by_text("is keyed in. It counts").wait_for()

    # and the same sheet cannot be keyed in twice
    type_code(page, PaperForm.objects.order_by("-pk")[0].code)
    page.get_by_text("This form was keyed in already, by Lead of Levenmouth").wait_for()
    check_axe(page)

    # then the plan is agreed by the group, and she stands in it as she wishes: by her seat, without her name
    take_stance(lead, plan, "agree")
    page.goto(f"{page.site}{PLAN}group/")
    browsing.go(page, "Record that the plan is agreed")
    page.get_by_text("The plan is agreed. It is kept as it is, with its hash.").wait_for()
    page.get_by_text("Carers (Carers, Levenmouth) agreed on").wait_for()
    check_axe(page)
    snapshot = LocalityPlanRecord.objects.get().snapshot
    assert {each.name for each in read_snapshot(snapshot).agreement.stances} == {"Lead of Levenmouth", "Carers"}
    assert "Mary" not in snapshot.text


def register_mary(page):
    day = timezone.localdate()
    browsing.write(page, "Name", "Mary Muir")
    browsing.tab_to(page, "The group for which the person speaks (optional)")
    page.keyboard.type("Carers")
    browsing.write(page, "Day", str(day.day))
    browsing.write(page, "Month", str(day.month))
    browsing.write(page, "Year", str(day.year))
    browsing.tab_to(page, "How was the person chosen? (optional)")
    page.keyboard.type("Came")
    browsing.write(page, "Address for post (optional)", "3 Shore Street\nLeven\nKY8 4AA")
    browsing.tab_to(page, "By e-mail, each at once")
    browsing.press(page, "ArrowDown", "ArrowDown", "ArrowDown")
    browsing.go(page, "Add the person")


def print_for_her(page, kind, subject):
    page.goto(f"{page.site}{HERE}paper/")
    heading = page.get_by_role("heading", name=kind, exact=True)
    address = heading.locator("xpath=following-sibling::ul[1]").get_by_role("link", name=subject).first
    address.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    tick(page, "Mary Muir")
    browsing.go(page, "Make the forms")


def key_in_newest(page):
    type_code(page, PaperForm.objects.order_by("-pk")[0].code)


def type_code(page, code):
    page.goto(f"{page.site}{HERE}paper/")
    browsing.write(page, "Code of the form", code.lower())
    browsing.go(page, "Key it in")


def tick(page, name):
    browsing.tab_to(page, name)
    browsing.press(page, "Space")


def arrange_transport(page, check_axe):
    held = Meeting.objects.get()
    page.goto(f"{page.site}{HERE}access/{held.pk}/")
    page.get_by_text("Still to be arranged").first.wait_for()
    browsing.go(page, "Say whether it is arranged: Transport there and back, Mary Muir")
    tick(page, "Arranged")
    browsing.write(
        page,
        "What was arranged? If it could not be, why not, and what is offered instead?",
        "A taxi at half past one",
    )
    check_axe(page)
    browsing.go(page, "Note it")
    page.get_by_text("A taxi at half past one").wait_for()
    browsing.check_axe_at(page, 360, 1280)


def read_her_letter(office, sign_in, planner):
    sign_in(office, planner)
    office.goto(f"{office.site}/fife/letters/")
    browsing.go(office, "Gather the letters to print")
    letter = office.locator("article.letter--large").inner_text()
    for said in ("3 Shore Street", "Meeting of the group", "We ask for a later bus: action 2."):
        assert said in letter


def today_in_words():
    day = timezone.localdate()
    return f"{day.day} {day:%B %Y}"


def test_pages_of_taking_part_have_no_accessibility_faults(fife, browser_page, sign_in):
    rows = taking_part.samples(fife)
    planner = site.person("planner", fife, name="Pat Planner")
    taking_part.member(fife, "Pat Planner", person=planner)
    page = browser_page()
    sign_in(page, planner)
    here, number = (
        f"/fife/localities/{rows['members:access']['locality']}/",
        {name: str(of) for name, of in _numbers(rows)},
    )
    for address in (
        "/fife/taking-part/",
        "/fife/taking-part/needs/",
        "/fife/taking-part/details/",
        f"{here}access/",
        f"{here}access/needs/",
        f"{here}access/{number['meeting']}/",
        f"{here}access/{number['meeting']}/papers/",
        f"{here}access/{number['meeting']}/needs/{number['need']}/",
        f"{here}paper/",
        "/fife/paper/",
        f"{here}paper/print/?kind=members.view&subject=group",
        f"{here}paper/sheets/?form={number['paper']}&size=large",
        f"{here}paper/{number['paper']}/",
        f"{here}paper/{number['paper']}/void/",
        f"{here}paper/views/{number['view']}/",
        f"{here}spoken-for/",
        f"{here}spoken-for/add/",
        f"{here}spoken-for/{number['spoken']}/",
        f"{here}connections/",
        f"{here}connections/add/",
        f"{here}connections/{number['connection']}/",
        here,
    ):
        page.goto(f"{page.site}{address}")
        browsing.check_axe_at(page, 360, 1280)


def _numbers(rows):
    of = {
        "meeting": ("access_meeting", "meeting"),
        "need": ("access_arrange", "need"),
        "paper": ("paper_key", "number"),
        "view": ("paper_view", "number"),
        "spoken": ("spoken_answer", "number"),
        "connection": ("connection_came", "number"),
    }
    return [(name, rows[f"members:{address}"][key]) for name, (address, key) in of.items()]
