"""What must hold whoever edits a plan, whatever they write: no update is lost and every version can be had again."""

import json
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from factories.plans import SERVICES, SOURCES, small_plan
from locality.plans import (
    changes_between,
    check_fields,
    compare_plans,
    complete_fields,
    fields_of,
    frame_of,
    hash_plan,
    merge_fields,
    plan_of_fields,
    redo_changes,
    renumber_added,
    settle_clashes,
    undo_changes,
)
from locality.plans.fields import PARTS, items_of

FRAME = frame_of(small_plan())

_IDS = st.sampled_from(["1", "2", "10"])
_LETTERS = "ab £é/\n\x00\ud800"
_TEXTS = st.text(_LETTERS, max_size=5) | st.sampled_from(["home-care", "core", "Care at home", "more"])
_PENCE = st.integers(-5, 5) | st.integers(0, 10**9)


def _parts(kind):
    return st.tuples(_IDS, st.sampled_from(sorted(PARTS[kind]))).map(lambda pair: f"{kind}/{'/'.join(pair)}")


_TEXT_PATHS = st.sampled_from(["summary", "note/home-care", "note/day-care"]) | st.one_of(
    *(_parts(kind).filter(lambda path: not path.endswith(("rank", "pence"))) for kind in PARTS)
)
_PENCE_PATHS = st.one_of(
    st.sampled_from(["line/home-care/core", "line/home-care/winter", "line/equipment/core", "line/odd/core"]),
    _IDS.map(lambda id_: f"priority/{id_}/rank"),
    _IDS.map(lambda id_: f"move/{id_}/pence"),
)
FIELDS = st.builds(
    lambda texts, pence: {**texts, **pence},
    st.dictionaries(_TEXT_PATHS, _TEXTS, max_size=8),
    st.dictionaries(_PENCE_PATHS, _PENCE, max_size=8),
)


@st.composite
def sides(draw):
    """Three mappings that share much: what two began with, and what each made of it."""
    base = draw(FIELDS)
    made = []
    for _ in range(2):
        gone = draw(st.sets(st.sampled_from(sorted(base)))) if base else set()
        made.append({**{path: base[path] for path in base if path not in gone}, **draw(FIELDS)})
    return base, *made


@given(sides())
def test_every_field_that_one_side_changed_has_that_sides_value(three):
    base, mine, theirs = three
    merged = merge_fields(base, mine, theirs)
    clashing = {clash.path for clash in merged.clashes}
    for path in {*base, *mine, *theirs}:
        was, one, other = base.get(path), mine.get(path), theirs.get(path)
        if one == was:
            assert merged.fields.get(path) == other
        elif other in (was, one):
            assert merged.fields.get(path) == one
        else:
            assert path in clashing
    assert len(clashing) == len(merged.clashes)


@given(FIELDS, FIELDS)
def test_both_making_the_same_change_never_clash(base, now):
    merged = merge_fields(base, now, now)
    assert (merged.fields, merged.clashes) == (now, ())


@given(sides())
def test_changing_sides_only_swaps_who_is_called_mine(three):
    base, mine, theirs = three
    one, other = merge_fields(base, mine, theirs), merge_fields(base, theirs, mine)
    assert one.fields == other.fields
    assert [(c.path, c.base, c.mine, c.theirs) for c in one.clashes] == [
        (c.path, c.base, c.theirs, c.mine) for c in other.clashes
    ]


@given(sides(), st.randoms(use_true_random=False))
def test_a_settled_clash_has_a_value_that_somebody_wrote(three, random):
    base, mine, theirs = three
    merged = merge_fields(base, mine, theirs)
    choices = {clash.path: random.choice(["mine", "theirs"]) for clash in merged.clashes}
    settled = settle_clashes(merged, choices, mine=mine, theirs=theirs)
    for path in {*base, *mine, *theirs, *settled}:
        assert settled.get(path) in (mine.get(path), theirs.get(path))


@given(FIELDS, FIELDS)
def test_nothing_that_two_added_is_taken_for_one_thing(mine, theirs):
    moved = renumber_added({}, mine, theirs)
    assert sorted(map(str, moved.values())) == sorted(map(str, mine.values()))
    for kind in PARTS:
        ours, others = dict(items_of(moved, kind)), dict(items_of(theirs, kind))
        assert all(ours[id_] == others[id_] for id_ in set(ours) & set(others))


@given(st.lists(FIELDS, min_size=2, max_size=6))
def test_any_earlier_version_can_be_had_from_the_last_and_the_changes(versions):
    stored = [json.dumps(changes_between(was, now)) for was, now in pairwise(versions)]
    fields = versions[-1]
    for version, changes in zip(reversed(versions[:-1]), reversed(stored), strict=True):
        fields = undo_changes(fields, json.loads(changes))
        assert fields == version
    for version, changes in zip(versions[1:], stored, strict=True):
        fields = redo_changes(fields, json.loads(changes))
        assert fields == version


@given(FIELDS)
def test_any_draft_makes_a_plan_that_says_what_the_fields_say(fields):
    plan = plan_of_fields(fields, FRAME)
    again = fields_of(plan)
    kept = {path: value for path, value in fields.items() if not path.startswith("note/")}
    kept = {path: value for path, value in kept.items() if value or not path.startswith("line/")}
    assert {path: again[path] for path in kept} == kept
    assert dict(plan.notes) == {p[5:]: text for p, text in fields.items() if p.startswith("note/") and text}
    assert sum(line.pence for line in plan.lines) == sum(v for p, v in fields.items() if p.startswith("line/"))
    assert plan_of_fields(again, FRAME) == plan


@given(FIELDS)
def test_no_service_planned_in_the_locality_is_ever_dropped(fields):
    planned = {one.service for one in SERVICES if one.planned_at == "locality"}
    assert planned <= {line.service for line in plan_of_fields(fields, FRAME).lines}
    assert complete_fields(complete_fields(fields, FRAME), FRAME) == complete_fields(fields, FRAME)


@given(FIELDS)
def test_a_draft_without_a_fault_is_a_plan_that_can_be_hashed_and_names_only_what_is_there(fields):
    faults = check_fields(fields, FRAME)
    assert {fault.column for fault in faults if fault.column in fields} <= set(fields)
    if not faults:
        plan = plan_of_fields(fields, FRAME)
        assert len(hash_plan(plan)) == 64
        assert {line.service for line in plan.lines} <= {one.service for one in SERVICES}
        assert {line.source for line in plan.lines} <= {one.source for one in SOURCES}


@given(
    st.dictionaries(
        st.text(_LETTERS, max_size=9),
        st.text(_LETTERS, max_size=3) | st.integers() | st.none() | st.floats(),
        max_size=4,
    )
)
def test_whatever_arrives_is_named_and_never_breaks_the_check(rubbish):
    faults = check_fields(rubbish, FRAME)
    assert {path for path in rubbish if path not in {"summary"}} <= {fault.column for fault in faults}


@given(sides())
def test_two_plans_differ_in_words_exactly_where_their_fields_differ(three):
    was, now, _ = three
    before, after = plan_of_fields(was, FRAME), plan_of_fields(now, FRAME)

    def written(plan):
        return {path: value for path, value in fields_of(plan).items() if value or not path.startswith("line/")}

    said = {change.path for change in compare_plans(before, after).changes}
    differing = set(changes_between(written(before), written(after)))
    assert {_item(path) for path in said} == {_item(path) for path in differing}


def _item(path):
    return path if path.startswith(("line/", "note/")) else "/".join(path.split("/")[:2])
