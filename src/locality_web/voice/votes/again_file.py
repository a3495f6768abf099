"""The folder from which anybody can count a vote again with `locality voice choose`: projects, ballots, rules."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

from locality.voice.choice import ChoiceRules, Election

_NO_TIME = (1980, 1, 1, 0, 0, 0)  # the same vote gives the same bytes
_LEFT_OUT = ("ceilings",)


def write_folder(rules: ChoiceRules, election: Election, folder: str) -> bytes:
    """Give the folder as a zip file; counting it again gives the same result and the same hash of all inputs.

    Args:
        rules: The rules of the vote.
        election: The vote, with nothing of its ballots that is not needed to count them.
        folder: The folder's name.

    Returns:
        The bytes of the file, the same for the same vote.
    """
    files = {
        "projects.csv": _table(
            ("project", "name", "cost", "heading", "area", "incompatible", "least"),
            (
                (one.code, one.name, one.cost, one.heading, one.area, ",".join(one.incompatible), one.least)
                for one in election.projects
            ),
        ),
        "ballots.csv": _table(
            ("ballot", "choices", "group"), ((one.code, ",".join(one.choices), one.group) for one in election.ballots)
        ),
        "rules.toml": _rules(rules, election),
    }
    if election.group_sums:
        files["voter_groups.csv"] = _table(
            ("group", "amount"), ((one.group, one.amount) for one in election.group_sums)
        )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in files.items():
            packed.writestr(zipfile.ZipInfo(f"{folder}/{name}", _NO_TIME), text)
    return out.getvalue()


def _table(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    said = io.StringIO()
    lines = csv.writer(said, lineterminator="\n")
    lines.writerow(columns)
    lines.writerows(["" if cell is None else cell for cell in row] for row in rows)
    return said.getvalue()


def _rules(rules: ChoiceRules, election: Election) -> str:
    said: dict[str, Any] = {"name": election.name, "sum": election.budget}
    said |= {name: value for name, value in vars(rules).items() if name not in _LEFT_OUT and value not in (None, "")}
    lines = [f"{name} = {_value(value)}" for name, value in said.items()]
    if rules.ceilings:
        lines += ["", "[ceilings]", *(f"{_value(heading)} = {most}" for heading, most in rules.ceilings)]
    return "\n".join(lines) + "\n"


def _value(value: Any) -> str:
    """Write a value: what JSON and TOML write alike."""
    if isinstance(value, Fraction):
        return json.dumps(str(value))
    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)
