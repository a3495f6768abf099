"""What somebody says by telephone, at a visit, in a group, on paper or through an organisation is written down."""

import datetime as dt

import pytest
from django.utils import timezone

from factories import site, talks
from locality_web.core.models import AuditEvent
from locality_web.members.models import Organisation
from locality_web.voice.conversations.receipts import find_by_receipt
from locality_web.voice.models import Contribution, Opinion

pytestmark = pytest.mark.django_db


@pytest.fixture
def planner(fife):
    return site.person("planner", fife, name="Pat Planner")


@pytest.fixture
def talk(fife, planner):
    return talks.opened(planner, site.place(fife), kinds=("views", "statements"))


def said(**more) -> dict[str, str]:
    day = timezone.localdate()
    came = {"channel": "telephone", "people": "1", "means": "none", "view": "The bus stops at five.", "consents": "on"}
    return {**came, "received_on_day": day.day, "received_on_month": day.month, "received_on_year": day.year, **more}


def send(planner, talk, **more):
    return site.signed_in(planner).post(f"/fife/conversations/{talk.slug}/record/", said(**more), follow=True)


def test_the_code_is_shown_to_be_read_out_or_printed_and_opens_what_was_said(planner, talk):
    page = send(planner, talk, read_back="on")

    code = page.context["receipt"]
    assert code in page.content.decode()
    made = find_by_receipt(code)
    assert (made.channel, made.recorded_by, made.read_back, made.consents) == ("telephone", planner, True, True)
    assert made.opinions.get().text == "The bus stops at five."


def test_the_form_asks_the_questions_of_the_site_and_how_it_came(planner, talk):
    form = site.signed_in(planner).get(f"/fife/conversations/{talk.slug}/record/").context["form"]
    on_site = site.signed_in(planner).get(f"/fife/conversations/{talk.slug}/say/").context["form"]

    assert set(on_site.fields) < set(form.fields)
    more = set(form.fields) - set(on_site.fields)
    assert more == {"channel", "received_on", "organisation", "people", "for_whom", "how_asked", "read_back"}


def test_an_organisation_speaks_for_counted_people_and_says_how_they_were_asked(fife, planner, talk):
    carers = Organisation.objects.create(partnership=fife, name="Carers of Leven", kind="carers")
    more = {"channel": "organisation", "organisation": carers.pk, "people": "14"}

    send(planner, talk, **more, for_whom="carers in Leven", how_asked="At two evenings in June.")

    made = Contribution.objects.get()
    assert (made.organisation, made.people, made.for_whom) == (carers, 14, "carers in Leven")


def test_all_that_is_missing_is_said_at_once(planner, talk):
    form = send(planner, talk, channel="organisation").context["form"]

    assert set(form.errors) == {"organisation", "for_whom", "how_asked"}
    assert not Contribution.objects.exists()


def test_what_came_in_time_may_be_written_down_after_the_close_and_nothing_later(planner, talk):
    talk.state, talk.closed_at = "closed_to_views", timezone.now()
    talk.save()

    send(planner, talk)
    assert Opinion.objects.count() == 1
    to_come = timezone.localdate() + dt.timedelta(days=1)
    form = send(planner, talk, received_on_day=to_come.day, received_on_month=to_come.month).context["form"]
    assert form.errors


def test_only_those_who_may_write_down_and_no_word_in_the_record(fife, planner, talk):
    page = site.signed_in(site.person("finance", fife)).get(f"/fife/conversations/{talk.slug}/record/")
    send(planner, talk)

    assert page.status_code == 403
    told = " ".join(f"{each.says} {each.detail}" for each in AuditEvent.objects.all())
    assert "stops at five" not in told
