"""What the guidance leaves to a partnership: its own value, with a reason, or the default."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import site
from locality.foundations import InputRefused
from locality_web.core.models import AuditEvent, Partnership
from locality_web.core.partnership_settings import change_setting, read_setting, settings_lines
from locality_web.core.permissions import NotAllowed
from locality_web.core.setting_kinds import Declared, faults_in, say_value

DAYS = "core.invitation_days"


def change(person, partnership, value, reason="Our board meets every six weeks"):
    change_setting(person, site.place(partnership), DAYS, value=value, reason=reason)


def test_without_a_value_of_its_own_a_partnership_has_the_default(fife):
    assert read_setting(fife, DAYS) == 14


def test_a_partnership_sets_its_own_value_with_a_reason_and_another_is_untouched(fife, argyll):
    planner = site.person("planner", fife, name="Ann Lee")

    change(planner, fife, 42)

    assert (read_setting(fife, DAYS), read_setting(argyll, DAYS)) == (42, 14)
    (line,) = [line for line in settings_lines(fife) if line["declared"].name == DAYS]
    assert (line["default"], line["own_value"]) == ("14 days", "42 days")
    assert (line["own"].reason, str(line["own"].set_by)) == ("Our board meets every six weeks", "Ann Lee")


def test_every_change_is_in_the_audit_record(fife):
    planner = site.person("planner", fife)
    change(planner, fife, 42)
    change(planner, fife, None, "Back to what everybody does")

    said = list(AuditEvent.objects.values_list("kind", "detail"))
    assert said == [
        ("core.setting_changed", {"before": 14, "after": 42, "own": True}),
        ("core.setting_changed", {"before": 42, "after": 14, "own": False}),
    ]
    assert read_setting(Partnership.objects.get(pk=fife.pk), DAYS) == 14


@pytest.mark.parametrize(
    ("value", "reason", "what"),
    [
        (0, "Sooner", "0 days is less than 1 day"),
        (61, "Later", "61 days is more than 60 days"),
        ("soon", "Words", "This is not a whole number"),
        (14.5, "Half", "This is not a whole number"),
        (True, "Yes", "This is not a whole number"),
        (30, "  ", "The reason is missing"),
    ],
)
def test_a_value_outside_its_limits_or_without_a_reason_is_refused(fife, value, reason, what):
    with pytest.raises(InputRefused) as refused:
        change(site.person("planner", fife), fife, value, reason)

    assert [fault.what for fault in refused.value.faults] == [what]
    assert (read_setting(fife, DAYS), AuditEvent.objects.count()) == (14, 0)


def test_a_lead_may_not_change_what_the_whole_partnership_decided(fife):
    with pytest.raises(NotAllowed):
        change(site.person("lead", fife, "levenmouth"), fife, 30)


@given(st.floats(allow_nan=True, allow_infinity=True))
def test_no_number_outside_the_limits_passes(number):
    quorum = Declared("plans.quorum", "Quorum", "share", 0.5, "made up", minimum=0.25, maximum=1)

    assert (faults_in(quorum, number) == []) == (0.25 <= number <= 1)


def test_values_are_said_as_people_read_them():
    who = Declared("x.who", "Who", "choices", ["lead"], "made up", choices={"lead": "Leads", "member": "Members"})
    share = Declared("x.share", "Share", "share", 0.5, "made up")
    people = Declared("x.size", "Size", "whole_number", 1, "made up", unit="people")

    assert say_value(who, ["lead", "member"]) == "Leads, Members"
    assert say_value(share, 0.125) == "12.5%"
    assert say_value(people, 105000) == "105,000 people"
    assert [fault.what for fault in faults_in(who, ["boss"])] == ["“boss” is not one of the choices"]
