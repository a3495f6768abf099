"""How well and how fast groups of opinion are found, beside the published recipe of Polis in the same run.

Made-up votes whose groups are known. For each case: how often the right number of groups is found (of 0 for people who
toss coins), how many people are placed, and how many of those are placed rightly. The recipe fills in missing votes by
the statement's mean, draws two principal components, stretches whoever voted little, and takes the number of k-means
groups from 2 to 5 with the best silhouette (Small and others, Polis, RECERCA 26(2), 2021); it is written here anew, and
places everybody with seven votes. It has no answer "none". CPU seconds; the floor reads every opinion once.

    python bench/opinion_groups.py [--runs 10] [--people 10000 --statements 200 --votes 20]
"""

# ruff: noqa: E402 - the number of threads is settled before the libraries are loaded

from __future__ import annotations

import os

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(name, "1")

import argparse
import datetime as dt
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.cluster.vq import kmeans2
from scipy.optimize import linear_sum_assignment

from locality.disclosure import rules_on
from locality.voice import Votes, find_opinion_groups, group_rules, publish_groups
from locality.voice.opinion_groups.opinions import take_opinions

DAY = dt.date(2026, 11, 22)


@dataclass(frozen=True)
class Case:
    """People in known groups.

    Args:
        name: What it is.
        people: How many.
        statements: How many.
        groups: How many groups; 1 where all toss coins.
        votes: About how many statements each votes on.
        apart: How far from a half the share of a group that agrees is, on statements that divide.
        dividing: The share of statements that divide.
    """

    name: str
    people: int
    statements: int
    groups: int
    votes: int
    apart: float = 0.35
    dividing: float = 0.5


CASES = (
    Case("coins, small", 60, 12, 1, 12, 0.0),
    Case("coins, large", 1000, 50, 1, 20, 0.0),
    Case("two groups, few people", 80, 20, 2, 15, 0.4, 0.6),
    Case("two groups", 200, 30, 2, 20),
    Case("two groups, few votes each", 1000, 200, 2, 20),
    Case("three groups", 300, 40, 3, 20),
    Case("three groups, few votes each", 2000, 200, 3, 20, 0.4),
    Case("four groups", 500, 100, 4, 40),
)


def make_up(case: Case, seed: int) -> tuple[Votes, np.ndarray]:
    """Make up votes; an eighth are passes."""
    dice = np.random.default_rng(seed)
    group = dice.integers(0, case.groups, case.people)
    shares = np.repeat(dice.uniform(0.3, 0.7, case.statements)[None], case.groups, axis=0)
    divide = dice.random(case.statements) < case.dividing
    sides = dice.choice([-1, 1], size=(case.groups, int(divide.sum())))
    if case.apart:
        shares[:, divide] = 0.5 + case.apart * sides
    cast = dice.random((case.people, case.statements)).argsort(axis=1).argsort(axis=1)
    person, statement = np.nonzero(cast < np.minimum(dice.poisson(case.votes, case.people), case.statements)[:, None])
    sign = np.where(dice.random(person.size) < shares[group[person], statement], 1, -1)
    sign[dice.random(person.size) < 0.125] = 0
    names = tuple(f"p{at:06}" for at in range(case.people)), tuple(f"s{at:04}" for at in range(case.statements))
    return Votes(names[0], names[1], names[1], person, statement, sign), group


def recipe(votes: Votes, seed: int) -> np.ndarray:
    """Place people as Polis describes; -1 for whoever has fewer than seven votes."""
    shape = (len(votes.people), len(votes.statements))
    table, cast = np.zeros(shape), np.zeros(shape, dtype=bool)
    table[votes.person, votes.statement], cast[votes.person, votes.statement] = votes.sign, True
    away = np.where(cast, table - table.sum(axis=0) / np.maximum(cast.sum(axis=0), 1), 0.0)
    enough = cast.sum(axis=1) >= min(7, shape[1])
    away, cast = away[enough], cast[enough]
    _, turned = np.linalg.eigh(away.T @ away)
    points = away @ turned[:, :-3:-1] * np.sqrt(shape[1] / cast.sum(axis=1))[:, None]
    tried = [_best_of(points, number, seed) for number in range(2, 6)]
    placed = np.full(shape[0], -1)
    placed[enough] = max(tried, key=lambda labels: _silhouette(points, labels, seed))
    return placed


