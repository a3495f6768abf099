"""Which engine runs person-level expressions."""

import gc
import importlib.util

import pytest

from locality.foundations import InputRefused
from locality.sources import engines
from locality.sources.engines import connect


def test_duckdb_keeps_to_its_memory_limit_and_threads():
    con = connect(memory_limit="200MB", threads=1)
    limit, threads = con.raw_sql("SELECT current_setting('memory_limit'), current_setting('threads')").fetchone()
    assert (limit, threads) == ("190.7 MiB", 1)


def test_the_directory_to_which_duckdb_spills_is_removed(tmp_path, monkeypatch):
    monkeypatch.setattr(engines.tempfile, "mkdtemp", lambda prefix: str(tmp_path / "spill"))
    (tmp_path / "spill").mkdir()
    con = connect()
    con.disconnect()
    del con
    gc.collect()
    assert not (tmp_path / "spill").exists()


def test_an_unknown_engine_is_refused_with_those_that_exist():
    with pytest.raises(InputRefused, match="duckdb, spark, postgres"):
        connect("oracle")


@pytest.mark.parametrize("engine", ["spark", "postgres"])
def test_a_missing_package_is_refused_with_how_to_install_it(monkeypatch, engine):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(InputRefused, match="pip install") as refused:
        connect(engine)
    assert refused.value.faults[0].code == "missing-extra"


def test_postgres_without_an_address_is_refused(monkeypatch):
    monkeypatch.delenv("LOCALITY_POSTGRES", raising=False)
    with pytest.raises(InputRefused, match="LOCALITY_POSTGRES"):
        connect("postgres")
