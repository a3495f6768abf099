"""One made-up partnership that the chapter's tests look at."""

from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pyarrow.parquet as pq
import pytest

from locality.foundations import FinancialYear
from locality.synth import make_partnership

YEAR = FinancialYear(2022)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    """12,000 made-up people: the folder, what was said about it, its tables and its person-level files."""
    folder: Path = tmp_path_factory.mktemp("made-up")
    progress: list[tuple[int, int]] = []
    told = make_partnership(12_000, 3, YEAR, folder, progress=lambda done, of: progress.append((done, of)), block=5_000)
    tables = {file.stem: pd.read_csv(file, dtype="string") for file in folder.glob("*.csv")}
    return SimpleNamespace(
        folder=folder,
        told=told,
        progress=progress,
        tables=tables,
        episode=pq.read_table(folder / "slf-episode-2223.parquet").to_pandas(types_mapper=pd.ArrowDtype),
        individual=pq.read_table(folder / "slf-individual-2223.parquet").to_pandas(types_mapper=pd.ArrowDtype),
    )
