"""The four words of the guidance - fair, accountable, practical, proportionate - as measured facts."""

from dataclasses import replace

from factories.plans import agreed_plan, pounds, small_plan, strategic_plan
from locality.plans import Effort, Move, PlanLine, PlannedAction, four_words


def told(plans, facts=None, **effort):
    """Facts by word and name; the last one counts where several have one name."""
    return {
        (report.word, fact.id): fact
        for report in four_words(plans, facts, effort=Effort(**effort))
        for fact in report.facts
    }


def test_there_are_four_words_in_their_order_each_with_its_question():
    reports = four_words([agreed_plan()])
    assert [one.word for one in reports] == ["fair", "accountable", "practical", "proportionate"]
    assert all(one.question.endswith("?") and one.facts for one in reports)


def test_fair_says_the_distance_before_and_after():
    plan = strategic_plan()
    (north,) = four_words([agreed_plan("north")], plan.facts)[0].facts
    assert north.says.startswith("North: £50,000 (5.2%) over its fair share before the plan,")
    whole = told(plan.plans, plan.facts)["fair", "nearer"]
    assert whole.figures == {"nearer": 3, "localities": 3}


def test_fair_says_when_a_locality_is_at_its_fair_share():
    row = {"locality": "north", "locality_name": "North", "before_pence": 0, "before_ratio": 0.0, "moves": "widens"}
    facts = {"distance": {"localities": [row | {"after_pence": -100_00, "after_ratio": None}]}}
    assert told([agreed_plan()], facts)["fair", "distance"].says == (
        "North: at its fair share before the plan, £100 under its fair share after it (widens)."
    )


def test_fair_is_not_recorded_without_a_strategic_plan():
    fact = told([agreed_plan()])["fair", "distance"]
    assert (fact.recorded, fact.figures) == (False, {})


def test_accountable_counts_lines_with_a_decision_plans_with_names_and_objections_with_an_answer():
    plans = [agreed_plan("north", objections=["Too late."]), agreed_plan("isles", budget=None), small_plan("south")]
    found = told(plans, objections_answered=1)
    assert found["accountable", "decided"].says == "9 of 11 lines, £1,675,000, rest on a decision that is named."
    assert found["accountable", "agreed_by_name"].says == "2 of 3 plans are agreed by people who are named."
    assert found["accountable", "objections"].says == "1 of 1 objections are answered."


def test_answers_to_objections_are_not_recorded_unless_somebody_counts_them():
    assert not told([agreed_plan(objections=["No."])])["accountable", "objections"].recorded
    assert told([agreed_plan()])["accountable", "objections"].says == "Nobody objected."


def test_practical_counts_actions_with_somebody_and_a_day_and_moves_that_landed():
    actions = (PlannedAction("A1", "home-care", "Do", "Me", "2026-09-30"), PlannedAction("A2", "home-care", "Do"))
    lost = Move("M2", "home-care", "day-care", "winter", pounds(1), "Why")
    plan = agreed_plan(actions=actions, moves=(*agreed_plan().moves, lost))
    found = told([plan])
    assert found["practical", "actions"].figures == {"actions": 2, "with_who_and_when": 1}
    assert found["practical", "moves"].figures == {"moves": 2, "funded": 1}


def test_practical_names_money_that_ends_within_the_year():
    assert told([agreed_plan()])["practical", "ending"].says == (
        "£15,000 come from sources that end within the year: Winter grant."
    )
    longer = tuple(replace(one, ends="2027-04-01") if one.ends else one for one in agreed_plan().sources)
    assert told([agreed_plan(sources=longer)])["practical", "ending"].figures["pence"] == 0


def test_proportionate_sets_effort_beside_the_money():
    lines = (PlanLine("home-care", "core", pounds(500)),)
    found = told([agreed_plan(lines=lines, joint=())], meetings=6, pages=12)
    assert found["proportionate", "meetings"].says == "6 meetings, 12.0 for each £ million."
    assert found["proportionate", "lines"].figures == {"lines": 1, "per_million_pounds": 2.0}


def test_what_nobody_counted_is_not_recorded_rather_than_nought():
    found = told([agreed_plan()])
    assert [found["proportionate", name].recorded for name in ("meetings", "pages", "words", "lines")] == [
        False,
        False,
        True,
        True,
    ]


def test_a_plan_without_money_has_no_rate():
    empty = agreed_plan(lines=(), joint=())
    assert told([empty], meetings=3)["proportionate", "meetings"].says == "3 meetings."
