"""Draws that belong to a person, not to an order of work.

Every random number is a hash of the seed, the zone, the person's place in the zone and what the number decides. So a
person comes out the same however many people are made at once, and a further zone changes nobody.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

Keys = npt.NDArray[np.uint64]
Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]

# Odd constant nearest to 2^64 divided by the golden ratio: steps of it visit all 64-bit numbers evenly.
_STEP = np.uint64(0x9E3779B97F4A7C15)
_HEX = np.frombuffer(b"0123456789abcdef", dtype=np.uint8)


def name_key(*parts: object) -> np.uint64:
    """Give the 64-bit key of a name, the same on every machine."""
    text = "|".join(str(part) for part in parts)
    return np.uint64(int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little"))


def name_keys(seed: int, names: Sequence[str]) -> Keys:
    """Give one key for each name under a seed."""
    return np.array([name_key(seed, name) for name in names], dtype=np.uint64)


def mix(keys: Keys) -> Keys:
    """Scramble keys one to one (the finalising steps of splitmix64)."""
    z = (keys ^ (keys >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


def numbered(keys: Keys, ordinals: npt.NDArray[np.integer]) -> Keys:
    """Give the keys of numbered things that belong to the owners of `keys`."""
    return mix(keys + (ordinals.astype(np.uint64) + np.uint64(1)) * _STEP)


def uniform(keys: Keys, purpose: str) -> Floats:
    """Draw numbers strictly between 0 and 1, one for each key, for one purpose."""
    scrambled = mix(keys ^ name_key(purpose))
    return ((scrambled >> np.uint64(11)).astype(np.float64) + 0.5) * 2.0**-53


def normal(keys: Keys, purpose: str) -> Floats:
    """Draw standard normal numbers."""
    drawn: Floats = ndtri(uniform(keys, purpose))
    return drawn


def spread(keys: Keys, purpose: str, deviation: float) -> Floats:
    """Draw lognormal factors whose mean is exactly 1."""
    return np.exp(deviation * normal(keys, purpose) - deviation**2 / 2)


def poisson(rates: Floats, uniforms: Floats) -> Whole:
    """Turn uniform draws into Poisson counts by walking up the distribution."""
    # Above 60 events a year nobody is believable, and exp(-rate) keeps its precision below.
    rate = np.minimum(rates, 60.0)
    counts = np.zeros(rate.size, dtype=np.int64)
    left = np.flatnonzero(uniforms > np.exp(-rate))
    rate, target = rate[left], uniforms[left]
    chance = np.exp(-rate)
    reached = chance.copy()
    step = 0
    while left.size:
        step += 1
        counts[left] = step
        chance = chance * rate / step
        reached = reached + chance
        # At 400 steps only rounding error is left of the distribution.
        on = (target > reached) & (step < 400)
        left, rate, target, chance, reached = left[on], rate[on], target[on], chance[on], reached[on]
    return counts


def identifiers(keys: Keys) -> npt.NDArray[np.uint8]:
    """Write each key as 16 characters; as many different ones as there are different keys."""
    octets = np.ascontiguousarray(mix(keys)).view(np.uint8).reshape(-1, 8)
    letters = np.empty((octets.shape[0], 16), dtype=np.uint8)
    letters[:, 0::2] = _HEX[octets >> 4]
    letters[:, 1::2] = _HEX[octets & 15]
    return letters
