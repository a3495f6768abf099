"""What must hold for any change behind a plan: whenever the plan is another one, something is named."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from factories.plans import SERVICES, SOURCES, budget_of, joint_line, small_plan
from locality.plans import changed_parts, hash_plan, parts_of

_TEXTS = st.text(max_size=5)
_PENCE = st.integers(0, 10**9)

CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "budget": st.builds(lambda why: budget_of("north", why=why), _TEXTS),
        "services": st.builds(
            lambda name, at: (replace(SERVICES[at], name=name), *SERVICES[at + 1 :]), _TEXTS, st.integers(0, 3)
        ),
        "sources": st.lists(st.sampled_from(SOURCES), unique=True).map(tuple),
        "joint": st.lists(st.builds(lambda total: joint_line(total_pence=total), _PENCE), max_size=1).map(tuple),
        "summary": _TEXTS,
        "made_up": st.booleans(),
        "lines": st.builds(
            lambda pence: (replace(small_plan().lines[0], last_year_pence=pence), *small_plan().lines[1:]),
            st.none() | _PENCE,
        ),
    },
)


@given(CHANGES)
def test_a_plan_with_another_hash_has_a_part_that_is_named_and_the_same_plan_has_none(changes):
    before, after = small_plan(), small_plan(**changes)
    named = changed_parts(parts_of(before), parts_of(after))
    assert bool(named) is (hash_plan(before) != hash_plan(after))
