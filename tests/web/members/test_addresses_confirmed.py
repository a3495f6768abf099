"""A practice may write anybody's e-mail address: until its owner says yes, only that question goes there."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from factories import register_site, site, voices
from factories.letters import links_sent
from locality_web.core.models import AuditEvent
from locality_web.members.models import Member, Notice
from locality_web.members.practice_liaisons import Naming, find_link, make_link, name_liaison, nominate
from locality_web.members.register_erasing import erase_member
from locality_web.members.register_people import change_member
from web.members.notices_by_hand import tell

pytestmark = pytest.mark.django_db
MO = "mo@example.org"


@pytest.fixture(autouse=True)
def nothing_counted():
    cache.clear()


@pytest.fixture
def surgery(fife, levenmouth):
    return voices.practice(fife, levenmouth.locality, "Leven Surgery")


@pytest.fixture
def named(planner, levenmouth, surgery, today):
    """Mo, whom the surgery named through its link, and who was told of a meeting since."""
    token = make_link(planner, levenmouth, surgery, lambda token: token)
    member = nominate(find_link(levenmouth.partnership, token), Naming("Mo Manager", today, "at_once", MO)).member
    tell(levenmouth, [member])
    return member


def sent() -> list[str]:
    links_sent(MO)  # does the jobs that wait
    return [each.subject for each in mail.outbox if each.to == [MO]]


def the_question() -> str:
    return next(link for link in links_sent(MO) if "/notices/confirm/" in link)


def test_an_address_that_nobody_confirmed_gets_the_question_and_nothing_else(named):
    assert sent() == ["Fife: is this your address?"]
    assert Notice.objects.get().handed_over_at is None


def test_opening_the_link_alone_confirms_nothing_since_mail_programs_open_links(named):
    said = Client().get(the_question())

    assert "Is mo@example.org your address?" in said.content.decode()
    assert said.headers["Referrer-Policy"] == "same-origin"
    assert sent() == ["Fife: is this your address?"]


def test_after_a_yes_what_waited_arrives_once_however_often_yes_is_said(named):
    link = the_question()
    for _ in range(2):
        said = Client().post(link, {"answer": "yes"}, follow=True)

    assert "Notices for Mo Manager go to mo@example.org" in said.content.decode()
    assert sent() == ["Fife: is this your address?", "A meeting is called"]
    named.refresh_from_db()
    assert (named.email, named.email_to_confirm) == (MO, "")
    assert AuditEvent.objects.filter(kind="members.address_confirmed").count() == 1
    assert MO not in str(list(AuditEvent.objects.values_list("says", "detail")))


def test_after_a_no_the_address_is_gone_and_nothing_is_sent_there(named):
    link = the_question()

    assert "sends nothing more to mo@example.org" in Client().post(link, {"answer": "no"}).content.decode()

    assert sent() == ["Fife: is this your address?"]
    assert not Member.objects.filter(email_to_confirm=MO).exists()
    assert not Notice.objects.exists()
    assert Client().get(link).status_code == 404


def test_what_is_told_goes_by_post_meanwhile_where_an_address_for_post_is_known(planner, levenmouth, surgery, today):
    token = make_link(planner, levenmouth, surgery, lambda token: token)
    naming = Naming("Mo Manager", today, "at_once", MO, "1 High Street\nLeven")
    tell(levenmouth, [nominate(find_link(levenmouth.partnership, token), naming).member])

    page = site.signed_in(planner).get("/fife/letters/").content.decode()
    assert "<strong>1 letter</strong>" in page


def test_the_page_of_practices_says_that_nothing_reaches_the_liaison_yet(planner, named):
    page = site.signed_in(planner).get("/fife/localities/levenmouth/practices/").content.decode()
    assert "The e-mail address that the practice gave is not confirmed, so what they are told waits." in page
    assert "no postal address" in site.signed_in(planner).get("/fife/letters/").content.decode()


def test_who_keeps_the_register_may_write_the_address_and_answers_for_it(planner, levenmouth, named):
    link = the_question()
    change_member(
        planner,
        levenmouth,
        named,
        register_site.details("Mo Manager", email="m@example.org", organisation="Leven Surgery"),
    )

    links_sent(MO)
    assert [each.subject for each in mail.outbox if each.to == ["m@example.org"]] == ["A meeting is called"]
    assert Client().get(link).status_code == 404


def test_other_things_about_somebody_unconfirmed_can_be_changed(planner, levenmouth, named):
    same = register_site.details("Mo Mackie", email="", notices="at_once", organisation="Leven Surgery")
    change_member(planner, levenmouth, named, same)

    named.refresh_from_db()
    assert (named.name, named.email, named.email_to_confirm) == ("Mo Mackie", "", MO)


def test_a_planner_who_names_a_liaison_answers_for_the_address(planner, levenmouth, surgery, today):
    made = name_liaison(planner, levenmouth, surgery, Naming("Mo Manager", today, "at_once", MO))
    assert (made.member.email, made.member.email_to_confirm) == (MO, "")
    assert not sent()


def test_who_erases_somebody_takes_the_unconfirmed_address_and_the_waiting_question_away(planner, fife, named):
    erase_member(planner, site.place(fife), named)

    assert not sent()
    assert not Member.objects.filter(email_to_confirm=MO).exists()


def test_a_link_that_was_changed_or_is_of_another_partnership_is_not_known(named, argyll):
    link = the_question()
    assert Client().get(re.sub(r".(?=/$)", lambda last: "a" if last[0] != "a" else "b", link)).status_code == 404
    assert Client().get(link.replace("/fife/", "/argyll-and-bute/")).status_code == 404
