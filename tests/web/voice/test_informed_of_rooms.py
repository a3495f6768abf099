"""Those who keep informed hear of plans, meetings, decisions and localities too: each once, in one short digest."""

import datetime as dt

import pytest
from django.core import mail
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from factories import boundaries_site, informed_site, meetings_site, plans_public, plans_site, site
from locality_web.areas.boundary_states import consult_on
from locality_web.areas.models import AreaVersion
from locality_web.core.hooks import PublicNews
from locality_web.core.jobs import work_once
from locality_web.core.remembered import forget
from locality_web.members.meeting_changes import call_meeting, cancel_meeting, change_meeting
from locality_web.members.models import GroupDecision
from locality_web.plans.steps import take_step
from locality_web.voice.informed import news
from locality_web.voice.informed.digests import about, send_digests
from locality_web.voice.informed.matching import Chosen, is_for
from locality_web.voice.models import SubscriptionNews

pytestmark = pytest.mark.django_db
WINTER = {"day": dt.date(2031, 1, 14)}


def gathered(fife) -> list[str]:
    """Gather news as the worker does on Monday; gives the titles that are new."""
    before = set(SubscriptionNews.objects.values_list("pk", flat=True))
    with transaction.atomic():
        news.gather_news(fife)
    return list(SubscriptionNews.objects.exclude(pk__in=before).order_by("pk").values_list("title", flat=True))


@pytest.fixture
def planner(fife):
    return site.person("planner", fife)


@pytest.fixture
def called(fife, planner):
    """A meeting of Levenmouth's group that everybody on it was invited to."""
    place = site.place(fife, "levenmouth")
    meetings_site.seated(place, "Cy Low")
    made = meetings_site.planned(planner, place, title="Spring meeting", **WINTER)
    call_meeting(planner, place, made)
    return made


def test_a_plan_is_told_when_everybody_can_comment_on_it_and_when_it_is_agreed(fife):
    record = plans_site.written(fife)
    lead = plans_site.holder(fife, "lead", "levenmouth")
    assert gathered(fife) == []

    take_step(lead, record, "open_for_comments")
    assert gathered(fife) == ["Say what you think: Plan of Levenmouth for 2026/27"]

    plans_site.agreed(fife, "kirkcaldy")
    assert gathered(fife) == ["Agreed: Plan of Kirkcaldy for 2026/27"]
    assert gathered(fife) == []


def test_a_plan_that_is_opened_a_second_time_is_news_again(fife):
    record, lead = plans_site.written(fife), plans_site.holder(fife, "lead", "levenmouth")
    take_step(lead, record, "open_for_comments")
    assert len(gathered(fife)) == 1

    take_step(lead, record, "draft", reason="A sum was wrong.")
    assert gathered(fife) == []
    record.refresh_from_db()
    with pytest.MonkeyPatch.context() as later:
        now = timezone.now() + dt.timedelta(days=1)
        later.setattr("locality_web.plans.steps.timezone.now", lambda: now)
        take_step(lead, record, "open_for_comments")
    assert gathered(fife) == ["Say what you think: Plan of Levenmouth for 2026/27"]


def test_the_strategic_plan_is_told_to_everybody(fife):
    plans_public.agreed_everywhere(fife)
    gathered(fife)
    plans_public.agreed_strategic(fife)

    assert gathered(fife) == ["Agreed: Strategic commissioning plan of Fife for 2026/27"]


def test_a_meeting_of_a_group_is_told_when_it_is_called_when_it_is_moved_and_when_it_is_called_off(
    fife, planner, called
):
    place = site.place(fife, "levenmouth")
    assert gathered(fife) == ["A meeting: Spring meeting"]
    assert "Tuesday 14 January 2031" in SubscriptionNews.objects.get().says

    change_meeting(planner, place, called, meetings_site.details(title="Spring meeting", day=dt.date(2031, 1, 21)))
    assert gathered(fife) == ["A meeting: Spring meeting"]

    called.refresh_from_db()
    cancel_meeting(planner, place, called, "The hall is shut.")
    assert gathered(fife) == ["Called off: Spring meeting"]
    assert gathered(fife) == []


@pytest.mark.parametrize("hidden", [{"public": False}, {"kind": "general-practice"}])
def test_a_meeting_that_is_not_for_everybody_is_no_news(fife, called, hidden):
    for name, value in hidden.items():
        setattr(called, name, value)
    called.save()

    assert gathered(fife) == []


def test_a_meeting_that_is_only_planned_is_no_news(fife, planner):
    meetings_site.planned(planner, site.place(fife, "levenmouth"), **WINTER)

    assert gathered(fife) == []


