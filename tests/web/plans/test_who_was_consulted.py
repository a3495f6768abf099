"""A plan's public page says who was consulted: those who commented, professional bodies, professions."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from factories import plans_public, plans_site, site, voices
from locality_web.members.models import Advice, GroupDecision, ProfessionAsked

pytestmark = pytest.mark.django_db
PLAN = "/fife/localities/levenmouth/plans/2026-27/"


def advise(fife, about, **more):
    known = {"state": "given", "given_on": dt.date(2026, 1, 9), "year": "2026/27", "public": True, "answer": "Done so."}
    return Advice.objects.create(
        partnership=fife, body="area-clinical-forum", body_name="Area Clinical Forum", about=about, **(known | more)
    )


def decided(fife, title, *, on=dt.date(2026, 2, 1), locality="levenmouth"):
    where = site.locality(fife, locality) if locality else None
    made = GroupDecision.objects.create(
        partnership=fife, locality=where, title=title, says="x", due_on=on, taken_on=on, state="taken",
        announced_at=timezone.now(),
    )  # fmt: skip
    asked = {"answer": f"On {title}", "became": "Kept.", "answered_at": timezone.now(), "group": "pharmacy"}
    ProfessionAsked.objects.create(decision=made, member=voices.member(fife), token_hash=title, **asked)


def page_of(address=PLAN) -> str:
    return Client().get(address).content.decode().partition('id="page-consulted"')[2].partition("</section>")[0]


def test_the_plan_shows_public_advice_on_it_and_answers_to_decisions_of_the_year_in_which_it_was_made(fife):
    plans_site.agreed(fife, "levenmouth", "2026/27")
    advise(fife, "Beds in Leven", locality=site.locality(fife))
    advise(fife, "All of Fife")
    advise(fife, "Hidden", public=False)
    advise(fife, "Only asked", state="asked")
    advise(fife, "Another year", year="2027/28")
    advise(fife, "Beds in Kirkcaldy", locality=site.locality(fife, "kirkcaldy"))
    decided(fife, "the clinic")
    decided(fife, "an older one", on=dt.date(2025, 3, 31))
    decided(fife, "one of Kirkcaldy", locality="kirkcaldy")

    page = page_of()

    assert [said in page for said in ("Beds in Leven", "All of Fife", "On the clinic", "Done so.", "Kept.")] == [
        True
    ] * 5
    others = ("Hidden", "Only asked", "Another year", "Beds in Kirkcaldy", "an older one", "one of Kirkcaldy")
    assert [said for said in others if said in page] == []
    assert "Pharmacists" in page


def test_the_strategic_plan_shows_what_was_said_of_the_whole_partnership(fife):
    plans_public.agreed_strategic(fife)
    advise(fife, "All of Fife")
    decided(fife, "one formulary", locality=None)
    decided(fife, "the clinic")

    page = page_of("/fife/plan/2026-27/")

    assert ("All of Fife" in page, "On one formulary" in page, "On the clinic" in page) == (True, True, False)


def test_a_plan_about_which_nobody_was_asked_has_no_such_part(fife):
    plans_site.agreed(fife, "levenmouth", "2026/27")
    assert page_of() == ""
