"""`partnership.toml`: which partnership a folder is about, which year, and where each table comes from."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from locality.foundations import Fault, FinancialYear, Table
from locality.sources.declared import DECLARED, options_of
from locality.sources.readers import READERS, Partnership, Reader

FILE = "partnership.toml"
NATIONS = ("Scotland", "England", "Wales", "Northern Ireland")
NEEDED = ("zones", "localities", "population")
"""Tables without which nothing can be said about a place; others are asked for by the commands that need them."""

_PARTS = ("partnership", "year", "tables", "money", "areas")
# All tables fit into one message; all zones do not.
_WORDS_LISTED = 30
_ENTRY_KEYS = ("file", "reader", "made_up", "publisher", "vintage")


@dataclass(frozen=True)
class Entry:
    """One source of one table.

    Args:
        table: The declared table that it fills.
        patterns: File names or globs, as written.
        reader: The reader that knows the layout; None for a file that has the declared columns already.
        options: Further keys, for the reader.
        made_up: Whether the file's people are made up.
        publisher: Who publishes the file, where the entry says so.
        vintage: What the file describes, where the entry says so.
        row: The entry's line in partnership.toml.
    """

    table: Table
    patterns: tuple[str, ...]
    reader: Reader | None
    options: Mapping[str, Any]
    made_up: bool = False
    publisher: str = ""
    vintage: str = ""
    row: int | None = None

    @property
    def reader_name(self) -> str:
        """The reader as the user named it, or "declared"."""
        return self.reader.name if self.reader else "declared"


@dataclass(frozen=True)
class Settings:
    """What partnership.toml says; parts that are at fault are missing.

    Args:
        partnership: Whose folder it is.
        years: The folder's financial year last, before it the earlier ones whose activity is also given.
        money: The `[money]` part as it stands; the money room judges it.
        areas: The `[areas]` part as it stands; the room of areas judges it.
        entries: The sources of the tables, in the order of the file.
        broken: Names of tables whose entries are at fault.
    """

    partnership: Partnership | None = None
    years: tuple[FinancialYear, ...] = ()
    money: Mapping[str, Any] = field(default_factory=dict)
    areas: Mapping[str, Any] = field(default_factory=dict)
    entries: tuple[Entry, ...] = ()
    broken: frozenset[str] = frozenset()


def read_settings(folder: Path) -> tuple[Settings, list[Fault]]:
    """Read a folder's partnership.toml.

    Args:
        folder: The partnership folder.

    Returns:
        Its settings, as far as they are sound, and every fault of the file, line by line where one line is at fault.
    """
    if not folder.is_dir():
        do = "Name the folder that holds partnership.toml."
        return Settings(), [Fault(folder.name, "there is no such folder", do, "no-such-folder")]
    path = folder / FILE
    if not path.is_file():
        do = "Write one that names the partnership, the year and the tables (docs/do/make-a-partnership-folder.md)."
        return Settings(), [Fault(FILE, "the folder has no such file", do, "no-settings")]
    try:
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
        said = tomllib.loads(text)
    except UnicodeDecodeError:
        return Settings(), [Fault(FILE, "it is not saved as UTF-8", "Save it as UTF-8.", "not-toml")]
    except tomllib.TOMLDecodeError as error:
        return Settings(), [_not_toml(error)]
    return _SettingsReader(text).read(said)


def _not_toml(error: tomllib.TOMLDecodeError) -> Fault:
    line = re.search(r"line (\d+)", str(error))
    says = re.sub(r" \(at .*\)$", "", str(error))
    do = 'Correct that line; a setting is written: name = "value".'
    return Fault(FILE, f"it cannot be understood: {says}", do, "not-toml", row=int(line[1]) if line else None)


class _SettingsReader:
    """Reads the parts one after another and gathers every fault on the way."""

    def __init__(self, text: str):
        self.lines = text.split("\n")
        self.faults: list[Fault] = []
        self.broken: set[str] = set()

    def read(self, said: dict[str, Any]) -> tuple[Settings, list[Fault]]:
        self._unknown_keys(said, _PARTS, "the file")
        whose, when, tables = (self._part(said, name) for name in ("partnership", "year", "tables"))
        settings = Settings(
            partnership=None if whose is None else self._partnership(whose),
            years=() if when is None else self._years(when),
            money=(self._part(said, "money") if "money" in said else None) or {},
            areas=(self._part(said, "areas") if "areas" in said else None) or {},
            entries=() if tables is None else tuple(self._entries(tables)),
            broken=frozenset(self.broken),
        )
        return settings, self.faults

    def _say(self, what: str, do: str, code: str, key: str = "") -> None:
        self.faults.append(Fault(FILE, what, do, code, row=self._row(key)))

    def _row(self, key: str) -> int | None:
        """Find the line on which a setting or a part stands."""
        name = re.escape(key)
        start = re.compile(rf"^\s*(\"?{name}\"?\s*=|\[+\s*(\w+\s*\.\s*)*\"?{name}\"?\s*\]+)")
        return next((number for number, line in enumerate(self.lines, 1) if key and start.match(line)), None)

    def _unknown_keys(self, said: Iterable[str], known: Iterable[str], where: str, *, on: str = "") -> None:
        """Name settings that do not exist; an entry's stand on the entry's own line."""
        known = tuple(known)
        for key in said:
            if key not in known:
                self._say(f"{where} has no setting '{key}'", suggest(key, known), "unknown-setting", on or key)

    def _part(self, said: dict[str, Any], name: str) -> dict[str, Any] | None:
        part = said.get(name)
        if isinstance(part, dict):
            return part
        what = f"'{name}' is not a part" if name in said else f"the part [{name}] is missing"
        self._say(what, f"Write a line [{name}] and its settings under it.", "missing-setting", name)
        return None

    def _text(self, part: dict[str, Any], where: str, name: str, example: str) -> str:
        text = part.get(name)
        if isinstance(text, str) and text.strip():
            return text.strip()
        code = "wrong-setting" if name in part else "missing-setting"
        what = f"[{where}] {name} is not a text" if name in part else f"[{where}] does not say '{name}'"
        self._say(what, f'Write it like: {name} = "{example}".', code, name if name in part else where)
        return ""

    def _partnership(self, part: dict[str, Any]) -> Partnership | None:
        self._unknown_keys(part, ("code", "name", "nation"), "[partnership]")
        code = self._text(part, "partnership", "code", "S37000032")
        name = self._text(part, "partnership", "name", "Fife")
        nation = self._text(part, "partnership", "nation", "Scotland")
        if nation and nation not in NATIONS:
            self._say(f"'{nation}' is not a nation that is known", suggest(nation, NATIONS), "wrong-setting", "nation")
            return None
        return Partnership(code, name, nation) if code and name and nation else None

    def _years(self, part: dict[str, Any]) -> tuple[FinancialYear, ...]:
        self._unknown_keys(part, ("financial_year", "earlier"), "[year]")
        last = self._text(part, "year", "financial_year", "2022/23")
        earlier = part.get("earlier", [])
        if not isinstance(earlier, list):
            self._say(
                "[year] earlier is not a list", 'Write it like: earlier = ["2021/22"].', "wrong-setting", "earlier"
            )
            earlier = []
        years = [self._year(str(text), "earlier") for text in earlier]
        years.append(self._year(last, "financial_year") if last else None)
        return tuple(sorted({year for year in years if year})) if years[-1] else ()

    def _year(self, text: str, key: str) -> FinancialYear | None:
        try:
            return FinancialYear.parse(text)
        except ValueError:
            self._say(f"'{text}' is not a financial year", "Write it like 2022/23.", "wrong-setting", key)
            return None

    def _entries(self, part: dict[str, Any]) -> Iterable[Entry]:
        for name, sources in part.items():
            if name not in DECLARED:
                self._say(f"there is no table '{name}'", suggest(name, DECLARED), "unknown-table", name)
                continue
            for said in sources if isinstance(sources, list) else [sources]:
                before = len(self.faults)
                entry = self._entry(DECLARED[name], said)
                if entry is not None:
                    yield entry
                if len(self.faults) > before:
                    self.broken.add(name)
        self._needed(part)

    def _needed(self, part: dict[str, Any]) -> None:
        for name in NEEDED:
            if name not in part:
                do = f'Add a line like: {name} = {{ file = "{name}.csv" }}.'
                self._say(f"[tables] does not name the table '{name}'", do, "table-missing", "tables")
        if "ledger" in part and "services" not in part:
            what = "[tables] names a ledger but not the table 'services', which says what its services are"
            self._say(what, 'Add a line like: services = { file = "services.csv" }.', "table-missing", "ledger")

    def _entry(self, table: Table, said: Any) -> Entry | None:
        if not isinstance(said, dict):
            do = f'Write it like: {table.name} = {{ file = "{table.name}.csv" }}.'
            self._say(f"the entry of '{table.name}' does not name a file", do, "wrong-setting", table.name)
            return None
        patterns = self._patterns(table.name, said.get("file"))
        reader = self._reader(table, said)
        known = options_of(table) if reader is None else reader.options
        if "reader" in said and reader is None:
            return None
        self._unknown_keys(said, (*_ENTRY_KEYS, *known), f"the entry of '{table.name}'", on=table.name)
        if not isinstance(said.get("made_up", False), bool):
            what = f"made_up of '{table.name}' is neither true nor false"
            self._say(what, "Write: made_up = true.", "wrong-setting", table.name)
        if not self._has_sound_layout(table.name, said) or not patterns:
            return None
        return Entry(
            table,
            patterns,
            reader,
            {key: said[key] for key in said if key in known},
            made_up=said.get("made_up") is True,
            publisher=str(said.get("publisher", reader.publisher if reader else "")),
            vintage=str(said.get("vintage", "")),
            row=self._row(table.name),
        )

    def _has_sound_layout(self, name: str, said: dict[str, Any]) -> bool:
        """Refuse settings of a file's layout that are of the wrong kind."""
        sound = True
        for key, kind, example in (("sheet", str, '"Sheet1"'), ("header_row", int, "3"), ("delimiter", str, '";"')):
            if key in said and (type(said[key]) is not kind or not said[key] or str(said[key]).startswith("-")):
                what = f"{key} of '{name}' cannot be {said[key]!r}"
                self._say(what, f"Write it like: {key} = {example}.", "wrong-setting", name)
                sound = False
        return sound

    def _patterns(self, name: str, file: Any) -> tuple[str, ...]:
        patterns = tuple(file) if isinstance(file, list) else (file,)
        if file is None or not patterns or not all(isinstance(one, str) and one for one in patterns):
            do = f'Write it like: {name} = {{ file = "{name}.csv" }}.'
            self._say(f"the entry of '{name}' does not name a file", do, "missing-setting", name)
            return ()
        outside = [one for one in patterns if Path(one).is_absolute() or ".." in Path(one).parts]
        for one in outside:
            do = "Name files relative to the folder or to the data root, so that the folder works on every machine."
            self._say(f"'{one}' leads out of the folder", do, "file-outside", name)
        return tuple(one for one in patterns if one not in outside)

    def _reader(self, table: Table, said: dict[str, Any]) -> Reader | None:
        name = said.get("reader")
        if name is None:
            return None
        reader = READERS.get(str(name))
        if reader is None:
            fitting = [one for one in READERS if READERS[one].table.name == table.name]
            self._say(
                f"there is no reader '{name}'", suggest(str(name), fitting or READERS), "unknown-reader", table.name
            )
        elif reader.table.name != table.name:
            what = f"the reader '{name}' fills the table '{reader.table.name}', not '{table.name}'"
            self._say(
                what, f"Move the entry to {reader.table.name}, or name another reader.", "other-table", table.name
            )
            return None
        return reader


def suggest(word: str, known: Iterable[str]) -> str:
    """Name the nearest known word, or the known ones."""
    known = sorted(known)
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    more = ", and others" if len(known) > _WORDS_LISTED else ""
    return f"Did you mean '{near[0]}'?" if near else f"Use one of: {', '.join(known[:_WORDS_LISTED])}{more}."
