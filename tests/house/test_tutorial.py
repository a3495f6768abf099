"""What the tutorial shows is what the commands print."""

from __future__ import annotations

import re

import pytest
import yaml
from checkout import ROOT, run_locality
from django.urls import resolve

pytestmark = pytest.mark.xdist_group("tutorial")


def shape(text: str) -> list[str]:
    """Give lines without figures, spaces and the lengths of rules, which change when a figure does."""
    lines = [re.sub(r"\b[0-9a-f]{64}\b", "#", line) for line in text.splitlines()]
    lines = [re.sub(r"[−+]?£?\d[\d,.:-]*[mk%]?", "#", line) for line in lines]
    lines = [re.sub(r"[─━┏┓┗┛┡┩└┘┳┴╇]+", "-", line) for line in lines]
    return [" ".join(line.split()) for line in lines if line.strip()]


def test_every_command_of_the_tutorial_succeeds(tutorial):
    _, steps = tutorial
    assert [step.command.split()[0] for step in steps] == ["synth", "check", "money", "money", "release", "release"]
    assert {step.command: step.exit_code for step in steps} == {step.command: 0 for step in steps}


def test_the_tutorial_shows_what_the_commands_print(tutorial):
    _, steps = tutorial
    for step in steps:
        # How many lines name money behind which few people stand depends on the people.
        written, printed = (
            [line for line in shape(text) if not line.startswith("Look at")] for text in (step.written, step.printed)
        )
        assert printed == written, step.command


def test_the_files_that_the_tutorial_names_are_there(tutorial):
    folder, _ = tutorial
    for name in ("place/partnership.toml", "place/ledger.csv", "place.release.zip"):
        assert (folder / name).is_file(), name
    for name in ("report.html", "summary.json", "shares.parquet", "budget.parquet", "cube"):
        assert (folder / "results" / name).exists(), name


def test_the_front_page_shows_what_the_commands_print(tutorial):
    _, steps = tutorial
    known = {line for step in steps for line in shape(step.printed)}
    front = (
        (ROOT / "README.md")
        .read_text(encoding="utf-8")
        .partition("## Two minutes with the command")[2]
        .partition("(Shortened.")[0]
    )
    shown = [line for line in front.splitlines() if line.startswith("    ") and not line.startswith("    $")]
    assert len(shown) > 8
    assert [line for line in shape("\n".join(shown)) if line not in known] == []


def test_a_command_that_fails_is_seen(tmp_path, in_folder):
    with in_folder(tmp_path):
        printed, code = run_locality("check", "nowhere")
    assert code == 2
    assert "nowhere" in printed


WALK = (ROOT / "docs" / "learn" / "the-planning-site.md").read_text(encoding="utf-8")
BOUNDARIES = (ROOT / "docs" / "learn" / "drawing-localities.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("address", sorted(set(re.findall(r"(?<=[`0])(/[a-z][\w/-]*/)", WALK + BOUNDARIES))))
def test_an_address_of_the_walk_through_the_site_is_there(address):
    assert resolve(address).func is not None


def test_the_walk_through_boundaries_names_options_of_the_demo():
    said = yaml.safe_load((ROOT / "src/locality_demo/content/boundaries.yaml").read_text(encoding="utf-8"))
    assert f"*{said['options']['by_hand']}*" in BOUNDARIES
    assert f"*{said['bridge']['name']}*" in BOUNDARIES


def test_everybody_in_the_walk_through_the_site_is_in_the_demo():
    said = yaml.safe_load((ROOT / "src/locality_demo/content/people.yaml").read_text(encoding="utf-8"))
    names = {one["email"]: one["name"] for one in said}
    walked = re.findall(r"`([\w]+)@demo\.invalid`,\s+([A-Z][\w. ]+?)[.,](?:\s|$)", WALK)
    assert len(walked) == 6
    assert [(email, name) for email, name in walked if names.get(email) != name] == []
