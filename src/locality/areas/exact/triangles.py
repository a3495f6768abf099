"""If u is with v and with w, then v is with w: the triangles that a table of who is with whom may break."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from locality.areas.ground import Floats, Ints

_BROKEN = 0.02
_EACH = 200


def broken_triangles(table: Floats, known: Ints, *, most: int) -> Ints:
    """Find the worst triangles with table[u, v] + table[u, w] - table[v, w] > 1.

    Args:
        table: Who is with whom, from 0 to 1.
        known: Triangles that are in use already. Shape (triangles, 3).
        most: How many to give.

    Returns:
        Rows u, v, w with v < w; the worst first.
    """
    nodes = len(table)
    found, sizes = [], []
    for corner in range(nodes):
        row = table[corner]
        excess = np.triu(row[:, None] + row[None, :] - table - 1, 1)
        excess[corner, :] = excess[:, corner] = 0
        one, two = np.nonzero(excess > _BROKEN)
        size = excess[one, two]
        worst = np.argsort(-size, kind="stable")[:_EACH]
        found.append(np.stack([np.full(len(worst), corner), one[worst], two[worst]], axis=1))
        sizes.append(size[worst])
    triangles, size = np.concatenate(found), np.concatenate(sizes)
    fresh = ~np.isin(_keys(triangles, nodes), _keys(known, nodes))
    return np.asarray(triangles[fresh][np.argsort(-size[fresh], kind="stable")[:most]])


def triangle_rows(triangles: Ints, nodes: int, shift: float) -> tuple[sparse.csr_matrix, float]:
    """Write triangles as rows of length 1 on a shifted table, with the upper end that all of them share."""
    count = len(triangles)
    corner, one, two = triangles.T
    length = np.sqrt(1.5)
    row, place, sign = [], [], []
    for first, second, factor in ((corner, one, 0.5), (corner, two, 0.5), (one, two, -0.5)):
        row += [np.arange(count)] * 2
        place += [first * nodes + second, second * nodes + first]
        sign += [np.full(count, factor / length)] * 2
    matrix = sparse.csr_matrix(
        (np.concatenate(sign), (np.concatenate(row), np.concatenate(place))), (count, nodes * nodes)
    )
    return matrix, (1 - shift) / float(length)


def _keys(triangles: Ints, nodes: int) -> Ints:
    return np.asarray((triangles[:, 0] * nodes + triangles[:, 1]) * nodes + triangles[:, 2])
