"""Whatever text stands in a table, it comes back as it was written."""

import csv
import gzip
import io
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from locality.sources.files import read_cells

# No half characters, and nothing that forbids a text file.
CELLS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=8)


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    width = draw(st.integers(2, 4))
    return draw(st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=5))


@settings(max_examples=150, deadline=None)
@given(tables(), st.sampled_from([",", ";", "\t", "|"]), st.booleans(), st.booleans())
def test_cells_come_back_under_their_row_numbers(
    cells: list[list[str]], delimiter: str, zipped: bool, marked: bool
) -> None:
    header = [f"column{place}" for place in range(len(cells[0]))]
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows([header, *cells])
    content = text.getvalue().encode("utf-8-sig" if marked else "utf-8")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        path.write_bytes(gzip.compress(content) if zipped else content)
        frame = read_cells(path, "table.csv")
    back = {row: ["" if pd.isna(cell) else cell for cell in found] for row, *found in frame.itertuples()}
    assert back == {row: found for row, found in enumerate(cells, start=2) if any(found)}
