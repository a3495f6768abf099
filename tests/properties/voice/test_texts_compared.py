"""Help with reading never breaks, whatever people write, and never loses a view."""

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from locality.voice.themes import find_copies, key_terms, likeness_rules, suggest_themes

RULES = likeness_rules(dt.date(2026, 11, 22))
TEXTS = st.lists(st.text(max_size=40) | st.sampled_from(["more buses", "More Buses!", "tha bus uam"]), max_size=12)


@settings(max_examples=60, deadline=None)
@given(TEXTS, st.integers(0, 12))
def test_any_text_can_be_compared(texts, cut):
    views = dict(enumerate(texts))
    coded = {"x": [at for at in views if at < cut], "y": [at for at in views if cut <= at < cut + 2]}
    for one in suggest_themes(views, coded, RULES):
        assert 0 <= one.likeness <= 1 + 1e-9
        assert one.view not in (*coded["x"], *coded["y"])
        assert all(word in views[one.view] or word for word in one.words)
    for term in key_terms(views, set(coded["x"]), RULES):
        assert RULES.views <= term.inside <= len(coded["x"])


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_a_view_is_among_the_copies_once_at_most(texts):
    found = [view for one in find_copies(dict(enumerate(texts)), RULES) for view in one.views]
    assert len(found) == len(set(found))
    assert all(len(one.views) >= 2 for one in find_copies(dict(enumerate(texts)), RULES))
