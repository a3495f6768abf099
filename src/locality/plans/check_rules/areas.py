"""Rules about zones and localities."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from locality.plans.check_rules.wording import counted, listed, sentence
from locality.plans.guidance import Finding
from locality.plans.record import PlanningRecord, known

Parameters = Mapping[str, Any]


def localities_at_least(record: PlanningRecord, locality: str, parameters: Parameters) -> Finding:
    """Say whether the area is divided into enough localities."""
    there = known(record.localities, "the partnership's localities")
    said = sentence(f"{record.partnership.name} has {counted(len(there), 'locality', 'localities')}")
    return Finding(len(there) >= parameters["fewest"], said, {"localities": len(there)})


def every_zone_in_one_locality(record: PlanningRecord, locality: str, parameters: Parameters) -> Finding:
    """Say whether each zone of the partnership is in exactly one locality."""
    zones = known(record.zones, "the partnership's zones")
    homes = Counter(zone for zone, _ in set(known(record.zone_localities, "which zone is in which locality")))
    nowhere = sorted(zone for zone in zones if not homes[zone])
    twice = sorted(zone for zone in zones if homes[zone] > 1)
    figures = {"zones": len(zones), "in_no_locality": nowhere, "in_several": twice}
    faults = [f"{listed(nowhere)} in no locality"] if nowhere else []
    faults += [f"{listed(twice)} in several localities"] if twice else []
    if not zones:
        return Finding(False, "The partnership has no zones.", figures)
    said = "; ".join(faults) or f"each of {counted(len(zones), 'zone')} is in exactly one locality"
    return Finding(not faults, sentence(said), figures)


def no_zone_from_elsewhere(record: PlanningRecord, locality: str, parameters: Parameters) -> Finding:
    """Say whether localities are made of the partnership's own zones alone."""
    zones = set(known(record.zones, "the partnership's zones"))
    placed = known(record.zone_localities, "which zone is in which locality")
    strange = sorted({zone for zone, _ in placed} - zones)
    said = f"{listed(strange)} outside the partnership" if strange else "no locality has a zone outside the partnership"
    return Finding(not strange, sentence(said), {"outside": strange})


def size_is_set_locally(record: PlanningRecord, locality: str, parameters: Parameters) -> Finding:
    """Say whether the partnership has set its own thresholds of size, with a reason."""
    size = known(record.size, "the partnership's own thresholds of size")
    limits = [one for one in (size.fewest, size.most) if one is not None]
    met = bool(limits and size.reason.strip())
    if not limits:
        return Finding(False, "The partnership has set no thresholds of size of its own.")
    said = "with a reason" if size.reason.strip() else "without a reason"
    return Finding(met, f"The partnership has set its own thresholds of size, {said}.", {"limits": limits})


def size_within_own_thresholds(record: PlanningRecord, locality: str, parameters: Parameters) -> Finding:
    """Say whether a locality is within the partnership's own thresholds of size."""
    size = known(record.size, "the partnership's own thresholds of size")
    people = known(known(record.residents, "residents").get(locality), "this locality's residents")
    if size.fewest is None and size.most is None:
        return Finding(False, "The partnership has set no thresholds of size of its own.", {"residents": people})
    small = size.fewest is not None and people < size.fewest
    large = size.most is not None and people > size.most
    limits = [f"at least {size.fewest:,}"] if size.fewest is not None else []
    limits += [f"at most {size.most:,}"] if size.most is not None else []
    said = f"{people:,} residents live here; the partnership asks for {' and '.join(limits)}."
    return Finding(not small and not large, said, {"residents": people, "fewest": size.fewest, "most": size.most})
