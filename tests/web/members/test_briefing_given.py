"""The briefing is given to everybody who takes part, once, and the check of the guidance counts who has had it."""

import pytest
from django.test import Client

from factories import meetings_site, site
from locality.foundations import ResultRefused
from locality_web.core.models import AuditEvent
from locality_web.core.permissions import NotAllowed
from locality_web.members.briefing_giving import give_briefing, without_briefing
from locality_web.members.membership_record import membership_of
from locality_web.members.models import Notice

pytestmark = pytest.mark.django_db
GIVE = "/fife/localities/levenmouth/briefing/give/"


@pytest.fixture
def group(levenmouth):
    """Ann by e-mail, Bo by post, Cy who wants no notices."""
    ways = {"Ann Reid": "at_once", "Bo Hay": "paper", "Cy Low": "none"}
    reach = {"at_once": {"email": "ann@example.org"}, "paper": {"address": "Leven"}, "none": {}}
    return [meetings_site.seated(levenmouth, name, notices=way, **reach[way]) for name, way in ways.items()]


def held(fife):
    record = membership_of(fife, ("levenmouth",))
    return [dict(each).get("levenmouth", 0) for each in (record.wanting, record.briefed, record.unreached)]


def test_each_gets_it_once_by_their_own_means_and_whoever_joins_later_is_named(planner, fife, levenmouth, group):
    assert held(fife) == [2, 0, 0]
    assert give_briefing(planner, levenmouth) == 2

    assert sorted(Notice.objects.values_list("member__name", "way")) == [("Ann Reid", "at_once"), ("Bo Hay", "paper")]
    assert "What must it do, and by when?" in Notice.objects.first().text
    assert held(fife) == [2, 2, 0]
    assert AuditEvent.objects.last().kind == "members.briefing_given"
    with pytest.raises(ResultRefused, match="has had the briefing"):
        give_briefing(planner, levenmouth)

    late = meetings_site.seated(levenmouth, "Di Orr", notices="at_once", email="", address="")
    assert without_briefing(levenmouth) == [late]
    assert held(fife) == [3, 2, 1]


def test_only_who_keeps_the_register_gives_it(levenmouth, fife, group):
    with pytest.raises(NotAllowed):
        give_briefing(site.person("member", fife, "levenmouth"), levenmouth)
    assert not Notice.objects.exists()


def test_the_page_names_who_has_not_had_it_and_is_reached_from_the_briefing(planner, group):
    client = site.signed_in(planner)
    assert GIVE in client.get("/fife/localities/levenmouth/briefing/").content.decode()
    assert GIVE not in Client().get("/fife/localities/levenmouth/briefing/").content.decode()

    said = client.get(GIVE).content.decode()
    assert "Ann Reid: by e-mail, each at once" in said
    assert "Cy Low" not in said
    assert "2 members get the briefing." in client.post(GIVE, follow=True).content.decode()


def test_giving_it_that_is_undone_half_way_leaves_nothing(planner, levenmouth, group, monkeypatch):
    monkeypatch.setattr("locality_web.members.briefing_giving.record_event", lambda *said, **more: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        give_briefing(planner, levenmouth)
    assert not Notice.objects.exists()
