"""Budgets are worked out, saved, compared and decided."""

import datetime as dt

import pytest
from django.utils import timezone

from factories import money_site, site
from locality.foundations import InputRefused, ResultRefused
from locality_web.core.models import AuditEvent
from locality_web.core.permissions import NotAllowed
from locality_web.money.budgets import Rules, ground_of, headings_held_by_default, work_out
from locality_web.money.changes import decide_budget, remove_option, save_option
from locality_web.money.models import BudgetDecision, BudgetOption

YEAR = "/fife/money/budgets/2026-27/"


def worked_out(partnership, **rules):
    release = partnership.releases.first() or money_site.loaded_release(partnership)
    return work_out(ground_of(release), "2026/27", Rules(**rules), dt.date(2026, 11, 22))


def by_name(figures):
    return {one["name"]: one for one in figures["localities"]}


def test_with_the_linear_preset_of_one_year_every_locality_is_at_its_fair_share(fife):
    # £10m is used now: 6, 5, 4 and 3 of 18 parts; fair is a quarter each.
    money_site.loaded_release(fife, headings=("Care at home", "Community nursing"))

    figures = worked_out(fife, preset="linear", years=1, total_pence=12_000_000_00)

    found = by_name(figures)
    assert {name: one["budget_pence"] for name, one in found.items()} == dict.fromkeys(found, 3_000_000_00)
    assert found["Dunfermline"]["growth_ratio"] == pytest.approx(3_000_000 / 3_333_333 - 1, abs=1e-4)
    assert found["Dunfermline"]["distance_after_ratio"] == 0
    assert found["Dunfermline"]["years_to_target"] == 1


def test_every_table_of_a_budget_adds_up_to_the_penny(fife):
    figures = worked_out(fife, preset="no-cash-loss", total_pence=10_321_987_65, held={"Equipment": None})

    for one in figures["localities"]:
        assert sum(line["budget_pence"] for line in one["headings"]) == one["budget_pence"]
    shared = sum(one["budget_pence"] for one in figures["localities"])
    held = sum(line["budget_pence"] for line in figures["held"])
    assert shared + held == 10_321_987_65 == figures["total_pence"]


def test_headings_all_of_whose_services_are_planned_for_the_whole_partnership_are_held(fife):
    money_site.catalogue(fife)

    assert headings_held_by_default(fife) == ("Equipment",)


@pytest.mark.parametrize(("typed", "held_pence"), [(None, 3_433_333_33), (2_000_000_00, 2_000_000_00)])
def test_held_money_grows_like_everything_else_unless_an_amount_is_typed(fife, typed, held_pence):
    figures = worked_out(fife, preset="linear", total_pence=10_300_000_00, held={"Equipment": typed})

    assert figures["held"] == [{"heading": "Equipment", "budget_pence": held_pence, "historic_pence": 3_333_333_33}]
    assert figures["shared_pence"] == 10_300_000_00 - held_pence


@pytest.mark.parametrize(
    ("rules", "says"),
    [
        ({"preset": "own", "min_growth": 0.1, "total_pence": 10_000_000_00}, "minimum growth of 10.00%"),
        ({"preset": "own", "max_growth": 0.01, "total_pence": 11_000_000_00}, "maximum growth of 1.00%"),
        ({"preset": "linear", "total_pence": 1_00, "held": {"Equipment": 2_00}}, "leaves -£1.00 of £1.00"),
        (
            {"preset": "linear", "total_pence": 1_00, "held": dict.fromkeys(money_site.HEADINGS)},
            "Every heading is held",
        ),
    ],
)
def test_rules_that_cannot_all_hold_are_refused_with_the_pounds_by_which_they_miss(fife, rules, says):
    with pytest.raises(ResultRefused, match=says):
        worked_out(fife, **rules)


def test_figures_are_worked_out_on_the_page_without_a_script(as_role, fife):
    money_site.loaded_release(fife)

    page = as_role("finance").post(YEAR, {"action": "work-out", "preset": "linear", "years": "1", "total": "£12m"})
    assert "Write it in full, for example 1,200,000." in page.content.decode()

    page = as_role("finance").post(YEAR, {"action": "work-out", "preset": "linear", "years": "1", "growth": "20%"})
    assert "£3,000,000" in page.content.decode()
    assert "<html" in page.content.decode()


