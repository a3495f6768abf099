"""People read views into themes: how well they agree, where they differ, what stands in the end."""

import datetime as dt

import pytest

from locality.foundations import InputRefused
from locality.voice.themes import (
    agreement_rules,
    by_name,
    by_number,
    by_overlap,
    by_overlap_and_kind,
    cohen_kappa,
    krippendorff_alpha,
    reader_agreement,
    settle_themes,
)

RULES = agreement_rules(dt.date(2026, 11, 22))
NAMES = {"bus": "Buses", "gp": "Seeing a GP", "park": "Parks"}

# Four observers, twelve units; a point is a gap. Krippendorff, Computing Krippendorff's alpha-reliability, 2011, C.
OBSERVERS = """
1 2 3 3 2 1 4 1 2 . . .
1 2 3 3 2 2 4 1 2 5 . 3
. 3 3 3 2 3 4 2 2 5 1 .
1 2 3 3 2 4 4 1 2 5 1 .
"""


def units(table):
    rows = [line.split() for line in table.strip().splitlines()]
    return [[float(value) for value in unit if value != "."] for unit in zip(*rows, strict=True)]


@pytest.mark.parametrize(("distance", "published"), [(by_name, 0.743), (by_number, 0.849)])
def test_alpha_is_that_of_krippendorffs_example(distance, published):
    assert krippendorff_alpha(units(OBSERVERS), distance).alpha == pytest.approx(published, abs=0.0005)


def test_alpha_is_that_of_krippendorffs_two_observers():
    # Part A of the same paper: ten units, two values.
    meg_and_owen = units("0 1 0 0 0 0 0 0 1 0\n1 1 1 0 0 1 0 0 0 0")
    assert krippendorff_alpha(meg_and_owen).alpha == pytest.approx(0.095, abs=0.0005)


@pytest.mark.parametrize(
    ("one", "other", "overlap", "kind"),
    [
        ("ab", "ab", 0.0, 0.0),
        ("ab", "abcd", 1 / 2, 2 / 3),  # one holds the other
        ("ab", "bc", 2 / 3, 8 / 9),  # they only overlap
        ("ab", "cd", 1.0, 1.0),
        ("", "ab", 1.0, 1.0),  # no theme, beside two
        ("", "", 0.0, 0.0),
    ],
)
def test_how_far_apart_two_readings_of_one_view_are(one, other, overlap, kind):
    assert by_overlap(frozenset(one), frozenset(other)) == pytest.approx(overlap)
    assert by_overlap_and_kind(frozenset(one), frozenset(other)) == pytest.approx(kind)


def test_kappa_and_its_interval_are_those_of_the_published_example():
    # Fleiss, Levin and Paik, Statistical methods for rates and proportions, 2003, as in statpsych's ci.kappa.
    found = cohen_kappa(58, 12, 4, 31)
    assert (found.kappa, found.error) == (pytest.approx(0.6756757), pytest.approx(0.07344761))
    assert (found.low, found.high) == (pytest.approx(0.5317210), pytest.approx(0.8196303))


def test_kappa_says_nothing_where_both_readers_say_the_same_of_every_view():
    assert cohen_kappa(0, 0, 0, 40).kappa is None
    assert cohen_kappa(0, 0, 0, 0).kappa is None
    assert cohen_kappa(20, 0, 0, 20).kappa == 1


def read(picture):
    """Read a drawn table: view, first reader, second reader; themes are joined by +, a dash is none."""
    found = {}
    for line in picture.strip().splitlines():
        view, *readers = line.split()
        found[view] = [frozenset() if one == "-" else frozenset(one.split("+")) for one in readers]
    return found


def test_views_that_readers_read_differently_are_listed_the_furthest_apart_first():
    agreement = reader_agreement(
        read("""
        v1 bus      bus
        v2 bus+gp   gp
        v3 park     bus
        v4 -        -
        v5 gp
        """),
        NAMES,
        RULES,
    )

    assert [(one.view, set(one.common), set(one.differing)) for one in agreement.differing] == [
        ("v3", set(), {"park", "bus"}),
        ("v2", {"gp"}, {"bus"}),
    ]
    assert agreement.alpha.units == 4


def test_agreement_is_told_theme_by_theme():
    readings = read("\n".join([f"a{n} bus bus" for n in range(8)] + [f"b{n} gp gp" for n in range(8)] + ["c gp bus"]))
    agreement = reader_agreement(readings, NAMES, RULES)

    bus = agreement.themes[0]
    assert (bus.theme, bus.both, bus.one) == ("bus", 8, 1)
    assert bus.says.startswith(
        "Buses: found by both in 8 views, by one alone in 1. Agreement is very good (0.88, between"
    )
    assert agreement.themes[2].says.endswith("Too few to say how well readers agree.")


def test_readers_who_never_find_the_same_agree_poorly():
    readings = read("\n".join([f"a{n} bus -" for n in range(5)] + [f"b{n} - bus" for n in range(5)]))
    agreement = reader_agreement(readings, NAMES, RULES)

    assert "Agreement is poor (-1.00" in agreement.themes[0].says
    assert "That is not reliable." in agreement.says


@pytest.mark.parametrize(
    ("alike", "apart", "called"),
    [(30, 0, "reliable"), (30, 5, "fit for tentative conclusions"), (10, 20, "not reliable")],
)
def test_agreement_is_put_into_words_with_what_to_do(alike, apart, called):
    lines = [f"a{n} {('bus', 'gp')[n % 2]} {('bus', 'gp')[n % 2]}" for n in range(alike)]
    lines += [f"b{n} bus gp" for n in range(apart)]
    says = reader_agreement(read("\n".join(lines)), NAMES, RULES).says

    assert f"That is {called}." in says
    assert f"on {alike + apart} views read twice" in says


def test_nothing_is_claimed_before_anything_was_read_twice():
    assert reader_agreement(read("v1 bus"), NAMES, RULES).says.startswith("No view was read by two people")
    assert reader_agreement(read("v1 bus bus"), NAMES, RULES).says.startswith("All readings are the same")


def test_what_readers_read_alike_stands_and_the_rest_waits_for_people():
    readings = read("""
    v1 bus bus
    v2 bus gp
    v3 park bus
    v4 gp
    """)
    found = settle_themes(readings, {"v2": frozenset({"gp"})})

    assert found.themes == {"v1": {"bus"}, "v2": {"gp"}}
    assert (found.alike, found.by_hand, found.open) == (1, 1, ("v3", "v4"))


def test_what_people_settle_goes_before_what_readers_read_alike():
    found = settle_themes(read("v1 bus bus"), {"v1": frozenset({"gp"})})
    assert (found.themes, found.alike, found.by_hand) == ({"v1": {"gp"}}, 0, 1)


def test_themes_of_a_view_that_nobody_read_are_refused():
    with pytest.raises(InputRefused, match="nobody read the view v9"):
        settle_themes(read("v1 bus bus"), {"v9": frozenset()})