def _best_of(points: np.ndarray, number: int, seed: int) -> np.ndarray:
    found = [kmeans2(points, number, minit="++", seed=seed + start) for start in range(10)]
    return min(found, key=lambda one: float(((points - one[0][one[1]]) ** 2).sum()))[1]


def _silhouette(points: np.ndarray, labels: np.ndarray, seed: int) -> float:
    some = np.random.default_rng(seed).permutation(len(points))[:1000]
    points, labels = points[some], labels[some]
    if len(set(labels.tolist())) < 2:
        return -1.0
    far = np.sqrt(((points[:, None] - points[None]) ** 2).sum(axis=2))
    kinds = np.unique(labels)
    mean = np.stack([far[:, labels == kind].sum(axis=1) for kind in kinds], axis=1)
    sizes = np.array([(labels == kind).sum() for kind in kinds])
    own = np.searchsorted(kinds, labels)
    rows = np.arange(len(points))
    inside = mean[rows, own] / np.maximum(sizes[own] - 1, 1)
    mean = mean / sizes
    mean[rows, own] = np.inf
    outside = mean.min(axis=1)
    return float(((outside - inside) / np.maximum(np.maximum(outside, inside), 1e-12)).mean())


def rightly(truth: np.ndarray, placed: np.ndarray) -> float:
    """Give the share of the placed whose group is the one that best fits theirs."""
    ours = placed >= 0
    if not ours.any():
        return float("nan")
    table = np.zeros((truth.max() + 1, placed.max() + 1))
    np.add.at(table, (truth[ours], placed[ours]), 1)
    return float(table[linear_sum_assignment(-table)].sum() / ours.sum())


def main() -> None:
    """Print a line for each case, then the time for a large conversation."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name, value in (("runs", 10), ("people", 10_000), ("statements", 200), ("votes", 20)):
        parser.add_argument(f"--{name}", type=int, default=value)
    asked = parser.parse_args()
    print(f"{'':<30}{'---- Locality ----':^32}{'---- recipe ----':^32}")
    head = f"{'right number':>13}{'placed':>8}{'rightly':>9}"
    print(f"{'case':<30}{head:<32}{head:<32}")
    for case in CASES:
        _line(case, asked.runs)
    _time(Case("large", asked.people, asked.statements, 3, asked.votes, 0.4))


def _line(case: Case, runs: int) -> None:
    rows = []
    for seed in range(runs):
        votes, truth = make_up(case, seed)
        rows.append([_judge(truth, find_opinion_groups(votes, group_rules(DAY)).group, case)])
        rows[-1].append(_judge(truth, recipe(votes, seed), case))
    figures = ""
    for way in (0, 1):
        number, placed, right = zip(*(row[way] for row in rows), strict=True)
        known = [one for one in right if not np.isnan(one)]
        said = f"{np.mean(known):.1%}" if known and case.groups > 1 else "-"
        figures += f"{f'{sum(number)} of {runs}':>13}{np.mean(placed):>8.0%}{said:>9}  "
    print(f"{case.name:<30}{figures}", flush=True)


def _judge(truth: np.ndarray, placed: np.ndarray, case: Case) -> tuple[bool, float, float]:
    found = len(set(placed[placed >= 0].tolist()))
    return found == (case.groups if case.groups > 1 else 0), float((placed >= 0).mean()), rightly(truth, placed)


def _time(case: Case) -> None:
    votes, _ = make_up(case, 1)
    opinions, _ = take_opinions(votes, 7)
    matrix, shares = opinions.matrix(), np.random.default_rng(1).random((2 * case.statements, 3))
    floor = min(_cpu(lambda: matrix @ shares) for _ in range(20))
    find = _cpu(lambda: publish_groups(find_opinion_groups(votes, group_rules(DAY)), rules_on(DAY)))
    peer = _cpu(lambda: recipe(votes, 1))
    print(f"{case.people:,} people, {case.statements} statements, {opinions.person.size:,} opinions:")
    print(f"  floor, one pass over opinions:  {floor * 1e3:.2f} ms")
    print(f"  find, test, draw anew, publish: {find:.1f} CPU seconds, {find / floor:,.0f}x")
    print(f"  the recipe, without any test:   {peer:.1f} CPU seconds, {peer / floor:,.0f}x")


def _cpu(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


if __name__ == "__main__":
    main()
