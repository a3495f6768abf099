"""What holds of the measures of any division of any ground."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from factories.drawn_grounds import rules
from locality.areas.ground import Borders, Ground, Practices
from locality.areas.measures import measure

ASKED = rules(least=20, most=60)


@st.composite
def grounds(make) -> Ground:
    """A ground of up to 14 zones with any borders, settlements and registrations."""
    zones = make(st.integers(2, 14))
    random = np.random.default_rng(make(st.integers(0, 2**32 - 1)))
    pairs = np.array(
        [(a, b) for a in range(zones) for b in range(a + 1, zones) if random.random() < 0.4], dtype=np.int64
    )
    pairs = pairs.reshape(-1, 2)
    practices, clusters = int(random.integers(1, 6)), int(random.integers(1, 4))
    crossing = random.random(len(pairs)) < 0.2
    codes = tuple(f"Z{one:02d}" for one in range(zones))
    return Ground(
        zones=codes,
        names=codes,
        people=random.integers(0, 30, zones),
        settlement=random.integers(-1, 3, zones),
        settlements=("S", "T", "U"),
        points=random.random((zones, 2)) * 5_000,
        borders=Borders(pairs[:, 0], pairs[:, 1], np.where(crossing, 0, random.integers(1, 900, len(pairs))), crossing),
        practices=Practices(
            codes=tuple(f"P{one}" for one in range(practices)),
            cluster=random.integers(-1, clusters, practices),
            clusters=tuple(f"C{one}" for one in range(clusters)),
            patients=sparse.csr_matrix(random.integers(0, 9, (zones, practices))),
            points=np.full((practices, 2), np.nan),
        ),
        indicators=random.normal(size=(zones, 2)),
        indicator_names=("age", "need"),
        area=random.random(zones) + 0.1,
        perimeter=random.random(zones) + 4_000 * zones,
    )


@st.composite
def drawn(make, least: int = -1):
    ground = make(grounds())
    numbers = st.lists(st.integers(least, 4), min_size=len(ground.zones), max_size=len(ground.zones))
    # Numbers without a gap: a number that nobody has is a fault of its own.
    known, place = np.unique(make(numbers), return_inverse=True)
    return ground, (place - (1 if known[0] < 0 else 0)).astype(np.int32)


def reorder(ground: Ground, order: np.ndarray) -> Ground:
    """The same ground with its zones in another order."""
    place = np.argsort(order)
    borders = replace(ground.borders, first=place[ground.borders.second], second=place[ground.borders.first])
    return replace(
        ground,
        people=ground.people[order],
        settlement=ground.settlement[order],
        points=ground.points[order],
        borders=borders,
        practices=replace(ground.practices, patients=sparse.csr_matrix(ground.practices.patients[order])),
        indicators=ground.indicators[order],
        area=ground.area[order],
        perimeter=ground.perimeter[order],
    )


def figures(found):
    """All figures of the whole, in an order that says nothing of localities' numbers."""
    whole = [found.number, found.smallest, found.largest, found.pieces, found.practice_containment, found.by_practice]
    whole += [found.communities_kept, found.border_share, found.border_metres, found.compactness, found.composite]
    whole += [found.variation_within, found.travel_km, *found.balance.values(), len(found.faults)]
    return np.array([np.nan if figure is None else figure for figure in whole], dtype=float)


@given(drawn(), st.randoms(use_true_random=False))
@settings(deadline=None)
def test_measures_hang_neither_on_the_order_of_zones_nor_on_the_numbers_of_localities(pair, random):
    ground, division = pair
    order = np.array(random.sample(range(len(division)), len(division)))
    swapped = np.where(division < 0, division, division.max(initial=0) - division)
    one, two = measure(ground, division, ASKED), measure(reorder(ground, order), swapped[order], ASKED)
    np.testing.assert_allclose(figures(one), figures(two), rtol=1e-9, atol=1e-9)


@given(drawn())
@settings(deadline=None)
def test_every_share_is_from_nought_to_one(pair):
    found = measure(*pair, ASKED)
    shares = (found.practice_containment, found.by_practice, found.communities_kept, found.border_share)
    assert all(share is None or 0 <= share <= 1 for share in (*shares, found.variation_within, found.composite))


@given(grounds())
@settings(deadline=None)
def test_one_locality_for_all_keeps_everything_together(ground):
    found = measure(ground, np.zeros(len(ground.zones)), rules())
    assert found.practice_containment in (None, 1)
    assert found.communities_kept in (None, 1)
    assert (found.border_metres, found.border_share in (None, 0), found.composite) == (0, True, 0)
    assert found.people_moved is None


@given(drawn(least=0), st.data())
@settings(deadline=None)
def test_joining_two_localities_never_lowers_what_is_kept_together(pair, data):
    ground, division = pair
    one, two = (data.draw(st.sampled_from(sorted(set(division.tolist())))) for _ in range(2))
    before = measure(ground, division, rules())
    after = measure(ground, np.where(division == one, two, division), rules())
    assert after.practice_containment is None or after.practice_containment >= before.practice_containment - 1e-12
    assert after.communities_kept is None or after.communities_kept >= before.communities_kept - 1e-12
    assert after.border_metres <= before.border_metres


def slowly(ground: Ground, division: np.ndarray) -> tuple[float, float, float]:
    """Containment, communities and border share, counted person by person and pair by pair."""
    here = [int(one) for one in division]
    practices, patients = ground.practices, ground.practices.patients.toarray()
    kept = everybody = 0
    for cluster in range(len(practices.clusters)):
        count: dict[int, int] = {}
        for zone, row in enumerate(patients):
            for practice, number in enumerate(row):
                if practices.cluster[practice] == cluster:
                    count[here[zone]] = count.get(here[zone], 0) + int(number)
        everybody += sum(count.values())
        kept += max((number for home, number in count.items() if home >= 0), default=0)
    together = living = 0
    for settlement in range(len(ground.settlements)):
        parts: dict[int, int] = {}
        for zone, home in enumerate(here):
            if ground.settlement[zone] == settlement:
                parts[home] = parts.get(home, 0) + int(ground.people[zone])
        whole = sum(parts.values())
        living += whole
        largest = sorted((number for home, number in parts.items() if home >= 0), reverse=True)
        together += sum(largest[: max(1, -(-whole // ASKED.most))])
    pairs = list(zip(ground.borders.first, ground.borders.second, ground.borders.metres, strict=True))
    cut = sum(metres for a, b, metres in pairs if here[a] != here[b])
    border = sum(metres for *_, metres in pairs)
    return kept / (everybody or 1), together / (living or 1), cut / (border or 1)


@given(drawn())
@settings(deadline=None)
def test_counted_slowly_the_answer_is_the_same(pair):
    found = measure(*pair, ASKED)
    fast = (found.practice_containment or 0, found.communities_kept or 0, found.border_share or 0)
    np.testing.assert_allclose(fast, slowly(*pair), rtol=1e-12, atol=1e-12)
