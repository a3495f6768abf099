"""The outline: what a published plan says, in which order, and under which addresses."""

from dataclasses import replace

import pytest

from factories.plans import LEDGER, LEDGER_YEAR, agreed_plan, budget_of, pounds, small_plan, strategic_plan
from locality.plans import HeadingMoney, Ledger, Narrative, Place, PlanLine, StrategicPlan
from locality.plans.documents import Document, Heading, Items, Paragraph, Table, amounts_in, outline_of
from locality.plans.documents.blocks import say_cell


def table(document, id):
    return next(part for part in document.parts if isinstance(part, Table) and part.id == id)


def rows(document, id):
    return [row.cells for row in table(document, id).rows]


def words(document):
    said = [part.text for part in document.parts if isinstance(part, Paragraph | Heading)]
    said += [item.text for part in document.parts if isinstance(part, Items) for item in part.items]
    return " ".join(said)


def addresses(document: Document):
    found = []
    for part in document.parts:
        inside = part.items if isinstance(part, Items) else part.rows if isinstance(part, Table) else ()
        found += [part.id] if not isinstance(part, Items) else []
        found += [each.id for each in inside]
    return [id for id in found if id]


def test_a_plan_says_first_whether_it_is_an_example_and_whether_it_is_agreed():
    first, second, *_ = outline_of(agreed_plan()).parts
    assert first.text.startswith("This is an example.")
    assert second.text == "This plan was agreed on 28 February 2026. It does not change; a later version replaces it."
    (draft, *_) = outline_of(small_plan(made_up=False)).parts
    assert draft.text == "This is a draft. It may still change."
    assert draft.is_notice


def test_the_money_in_short_is_in_words_and_by_heading():
    document = outline_of(small_plan())
    assert (
        "£985,000 is planned to be spent in the year. £970,000 of it comes from the locality's budget of "
        "£1,000,000, £15,000 from grants and contributions beside it. £30,000 of the budget is not planned."
    ) in words(document)
    assert "£71 goes to Care at home" in words(document)
    assert "£29 goes to Community nursing" in words(document)
    #  heading              planned     from budget      budget        left
    assert rows(document, "headings") == [
        ("Care at home", pounds(695), pounds(680), pounds(700), pounds(20)),
        ("Community nursing", pounds(290), pounds(290), pounds(300), pounds(10)),
        ("Total", pounds(985), pounds(970), pounds(1000), pounds(30)),
    ]


def test_a_plan_over_its_budget_says_by_how_much():
    plan = small_plan("isles", lines=(PlanLine("home-care", "core", pounds(161)),))
    assert "The plan is over its budget by £1,000." in words(outline_of(plan))


def test_every_line_has_its_address_and_the_share_of_a_joint_line_says_so():
    found = {row.id: row.cells for row in table(outline_of(small_plan()), "lines-care-at-home").rows if row.id}
    assert found == {
        "line-home-care-core": ("Home care", "Core budget", pounds(500), pounds(480), pounds(20)),
        "line-home-care-winter": ("Home care", "Winter grant", pounds(15), None, None),
        "line-day-care-core": ("Day care", "Core budget", pounds(100), pounds(120), -pounds(20)),
        "line-reablement-core": ("Reablement (share of a joint line)", "Core budget", pounds(80), None, None),
    }


def test_a_service_without_money_is_listed_and_one_that_the_catalogue_lacks_is_shown():
    plan = small_plan(lines=(PlanLine("home-care", "core", 1), PlanLine("gone", "core", 7)), joint=())
    document = outline_of(plan)
    assert ("Day care", "no money planned here", 0, None, None) in rows(document, "lines-care-at-home")
    assert ("gone", "Core budget", 7, None, None) in rows(document, "lines-not-in-the-catalogue")


def test_priorities_stand_first_to_last_and_under_their_heading():
    document = outline_of(small_plan())
    ranked = next(part for part in document.parts if isinstance(part, Items) and part.is_numbered)
    assert [item.text.partition(" (")[0] for item in ranked.items] == [
        "More help at home",
        "Keep nurses local",
        "Get people back on their feet",
    ]
    assert "About Home care; asks for more. Long waits. Raised by: Carers' forum." in words(document)
    assert {"priority-p1", "priority-p2", "priority-p3"} <= set(addresses(document))
    assert "No priority is noted under Equipment." in words(document)


def test_what_changes_is_moves_and_services_up_and_down():
    document = outline_of(small_plan())
    assert rows(document, "moves-table") == [("Day care", "Home care", "Core budget", pounds(20), "Fewer use it.")]
    # Home care has a new grant whose last year nobody knows: its change is not known either.
    assert rows(document, "change_table") == [("Day care", pounds(120), pounds(100), -pounds(20))]


def test_who_objected_and_why_is_said():
    document = outline_of(agreed_plan(objections=["Housing is not in it."]))
    assert "2 people agreed and 1 objected. At least 2 had to take part." in words(document)
    assert ("O. Bject", "Housing", "Objected", "Housing is not in it.", "28 February 2026") in rows(document, "stances")


def test_the_plan_names_decision_release_and_hash():
    said = words(outline_of(agreed_plan()))
    assert "The budget is decision 2026/27-1, made on 15 January 2026 by A. Chief, chief officer." in said
    assert outline_of(agreed_plan()).hash in said
    assert "ab" * 32 in said


