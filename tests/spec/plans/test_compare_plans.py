"""What differs between two plans, in words and pounds: two versions of a year, or two years.

The earlier plan is Exampleshire's North for 2026/27, version 1 (`tests/factories/plans.py`).
"""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from factories.plans import budget_of, joint_line, pounds, small_plan
from locality.plans import Move, PlanLine, PlannedAction, Priority, compare_plans

NORTH = small_plan()


def _compare(**changes):
    return compare_plans(NORTH, replace(NORTH, version=2, **changes))


def _said(topic, **changes):
    return [(one.how, one.path, one.words) for one in _compare(**changes).about(topic)]


def _lines(**pence):
    """North's core lines, some with other pounds in thousands; None takes one away."""
    named = {name.replace("_", "-"): amount for name, amount in pence.items()}
    kept = [line for line in NORTH.lines if line.source != "core" or named.get(line.service, 0) is not None]
    return tuple(
        replace(line, pence=pounds(named[line.service])) if line.source == "core" and line.service in named else line
        for line in kept
    )


def test_two_plans_that_say_the_same_do_not_differ():
    comparison = _compare()
    assert (comparison.changes, comparison.more_pence) == ((), 0)
    assert comparison.words == "£985,000.00 is planned; before it was £985,000.00, the same."


def test_the_title_says_which_versions_or_years_are_compared():
    assert _compare().title == "North, 2026/27: version 1 and version 2"
    assert compare_plans(NORTH, replace(NORTH, year="2027/28")).title == "North: 2026/27 and 2027/28"


def test_the_totals_are_compared_in_pounds():
    comparison = _compare(lines=_lines(home_care=510, district_nursing=280, day_care=95))
    assert comparison.more_pence == -pounds(5)
    assert comparison.words == "£980,000.00 is planned; before it was £985,000.00, £5,000.00 less."


# ---------------------------------------------------------------- money


def test_a_line_goes_up_or_down_by_pounds():
    assert _said("line", lines=_lines(home_care=510, day_care=90)) == [
        ("up", "line/home-care/core", "Home care, Core budget: £510,000.00, before £500,000.00, £10,000.00 more."),
        ("down", "line/day-care/core", "Day care, Core budget: £90,000.00, before £100,000.00, £10,000.00 less."),
    ]


def test_a_line_is_new_or_gone():
    lines = (*_lines(day_care=None), PlanLine("district-nursing", "winter", pounds(1)))
    assert _said("line", lines=lines) == [
        ("new", "line/district-nursing/winter", "District nursing, Winter grant: new, £1,000.00."),
        ("gone", "line/day-care/core", "Day care, Core budget: no longer there; it was £100,000.00."),
    ]


def test_a_line_of_nought_is_the_same_as_no_line():
    assert _said("line", lines=(*NORTH.lines, PlanLine("day-care", "winter", 0))) == []


def test_a_joint_line_is_compared_with_the_localitys_own_share():
    shares = joint_line().shares
    more = joint_line(total_pence=pounds(130), shares=(replace(shares[0], pence=pounds(90), agreed_on=""), shares[1]))
    (change,) = _compare(joint=(more,)).changes
    assert change.more_pence == pounds(10)
    assert change.words == (
        "Joint line on Reablement: £130,000.00 of Core budget, of which £90,000.00 is this locality's share, "
        "agreed by 1 of 2; before £120,000.00 of Core budget, of which £80,000.00 is this locality's share, "
        "agreed by 2 of 2."
    )
    assert [one.how for one in _compare(joint=()).changes] == ["gone"]


def test_another_budget_is_named_by_heading():
    heading, other = budget_of("north").headings
    behind = budget_of("north", headings=(replace(heading, budget_pence=pounds(710)), other))
    assert _said("budget", budget=behind) == [
        ("up", "budget/Care at home", "The budget of Care at home: £710,000.00, before £700,000.00, £10,000.00 more.")
    ]


