"""The pages and modules of the site: what they may hold, whom they may call, whose clock they read."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from checkout import ROOT

SITE = ROOT / "src" / "locality_web"
TEMPLATES = sorted(path for path in SITE.rglob("templates/**/*") if path.suffix in {".html", ".txt", ".xml"})
STYLES = sorted(
    path for path in SITE.rglob("static/**/*") if path.suffix in {".css", ".js"} and "vendor" not in path.parts
)
MODULES = sorted(path for path in SITE.rglob("*.py") if "migrations" not in path.parts)
MOST_LINES = 400
INLINE = {
    "a script in the page": re.compile(r"<script(?![^>]*\bsrc=)", re.IGNORECASE),
    "a script in an attribute": re.compile(r"<[^>]*\son[a-z]+\s*=|javascript:", re.IGNORECASE),
    "a style in the page": re.compile(r"<style\b|<[^>]*\sstyle\s*=", re.IGNORECASE),
}
ELSEWHERE = re.compile(
    r"""<(?:script|link|img|iframe|source|use|form)\b[^>]*\b(?:src|href|action)=["'](?:https?:)?//"""
)
STYLE_ELSEWHERE = re.compile(r"""url\(\s*["']?(?:https?:)?//|@import|fetch\(\s*["'`](?:https?:)?//""")


def name_of(path: Path) -> str:
    return str(path.relative_to(SITE))


@pytest.mark.parametrize("template", TEMPLATES, ids=name_of)
def test_a_page_has_no_script_or_style_of_its_own_and_asks_nobody_else(template):
    text = template.read_text(encoding="utf-8")
    assert [what for what, found in INLINE.items() if found.search(text)] == []
    assert not ELSEWHERE.search(text)
    assert len(text.splitlines()) <= MOST_LINES


@pytest.mark.parametrize("file", STYLES, ids=name_of)
def test_a_stylesheet_or_script_asks_nobody_else(file):
    assert not STYLE_ELSEWHERE.search(file.read_text(encoding="utf-8"))
    assert len(file.read_text(encoding="utf-8").splitlines()) <= MOST_LINES


def test_what_the_browser_would_refuse_is_seen():
    refused = ["<script>go()</script>", '<p style="color: red">', '<a onclick="go()">', "<style>p {}</style>"]
    assert [any(found.search(text) for found in INLINE.values()) for text in refused] == [True] * 4
    assert ELSEWHERE.search('<link rel="stylesheet" href="https://example.org/a.css">')
    assert not any(found.search("<script src=\"{% static 'a.js' %}\" defer>") for found in INLINE.values())


def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return found


def test_only_single_sign_on_asks_another_server():
    """Mail is sent by Django; `socket` gives a worker the machine's name and opens nothing."""
    talks = {"requests", "httpx", "aiohttp", "urllib.request", "http.client", "smtplib", "ftplib"}
    talking = {name_of(path): imported(path) & talks for path in MODULES}
    assert {name: words for name, words in talking.items() if words} == {"core/sign_in_single.py": {"requests"}}


CLOCK = re.compile(r"\bdatetime\.now\(|\bdate\.today\(|\btime\.time\(")


def test_the_site_reads_djangos_clock_alone():
    """The demo lets years pass by turning that one clock; codes of a second factor are of this very moment."""
    reading = [name_of(path) for path in MODULES if CLOCK.search(path.read_text(encoding="utf-8"))]
    assert set(reading) <= {"core/demo_views.py"}


def test_the_library_never_imports_django():
    library = sorted((ROOT / "src" / "locality").rglob("*.py"))
    assert [str(path) for path in library if any(name.split(".")[0] == "django" for name in imported(path))] == []


def test_every_module_of_the_site_says_what_it_is_for():
    own = [path for path in MODULES if path.read_text(encoding="utf-8").strip()]
    assert [name_of(path) for path in own if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))] == []


@pytest.mark.parametrize("path", [path for path in MODULES if path.name in {"changes.py", "queries.py"}], ids=name_of)
def test_what_rooms_offer_each_other_is_explained(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    public = [node for node in tree.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]
    assert [node.name for node in public if not ast.get_docstring(node)] == []
    refuses = [node for node in public if "raise " in ast.unparse(node) or "require(" in ast.unparse(node)]
    silent = [node.name for node in refuses if "Raises:" not in (ast.get_docstring(node) or "")]
    assert silent == [], "it refuses, and does not say when"
