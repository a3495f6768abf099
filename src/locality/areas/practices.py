"""Clusters of GP practices against localities, in both directions: a list for discussion and not for decree.

A cluster cuts across localities when patients of its practices live outside its main locality. Either a practice moves
to another cluster, or a zone at the border moves to another locality.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from locality.areas.containment import main_localities, patients_by_cluster, patients_by_practice
from locality.areas.ground import Division, Floats, Ground, Ints, Practices
from locality.foundations import ResultRefused


@dataclass(frozen=True)
class CutCluster:
    """A cluster whose patients live in more than one locality.

    Args:
        cluster: Its number.
        practices: How many practices it has.
        patients: Its patients who live in a locality.
        main: The locality in which most of them live.
        elsewhere: Patients who live in another one.
        by_locality: Locality and patients, most first.
    """

    cluster: int
    practices: int
    patients: int
    main: int
    elsewhere: int
    by_locality: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class PracticeMove:
    """A practice's move to another cluster, with what it mends and what it breaks.

    Args:
        practice: Its number.
        before: Its cluster now.
        after: The cluster that it would join.
        patients: Its patients who live in a locality.
        gains: Patients of any practice who would newly live in their cluster's main locality.
        loses: Patients who would no longer do.
        own_before: The practice's own patients who live in their cluster's main locality now.
        own_after: Those after the move.
        practices_left: Practices that its old cluster keeps.
        patients_left: Patients that its old cluster keeps.
        practices_there: Practices of its new cluster with it.
        patients_there: Patients of its new cluster with it.
        containment: Practice containment by cluster after the move.
    """

    practice: int
    before: int
    after: int
    patients: int
    gains: int
    loses: int
    own_before: int
    own_after: int
    practices_left: int
    patients_left: int
    practices_there: int
    patients_there: int
    containment: float

    @property
    def mends(self) -> int:
        """How many more patients live in their cluster's main locality in the end."""
        return self.gains - self.loses


@dataclass(frozen=True)
class MoveList:
    """Moves that together lead towards a target, each counted after those before it.

    Args:
        moves: The moves in order.
        before: Practice containment by cluster now.
        after: After all moves.
        target: What was asked for.
    """

    moves: tuple[PracticeMove, ...]
    before: float
    after: float
    target: float

    @property
    def is_reached(self) -> bool:
        """Whether the target is reached; if not, no further single move helps."""
        return self.after >= self.target


def cut_clusters(ground: Ground, division: Division) -> tuple[CutCluster, ...]:
    """Say which clusters cut across localities.

    Args:
        ground: What the division is drawn on.
        division: The locality of every zone; -1: in none.

    Returns:
        The clusters with patients outside their main locality, those with most of them first.

    Raises:
        ResultRefused: Practices or clusters are not known.
    """
    practices = _known(ground)
    table = patients_by_cluster(practices, division).astype(np.int64)
    main = main_localities(table.astype(np.float64))
    found = []
    for cluster in np.flatnonzero(main >= 0):
        column = table[:, cluster]
        elsewhere = int(column.sum() - column[main[cluster]])
        if elsewhere:
            order = np.argsort(-column, kind="stable")
            parts = tuple((int(home), int(column[home])) for home in order if column[home])
            count = int((practices.cluster == cluster).sum())
            found.append(CutCluster(int(cluster), count, int(column.sum()), int(main[cluster]), elsewhere, parts))
    return tuple(sorted(found, key=lambda one: (-one.elsewhere, one.cluster)))


def practice_moves(ground: Ground, division: Division, *, fewest: int = 1) -> tuple[PracticeMove, ...]:
    """Give every practice's best move to another cluster, where it has one that mends more than it breaks.

    Args:
        ground: What the division is drawn on.
        division: The locality of every zone; -1: in none.
        fewest: Practices that a cluster must keep.

    Returns:
        One move for each such practice, those that mend most first.

    Raises:
        ResultRefused: Practices or clusters are not known.
    """
    practices = _known(ground)
    clusters, each = patients_by_cluster(practices, division), patients_by_practice(practices, division)
    found = list(_best_moves(practices, clusters, each, fewest))
    return tuple(sorted(found, key=lambda move: (-move.mends, move.loses, move.practice)))


