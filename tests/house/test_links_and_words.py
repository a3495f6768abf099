"""Links lead somewhere, and committed files speak of the project alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from checkout import ROOT
from docs.generate.faults import every_fault_kind

from locality.foundations import rules_in

# Written so that this file does not hold the words itself.
PLACES = ["/wo" + r"rk\b", "/ro" + "ot/", "/ho" + "me/", "/tm" + "p/bash"]
BESIDE = "shar" + "ed/"
HOSTS = ["pypi" + r"\.org", "python" + "hosted", "artifact" + "ory", "registry" + r"\.npmjs", "index-u" + "rl http"]
BESIDE_ALLOWED = {Path(".ci/run")}
TEXT = {".py", ".md", ".toml", ".yaml", ".yml", ".lock", ".txt", ".csv", ".html", ".css", ".json", "", ".cfg"}


def texts(committed: list[Path]) -> dict[Path, str]:
    # Files of others are as their makers wrote them.
    own = [path for path in committed if path.suffix in TEXT and "vendor" not in path.parts]
    return {path: (ROOT / path).read_text(encoding="utf-8") for path in own}


def test_no_committed_file_names_a_machine_or_a_registry(committed):
    found = []
    for path, text in texts(committed).items():
        words = [*PLACES, *HOSTS, *([] if path in BESIDE_ALLOWED else [BESIDE])]
        found += [f"{path}: {word}" for word in words if re.search(rf"(?<![\w.-]){word}", text)]
    assert found == []


def slug(heading: str) -> str:
    """Give the anchor of a heading as web pages of repositories make it."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def test_every_link_in_the_docs_resolves(committed):
    broken = []
    for path in [path for path in committed if path.suffix == ".md" and "vendor" not in path.parts]:
        text = re.sub(r"```.*?```", "", (ROOT / path).read_text(encoding="utf-8"), flags=re.DOTALL)
        for link in re.findall(r"\]\(([^)\s]+)\)", text):
            if re.match(r"https?://|mailto:", link):
                continue
            name, _, anchor = link.partition("#")
            target = (ROOT / path).parent / name if name else ROOT / path
            headings = re.findall(r"^#+ (.*)$", target.read_text(), re.MULTILINE) if target.is_file() else []
            if not target.exists() or (anchor and anchor not in [slug(heading) for heading in headings]):
                broken.append(f"{path}: {link}")
    assert broken == []


def test_every_page_is_reached_from_the_front_page(committed):
    seen: set[Path] = set()
    waiting = [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in seen:
            continue
        seen.add(page)
        links = re.findall(r"\]\(([^)#\s]+\.md)", page.read_text(encoding="utf-8"))
        waiting += [(page.parent / link).resolve() for link in links if not link.startswith("http")]
    pages = {(ROOT / path).resolve() for path in committed if path.suffix == ".md" and path.parts[0] == "docs"}
    assert pages - {page.resolve() for page in seen} == set()


@pytest.mark.parametrize(
    "named",
    re.findall(
        r"docs/[\w/-]+\.md", " ".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    ),
)
def test_every_page_that_the_program_names_exists(named):
    assert (ROOT / named).is_file()


def glossary() -> str:
    return (ROOT / "GLOSSARY.md").read_text(encoding="utf-8").lower()


def test_the_words_of_the_code_stand_in_the_glossary():
    rooms = ["partnership", "locality", "zone", "practice", "service", "service heading", "ledger", "need programme"]
    money = ["historic share", "fair share", "distance", "pace of change", "preset", "commitment", "coverage", "grade"]
    others = ["reader", "fault", "rule", "release", "cost cube", "engine", "made-up", "threshold", "interval", "stage"]
    assert [word for word in (*rooms, *money, *others) if f"| {word}" not in glossary()] == []


def test_scopes_and_grades_are_explained():
    for word in ("delegated", "set-aside", "hosted", "overhead", "a cost of persons", "d population"):
        assert word in glossary()


def test_what_is_said_of_faults_and_rules_is_in_whole_sentences():
    said = [text for _, fault in every_fault_kind() for text in (fault.means, fault.matters, fault.do)]
    said += [
        rule.description
        for room in ("money", "disclosure", "release", "areas")
        for rule in rules_in(f"locality.{room}")
    ]
    assert [text for text in said if not text.strip().endswith(".")] == []


def test_yaml_of_the_summary_page_has_no_key_twice():
    lines = (ROOT / "docs/generate/summary_keys.yaml").read_text(encoding="utf-8").splitlines()
    names = [line.partition(": ")[0] for line in lines if line and not line.startswith("#")]
    assert sorted(names) == sorted(set(names))
    assert len(yaml.safe_load("\n".join(lines))) == len(names)
