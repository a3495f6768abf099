"""How a group brings its priorities into an order: chosen, and frozen by its hash, before anybody sees a result."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Literal

from locality.foundations import Fault, InputRefused, ResultRefused, load_rule

Kind = Literal["ranked_pairs", "borda", "score", "discussion", "dividing"]

_ALLOWED = {
    "kind": ("ranked_pairs", "borda", "score", "discussion", "dividing"),
    "unranked": ("below", "no_opinion"),
    "unranked_points": ("average", "nothing"),
    "average": ("mean", "median"),
    "unscored": ("left_out", "lowest"),
}
# A change in how anything is counted changes this number, so that an old hash cannot stand for a new count.
_WAY_OF_COUNTING = 1


@dataclass(frozen=True)
class MethodKind:
    """A method that can be chosen: its code, its name, and how it works in plain words."""

    code: str
    name: str
    says: str


@dataclass(frozen=True)
class Candidate:
    """What can be put first: a theme, or a wish under a service heading; its code and its name."""

    code: str
    name: str


@dataclass(frozen=True)
class PriorityMethod:
    """Everything that decides how an order comes about; whatever a kind does not use stays as it is.

    Args:
        kind: ranked_pairs, borda, score, discussion or dividing.
        candidates: What can be put first, at least two.
        lot: Codes of all candidates in the order that was drawn before the count; where two are level, the earlier
            comes first.
        unranked: Of ranked pairs: whoever does not rank a candidate puts it below all that they ranked ("below"), or
            says nothing about it ("no_opinion").
        unranked_points: Of Borda: unranked candidates share the points that are left ("average"), or get nothing.
        average: Of score and dividing: the mean, or the median.
        lowest: Of score: the lowest score.
        highest: Of score: the highest.
        unscored: Of score: who gives no score is left out of it ("left_out"), or counts as the lowest.
        sum_pence: Of dividing: the sum.
        least_ballots: The fewest ballots of which a result is given.
    """

    kind: Kind
    candidates: tuple[Candidate, ...]
    lot: tuple[str, ...]
    unranked: Literal["below", "no_opinion"] = "below"
    unranked_points: Literal["average", "nothing"] = "average"
    average: Literal["mean", "median"] = "mean"
    lowest: int = 0
    highest: int = 5
    unscored: Literal["left_out", "lowest"] = "left_out"
    sum_pence: int = 0
    least_ballots: int = 1

    @property
    def codes(self) -> tuple[str, ...]:
        """Give the codes of the candidates, in their order."""
        return tuple(each.code for each in self.candidates)

    def name(self, code: str) -> str:
        """Give the name of a candidate, in quotation marks."""
        return next(f"'{each.name}'" for each in self.candidates if each.code == code)

    def drawn(self, code: str) -> int:
        """Give the place of a candidate in the lot; 0 is first."""
        return self.lot.index(code)


@dataclass(frozen=True)
class FrozenMethod:
    """A method that does not change any more.

    Args:
        method: The method.
        frozen_on: The day on which it was frozen, before the first ballot.
        sha256: Its hash, which is published at once.
    """

    method: PriorityMethod
    frozen_on: dt.date
    sha256: str


def method_kinds(on: dt.date) -> tuple[tuple[MethodKind, ...], int]:
    """Give the methods that can be chosen, and the fewest ballots of which a result should be given.

    Args:
        on: The day for which they are asked.

    Returns:
        The kinds in the order in which they are offered, and the number.

    Source:
        Rule `priority_methods`.
    """
    said = load_rule("locality.voice", "priority_methods").at(on).value
    return tuple(MethodKind(**each) for each in said["kinds"]), said["least_ballots"]


def freeze_method(method: PriorityMethod, *, on: dt.date) -> FrozenMethod:
    """Freeze a method, so that nobody can change it once results can be seen.

    Args:
        method: The method with the lot that was drawn.
        on: The day.

    Returns:
        The method with its hash; any change of a setting, a candidate or the lot changes the hash.

    Raises:
        InputRefused: Every fault: fewer than two candidates, a lot that is not theirs, a setting that is none.
    """
    if faults := list(_faults(method)):
        raise InputRefused(faults)
    return FrozenMethod(method, on, hash_of_method(method))


def hash_of_method(method: PriorityMethod) -> str:
    """Give the hash by which a method is known.

    Args:
        method: The method.

    Returns:
        SHA-256 of its settings as JSON with sorted keys, in hexadecimal.
    """
    said = json.dumps({"counting": _WAY_OF_COUNTING, **asdict(method)}, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(said.encode("utf-8")).hexdigest()


def refuse_changed(frozen: FrozenMethod) -> PriorityMethod:
    """Give the method of a frozen one, after proving that it is still the one that was frozen.

    Args:
        frozen: The method with the hash that was published.

    Returns:
        The method.

    Raises:
        ResultRefused: The hash is another one: the method was changed after it was frozen.
    """
    if hash_of_method(frozen.method) != frozen.sha256:
        raise ResultRefused(
            "The method is not the one that was frozen: its hash is another one.",
            "Count by the method whose hash was published when it was frozen.",
        )
    return frozen.method


def _faults(method: PriorityMethod) -> Iterable[Fault]:
    codes = method.codes
    for name, allowed in _ALLOWED.items():
        if getattr(method, name) not in allowed:
            yield _fault("method-setting", f"{name} is '{getattr(method, name)}'", f"Use one of: {', '.join(allowed)}.")
    if len(set(codes)) < 2 or len(set(codes)) != len(codes):
        yield _fault(
            "method-candidates", f"there are {len(set(codes))} different candidates", "Name two or more, each once."
        )
    if sorted(method.lot) != sorted(codes):
        yield _fault("method-lot", "the lot does not name every candidate once", "Draw the lot among all candidates.")
    if method.kind == "score" and method.lowest >= method.highest:
        what = f"scores go from {method.lowest} to {method.highest}"
        yield _fault("method-setting", what, "Let the highest score be above the lowest.")
    if method.kind == "dividing" and method.sum_pence <= 0:
        yield _fault("method-setting", "there is no sum to divide", "Give the sum in pence.")
    if method.least_ballots < 1:
        yield _fault("method-setting", f"least_ballots is {method.least_ballots}", "Ask for one ballot at least.")


def _fault(code: str, what: str, do: str) -> Fault:
    return Fault(file="method", what=what, do=do, code=code)