def test_a_script_gets_the_figures_alone(as_role, fife):
    money_site.loaded_release(fife)
    sent = {"preset": "own", "min_growth": "10", "total": "10,000,000"}

    part = as_role("finance").post(YEAR, sent, headers={"X-Part": "figures"}).content.decode()

    assert "<html" not in part
    assert "The minimum growth of 10.00% needs £999,999.99 more than the total of £10,000,000.00." in part


def test_a_value_that_the_preset_does_not_use_is_refused_beside_its_field(as_role, fife):
    money_site.loaded_release(fife)

    answer = as_role("finance").post(YEAR, {"preset": "linear", "growth": "3", "min_growth": "1"})

    assert answer.context["form"].errors["min_growth"] == [
        "The preset 'linear' does not use it. Leave it out, or choose another preset."
    ]


def test_an_option_is_saved_compared_and_removed(as_role, fife):
    money_site.loaded_release(fife)
    browser = as_role("finance")
    for name, preset in (("Slowly", "linear"), ("Nobody loses", "no-cash-loss")):
        sent = {"action": "save", "name": name, "preset": preset, "growth": "3"}
        assert browser.post(YEAR, sent).status_code == 302

    page = browser.get(YEAR).content.decode()
    assert "Growth of each locality’s budget, by option" in page
    again = browser.post(YEAR, {"action": "save", "name": "Slowly", "preset": "linear", "growth": "3"})
    assert "There is an option &#x27;Slowly&#x27; for 2026/27 already." in again.content.decode()

    option = BudgetOption.objects.get(name="Slowly")
    browser.post(f"{YEAR}options/{option.pk}/", {"action": "remove"})
    assert [one.name for one in BudgetOption.objects.all()] == ["Nobody loses"]
    kinds = list(AuditEvent.objects.filter(kind__startswith="money.option").values_list("kind", flat=True))
    assert kinds == ["money.option_saved", "money.option_saved", "money.option_removed"]


def test_the_executive_records_the_decision_and_the_public_reads_it(as_role, client, fife):
    option = money_site.saved_option(fife)
    sent = {
        "action": "decide",
        "decided_by": "Integration joint board",
        "decided_on_day": "20",
        "decided_on_month": "3",
        "decided_on_year": "2026",
        "why": "Everybody gets closer.",
    }

    answer = as_role("executive").post(f"{YEAR}options/{option.pk}/", sent)

    assert answer.headers["Location"] == "/fife/money/decisions/2026-27/1/"
    page = client.get("/fife/money/decisions/2026-27/1/").content.decode()
    for says in ("Integration joint board", "20 March 2026", "Everybody gets closer.", option.release.release):
        assert says in page
    plain = client.get("/fife/money/decisions/2026-27/1/figures.json").json()
    assert (plain["decision"], plain["figures"]["total_pence"]) == ("2026/27-1", 10_299_999_99 + 1)


def test_a_decision_needs_who_why_and_a_day_that_has_come(fife):
    option = money_site.saved_option(fife)
    tomorrow = timezone.localdate() + dt.timedelta(days=1)

    with pytest.raises(InputRefused) as refused:
        decide_budget(
            site.place(fife), site.person("executive", fife), option, decided_by=" ", why="", decided_on=tomorrow
        )

    assert [fault.column for fault in refused.value.faults] == ["decided_by", "why", "decided_on"]
    assert not BudgetDecision.objects.exists()


def test_finance_proposes_and_the_executive_decides_and_neither_does_the_other(fife):
    option = money_site.saved_option(fife)
    place, finance, executive = site.place(fife), site.person("finance", fife), site.person("executive", fife)

    with pytest.raises(NotAllowed, match="You may not record the budget decision"):
        decide_budget(place, finance, option, decided_by="Me", why="So.", decided_on=dt.date(2026, 3, 1))
    with pytest.raises(NotAllowed, match="You may not work out and save budget options"):
        remove_option(place, executive, option)
    with pytest.raises(NotAllowed):
        save_option(place, executive, year="2026/27", name="X", rules=Rules("linear", 1))


def test_a_superseded_decision_says_so_and_stays(client, fife):
    money_site.decided_budget(fife)
    money_site.decided_budget(fife, preset="no-cash-loss")

    first = client.get("/fife/money/decisions/2026-27/1/").content.decode()
    listed = client.get("/fife/money/decisions/").content.decode()

    assert "Decision 2026/27-2" in first
    assert "superseded by 2026/27-2" in listed
    assert "in force" in listed
