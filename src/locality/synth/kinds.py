"""The kinds of event that made-up people have, and how the linkage files name them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class EventKind:
    """One kind of event.

    Args:
        name: Our name for it.
        recid: Record type in the linkage files.
        smrtype: Finer record type there.
        activity: Activity heading that its cost belongs to; empty where the files have no cost.
        stay: Whether it is a stay in hospital.
        admission: How it counts among admissions: elective, emergency, maternity or none.
    """

    name: str
    recid: str
    smrtype: str
    activity: str = ""
    stay: bool = False
    admission: str = ""


EVENT_KINDS = (
    EventKind("acute_emergency", "01B", "Acute-IP", "acute", True, "emergency"),
    EventKind("acute_planned", "01B", "Acute-IP", "acute", True, "elective"),
    EventKind("acute_daycase", "01B", "Acute-DC", "acute", True, "elective"),
    EventKind("geriatric", "GLS", "GLS-IP", "geriatric_long_stay", True, "elective"),
    EventKind("mental_health", "04B", "Psych-IP", "mental_health", True, "emergency"),
    EventKind("maternity", "02B", "Matern-IP", "maternity", True, "maternity"),
    EventKind("outpatient", "00B", "Outpatient", "outpatients"),
    EventKind("outpatient_missed", "00B", "Outpatient"),
    EventKind("emergency_department", "AE2", "A & E", "accident_emergency"),
    EventKind("prescribing", "PIS", "PIS", "prescribing"),
    EventKind("out_of_hours", "OoH", "OOH-PCC", "gp_out_of_hours"),
    EventKind("care_home", "CH", "Care-Home", "care_home"),
    EventKind("home_care_personal", "HC", "HC-Personal", "home_care"),
    EventKind("home_care_other", "HC", "HC-Non-Per", "home_care"),
    EventKind("death", "NRS", "NRS Deaths"),
    EventKind("delayed", "DD", "DD-No Code9"),
    EventKind("alarm", "AT", "AT-Alarm"),
    EventKind("self_directed", "SDS", "SDS-3"),
    EventKind("homeless", "HL1", "HL1-Main"),
)
"""All kinds; an event names its kind by its place here."""

CODE = {kind.name: place for place, kind in enumerate(EVENT_KINDS)}
"""The place of each kind by its name."""

NO_COST = ("death", "delayed", "alarm", "self_directed", "homeless")
"""Kinds for which the linkage files have no cost at all."""
