"""Whoever opens the room has every reader."""

import re
from pathlib import Path

import locality.sources
from locality.sources import DECLARED, READERS

FOLDER = Path(locality.sources.__file__).parent


def test_every_module_with_a_reader_is_imported_by_the_door():
    door = (FOLDER / "__init__.py").read_text("utf-8")
    with_readers = [
        path.stem for path in FOLDER.glob("*.py") if re.search(r"^(\w+ = )?register\(", path.read_text("utf-8"), re.M)
    ]
    assert with_readers
    assert [name for name in with_readers if not re.search(rf"^    {name},$", door, re.M)] == []


def test_every_reader_fills_a_declared_table_in_one_way():
    for reader in READERS.values():
        assert DECLARED[reader.table.name] is reader.table
        assert (reader.read is None) == reader.table.person_level
        assert (reader.scan is None) != reader.table.person_level
        assert reader.publisher
        assert reader.licence
        assert reader.describes
