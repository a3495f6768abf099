"""The locks name no host, pin by hash, and bring nothing under a licence that would bind users."""

from __future__ import annotations

import importlib.metadata
import re
import tomllib

import pytest
from checkout import ROOT
from packaging.requirements import Requirement

LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-peers.lock")
BINDING = re.compile(r"\bA?GPL|GNU (Affero )?General Public", re.IGNORECASE)


def names(lock: str) -> list[str]:
    text = (ROOT / lock).read_text(encoding="utf-8")
    return sorted(set(re.findall(r"^([\w.-]+)==", text, re.MULTILINE)))


def names_here(lock: str) -> list[str]:
    """Leave out what the lock has for other machines only."""
    lines = re.findall(r"^([\w.-]+==[^\\\n]+)", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE)
    wanted = [Requirement(line.strip()) for line in lines]
    return sorted({each.name for each in wanted if each.marker is None or each.marker.evaluate()})


def licence(package: str) -> str:
    """Give everything that a package says of its licence, but for the licence's own text."""
    said = importlib.metadata.metadata(package)
    classifiers = [one for one in said.get_all("Classifier") or [] if one.startswith("License")]
    return " ".join([said.get("License-Expression") or "", (said.get("License") or "").split("\n")[0], *classifiers])


@pytest.mark.parametrize("package", names_here("requirements.lock"))
def test_no_package_at_run_time_is_under_a_binding_licence(package):
    said = licence(package)
    assert said.strip(), "it does not say its licence"
    assert not BINDING.search(said.replace("LGPL", "").replace("Lesser General Public", ""))


def test_a_binding_licence_would_be_seen():
    assert BINDING.search("License :: OSI Approved :: GNU Affero General Public License v3")
    assert BINDING.search("GPL-3.0-only")
    assert not BINDING.search("MIT License")


def test_the_page_of_third_parties_names_every_package_at_run_time():
    page = (ROOT / "THIRD-PARTY.md").read_text(encoding="utf-8")
    assert [name for name in names("requirements.lock") if f"| {name} |" not in page] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_host_and_has_a_hash_for_every_package(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    for part in re.split(r"^(?=[\w.-]+==)", text, flags=re.MULTILINE)[1:]:
        assert "--hash=sha256:" in part, part[:40]


def test_every_dependency_of_library_and_site_is_in_the_lock():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["web"]]
    wanted = {re.match(r"[\w.-]+", text)[0] for text in asked}
    assert wanted - set(names("requirements.lock")) == set()
