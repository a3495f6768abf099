"""Rules about how the boundaries in force came to be: who took part, and what they were compared with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from locality.foundations import say_day
from locality.plans.check_rules.wording import listed, sentence
from locality.plans.guidance import Finding
from locality.plans.record import Entry, PlanningRecord, known

Parameters = Mapping[str, Any]

TOOK_PART = {
    "professionals": "who of the local professionals was engaged",
    "professionals_said": "what they said",
    "communities": "who of the local communities was engaged",
    "communities_said": "what the communities said",
    "changed": "what was changed",
    "agreed": "who agreed",
}
"""Kinds of entry of the part `boundary_engagement`: what each says."""
COMPARED = {"communities": "communities kept whole", "practices": "clusters of GP practices"}
"""Kinds of entry of the part `boundary_measures` that the guidance asks for."""


def boundaries_were_consulted_on(record: PlanningRecord, locality: str, parameters: Parameters) -> Finding:
    """Say whether professionals and communities took part in drawing the boundaries in force, and who agreed."""
    entries = known(record.further.get("boundary_engagement"), "who took part in drawing the boundaries")
    lacking = _lacking(entries, TOOK_PART)
    agreed = next((one for one in entries if one.kind == "agreed"), None)
    figures = {"lacking": lacking, "agreed_on": agreed.on if agreed else ""}
    if not entries:
        return Finding(False, "Nobody is recorded as having taken part in drawing these boundaries.", figures)
    if lacking or agreed is None:
        return Finding(False, sentence(f"it is not recorded {listed(lacking)}"), figures)
    said = f"local professionals and communities took part; {agreed.says} agreed on {say_day(agreed.on)}"
    return Finding(True, sentence(said), figures)


def boundaries_were_compared(record: PlanningRecord, locality: str, parameters: Parameters) -> Finding:
    """Say whether the boundaries in force were held against communities and clusters, and with what result."""
    entries = known(record.further.get("boundary_measures"), "what the boundaries were compared with")
    lacking = _lacking(entries, COMPARED)
    said = [one.says for one in entries if one.kind in COMPARED]
    figures = {"lacking": lacking, "compared": said}
    if lacking:
        said.append(f"not compared with {listed(lacking)}")
    return Finding(not lacking, sentence("; ".join(said)), figures)


def _lacking(entries: Sequence[Entry], wanted: Mapping[str, str]) -> list[str]:
    there = {one.kind for one in entries if one.says.strip()}
    return [says for kind, says in wanted.items() if kind not in there]
