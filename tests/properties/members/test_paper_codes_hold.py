"""Whatever code is printed: no single wrong character and no two that changed places pass for a code."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locality.foundations import ResultRefused
from locality.members.paper_code import ALPHABET, MOST_CODES, code_of_number, read_code

NUMBERS = st.integers(0, MOST_CODES - 1)


def bare(number: int) -> str:
    return code_of_number(number).replace("-", "")


@given(NUMBERS)
def test_a_code_is_read_as_it_was_written(number):
    assert read_code(bare(number).lower()) == code_of_number(number)


@given(NUMBERS, st.integers(0, 7), st.sampled_from(ALPHABET))
def test_every_single_wrong_character_is_found(number, place, wrong):
    right = bare(number)
    typed = right[:place] + wrong + right[place + 1 :]
    if typed != right:
        with pytest.raises(ResultRefused):
            read_code(typed)


@given(NUMBERS, st.integers(0, 6))
def test_every_swap_of_neighbours_is_found(number, place):
    right = bare(number)
    typed = right[:place] + right[place + 1] + right[place] + right[place + 2 :]
    if typed != right:
        with pytest.raises(ResultRefused):
            read_code(typed)


@given(NUMBERS, NUMBERS)
def test_two_numbers_have_two_codes(one, other):
    assert (code_of_number(one) == code_of_number(other)) == (one == other)
