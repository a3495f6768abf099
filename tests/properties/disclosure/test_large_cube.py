"""Suppression of a cube of the size that a partnership really has."""

import numpy as np

from locality.disclosure import Axis, DisclosureRules, audit, suppress

SHAPE = {"locality": 7, "heading": 14, "age band": 19}


def test_service_users_by_locality_heading_and_age_are_protected():
    draw = np.random.default_rng(1)
    mean = 1.0
    for spread, (along, size) in zip((0.6, 1.0, 0.7), enumerate(SHAPE.values()), strict=True):
        sides = [1, 1, 1]
        sides[along] = size
        mean = mean * np.exp(draw.normal(3 if along == 1 else 0, spread, size)).reshape(sides)
    axes = [Axis(name, tuple(f"{name} {at}" for at in range(size))) for name, size in SHAPE.items()]
    rules = DisclosureRules(threshold=4)
    table = suppress(axes, draw.poisson(mean), rules)
    assert table.small > 100
    assert table.further < table.small
    assert audit(table.published, rules).passed