def test_a_decision_is_told_when_it_is_announced_and_when_it_is_taken(fife):
    today = timezone.localdate()
    made = GroupDecision.objects.create(
        partnership=fife,
        locality=site.locality(fife),
        title="Where the clinic goes",
        says="Leven or Methil.",
        due_on=today,
    )
    assert gathered(fife) == []

    made.state, made.announced_at = "announced", timezone.now()
    made.save()
    assert gathered(fife) == ["To be decided: Where the clinic goes"]

    made.state, made.taken_on, made.outcome = "taken", today, "It goes to Methil."
    made.save()
    assert gathered(fife) == ["Decided: Where the clinic goes"]


def test_an_option_for_the_localities_is_told_when_everybody_can_read_it(fife, planner):
    boundaries_site.bring(fife)
    option = boundaries_site.option(planner, fife, "Two halves")
    gathered(fife)

    consult_on(planner, option, is_open=True)
    assert gathered(fife) == ["How the localities could be drawn: Two halves"]

    consult_on(planner, option, is_open=False)
    assert gathered(fife) == []


def test_the_first_localities_are_no_news_and_every_later_change_is(fife):
    AreaVersion.objects.all().delete()
    days = (dt.date(2020, 4, 1), dt.date(2031, 4, 1))
    AreaVersion.objects.create(partnership=fife, applies_from=days[0], reason="As they are.")
    assert gathered(fife) == []

    AreaVersion.objects.create(partnership=fife, applies_from=days[1], reason="Methil joins Leven.")
    assert gathered(fife) == ["The localities change on 1 April 2031"]
    assert SubscriptionNews.objects.get().says == "Methil joins Leven."


def test_another_room_tells_what_it_knows_through_the_same_door(fife, monkeypatch):
    measured = PublicNews(
        "measure:4:2027-06",
        "Falls at home: 12 fewer",
        "June.",
        "/fife/",
        timezone.now(),
        ("levenmouth",),
        ("Home care",),
    )
    monkeypatch.setattr(news, "ask_rooms", lambda *asked: iter([[measured]]))

    assert gathered(fife) == ["Falls at home: 12 fewer"]
    kept = SubscriptionNews.objects.get()
    here, there = site.locality(fife).pk, site.locality(fife, "kirkcaldy").pk
    wishes = (Chosen(locality=here), Chosen(locality=there), Chosen(heading="Home care"), Chosen(heading="Buses"))
    assert [is_for(each, about(kept), {}) for each in wishes] == [True, False, True, False]


def test_a_plan_reaches_those_who_chose_a_topic_on_which_it_spends_money(fife):
    record = plans_site.written(fife)
    take_step(plans_site.holder(fife, "lead", "levenmouth"), record, "open_for_comments")
    gathered(fife)

    told = about(SubscriptionNews.objects.get())
    assert told.headings
    assert all(is_for(Chosen(heading=each), told, {}) for each in told.headings)
    assert not is_for(Chosen(heading="Something else"), told, {})


def test_what_is_old_is_not_told_any_more(fife, called):
    called.called_at = timezone.now() - dt.timedelta(days=36)
    called.save()

    assert gathered(fife) == []


def test_one_digest_leads_to_each_of_them_and_comes_once(fife, called):
    informed_site.subscription(fife, locality=site.locality(fife))
    plans_site.agreed(fife)
    plans_site.agreed(fife, "kirkcaldy")

    for _ in range(2):
        gathered(fife)
        with transaction.atomic():
            send_digests(fife, timezone.now())
    while work_once():
        pass

    (message,) = (each for each in mail.outbox if each.subject == "News from Fife")
    assert "AGREED: PLAN OF LEVENMOUTH FOR 2026/27" in message.body
    assert f"/fife/localities/levenmouth/meetings/{called.pk}/" in message.body
    assert "/fife/localities/levenmouth/plans/2026-27/" in message.body
    assert "KIRKCALDY" not in message.body


def test_the_page_and_the_feed_show_it_before_any_digest_and_ask_few_queries(fife, called):
    plans_site.agreed(fife)
    forget()
    with CaptureQueriesContext(connection) as asked:
        page = Client().get("/fife/keep-informed/").content.decode()

    assert f'href="/fife/localities/levenmouth/meetings/{called.pk}/"' in page
    assert (
        "Agreed: Plan of Levenmouth for 2026/27" in Client().get("/fife/news.atom?locality=levenmouth").content.decode()
    )
    assert len(asked) <= 15, [each["sql"][:120] for each in asked]
