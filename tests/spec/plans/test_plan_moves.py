"""What changes against last year, and money moved from service to service: nothing vanishes on the way.

Exampleshire's North moves £20,000 of core money from day care to home care.
"""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from factories.plans import SERVICES, pounds, small_plan
from locality.plans import Move, PlanLine, explain_change, moved_by_service, say_move

NORTH = small_plan()


def _table(plan):
    return [
        (
            one.service,
            one.source,
            one.last_year_pence,
            one.moved_in_pence,
            one.moved_out_pence,
            one.new_pence,
            one.this_year_pence,
        )
        for one in explain_change(plan)
    ]


def test_last_year_and_what_is_moved_and_what_is_new_make_this_year():
    thousand = 1_000_00
    rows = [tuple(n if not isinstance(n, int) else n // thousand for n in row) for row in _table(NORTH)]
    assert rows == [
        # service            source    last year  in  out   new  this year
        ("home-care",        "core",   480,       20, 0,    0,   500),
        ("home-care",        "winter", None,      0,  0,    None, 15),
        ("day-care",         "core",   120,       0,  20,   0,   100),
        ("reablement",       "core",   None,      0,  0,    None, 80),
        ("district-nursing", "core",   290,       0,  0,    0,   290),
    ]  # fmt: skip


def test_each_change_is_said_in_a_sentence():
    said = [one.words for one in explain_change(NORTH)]
    assert said[0] == "Home care, Core budget: £480,000.00 last year, £20,000.00 moved here; £500,000.00 this year."
    assert said[1] == "Home care, Winter grant: last year is not known; £15,000.00 this year."
    assert said[2] == "Day care, Core budget: £120,000.00 last year, £20,000.00 moved away; £100,000.00 this year."


def test_what_is_not_moved_is_new_or_less():
    plan = replace(
        NORTH, moves=(), lines=(PlanLine("home-care", "core", 500, 480), PlanLine("day-care", "core", 100, 120))
    )
    said = {one.service: one.words for one in explain_change(plan) if one.service != "reablement"}
    assert said["home-care"].endswith("£4.80 last year, £0.20 new; £5.00 this year.")
    assert said["day-care"].endswith("£1.20 last year, £0.20 less; £1.00 this year.")


def test_money_moved_to_a_service_without_a_line_is_shown_as_lacking_there():
    plan = replace(NORTH, lines=(PlanLine("day-care", "core", 100, 120), PlanLine("home-care", "core", 0, 0)), joint=())
    home = next(one for one in explain_change(plan) if one.service == "home-care")
    assert (home.moved_in_pence, home.new_pence, home.this_year_pence) == (pounds(20), -pounds(20), 0)


def test_a_move_is_one_sentence_with_both_ends_and_the_reason():
    assert say_move(NORTH.moves[0], NORTH) == (
        "£20,000.00 of Core budget goes from Day care to Home care: Fewer use it."
    )


MOVES = st.lists(
    st.builds(
        lambda ends, pence, source: (ends, pence, source),
        st.lists(st.sampled_from([one.service for one in SERVICES]), min_size=2, max_size=2),
        st.integers(0, 10**9),
        st.sampled_from(["core", "winter", "odd"]),
    ),
    max_size=8,
)


@given(MOVES)
def test_what_is_moved_adds_up_to_nought_over_all_services(drawn):
    moves = tuple(Move(f"M{n}", *ends, source, pence, "") for n, (ends, pence, source) in enumerate(drawn))
    plan = replace(NORTH, moves=moves)
    assert sum(moved_by_service(plan).values()) == 0
    changes = explain_change(plan)
    assert sum(one.moved_in_pence - one.moved_out_pence for one in changes) == 0
    for one in changes:
        if one.last_year_pence is not None:
            parts = one.last_year_pence + one.moved_in_pence - one.moved_out_pence + (one.new_pence or 0)
            assert parts == one.this_year_pence
    assert sum(one.this_year_pence for one in changes) == pounds(985)
