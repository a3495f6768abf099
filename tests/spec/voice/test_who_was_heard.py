"""Who took part is held against who lives here; small numbers are hidden, and gaps come with a next step."""

import datetime as dt
from itertools import pairwise

import pytest

from locality.disclosure import DisclosureRules
from locality.foundations import InputRefused
from locality.voice.heard import (
    NOT_SAID,
    Dimension,
    PeopleClass,
    TakingPart,
    heard_rules,
    routes_that_reached,
    who_was_heard,
    wilson_interval,
)

TODAY = dt.date(2026, 11, 22)
RULES = heard_rules(TODAY)
SMALL = DisclosureRules(threshold=4, width=3)

AGES = Dimension(
    "age_group",
    "Age group",
    (
        PeopleClass("young", "Under 25", "under 25", 300),
        PeopleClass("middle", "25 to 64", "aged 25 to 64", 500),
        PeopleClass("old", "65 and over", "aged 65 and over", 200),
    ),
)
FIFTHS = Dimension(
    "deprivation_fifth",
    "Deprivation fifth",
    (
        PeopleClass("1", "Most deprived fifth", "from the most deprived fifth", 400),
        PeopleClass("5", "Least deprived fifth", "from the least deprived fifth", 600),
    ),
)
ZONES = Dimension(
    "zone",
    "Zone",
    tuple(PeopleClass(code, code, "", 250, fifth) for code, fifth in (("a", "1"), ("b", "1"), ("c", "5"), ("d", "5"))),
    within="deprivation_fifth",
    look_for_gaps=False,
)


def people(drawn: str, *, channel: str = "web", of: str = "") -> list[TakingPart]:
    """Draw people: "12 age_group=young zone=a" is twelve who said so, "3" are three who said nothing."""
    rows = []
    for line in drawn.strip().splitlines():
        number, *said = line.split()
        answers = dict(each.split("=") for each in said)
        rows += [TakingPart(f"{of}{len(rows) + at}", channel, said=answers) for at in range(int(number))]
    return rows


def heard(rows, *dimensions, **further):
    return who_was_heard(rows, dimensions, rules=RULES, disclosure=SMALL, **further)


def table(found, code: str) -> dict[str, int | None]:
    dimension = next(each for each in found.dimensions if each.dimension.code == code)
    return {each.people_class.code: each.people for each in dimension.classes} | {NOT_SAID: dimension.not_said}


def test_missing_answers_are_told_honestly():
    found = heard(people("30 age_group=middle \n 30 age_group=old \n 40"), AGES)
    assert table(found, "age_group") == {"young": 0, "middle": 30, "old": 30, NOT_SAID: 40}
    assert found.words[:2] == ("100 people took part, with 100 contributions.", "Age group: 40 of 100 did not say.")


def test_where_everybody_said_it_is_told_too():
    assert heard(people("9 age_group=young \n 9 age_group=old"), AGES).dimensions[0].words == "everybody said."


def test_a_small_number_is_hidden_with_another_so_that_nothing_can_be_subtracted():
    found = heard(people("2 age_group=young \n 30 age_group=middle \n 20 age_group=old \n 10"), AGES)
    shown = table(found, "age_group")
    assert shown["young"] is None
    assert list(shown.values()).count(None) == 2
    assert (found.people, found.hidden) == (62, 2)
    assert [each.contributions for each in found.dimensions[0].classes] == [None, None, None]


def test_where_nobody_can_be_shown_nothing_is():
    found = heard(people("2 age_group=young \n 1"), AGES)
    assert (found.people, found.contributions, found.gaps) == (None, None, ())
    assert found.words == ("Too few people took part to show who they are.",)
    assert heard([], AGES).people == 0


def test_a_zone_that_is_hidden_cannot_be_worked_out_from_its_fifth():
    #  fifth 1: zones a 2, b 20;  fifth 5: zones c 15, d 15
    rows = people(
        "2 zone=a deprivation_fifth=1 \n 20 zone=b deprivation_fifth=1 \n"
        "15 zone=c deprivation_fifth=5 \n 15 zone=d deprivation_fifth=5 \n 8"
    )
    found = heard(rows, FIFTHS, ZONES)
    zones, fifths = table(found, "zone"), table(found, "deprivation_fifth")
    assert zones["a"] is None
    assert zones["b"] is None or fifths["1"] is None
    assert (zones["c"], zones["d"]) == (15, 15) or None in (zones["c"], fifths["5"])


def test_one_person_counts_once_whatever_they_send_and_as_they_said_it_first():
    rows = [
        TakingPart("anna", "web", said={"age_group": "young"}),
        TakingPart("anna", "paper", contributions=2, said={"age_group": "old"}),
        *people("9 age_group=young"),
    ]
    found = heard(rows, AGES)
    assert (found.people, found.contributions) == (10, 12)
    assert table(found, "age_group")["young"] == 10
    assert found.dimensions[0].classes[0].contributions == 12


def test_an_organisation_speaks_for_a_number_of_people():
    rows = [TakingPart("carers' centre", "group session", people=12, said={"age_group": "old"}), *people("8")]
    assert table(heard(rows, AGES), "age_group") == {"young": 0, "middle": 0, "old": 12, NOT_SAID: 8}


def test_a_class_is_held_against_its_residents_with_an_interval():
    found = heard(people("10 age_group=young \n 50 age_group=middle \n 40 age_group=old \n 20"), AGES)
    young, middle, old = (each.representation for each in found.dimensions[0].classes)
    assert (round(young.ratio, 3), young.is_under) == (0.333, True)
    assert (round(middle.ratio, 3), middle.is_under, middle.is_over) == (1.0, False, False)
    assert (round(old.ratio, 3), old.is_over) == (2.0, True)
    #  10 of 100: from 5.52 to 17.44 in a hundred, over 30 in a hundred
    assert (round(young.low, 3), round(young.high, 3)) == (0.184, 0.581)


