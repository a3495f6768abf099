"""The program looks for options in the background: several, named, measured, and refused with the arithmetic."""

import pytest

from factories import boundaries_site, site
from locality.foundations import InputRefused
from locality_web.areas import boundary_proposing
from locality_web.areas.boundary_crossings import set_wishes
from locality_web.areas.boundary_proposing import ask_for_options
from locality_web.areas.models import BoundaryOption
from locality_web.core.jobs import work_once
from locality_web.core.models import AuditEvent, Job
from locality_web.core.permissions import NotAllowed

pytestmark = pytest.mark.django_db(transaction=True)


def test_several_sound_options_are_found_named_and_measured(pat, drawn):
    ask_for_options(pat, site.place(drawn))

    done = work_once()

    found = list(BoundaryOption.objects.all())
    assert done.says == f"Found {len(found)} boundary option{'s' if len(found) > 1 else ''}."
    assert found
    for option in found:
        assert option.origin == "tool"
        assert option.measures["warnings"] == []
        assert set(option.zones) == set(boundaries_site.ZONES)
        assert len(option.names) == 4
        assert option.best_at
    assert {"levenmouth", "kirkcaldy"} <= {key for option in found for key in option.names}


def test_one_search_at_a_time(pat, drawn):
    ask_for_options(pat, site.place(drawn))

    with pytest.raises(InputRefused, match="already"):
        ask_for_options(pat, site.place(drawn))


def test_rules_that_nothing_can_meet_fail_the_job_in_words_that_the_list_shows(pat, drawn):
    wishes = {"number": 2, "seeds": list(boundaries_site.ZONES[:3])}
    set_wishes(pat, site.place(drawn), wishes, "Because.")
    browser = site.signed_in(pat)

    browser.post("/fife/areas/options/propose/")
    failed = work_once()

    assert failed.state == "failed"
    text = browser.get("/fife/areas/options/").content.decode()
    assert "The program found no options" in text
    assert not BoundaryOption.objects.exists()


def test_who_may_not_change_localities_asks_for_no_options(drawn):
    with pytest.raises(NotAllowed):
        ask_for_options(site.person("lead", drawn, "levenmouth"), site.place(drawn))


def test_a_search_that_waits_is_stopped_and_never_begins(pat, drawn):
    browser = site.signed_in(pat)
    browser.post("/fife/areas/options/propose/")

    page = browser.get("/fife/areas/options/").content.decode()
    said = browser.post("/fife/areas/options/propose/stop/", follow=True).content.decode()

    assert "Stop this search" in page
    assert "and then takes about ten seconds" in page
    assert "The search is stopped. What it had found so far was not kept." in said
    assert "Stopped by Pat Planner. Nothing of it was kept." in said
    assert "Let the program propose options" in said
    assert work_once() is None
    assert not BoundaryOption.objects.exists()
    assert AuditEvent.objects.last().kind == "areas.search_stopped"


def test_a_search_that_is_stopped_while_it_runs_ends_soon_and_keeps_nothing(pat, drawn, monkeypatch):
    asked = []
    monkeypatch.setattr(boundary_proposing, "_LOOK_SECONDS", 0)

    def search_without_end(*_, stop, **__):
        boundary_proposing.stop_search(pat, site.place(drawn))
        asked.append(stop())
        return propose(*_, **__)

    propose = boundary_proposing.propose
    monkeypatch.setattr(boundary_proposing, "propose", search_without_end)
    ask_for_options(pat, site.place(drawn))

    ended = work_once()

    assert asked == [True]
    assert (ended.state, ended.says) == ("done", "Stopped by Pat Planner. Nothing of it was kept.")
    assert not BoundaryOption.objects.exists()


def test_a_search_that_has_ended_cannot_be_stopped(pat, drawn):
    ask_for_options(pat, site.place(drawn))
    done = work_once()

    assert not boundary_proposing.stop_search(pat, site.place(drawn))
    assert BoundaryOption.objects.exists()
    assert Job.objects.get(pk=done.pk).says == done.says


def test_who_may_not_change_localities_stops_no_search(pat, drawn):
    ask_for_options(pat, site.place(drawn))

    with pytest.raises(NotAllowed):
        boundary_proposing.stop_search(site.person("lead", drawn, "levenmouth"), site.place(drawn))