def moves_to_target(
    ground: Ground, division: Division, target: float, *, fewest: int = 1, most_moves: int = 50
) -> MoveList:
    """List moves that together reach a practice containment: always the one that mends most next.

    Args:
        ground: What the division is drawn on.
        division: The locality of every zone; -1: in none.
        target: Practice containment by cluster to reach, 0 to 1.
        fewest: Practices that a cluster must keep.
        most_moves: Longest list.

    Returns:
        The moves. A shorter list may exist: this one is greedy.

    Raises:
        ResultRefused: Practices or clusters are not known.
    """
    practices, moves = _known(ground), list[PracticeMove]()
    each = patients_by_practice(practices, division)
    before = reached = _containment(practices, patients_by_cluster(practices, division))
    while reached < target and len(moves) < most_moves:
        clusters = patients_by_cluster(practices, division)
        best = max(
            _best_moves(practices, clusters, each, fewest), key=lambda one: (one.mends, -one.practice), default=None
        )
        if best is None:
            break
        moves.append(best)
        reached = best.containment
        practices = replace(practices, cluster=_moved(practices.cluster, best))
    return MoveList(tuple(moves), before, reached, target)


def _known(ground: Ground) -> Practices:
    practices = ground.practices
    if practices is None or not (practices.cluster >= 0).any():
        do = "Add practices with their clusters to the folder."
        raise ResultRefused("Nothing can be said about clusters: none are known.", do)
    return practices


def _moved(cluster: Ints, move: PracticeMove) -> Ints:
    changed = cluster.copy()
    changed[move.practice] = move.after
    return changed


def _containment(practices: Practices, clusters: Floats) -> float:
    everybody = _in_clusters(practices)
    return float(clusters.max(axis=0).sum() / everybody) if everybody and clusters.size else 0.0


def _in_clusters(practices: Practices) -> float:
    """Count all patients whose practice is in a cluster, those in no locality too."""
    return float(np.asarray(practices.patients.sum(axis=0)).ravel()[practices.cluster >= 0].sum())


def _best_moves(practices: Practices, clusters: Floats, each: Floats, fewest: int) -> Iterator[PracticeMove]:
    if not clusters.size:
        return
    kept, everybody = clusters.max(axis=0), _in_clusters(practices)
    size = np.bincount(practices.cluster[practices.cluster >= 0], minlength=len(practices.clusters))
    for practice in np.flatnonzero(practices.cluster >= 0):
        home, own = int(practices.cluster[practice]), each[:, practice]
        if size[home] - 1 < fewest or not own.any():
            continue
        left = (clusters[:, home] - own).max() - kept[home]
        joined = (clusters + own[:, None]).max(axis=0) - kept
        change = left + joined
        change[home] = 0
        change[size == 0] = 0
        target = int(np.argmax(change))
        if change[target] > 0:
            contained = float((kept.sum() + change[target]) / everybody)
            yield _describe(clusters, own, size, _Step(int(practice), home, target, contained))


@dataclass(frozen=True)
class _Step:
    practice: int
    before: int
    after: int
    containment: float


def _describe(clusters: Floats, own: Floats, size: Ints, step: _Step) -> PracticeMove:
    old, new = clusters[:, step.before], clusters[:, step.after]
    old_main, new_main = int(np.argmax(old)), int(np.argmax(new))
    left, joined = old - own, new + own
    left_main, joined_main = int(np.argmax(left)), int(np.argmax(joined))
    # Patients who stay are lost when their cluster's main locality moves away; the practice's own when theirs differs.
    loses = left[old_main] * (left_main != old_main) + new[new_main] * (joined_main != new_main)
    loses += own[old_main] * (joined_main != old_main)
    mends = left.max() + joined.max() - old.max() - new.max()
    return PracticeMove(
        practice=step.practice,
        before=step.before,
        after=step.after,
        patients=int(own.sum()),
        gains=int(mends + loses),
        loses=int(loses),
        own_before=int(own[old_main]),
        own_after=int(own[joined_main]),
        practices_left=int(size[step.before]) - 1,
        patients_left=int(left.sum()),
        practices_there=int(size[step.after]) + 1,
        patients_there=int(joined.sum()),
        containment=step.containment,
    )