def test_nothing_is_held_against_residents_where_a_count_that_it_needs_is_hidden():
    found = heard(people("10 age_group=young \n 50 age_group=middle \n 40 age_group=old \n 2"), AGES)
    assert [each.representation for each in found.dimensions[0].classes] == [None, None, None]


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [
        #  Newcombe, Statistics in Medicine 17 (1998), table I, score method
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_interval_is_the_published_one(count, of, low, high):
    assert [round(end, 4) for end in wilson_interval(count, of, confidence=0.95)] == [low, high]


def test_who_was_not_heard_is_named_with_the_routes_that_reached_them_elsewhere():
    here = people(
        """30 age_group=middle deprivation_fifth=1
           20 age_group=old deprivation_fifth=5
           10 age_group=young deprivation_fifth=5"""
    )
    young = "age_group=young deprivation_fifth=1"
    elsewhere = [
        *people(f"20 {young}", channel="school session", of="s"),
        *people(f"9 {young}", channel="youth worker", of="y"),
        *people("30 age_group=old deprivation_fifth=5", channel="paper", of="p"),
        *people(f"8 {young} \n 40 age_group=old", channel="web", of="w"),
        *people(f"6 {young}", channel="football club", of="f"),
    ]
    known = {(("age_group", "young"), ("deprivation_fifth", "1")): 150}
    found = heard(here, AGES, FIFTHS, elsewhere=elsewhere, residents=known)
    gap = next(each for each in found.gaps if len(each.group) == 2)
    assert gap.words == "No people under 25 from the most deprived fifth took part."
    assert gap.next_step == "3 routes reached them elsewhere: school session, youth worker, web."
    assert f"{gap.words} {gap.next_step}" in found.words


def test_of_many_gaps_some_are_groups_of_two_though_they_are_always_smaller():
    kinds = "abcdef"
    many = Dimension("kind", "Kind", tuple(PeopleClass(each, each, f"of kind {each}", 500) for each in kinds))
    here = people("30 age_group=middle deprivation_fifth=1 \n 20 age_group=young deprivation_fifth=5")

    found = heard(here, AGES, FIFTHS, many)

    assert [len(each.group) for each in found.gaps].count(2) == 2
    assert len(found.gaps) == 5


def test_a_route_that_reached_too_few_is_not_named():
    group = (("age_group", "young"),)
    elsewhere = people("4 age_group=young \n 30 age_group=old", channel="paper")
    assert routes_that_reached(elsewhere, group, SMALL, at_most=3) == ()
    assert routes_that_reached([], group, SMALL, at_most=3) == ()


def test_where_no_route_is_known_somebody_is_asked():
    found = heard(people("30 age_group=middle \n 30 age_group=old"), AGES)
    assert [gap.words for gap in found.gaps] == ["No people under 25 took part."]
    assert found.gaps[0].next_step.startswith("No route is known yet")


def test_fewer_than_chance_would_explain_is_a_gap_too():
    found = heard(people("10 age_group=young \n 50 age_group=middle \n 40 age_group=old"), AGES)
    assert [(gap.words, gap.nobody) for gap in found.gaps] == [
        ("Fewer people under 25 took part than live here: 10% of those who said, 30% of residents.", False)
    ]


def test_a_group_of_which_nobody_lives_here_is_no_gap():
    none = Dimension("age_group", "Age group", (PeopleClass("young", "Young", "under 25", 0), AGES.classes[1]))
    assert heard(people("30 age_group=middle"), none).gaps == ()


def test_where_nobody_of_a_class_took_part_its_parts_are_not_named_too():
    rows = people("30 age_group=middle deprivation_fifth=1 \n 30 age_group=old deprivation_fifth=5")
    gaps = heard(rows, AGES, FIFTHS).gaps
    assert [gap.group for gap in gaps if dict(gap.group).get("age_group") == "young"] == [(("age_group", "young"),)]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (TakingPart("1", "web", said={"age_group": "ageless"}), "heard-class"),
        (TakingPart("1", "web", said={"zone": "a", "deprivation_fifth": "5"}), "heard-class"),
        (TakingPart("1", "web", said={"zone": "a"}), "heard-class"),
        (TakingPart("1", "web", people=0), "heard-nobody"),
        (TakingPart("1", "web", contributions=0), "heard-nobody"),
    ],
)
def test_a_row_of_no_class_or_of_nobody_is_refused_without_naming_the_answer(row, code):
    with pytest.raises(InputRefused) as refused:
        heard([row], AGES, FIFTHS, ZONES)
    (fault,) = refused.value.faults
    assert fault.code == code
    assert "ageless" not in str(fault)


def test_what_is_asked_says_why_it_is_asked():
    assert [each.code for each in RULES.dimensions] == ["age_group", "deprivation_fifth", "disability", "carer"]
    assert all(each.why.endswith(".") and each.question.endswith("?") for each in RULES.dimensions)
    ages = [(each.age_from, each.age_to) for each in RULES.dimensions[0].classes]
    assert ages[0][0] == 0
    assert ages[-1][1] is None
    assert all(one[1] + 1 == two[0] for one, two in pairwise(ages))


def test_where_nothing_was_asked_only_the_number_of_people_is_told():
    assert heard(people("10")).words == ("10 people took part, with 10 contributions.",)
    assert heard(people("3")).words == ("Too few people took part to show who they are.",)
