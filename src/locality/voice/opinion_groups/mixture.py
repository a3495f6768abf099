"""Groups of people who vote alike: a latent class model of votes, fitted by expectation and maximisation.

Each group has, for every statement, a share of its people who agree. A vote that was not cast says nothing, so few
votes leave somebody between groups; nothing is filled in. A share that rests on few votes is drawn towards the share
of everybody.

Source:
    Goodman, Exploratory latent structure analysis, Biometrika 61, 1974; Linzer and Lewis, poLCA: an R package for
    polytomous variable latent class analysis, Journal of Statistical Software 42(10), 2011, for votes that lack.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

Floats = npt.NDArray[np.float64]

# By how many votes of everybody a group's share is steadied. 3 to 12 gave the same groups on made-up votes.
_STEADY_VOTES = 3.0
_SHORT_STEPS = 5
_MOST_STEPS = 60
# Steps end when all votes together gain less than this share of their log-likelihood.
_ENOUGH = 1e-6


@dataclass(frozen=True)
class Mixture:
    """Groups as fitted.

    Args:
        shares: Logarithm of the share of each group that agrees (first half of the rows) or disagrees.
        sizes: Logarithm of the share of people in each group.
        chances: For each person, the chance of being in each group; each row adds up to 1.
        fit: Log-likelihood of all opinions.
    """

    shares: Floats
    sizes: Floats
    chances: Floats
    fit: float

    @property
    def number(self) -> int:
        """How many groups there are."""
        return int(self.sizes.size)


class Fitter:
    """Fits groups to one set of opinions.

    Args:
        opinions: As `Opinions.matrix` gives them.
        people: How much each person counts; 1 when not given.
        statements: How much each statement counts; 1 when not given.
    """

    def __init__(self, opinions: csr_array, *, people: Floats | None = None, statements: Floats | None = None) -> None:
        self.opinions = opinions
        self.turned = opinions.T.tocsr()
        self.people = people
        self.statements = None if statements is None else np.tile(statements, 2)[:, None]
        each = np.ones(opinions.shape[0]) if people is None else people
        counted = (self.turned @ each).reshape(2, -1) + 1.0
        everybody = counted / counted.sum(axis=0)
        self.steady = (_STEADY_VOTES * everybody).reshape(-1, 1)

    def fit(self, number: int, starts: int, dice: np.random.Generator, begin: Mixture | None = None) -> Mixture:
        """Fit a number of groups from several starts; the best after a few steps are carried to the end.

        Args:
            number: How many groups.
            starts: How many random starts.
            dice: Where starts come from.
            begin: A start that is tried besides.

        Returns:
            The best mixture found.
        """
        if number == 1:
            return self._step(np.ones((self.opinions.shape[0], 1)))
        tried = [self.begin(number, dice) for _ in range(starts)]
        if begin is not None:
            tried.append(self._walk(begin.chances, _SHORT_STEPS))
        tried.sort(key=lambda one: -one.fit)
        best = [self._walk(one.chances, _MOST_STEPS) for one in tried[: 1 + (len(tried) > 2)]]
        return max(best, key=lambda one: one.fit)

    def follow(self, begin: Mixture, steps: int) -> Mixture:
        """Fit from one start only, for so many steps at most."""
        return self._walk(begin.chances, steps)

    def begin(self, number: int, dice: np.random.Generator) -> Mixture:
        """Take a few steps from one random start."""
        return self._walk(dice.dirichlet(np.full(number, 0.3), self.opinions.shape[0]), _SHORT_STEPS)

    def _walk(self, chances: Floats, steps: int) -> Mixture:
        now = self._step(chances)
        for _ in range(steps - 1):
            before, now = now, self._step(now.chances)
            if now.fit - before.fit < _ENOUGH * abs(now.fit):
                break
        return now

    def _step(self, chances: Floats) -> Mixture:
        counted = chances if self.people is None else chances * self.people[:, None]
        shares = self.turned @ counted + self.steady
        half = shares.shape[0] // 2
        both = shares[:half] + shares[half:]
        shares /= np.vstack([both, both])
        sizes = counted.sum(axis=0) + 1.0
        return self._expect(np.log(shares), np.log(sizes / sizes.sum()))

    def _expect(self, shares: Floats, sizes: Floats) -> Mixture:
        weighed = shares if self.statements is None else shares * self.statements
        table = self.opinions @ weighed + sizes
        # Column by column: numpy is slow along a short last axis, and this is where the time goes.
        top = reduce(np.maximum, table.T)
        np.exp(table - top[:, None], out=table)
        total = reduce(np.add, table.T)
        table /= total[:, None]
        each = np.log(total) + top
        return Mixture(shares, sizes, table, float(each.sum() if self.people is None else each @ self.people))