def test_the_strategic_plan_says_what_the_plans_say_together():
    document = outline_of(strategic_plan())
    ids = [part.id for part in document.parts if isinstance(part, Heading) and part.level == 1]
    order = ["about", "missing", "money", "distance", "common", "conflicts", "first", "answered", "services", "joint"]
    assert [id for id in ids if id in order] == order
    assert {"lines", "agreement", "origin", "reconciliation"} <= set(ids)
    assert "Reablement: localities want opposites." in words(document)


def test_a_strategic_plan_counts_every_pound_once():
    plan = strategic_plan()
    whole = rows(outline_of(plan), "by_heading")[-1]
    assert whole[-1] == plan.facts["totals"]["pence"]
    assert whole[1:] == tuple(plan.facts["totals"][f"{kind}pence"] for kind in ("own_", "joint_", "partnership_", ""))


def test_narrative_stands_where_it_belongs_and_elsewhere_after_what_this_is():
    plan = replace(
        strategic_plan(), narrative=(Narrative("common", "Why", "We agree."), Narrative("", "Foreword", "Hi."))
    )
    ids = [part.id for part in outline_of(plan).parts if isinstance(part, Heading)]
    assert ids.index("words-common") > ids.index("common")
    assert ids.index("words-common") < ids.index("conflicts")
    assert ids.index("about") < ids.index("words") < ids.index("missing")


def test_facts_that_are_not_there_are_left_out():
    whole = strategic_plan()
    document = outline_of(StrategicPlan(whole.partnership, whole.year, 1, (), whole.plans, (), (), ()))
    ids = [part.id for part in document.parts if isinstance(part, Heading) and part.level == 1]
    assert ids == ["about", "money", "services", "lines", "agreement", "origin"]


def test_no_address_stands_twice_and_every_amount_is_whole_pence():
    for plan in (small_plan(), agreed_plan("isles"), strategic_plan()):
        document = outline_of(plan)
        assert len(addresses(document)) == len(set(addresses(document)))
        assert amounts_in(document)


def test_signs_that_no_file_can_hold_are_taken_out():
    said = words(outline_of(small_plan(summary="One\x00 two\x1f\r\nthree\ufffe")))
    assert "One two\nthree." in said


def test_the_strategic_plan_has_every_locality_s_lines_moves_and_priorities_under_their_own_address():
    found = addresses(outline_of(strategic_plan()))
    wanted = {"line-north-home-care-winter", "line-partnership-equipment-core", "move-north-m1", "priority-isles-p2"}
    assert wanted | {"first-isles-p2", "service-reablement", "snapshot-north"} <= set(found)


def _with_money(**changes):
    row = HeadingMoney(
        "Care at home", pounds(1_200), pounds(1_010), pounds(1_000), pounds(900), pounds(1_100), **changes
    )
    return small_plan(budget=budget_of("north", headings=(row,)))


def test_the_budget_is_held_beside_the_fair_share_of_the_same_years_money():
    # Used now and fair share are of the release's year; the whole has grown by 20% since.
    found = table(outline_of(_with_money(target_pence=pounds(1_250))), "fair_share")
    said = [say_cell(cell, column.kind) for cell, column in zip(found.rows[0].cells, found.columns, strict=True)]
    assert said == ["Care at home", "£1,250,000", "£1,125,000", "£1,375,000", "-4.0%", "+1.0%"]
    assert found.rows[-1].is_total


def test_without_the_fair_share_of_the_year_the_budget_stands_beside_no_amount_of_another_year():
    found = table(outline_of(_with_money()), "fair_share")
    assert [column.heading for column in found.columns][1:] == ["Used now", "Fair share", "Low", "High"]


def test_localities_that_share_a_joint_line_are_named():
    plan = small_plan(neighbours=(Place("south", "The South Side"),))
    assert "The South Side" in [row.cells[0] for row in table(outline_of(plan), "joint-j1").rows]


def test_a_line_of_nought_is_left_out_beside_another_of_the_same_service():
    lines = (PlanLine("home-care", "core", 0, 0), PlanLine("home-care", "winter", pounds(5), pounds(5)))
    found = table(outline_of(small_plan(lines=lines)), "lines-care-at-home")
    assert [row.cells[1] for row in found.rows if row.cells[0] == "Home care"] == ["Winter grant"]


def test_a_line_of_nought_that_had_money_last_year_stays():
    lines = (PlanLine("home-care", "core", 0, pounds(9)), PlanLine("home-care", "winter", pounds(5), pounds(5)))
    found = table(outline_of(small_plan(lines=lines)), "lines-care-at-home")
    assert [row.cells[1] for row in found.rows if row.cells[0] == "Home care"] == ["Core budget", "Winter grant"]


def test_hosted_services_lead_from_the_books_to_the_ledger():
    booked = {**LEDGER, "Care at home": LEDGER["Care at home"] + pounds(40)}
    found = table(outline_of(strategic_plan(ledger=Ledger(LEDGER_YEAR, LEDGER, booked=booked))), "hosted_table")
    assert found.rows[0].cells == ("Care at home", pounds(1_340), pounds(-40), pounds(1_300))
    assert all(part.id != "hosted_table" for part in outline_of(strategic_plan()).parts if isinstance(part, Table))


@pytest.mark.parametrize(("ratio", "said"), [(-0.0002, "0.0%"), (0.0002, "0.0%"), (-0.04, "-4.0%"), (0.04, "+4.0%")])
def test_a_ratio_that_rounds_to_nought_has_no_sign(ratio, said):
    assert say_cell(ratio, "ratio") == said
