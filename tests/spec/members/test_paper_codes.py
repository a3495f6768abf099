"""A paper form has a code: when it is typed wrongly, that is found."""

import pytest

from locality.foundations import ResultRefused
from locality.members.paper_code import ALPHABET, code_of_number, read_code


@pytest.mark.parametrize(
    ("number", "code"),
    # C F H J K are 0 to 4, and the places weigh 1 to 8: each weighted sum is a multiple of 17
    [
        (0, "CCCC-CCCC"),  # 0
        (1, "FCCC-CCCH"),  # 1×1 + 8×2 = 17
        (17, "CFCC-CCCK"),  # 2×1 + 8×4 = 34
    ],
)
def test_a_number_is_written_with_a_check_character_at_the_end(number, code):
    assert code_of_number(number) == code


@pytest.mark.parametrize("typed", ["FCCC-CCCH", "fccc ccch", " f c c c-c c c h ", "FCCCCCCH"])
def test_it_is_read_with_or_without_the_dash_in_capitals_or_not(typed):
    assert read_code(typed) == "FCCC-CCCH"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("FCCC-CCC0", "No code has '0' in it."),
        ("FCCC-CCC", "A code has 8 characters; these are 7."),
        ("", "A code has 8 characters; these are 0."),
        ("HCCC-CCCH", "a character is wrong, or two changed places"),
        ("CFCC-CCCH", "a character is wrong, or two changed places"),
    ],
)
def test_what_cannot_be_a_code_is_refused_with_what_is_wrong(typed, says):
    with pytest.raises(ResultRefused, match=says.replace(".", r"\.")):
        read_code(typed)


def test_no_code_can_be_a_word_or_holds_characters_that_look_alike():
    assert not set(ALPHABET) & set("AEIOU0QD1L2Z5S8B6GV")
    assert len(ALPHABET) == len(set(ALPHABET)) == 17


@pytest.mark.parametrize("number", [-1, 17**7])
def test_a_number_outside_the_codes_is_our_mistake(number):
    with pytest.raises(ValueError, match="a code is made of a number below"):
        code_of_number(number)
