"""Folders and results that the command's tests look at; each is made once for the whole chapter."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from factories.command import Ran, run_locality
from factories.folder import small_partnership

DAY = "2026-04-01"


@dataclass(frozen=True)
class Results:
    """A folder of results, and what the command said."""

    folder: Path
    out: Path
    ran: Ran


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sound folder with made-up people; no test changes it."""
    return small_partnership().write(tmp_path_factory.mktemp("command") / "small")


@pytest.fixture(scope="session")
def shares(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Results:
    """Shares of the small folder; no test changes them."""
    out = tmp_path_factory.mktemp("shares")
    return Results(small, out, run_locality("money", "shares", small, "--out", out, "--on", DAY))


@pytest.fixture(scope="session")
def budget(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Results:
    """A budget of the small folder; no test changes it."""
    out = tmp_path_factory.mktemp("budget")
    asked = ("--preset", "no-cash-loss", "--growth", "0.03", "--json", "--on", DAY)
    return Results(small, out, run_locality("money", "budget", small, "--out", out, *asked))


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """Shares of a folder of tables alone, in which nobody is made up."""
    place = small_partnership().without("persons", "activity")
    folder = place.write(tmp_path_factory.mktemp("published") / "folder")
    out = tmp_path_factory.mktemp("published-results")
    return Results(folder, out, run_locality("money", "shares", folder, "--out", out, "--on", DAY))


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """2,000 people made up by the command, and the budget of their partnership; no test changes them."""
    folder = tmp_path_factory.mktemp("made") / "partnership"
    ran = run_locality("synth", "--people", 2000, "--seed", 3, "--out", folder)
    return Results(folder, tmp_path_factory.mktemp("made-results"), ran)
