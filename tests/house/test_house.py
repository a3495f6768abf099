"""The floors, the doors, the sizes and the names of the code."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
from pathlib import Path

import pytest
from checkout import ROOT
from importlinter.cli import lint_imports

import locality
import locality_web

ROOMS = [
    name
    for package in (locality, locality_web)
    for _, name, is_package in pkgutil.iter_modules(package.__path__, f"{package.__name__}.")
    if is_package
]
MOST_LINES_OF_A_FILE = 400
MOST_LINES_OF_A_FUNCTION = 60
TOO_VAGUE = {"utils", "helpers", "misc", "services"}


def modules(committed: list[Path], *folders: str) -> list[Path]:
    return [path for path in committed if path.suffix == ".py" and path.parts[0] in folders]


def test_a_room_uses_only_rooms_below_it():
    assert lint_imports(config_filename=str(ROOT / ".importlinter"), no_cache=True) == 0


def test_no_module_has_a_name_that_says_nothing(committed):
    assert [path for path in modules(committed, "src", "tests", "docs", "bench") if path.stem in TOO_VAGUE] == []


def test_no_file_is_too_long(committed):
    # A migration is written by Django, grows with the tables and is not changed by hand afterwards.
    own = [path for path in modules(committed, "src", "docs", "bench") if "migrations" not in path.parts]
    lengths = {path: len((ROOT / path).read_text().splitlines()) for path in own}
    assert {path: lines for path, lines in lengths.items() if lines > MOST_LINES_OF_A_FILE} == {}


def functions(path: Path) -> list[tuple[str, int, str]]:
    """Give every function with its length in lines of code (its docstring apart) and its first line."""
    text = (ROOT / path).read_text(encoding="utf-8")
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) is not None and len(node.body) > 1 else node.body
            length = (node.end_lineno or 0) - body[0].lineno + 1
            found.append((node.name, length, text.splitlines()[node.lineno - 1]))
    return found


def test_a_long_function_says_why(committed):
    long = [
        f"{path}: {name} has {length} lines"
        for path in modules(committed, "src", "docs")
        for name, length, line in functions(path)
        if length > MOST_LINES_OF_A_FUNCTION and not re.search(r"# noqa: PLR0915 - \w+", line)
    ]
    assert long == []


def test_most_functions_are_short(committed):
    lengths = sorted(length for path in modules(committed, "src") for _, length, _ in functions(path))
    assert lengths[len(lengths) // 2] < 10
    assert lengths[int(len(lengths) * 0.95)] < 40


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_says_at_its_door_what_it_is_for(room):
    said = importlib.import_module(room).__doc__ or ""
    assert len(said.strip()) > 40
    assert said.strip().splitlines()[0].endswith((".", ":"))


def public(room: str) -> list[tuple[str, object]]:
    module = importlib.import_module(room)
    return [(name, getattr(module, name)) for name in getattr(module, "__all__", ())]


@pytest.mark.parametrize("room", ROOMS)
def test_every_public_name_of_a_room_exists_and_is_explained(room):
    silent = [
        name
        for name, found in public(room)
        if (inspect.isclass(found) or inspect.isfunction(found)) and not (found.__doc__ or "").strip()
    ]
    assert silent == []


@pytest.mark.parametrize("room", ROOMS)
def test_every_public_function_says_what_it_takes_and_gives(room):
    wanting = []
    for name, found in public(room):
        if not inspect.isfunction(found):
            continue
        signature = inspect.signature(found)
        said = found.__doc__ or ""
        if signature.parameters and "Args:" not in said and len(signature.parameters) > 1:
            wanting.append(f"{name}: Args")
        gives = signature.return_annotation not in (None, "None", inspect.Signature.empty)
        if gives and len(signature.parameters) > 1 and not re.search(r"(Returns|Yields):", said):
            wanting.append(f"{name}: Returns")
    assert wanting == []


def test_the_licence_is_there():
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").startswith("MIT License")


def test_every_folder_of_tests_is_collected_once(committed):
    names = [path.name for path in committed if path.parts[0] == "tests" and path.name.startswith("test_")]
    assert len(names) > 20


TALKS = {"socket", "ssl", "http", "urllib", "requests", "httpx", "aiohttp", "smtplib", "ftplib"}


def imports(path: Path) -> set[str]:
    """Give the first word of everything that a module imports."""
    found = set()
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").partition(".")[0])
    return found


def test_the_library_opens_no_network_connection(committed):
    library = [path for path in modules(committed, "src") if "locality" in path.parts]
    assert {path: imports(path) & TALKS for path in library if imports(path) & TALKS} == {}


def test_only_the_command_reads_the_clock(committed):
    clock = re.compile(r"\b(datetime\.now|date\.today|time\.time)\(|\bdt\.(datetime\.now|date\.today)\(")
    library = [path for path in modules(committed, "src") if "locality" in path.parts and "cli" not in path.parts]
    assert [path for path in library if clock.search((ROOT / path).read_text(encoding="utf-8"))] == []
