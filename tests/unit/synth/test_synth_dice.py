import numpy as np
from scipy.stats import chisquare
from scipy.stats import poisson as reference

from locality.synth import dice

KEYS = dice.numbered(np.full(200_000, dice.name_key(1, "S01990001")), np.arange(200_000))


def test_uniform_draws_fill_every_tenth_evenly():
    counts, _ = np.histogram(dice.uniform(KEYS, "test"), bins=10, range=(0, 1))
    assert chisquare(counts).pvalue > 0.001


def test_draws_for_two_purposes_have_nothing_to_do_with_each_other():
    one, other = dice.uniform(KEYS, "one"), dice.uniform(KEYS, "other")
    assert abs(np.corrcoef(one, other)[0, 1]) < 0.01


def test_normal_draws_have_mean_nought_and_deviation_one():
    drawn = dice.normal(KEYS, "test")
    assert abs(drawn.mean()) < 0.01
    assert abs(drawn.std() - 1) < 0.01


def test_spread_factors_have_mean_one():
    assert abs(dice.spread(KEYS, "test", 0.9).mean() - 1) < 0.02


def test_poisson_counts_are_those_of_the_distribution():
    uniforms = np.array([0.001, 0.2, 0.5, 0.9, 0.999, 0.9999999])
    for rate in (0.01, 0.7, 5.0, 40.0):
        counts = dice.poisson(np.full(uniforms.size, rate), uniforms)
        assert counts.tolist() == reference.ppf(uniforms, rate).astype(int).tolist()


def test_poisson_counts_of_a_rate_of_nought_are_nought():
    assert dice.poisson(np.zeros(3), np.array([0.1, 0.5, 0.999])).tolist() == [0, 0, 0]


def test_rates_beyond_belief_are_cut_to_sixty_a_year():
    drawn = np.array([0.5])
    assert dice.poisson(np.array([1_000.0]), drawn).tolist() == dice.poisson(np.array([60.0]), drawn).tolist()


def test_identifiers_are_sixteen_characters_and_never_repeat():
    letters = dice.identifiers(KEYS)
    assert letters.shape == (200_000, 16)
    assert np.unique(letters.view("S16")).size == 200_000


def test_the_same_name_gives_the_same_key_on_every_machine():
    assert dice.name_key(7, "S01990001") == np.uint64(KNOWN)


KNOWN = int.from_bytes(__import__("hashlib").blake2b(b"7|S01990001", digest_size=8).digest(), "little")
