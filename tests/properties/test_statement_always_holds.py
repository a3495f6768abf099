"""Whatever people use and the ledger says, the statement adds up; redrawing localities makes and loses no money."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from factories.statement import LOCALITIES, ZONES, cube, ledger, services, state
from locality.money.places import LocalityList
from locality.money.settings import ShareSettings
from locality.money.summary import summarise_shares

SERVICES = services(
    ("Hospital", "Hospital", "acute", "delegated", None, "Acute"),
    ("Nursing", "Community", None, "delegated", "population", None),
    ("Office", "Overheads", None, "overhead", None, None),
)
PENCE = st.integers(1, 10**9)
USE = st.tuples(*[st.integers(0, 10**8)] * 4, st.integers(0, 10**6)).filter(lambda use: sum(use[:4]) > 0)
SPENT = st.tuples(PENCE, PENCE, PENCE)
EACH = st.lists(st.sampled_from("abc"), min_size=4, max_size=4)


def _state(use, spent, *, localities=LOCALITIES, **chosen):
    places = (*ZONES, "")
    rows = [(place, "Acute", "2022/23", pence) for place, pence in zip(places, use, strict=True)]
    return state(
        ShareSettings(**({"resamples": 5} | chosen)),
        localities=localities,
        services=SERVICES,
        ledger=ledger(dict(zip(SERVICES["service"], spent, strict=True))),
        cube=cube(*rows),
    )


def _redrawn(letters):
    codes = tuple(sorted(set(letters)))
    return LocalityList(codes, codes, dict(zip(ZONES, letters, strict=True)))


@settings(max_examples=25, deadline=None)
@given(
    use=USE, spent=SPENT, no_locality=st.sampled_from(["spread", "apart"]), stage=st.sampled_from(["need", "supply"])
)
def test_every_penny_is_accounted_for(use, spent, no_locality, stage):
    statement = _state(use, spent, no_locality=no_locality, stage=stage)
    for service in statement.services:
        share = service.share
        assert int(share.pence.sum()) + share.apart_pence == service.money.resources_pence
        assert service.fair_pence.sum() == share.pence.sum()
        assert (share.grade_pence.sum(axis=1) == share.pence).all()
        distance = service.fair_pence - share.pence
        assert (service.steps.sum(axis=0) == distance).all() and (service.shapley.sum(axis=0) == distance).all()
    assert summarise_shares(statement)["reconciliation"]["difference_pence"] == 0


@settings(max_examples=20, deadline=None)
@given(use=USE, spent=SPENT, letters=EACH)
def test_redrawing_localities_changes_no_services_money(use, spent, letters):
    before, after = _state(use, spent), _state(use, spent, localities=_redrawn(letters))
    for was, now in zip(before.services, after.services, strict=True):
        assert was.share.pence.sum() == now.share.pence.sum()
        assert was.fair_pence.sum() == now.fair_pence.sum()
    assert before.population.sum() == after.population.sum() == 500


@settings(max_examples=20, deadline=None)
@given(use=USE, spent=SPENT)
def test_listing_localities_the_other_way_round_only_turns_the_results_round(use, spent):
    turned = replace(LOCALITIES, codes=LOCALITIES.codes[::-1], names=LOCALITIES.names[::-1])
    before, after = _state(use, spent), _state(use, spent, localities=turned)
    # A penny that two localities may equally carry goes to the first one of the list, once for each service.
    assert np.abs(before.historic() - after.historic()[::-1]).max() <= len(SERVICES)
    assert np.abs(before.fair() - after.fair()[::-1]).max() <= len(SERVICES)


@settings(max_examples=20, deadline=None)
@given(use=USE, spent=SPENT)
def test_ten_times_the_money_gives_ten_times_the_shares(use, spent):
    once, tenfold = _state(use, spent), _state(use, tuple(10 * pence for pence in spent))
    for was, now in zip(once.services, tenfold.services, strict=True):
        # Rounding moves a share by less than a penny; an overhead follows shares that were rounded before.
        off = 20 + 20 * was.money.resources_pence / max(sum(spent[:2]), 1)
        assert np.abs(10 * was.share.pence - now.share.pence).max() <= off
        assert np.abs(10 * was.fair_pence - now.fair_pence).max() <= off
