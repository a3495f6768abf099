"""Whatever stands in the files, checking a folder ends in a report."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from factories.folder import small_partnership
from locality.sources import check_folder, connect

SMALL = ("zones", "localities", "population", "services", "ledger")
FILES = ("partnership.toml", *(f"{name}.csv" for name in SMALL))


def folder_of(place_in: Path) -> Path:
    place = small_partnership()
    place.tables = {name: place.tables[name] for name in SMALL}
    return place.write(place_in)


# Each example reads a whole folder, so they are few.
@settings(max_examples=20, deadline=None)
@given(
    file=st.sampled_from(FILES),
    at=st.floats(0, 1, exclude_max=True),
    length=st.integers(0, 40),
    put=st.one_of(st.binary(max_size=6), st.sampled_from([b'"', b",", b"\n", b"\x00", b"inf", b"all", b"-", b"*"])),
)
def test_spoilt_bytes_give_faults_and_no_error(file, at, length, put):
    with tempfile.TemporaryDirectory() as name:
        folder = folder_of(Path(name))
        content = (folder / file).read_bytes()
        start = int(at * len(content))
        (folder / file).write_bytes(content[:start] + put + content[start + length :])
        report = check_folder(folder, connection=connect())
        assert report.is_usable == (report.faults == ())
        assert all(fault.file and fault.what and fault.do and fault.code for fault in report.faults)
