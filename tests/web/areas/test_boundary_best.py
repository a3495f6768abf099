"""Each option of one search says what it is best at, or between which two others it is a good middle."""

from locality_web.areas.boundary_best import say_middle


def option(practices: float, communities: float, border: float, moved: int) -> dict[str, float]:
    return {
        "practice_containment": practices,
        "communities_kept": communities,
        "border_share": border,
        "people_moved": moved,
    }


def test_an_option_between_two_others_names_both_and_the_figures():
    found = [option(0.9, 0.6, 0.3, 100), option(0.7, 0.8, 0.3, 100), option(0.8, 0.7, 0.3, 100)]

    assert say_middle(found, 2) == (
        "A good middle between number 1 (practice containment by cluster 90.0%, communities kept whole 60.0%) and "
        "number 2 (practice containment by cluster 70.0%, communities kept whole 80.0%): practice containment by "
        "cluster 80.0%, communities kept whole 70.0%."
    )


def test_of_several_pairs_the_one_in_which_the_option_comes_nearest_to_both_is_named():
    found = [option(0.9, 0.60, 0.5, 0), option(0.1, 0.80, 0.5, 0), option(0.2, 0.61, 0.1, 0), option(0.8, 0.62, 0.2, 0)]

    assert say_middle(found, 3).startswith("A good middle between number 1 (practice containment by cluster 90.0%, in")


def test_an_option_that_another_beats_in_all_says_to_which_it_comes_near():
    found = [option(0.9, 0.8, 0.1, 100), option(0.89, 0.6, 0.3, 300)]

    assert say_middle(found, 1) == (
        "A different division that comes near number 1 in practice containment by cluster: 89.0%, there 90.0%."
    )


def test_measures_that_are_not_known_are_left_out():
    found = [option(None, 0.6, 0.1, None), option(None, 0.8, 0.3, None), option(None, 0.7, 0.2, None)]

    assert say_middle(found, 2).startswith("A good middle between number 2 (communities kept whole 80.0%, inner border")