def test_moves_are_new_gone_or_changed():
    second = Move("M2", "day-care", "district-nursing", "core", pounds(5), "More nights")
    assert _said("move", moves=(replace(NORTH.moves[0], pence=pounds(25)), second)) == [
        (
            "changed",
            "move/M1",
            "Changed move: £25,000.00 of Core budget goes from Day care to Home care: Fewer use it. "
            "Before: £20,000.00 of Core budget goes from Day care to Home care: Fewer use it.",
        ),
        ("new", "move/M2", "New move: £5,000.00 of Core budget goes from Day care to District nursing: More nights."),
    ]
    assert [how for how, _, _ in _said("move", moves=())] == ["gone"]


# ---------------------------------------------------------------- words


def test_priorities_are_added_dropped_reworded_and_ranked_anew():
    first, second, _ = NORTH.priorities
    new = Priority("P4", "Care at home", "", 3, "Tell people what there is", "", "more")
    changed = replace(first, rank=2, title="Even more help at home")
    assert _said("priority", priorities=(replace(second, rank=1), changed, new)) == [
        ("up", "priority/P2/rank", "Keep nurses local: rank 1, before 2."),
        ("down", "priority/P1/rank", "Even more help at home: rank 2, before 1."),
        (
            "reworded",
            "priority/P1/title",
            "Even more help at home: its title is now “Even more help at home”, before “More help at home”.",
        ),
        ("new", "priority/P4", "New priority, rank 3: Tell people what there is."),
        ("gone", "priority/P3", "Dropped priority, it had rank 3: Get people back on their feet."),
    ]


def test_a_priority_about_another_service_is_named_by_the_services_name():
    first, *others = NORTH.priorities
    (change,) = _compare(priorities=(replace(first, service="day-care"), *others)).changes
    assert change.words == "More help at home: its service is now “Day care”, before “Home care”."


def test_actions_notes_and_summary():
    action = PlannedAction("A1", "home-care", "Hire five carers", "", "2026-10-31")
    changes = _compare(actions=(action,), notes=(("home-care", "More visits."),), summary="Other words.").changes
    assert [(one.topic, one.how, one.words) for one in changes] == [
        ("summary", "reworded", "The summary has been reworded."),
        (
            "action",
            "changed",
            "Changed action: Home care: Hire five carers, by 2026-10-31. "
            "Before: Home care: Hire four carers, Home care manager, by 2026-09-30.",
        ),
        ("note", "new", "Home care has a note now."),
        ("note", "gone", "Day care has no note any more."),
    ]
    assert changes[0].before == "What North will do in 2026/27."


# ---------------------------------------------------------------- always


AMOUNTS = st.dictionaries(
    st.tuples(st.sampled_from(["home-care", "day-care", "odd"]), st.sampled_from(["core", "winter"])),
    st.integers(0, 3) | st.integers(0, 10**10),
)


def _plan(amounts, joint):
    lines = tuple(PlanLine(service, source, pence) for (service, source), pence in amounts.items())
    return replace(NORTH, lines=lines, joint=(joint_line(),) if joint else ())


@given(AMOUNTS, st.booleans(), AMOUNTS, st.booleans())
def test_the_differences_in_money_add_up_to_the_difference_of_the_totals(was, was_joint, now, now_joint):
    comparison = compare_plans(_plan(was, was_joint), _plan(now, now_joint))
    money = sum(one.more_pence for one in comparison.changes if one.topic in ("line", "joint"))
    assert money == comparison.more_pence == comparison.after_pence - comparison.before_pence
    back = compare_plans(_plan(now, now_joint), _plan(was, was_joint))
    assert sorted((one.path, -one.more_pence) for one in back.changes) == sorted(
        (one.path, one.more_pence) for one in comparison.changes
    )
    kept = {key: pence for key, pence in was.items() if pence}, {key: pence for key, pence in now.items() if pence}
    assert (comparison.changes == ()) == (kept[0] == kept[1] and was_joint == now_joint)
