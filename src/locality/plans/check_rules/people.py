"""Rules about leads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from locality.foundations import say_day
from locality.plans.guidance import Finding
from locality.plans.record import LeadRecord, PlanningRecord, known

Parameters = Mapping[str, Any]


def _lead(record: PlanningRecord, locality: str) -> LeadRecord | None:
    return known(record.leads, "leads of localities").get(locality)


def has_lead(record: PlanningRecord, locality: str, parameters: Parameters) -> Finding:
    """Say whether a locality has a lead whose term runs on the day."""
    lead = _lead(record, locality)
    if lead is None:
        return Finding(False, f"{record.name_of(locality)} has no lead.")
    if lead.ends and lead.ends < record.on:
        return Finding(
            False, f"The term of {lead.name} ended on {say_day(lead.ends)}.", {"lead": lead.name, "ends": lead.ends}
        )
    if lead.starts and lead.starts > record.on:
        said = f"The term of {lead.name} begins on {say_day(lead.starts)}."
        return Finding(False, said, {"lead": lead.name, "starts": lead.starts})
    cluster = f", a GP of {lead.gp_cluster}" if lead.gp_cluster else ""
    term = f", until {say_day(lead.ends)}" if lead.ends else ""
    return Finding(True, f"{lead.name}{cluster}, leads{term}.", {"lead": lead.name, "ends": lead.ends})


def has_deputy(record: PlanningRecord, locality: str, parameters: Parameters) -> Finding:
    """Say whether somebody stands in for the lead."""
    lead = _lead(record, locality)
    if lead is None or not lead.deputy:
        return Finding(False, f"{record.name_of(locality)} has no deputy lead.")
    return Finding(True, f"{lead.deputy} is the deputy.", {"deputy": lead.deputy})
