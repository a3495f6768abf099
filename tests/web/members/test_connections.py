"""Connections: who was connected with whom, what came of it, and who is connected to nobody."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from factories import site, taking_part
from locality.foundations import ResultRefused
from locality_web.core.models import AuditEvent
from locality_web.core.permissions import NotAllowed
from locality_web.members import connection_changes as changes
from locality_web.members.connection_changes import Tie
from locality_web.members.connection_queries import web_of
from locality_web.members.models import Connection

HERE = "/fife/localities/levenmouth/connections/"


@pytest.fixture
def here(fife):
    return site.place(fife, "levenmouth")


@pytest.fixture
def mary(fife, here):
    """A carer who does not want to be named."""
    who = taking_part.member(fife)
    taking_part.seated(who, here.locality)
    return who


@pytest.fixture
def nan(fife, here):
    """Somebody who is shown by name, connected to nobody."""
    who = taking_part.member(fife, "Nan Noble", shown="name")
    taking_part.seated(who, here.locality, group="older-people", name="Older people's seat")
    return who


@pytest.fixture
def charity(fife):
    return taking_part.organisation(fife)


def tie(one, other, **changed):
    return Tie(**{"one": one, "other": other, "for_what": "A carers' café", "made_on": timezone.localdate(), **changed})


@pytest.fixture
def kept(planner, here, mary, charity):
    return changes.connect(planner, here, tie(mary, charity))


def test_a_member_and_an_organisation_are_connected_and_it_is_recorded_without_a_name(kept, mary, charity):
    assert (kept.one, kept.other_organisation) == (mary, charity)
    event = AuditEvent.objects.last()
    assert (event.kind, event.says) == ("members.connected", "Recorded a connection")


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"for_what": " "}, "not said for what"),
        ({"made_on": dt.date(2999, 1, 1)}, "to come"),
    ],
)
def test_what_cannot_be_is_refused(planner, here, mary, charity, changed, why):
    with pytest.raises(ResultRefused, match=why):
        changes.connect(planner, here, tie(mary, charity, **changed))
    with pytest.raises(ResultRefused, match="Both ends are the same"):
        changes.connect(planner, here, tie(mary, mary))


def test_what_came_of_it_is_said_and_it_ends_once(planner, here, kept):
    with pytest.raises(ResultRefused, match="nothing written"):
        changes.say_what_came(planner, here, kept, came_of="")
    changes.say_what_came(planner, here, kept, came_of="Twelve people come each week.")
    changes.end_connection(planner, here, kept)

    kept.refresh_from_db()
    assert (kept.came_of_on, kept.ended_on) == (timezone.localdate(),) * 2
    with pytest.raises(ResultRefused, match="ended already"):
        changes.end_connection(planner, here, kept)


def test_only_those_who_may_record_connections_do(fife, here, kept, mary, charity):
    for nobody in (site.person("member", fife, "levenmouth"), site.person("lead", fife, "kirkcaldy")):
        for change in (
            lambda by: changes.connect(by, here, tie(mary, charity)),
            lambda by: changes.say_what_came(by, here, kept, came_of="x"),
            lambda by: changes.end_connection(by, here, kept),
        ):
            with pytest.raises(NotAllowed):
                change(nobody)


def test_nothing_is_half_done(planner, here, mary, charity, monkeypatch):
    monkeypatch.setattr(changes, "record_event", lambda *_, **__: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        changes.connect(planner, here, tie(mary, charity))
    assert not Connection.objects.exists()


def test_the_network_shows_who_is_connected_to_nobody_and_an_ended_connection_is_no_more_in_it(
    planner, here, kept, mary, nan
):
    assert web_of(here, by_name=True).network.isolated == (f"member:{nan.pk}",)

    changes.end_connection(planner, here, kept)
    assert set(web_of(here, by_name=True).network.isolated) == {f"member:{nan.pk}", f"member:{mary.pk}"}


def test_everybody_sees_members_as_they_wish_and_how_many_are_connected_to_nobody(client, kept, nan):
    text = client.get(HERE).content.decode()

    assert "Somebody who speaks for: Carers with Leven Carers" in text
    assert "Mary Muir" not in text
    assert "<p>1 member. Who they are is for those who may see the register.</p>" in text
    assert "Nan Noble" not in text
    assert '<svg class="network"' in text


def test_those_who_may_see_the_register_see_names(planner, kept, nan):
    text = site.signed_in(planner).get(HERE).content.decode()

    assert "Mary Muir with Leven Carers" in text
    assert "<li>Nan Noble</li>" in text


def test_the_file_has_members_as_its_reader_may_see_them(client, planner, kept):
    everybody = client.get(f"{HERE}connections.csv").content.decode()
    planners = site.signed_in(planner).get(f"{HERE}connections.csv").content.decode()

    assert "Mary Muir" not in everybody
    assert "Mary Muir,Leven Carers,A carers' café" in planners


def test_the_picture_of_a_place_without_connections_is_a_sentence(client, fife):
    text = client.get(HERE).content.decode()

    assert "Nobody is connected with anybody yet." in text
    assert "<svg class" not in text


def test_a_connection_is_recorded_told_and_ended_on_the_site(planner, mary, charity):
    browser, day = site.signed_in(planner), timezone.localdate()
    when = {"made_on_day": day.day, "made_on_month": day.month, "made_on_year": day.year}
    said = {"one": f"member:{mary.pk}", "other": f"organisation:{charity.pk}", "for_what": "A café", **when}
    assert "Choose with whom." in browser.post(f"{HERE}add/", {**said, "other": ""}).content.decode()
    browser.post(f"{HERE}add/", said)
    kept = Connection.objects.get()
    text = browser.post(f"{HERE}{kept.pk}/", {"came_of": "Twelve come."}, follow=True).content.decode()
    assert "Twelve come." in text

    browser.post(f"{HERE}{kept.pk}/end/")
    kept.refresh_from_db()
    assert kept.ended_on == day


def test_who_may_not_see_the_register_is_offered_organisations_alone(fife, mary, charity):
    worker = site.signed_in(site.person("frontline_worker", fife, "levenmouth"))

    text = worker.get(f"{HERE}add/").content.decode()

    assert "Leven Carers" in text
    assert "Mary Muir" not in text


@pytest.mark.parametrize("page", [HERE, "/fife/connections/", "/fife/spoken-for/"])
def test_public_pages_ask_a_fixed_number_of_questions(
    client, fife, here, planner, charity, page, django_assert_max_num_queries
):
    for number in range(30):
        who = taking_part.member(fife, f"Member {number}")
        taking_part.seated(who, here.locality)
        Connection.objects.create(partnership=fife, locality=here.locality, one=who, other_organisation=charity)

    with django_assert_max_num_queries(12):
        assert client.get(page).status_code == 200
