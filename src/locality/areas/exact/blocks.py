"""A bound for thousands of zones: the area in parts, each bounded alone, the bounds added up.

What lies between two parts is left out: it can only add to J. Inside a part there may be pieces of localities, so
only the upper size bound holds there, and their number is open. What is known of the whole - so many localities within
the bounds have at most this sum of squared sizes - is kept as a price on people who share a locality, the same in
every part: the prices paid are taken off the sum again, at most the price of that largest sum.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from locality.areas.exact.cone import cone_bound, most_square, price_of_square
from locality.areas.exact.model import CutModel, slim
from locality.areas.ground import Division, Floats, Ground, Ints

_ZONES = 330


def block_bound(
    model: CutModel,
    ground: Ground,
    known: Division | None,
    *,
    spent: Callable[[], float],
    seconds: float,
    zones: int = _ZONES,
) -> float:
    """Give a J that no division of a large area can be below.

    Args:
        model: What is divided.
        ground: Where its zones lie.
        known: A good division: parts are made of whole localities of it, so that little is left out.
        spent: Gives the CPU seconds since the beginning.
        seconds: When to stop; parts that were not reached count 0.
        zones: How many zones a part has at most.

    Returns:
        The sum of the parts' bounds.
    """
    parts = _parts(model, (ground, known), zones)
    blocks = [slim(block, large=False) for block in blocks_of(model, parts)]
    share = float(blocks[0].people.sum()) / float(model.people.sum())
    price = price_of_square(blocks[0], share * most_square(model), spent=spent, seconds=seconds / 10)
    total = -price * most_square(model)
    for number, block in enumerate(blocks):
        rest = max(0.0, seconds - spent()) / (len(blocks) - number)
        if rest > 0:
            total += max(0.0, cone_bound(block, spent=spent, seconds=spent() + rest, price=price))
    return total


def blocks_of(model: CutModel, parts: Ints) -> list[CutModel]:
    """Cut the model into the parts of its zone nodes; a cluster or settlement goes where most of its weight is."""
    nodes, count = len(model.people), int(parts.max()) + 1
    zones = len(parts)
    held = np.zeros((nodes, count))
    extra = model.second >= zones
    np.add.at(held, (model.second[extra], parts[model.first[extra]]), model.weight[extra])
    place = held.argmax(axis=1)
    place[:zones] = parts
    return [_block(model, place, part) for part in range(count)]


def _block(model: CutModel, place: Ints, part: int) -> CutModel:
    inside = place == part
    number = np.cumsum(inside) - 1
    zones = int(model.node_of_zone.max()) + 1
    stays = inside[model.first] & inside[model.second]
    apart = model.apart[inside[model.apart].all(axis=1)]
    return replace(
        model,
        people=model.people[inside],
        first=number[model.first[stays]],
        second=number[model.second[stays]],
        weight=model.weight[stays],
        keeps=model.keeps[inside],
        node_of_zone=np.arange(int(inside[:zones].sum())),
        links=np.zeros((0, 2), np.int64),
        clusters=number[model.clusters[inside[model.clusters]]],
        apart=number[apart].reshape(-1, 2),
        least=0.0,
        number=None,
    )


def _parts(model: CutModel, drawn: tuple[Ground, Division | None], most: int) -> Ints:
    """Halve the area, and the halves again, along its longer side, until parts are small; localities stay whole."""
    ground, known = drawn
    nodes = int(model.node_of_zone.max()) + 1
    group = np.arange(nodes)
    if known is not None:
        # Zones that stay together lie in one locality of any division that keeps the rules.
        group[model.node_of_zone] = known
    points = _middle(group[model.node_of_zone], ground.points)
    sizes = np.bincount(group, minlength=len(points))
    part = np.zeros(len(points), np.int64)
    _halve(part, np.unique(group), (points, sizes, most))
    return np.unique(part[group], return_inverse=True)[1]


def _middle(group: Ints, points: Floats) -> Floats:
    count = np.maximum(1, np.bincount(group))[:, None]
    return np.stack([np.bincount(group, points[:, side]) for side in (0, 1)], axis=1) / count


def _halve(part: Ints, groups: Ints, place: tuple[Floats, Ints, int]) -> None:
    points, sizes, most = place
    if sizes[groups].sum() <= most or len(groups) < 2:
        return
    side = int(np.argmax(np.ptp(points[groups], axis=0)))
    order = groups[np.argsort(points[groups, side], kind="stable")]
    half = int(np.searchsorted(np.cumsum(sizes[order]), sizes[order].sum() / 2)) + 1
    half = min(max(1, half), len(order) - 1)
    part[order[half:]] = part.max() + 1
    _halve(part, order[:half], place)
    _halve(part, order[half:], place)
