"""What a partnership decides for itself about its shares, read from ``[money]`` of partnership.toml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from typing import Any

from locality.foundations import Fault, FinancialYear, InputRefused, load_rule

_CHOICES = {
    "basis": ("residence", "registration"),
    "no_locality": ("spread", "apart"),
    "stage": ("need", "supply"),
}
_PLAIN = ("basis", "no_locality", "stage", "deprivation")
_METHODS = ("published", "practices", "curves", "estimate")


def _interval_rule() -> Mapping[str, Any]:
    rule: Mapping[str, Any] = load_rule("locality.money", "interval").values[-1].value
    return rule


@dataclass(frozen=True)
class ShareSettings:
    """How shares are computed.

    Args:
        basis: Whether a person counts where they live (residence) or where their practice stands (registration).
        no_locality: What becomes of the cost of people whose locality is unknown: spread in proportion, or kept
            apart as money of the whole partnership.
        years: Financial years whose shares are averaged; empty: the folder's year.
        stage: How far fair weights go: need only, or need and the unavoidable extra cost of supply.
        weights_year: Calendar year of the population for which published weights were made: they are then moved to
            the newest population, age and sex by age and sex; 0: they are used as published.
        methods: How a programme's weights are made, where it should not be the best there is.
        deprivation: The indicator that gives a zone's deprivation fifth, for cost curves.
        need: Indicators of need for an estimate, by programme; "" stands for every other programme.
        supply: Indicators of supply for an estimate, by programme.
        social_care: Programmes estimated with the variables of the council formula for social care.
        interval: Level of all intervals, as a ratio.
        resamples: How many times zones are drawn anew for the intervals of fair shares.
        seed: Start of the random numbers of that drawing.
    """

    basis: str = "residence"
    no_locality: str = "spread"
    years: tuple[FinancialYear, ...] = ()
    stage: str = "supply"
    weights_year: int = 0
    methods: Mapping[str, str] = field(default_factory=dict)
    deprivation: str = ""
    need: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    supply: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    social_care: tuple[str, ...] = ()
    interval: float = field(default_factory=lambda: float(_interval_rule()["level"]))
    resamples: int = field(default_factory=lambda: int(_interval_rule()["resamples"]))
    seed: int = 1

    def as_json(self) -> dict[str, Any]:
        """Give the settings with plain values, for `summary.json`."""
        plain = {entry.name: getattr(self, entry.name) for entry in fields(self)}
        plain["years"] = [str(year) for year in self.years]
        for name in ("need", "supply"):
            plain[name] = {programme: list(names) for programme, names in plain[name].items()}
        plain["methods"] = dict(self.methods)
        plain["social_care"] = list(self.social_care)
        return plain


def read_settings(raw: Mapping[str, Any], file: str = "partnership.toml") -> ShareSettings:
    """Read ``[money]``, naming every fault at once.

    Args:
        raw: The section as TOML gave it.
        file: The file's name for messages.

    Returns:
        The settings; keys that are absent keep their defaults.

    Raises:
        InputRefused: A key is unknown, or a value is not one of those allowed.
    """
    faults: list[Fault] = []
    known = {entry.name for entry in fields(ShareSettings)}
    for key in sorted(set(raw) - known):
        near = get_close_matches(key, known, n=1)
        do = f"Did you mean '{near[0]}'? Otherwise take it out." if near else "Take it out."
        faults.append(_fault(file, key, "there is no such setting", do, "unknown-setting"))
    for key, allowed in _CHOICES.items():
        if key in raw and raw[key] not in allowed:
            faults.append(_fault(file, key, f"'{raw[key]}' is not a choice", f"Use one of: {', '.join(allowed)}."))
    for programme, method in _table(raw, "methods", file, faults).items():
        if method not in _METHODS:
            faults.append(
                _fault(
                    file, f"methods.{programme}", f"'{method}' is not a choice", f"Use one of: {', '.join(_METHODS)}."
                )
            )
    years = _years(raw.get("years", ()), file, faults)
    numbers = _numbers(raw, file, faults)
    lists: dict[str, Any] = {name: _name_lists(raw, name, file, faults) for name in ("need", "supply")}
    lists["social_care"] = _programmes(raw.get("social_care", []), file, faults)
    if not isinstance(raw.get("deprivation", ""), str):
        what = f"'{raw['deprivation']}' is not the name of an indicator"
        faults.append(_fault(file, "deprivation", what, 'Write deprivation = "simd_fifth".'))
    if faults:
        raise InputRefused(faults)
    chosen: dict[str, Any] = {key: raw[key] for key in _PLAIN if key in raw}
    chosen |= numbers | lists | {"years": years, "methods": dict(raw.get("methods", {}))}
    return ShareSettings(**chosen)


def _fault(file: str, key: str, what: str, do: str, code: str = "wrong-setting") -> Fault:
    return Fault(file, f"money.{key}: {what}", do, code)


def _table(raw: Mapping[str, Any], key: str, file: str, faults: list[Fault]) -> Mapping[str, Any]:
    found = raw.get(key, {})
    if isinstance(found, Mapping):
        return found
    faults.append(_fault(file, key, "it must be a table", f"Write [money.{key}] and one line for each programme."))
    return {}


def _years(raw: Any, file: str, faults: list[Fault]) -> tuple[FinancialYear, ...]:
    years = []
    for text in raw if isinstance(raw, list | tuple) else [raw]:
        try:
            years.append(FinancialYear.parse(str(text)))
        except ValueError as error:
            faults.append(_fault(file, "years", str(error), 'Write a list: years = ["2021/22", "2022/23"].'))
    return tuple(sorted(set(years)))


def _numbers(raw: Mapping[str, Any], file: str, faults: list[Fault]) -> dict[str, Any]:
    limits = {
        "interval": (0.5, 0.999, float),
        "resamples": (0, 100_000, int),
        "seed": (0, 2**63 - 1, int),
        "weights_year": (1990, 2100, int),
    }
    found = {}
    for key, (least, most, kind) in limits.items():
        # Nought stands for "as published" and lies outside the range of years.
        if key not in raw or (key == "weights_year" and raw[key] == 0):
            continue
        if _is_number(raw[key], whole=kind is int) and least <= raw[key] <= most:
            found[key] = kind(raw[key])
        else:
            whole = "a whole number, " if kind is int else ""
            faults.append(_fault(file, key, f"'{raw[key]}' is outside its range", f"Use {whole}{least} to {most}."))
    return found


def _is_number(found: Any, *, whole: bool) -> bool:
    """Whether TOML gave a number; true and false are none, though Python counts with them."""
    return isinstance(found, int if whole else int | float) and not isinstance(found, bool)


def _programmes(found: Any, file: str, faults: list[Fault]) -> tuple[str, ...]:
    if isinstance(found, list) and all(isinstance(name, str) for name in found):
        return tuple(found)
    do = 'Write social_care = ["programme"].'
    faults.append(_fault(file, "social_care", "it must be a list of programmes", do))
    return ()


def _name_lists(raw: Mapping[str, Any], key: str, file: str, faults: list[Fault]) -> dict[str, tuple[str, ...]]:
    found = raw.get(key, {})
    if isinstance(found, list):
        found = {"": found}
    lists = {}
    for programme, names in _table({key: found}, key, file, faults).items():
        if isinstance(names, list) and all(isinstance(name, str) for name in names):
            lists[programme] = tuple(names)
        else:
            faults.append(_fault(file, f"{key}.{programme}", "it must be a list of indicators", 'Write ["a", "b"].'))
    return lists
