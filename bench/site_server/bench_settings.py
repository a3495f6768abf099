"""The settings of a live site, with one empty page beside its own: the floor of `bench/site.py`."""

from locality_web.config.settings import *  # noqa: F403

ROOT_URLCONF = "bench_addresses"
