"""Whatever people vote and whoever is in which group, no small count can be worked out from what is shown."""

import dataclasses
import datetime as dt
from functools import cache

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from factories.opinion_votes import blocs, drawn_votes
from locality.disclosure import Axis, PublishedCounts, audit, layout_of_axes, rules_on
from locality.voice.opinion_groups import find_opinion_groups, group_rules
from locality.voice.opinion_groups.counts import counts_shown

DAY = dt.date(2026, 11, 22)
RULES = rules_on(DAY)
WAYS = ("+", "-", "o", ".")


@cache
def any_groups():
    return find_opinion_groups(blocs((40, 40), ("+-" * 5, "-+" * 5)), group_rules(DAY))


@settings(max_examples=30, deadline=None)
@given(st.lists(st.lists(st.integers(0, 25), min_size=4, max_size=4), min_size=3, max_size=3))
def test_a_reader_who_knows_sizes_and_totals_cannot_work_out_a_small_count(table):
    counts = np.array(table)
    if counts[:, :3].sum() == 0:
        return
    group = np.repeat([0, 1, -1], counts.sum(axis=1))
    marks = np.concatenate([np.repeat(WAYS, row) for row in counts])
    voted = marks != "."
    found = dataclasses.replace(
        any_groups(), votes=drawn_votes("\n".join(marks[voted])), group=group[voted], overlap=(1.0, 1.0)
    )

    # The picture leaves out people without any vote; sizes are those of people who voted.
    shown = counts_shown(found, RULES)
    kept = np.array([[(group[voted] == at).sum()] for at in (0, 1, -1)])
    _attack(counts[:, :3], kept[:, 0], shown)


def _attack(answers, sizes, shown):
    layout = layout_of_axes([Axis("group", ("A", "B", "none")), Axis("vote", ("agree", "disagree", "pass", "no vote"))])
    leaves = np.column_stack([answers, sizes - answers.sum(axis=1)])
    full = np.vstack([leaves, leaves.sum(axis=0)])
    full = np.column_stack([full, full.sum(axis=1)])
    seen = np.zeros(full.shape, dtype=bool)
    for row, one in zip((0, 1, 3), shown.statements[0], strict=True):
        seen[row, :3] = [one.agree is not None, one.disagree is not None, one.passed is not None]
        assert [count for count in (one.agree, one.disagree, one.passed) if count in (1, 2, 3, 4)] == []
    seen[:, 4] = [one is not None for one in shown.people]
    # A reader takes what is not shown for at least one person; a nought that is not shown is told to be fair to them.
    hidden = ~seen & (full > 0)
    published = PublishedCounts(layout, np.where(hidden, 0, full).ravel(), hidden.ravel())
    exposed = np.zeros(full.size, dtype=bool)
    exposed[list(audit(published, RULES).positions)] = True
    small = (full >= 1) & (full <= RULES.threshold)
    small[:, 4] = False
    assert not (exposed.reshape(full.shape) & small).any()
