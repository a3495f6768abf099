"""A sound folder to spoil, and the check of what became of it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from factories.folder import SmallPartnership, small_partnership
from locality.foundations import Fault
from locality.sources import CheckReport, check_folder, connect

Check = Callable[..., CheckReport]


@pytest.fixture(scope="session")
def connection() -> Any:
    """The engine for person-level tables."""
    return connect()


@pytest.fixture
def place() -> SmallPartnership:
    """A sound partnership with made-up people."""
    return small_partnership()


@pytest.fixture
def areas(place: SmallPartnership) -> SmallPartnership:
    """The same without person-level tables, which take longer to read."""
    return place.without("persons", "activity")


@pytest.fixture
def check(tmp_path: Path, connection: Any) -> Check:
    """Write a partnership, spoil its files where asked, and check the folder."""

    def run(
        place: SmallPartnership, spoil: Callable[[Path], object] = lambda folder: None, **options: Any
    ) -> CheckReport:
        folder = place.write(tmp_path / "folder")
        spoil(folder)
        return check_folder(folder, connection=connection, **options)

    return run


@pytest.fixture
def only_fault(check: Check) -> Callable[..., Fault]:
    """The one fault that a folder has."""

    def run(*args: Any, **options: Any) -> Fault:
        faults = check(*args, **options).faults
        assert len(faults) == 1, "\n".join(map(str, faults))
        return faults[0]

    return run
