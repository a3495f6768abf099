"""The program looks for options in the background: several, named, measured, and refused with the arithmetic."""

import pytest

from factories import boundaries_site, site
from locality.foundations import InputRefused
from locality_web.areas.boundary_crossings import set_wishes
from locality_web.areas.boundary_proposing import ask_for_options
from locality_web.areas.models import BoundaryOption
from locality_web.core.jobs import work_once
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
