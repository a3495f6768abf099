"""Checks against the guidance: data with a paragraph behind each, computed by a rule on the planning record.

A check is "met", "not met" or "not recorded". What a rule needs and nobody holds makes it "not recorded", never "met".
Other rooms add checks: a folder `checks/` in their package, and the rules in its module `check_rules`.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from importlib import resources
from typing import Any, Literal, cast

import yaml

from locality.plans.content import Place
from locality.plans.record import NotRecorded, PlanningRecord

Duty = Literal["must", "should", "may"]
Scope = Literal["locality", "partnership"]
Outcome = Literal["met", "not met", "not recorded"]

OWN_PACKAGE = "locality.plans"

_FIELDS = ("id", "paragraph", "duty", "says", "do", "mend", "scope", "rule")
_ABOUT_FILE = ("chapter", "title", "source", "checked_by", "review_by")


@dataclass(frozen=True)
class Finding:
    """What a rule found: met or not, one sentence with the figures in it, and the figures by name."""

    met: bool
    says: str
    figures: Mapping[str, Any] = field(default_factory=dict)


Rule = Callable[[PlanningRecord, str, Mapping[str, Any]], Finding]
"""A rule takes the record, the locality's code ("" for the whole partnership) and the check's parameters."""


@dataclass(frozen=True)
class Check:
    """One thing that the guidance asks.

    Args:
        id: Stable name, like "hsci-9.5-lead".
        paragraph: The paragraph it comes from, like "HSCI 9.5".
        duty: must, should or may.
        says: What is asked, in plain words.
        do: What to do when it is not met.
        mend: Name of the page where that is done, like "areas.localities".
        scope: Whether it is asked of each locality or of the partnership.
        rule: The function that computes it.
        rule_name: Its name.
        parameters: What the rule is told, by name.
        chapter: Title of the chapter it stands in.
    """

    id: str
    paragraph: str
    duty: Duty
    says: str
    do: str
    mend: str
    scope: Scope
    rule: Rule
    rule_name: str
    parameters: Mapping[str, Any]
    chapter: str


@dataclass(frozen=True)
class Chapter:
    """One file of checks: what it restates, who compared it with the source, and its checks."""

    chapter: str
    title: str
    source: str
    checked_by: str
    review_by: str
    checks: tuple[Check, ...]


@dataclass(frozen=True)
class CheckResult:
    """What one check says of one locality (None: of the partnership)."""

    check: Check
    locality: Place | None
    outcome: Outcome
    says: str
    figures: Mapping[str, Any] = field(default_factory=dict)


def load_chapters(packages: Iterable[str] = (OWN_PACKAGE,)) -> tuple[Chapter, ...]:
    """Read the chapters of checks of several packages.

    Args:
        packages: Dotted names of packages with a folder `checks`; a rule that the package's own module `check_rules`
            does not have is taken from this room's.

    Returns:
        Chapters, package by package, in order of file names.

    Raises:
        ValueError: A check lacks a field, names no rule that exists, or two have one id. This is a mistake of ours.
    """
    chapters = [_chapter(package, name, raw) for package in packages for name, raw in _files(package)]
    ids = [check.id for chapter in chapters for check in chapter.checks]
    twice = sorted({one for one in ids if ids.count(one) > 1})
    if twice:
        raise ValueError(f"two checks are called {', '.join(twice)}")
    return tuple(chapters)


def load_checks(packages: Iterable[str] = (OWN_PACKAGE,)) -> tuple[Check, ...]:
    """Read all checks of several packages.

    Args:
        packages: See `load_chapters`.

    Returns:
        Checks in the order of their chapters; each id is there once.
    """
    return tuple(check for chapter in load_chapters(packages) for check in chapter.checks)


def _files(package: str) -> list[tuple[str, dict[str, Any]]]:
    folder = resources.files(package) / "checks"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".yaml"))
    return [(name, yaml.safe_load((folder / name).read_text(encoding="utf-8"))) for name in names]


def _chapter(package: str, name: str, raw: dict[str, Any]) -> Chapter:
    gaps = [one for one in _ABOUT_FILE if not raw.get(one)]
    if gaps:
        raise ValueError(f"{package}/checks/{name} lacks {', '.join(gaps)}")
    checks = tuple(_check(package, one, str(raw["title"])) for one in raw["checks"])
    about = {one: str(raw[one]).strip() for one in _ABOUT_FILE}
    return Chapter(**about, checks=checks)


def _check(package: str, raw: dict[str, Any], chapter: str) -> Check:
    gaps = [one for one in _FIELDS if not raw.get(one)]
    unknown = sorted(set(raw) - {*_FIELDS, "parameters"})
    if gaps or unknown:
        raise ValueError(f"check {raw.get('id')} of {package}: lacks {gaps}, does not know {unknown}")
    if raw["duty"] not in ("must", "should", "may") or raw["scope"] not in ("locality", "partnership"):
        raise ValueError(f"check {raw['id']} of {package}: duty or scope is none of those that there are")
    return Check(
        id=raw["id"],
        paragraph=raw["paragraph"],
        duty=raw["duty"],
        says=raw["says"].strip(),
        do=raw["do"].strip(),
        mend=raw["mend"],
        scope=raw["scope"],
        rule=_find_rule(package, raw["rule"]),
        rule_name=raw["rule"],
        parameters=raw.get("parameters") or {},
        chapter=chapter,
    )


def _find_rule(package: str, name: str) -> Rule:
    for room in dict.fromkeys((package, OWN_PACKAGE)):
        try:
            module = importlib.import_module(f"{room}.check_rules")
        except ModuleNotFoundError:
            continue
        if hasattr(module, name):
            return cast(Rule, getattr(module, name))
    raise ValueError(f"no room of {package} has a rule {name}")


def check_guidance(record: PlanningRecord, checks: Iterable[Check]) -> tuple[CheckResult, ...]:
    """Hold a planning record against checks.

    Args:
        record: What is held.
        checks: As `load_checks` gives them.

    Returns:
        One result for each check of the partnership, and one for each locality that the record speaks of, in the order
        of the checks. What is not held is "not recorded", never "met".
    """
    return tuple(result for check in checks for result in _results(record, check))


def _results(record: PlanningRecord, check: Check) -> Iterable[CheckResult]:
    if check.scope == "partnership":
        return [_result(record, check, None)]
    return [_result(record, check, place) for place in record.about]


def _result(record: PlanningRecord, check: Check, place: Place | None) -> CheckResult:
    try:
        found = check.rule(record, place.code if place else "", check.parameters)
    except NotRecorded as gap:
        return CheckResult(check, place, "not recorded", f"Not recorded here: {gap}.")
    return CheckResult(check, place, "met" if found.met else "not met", found.says, dict(found.figures))


def count_outcomes(results: Iterable[CheckResult]) -> dict[Outcome, int]:
    """Count results by outcome.

    Args:
        results: Results of `check_guidance`.

    Returns:
        How many are met, not met and not recorded; all three are there.
    """
    found: dict[Outcome, int] = {"met": 0, "not met": 0, "not recorded": 0}
    for one in results:
        found[one.outcome] += 1
    return found
