"""The planning record of a site: what every room holds of a partnership's planning, in one value for the checks."""

from __future__ import annotations

from functools import cache
from importlib import resources

from django.apps import apps
from django.utils import timezone

from locality.plans import Check, Place, PlanningRecord, check_guidance, load_checks
from locality.plans.guidance import OWN_PACKAGE, CheckResult
from locality.plans.record import PARTS
from locality_web.core.hooks import ask_rooms
from locality_web.core.models import Partnership
from locality_web.plans.frames import place_of


def record_of(partnership: Partnership, year: str) -> PlanningRecord:
    """Ask every room for its parts; what no room holds stays unknown."""
    held: dict[str, object] = {}
    further: dict[str, object] = {}
    for answer in ask_rooms("planning_record", "parts", partnership, year):
        further |= answer.get("further", {})
        held |= {name: part for name, part in answer.items() if name in PARTS}
    here = held.get("localities")
    about: tuple[Place, ...] = here if isinstance(here, tuple) else ()
    today = timezone.localdate().isoformat()
    return PlanningRecord(
        partnership=place_of(partnership),
        year=year,
        on=today,
        about=about,
        further=further,  # type: ignore[arg-type]
        **held,  # type: ignore[arg-type]
    )


@cache
def all_checks() -> tuple[Check, ...]:
    """Read the checks of every room that has some; the rooms of library and site have the same names."""
    rooms = [each.name.split(".")[-1] for each in apps.get_app_configs() if each.name.startswith("locality_web.")]
    names = [OWN_PACKAGE, *(f"{house}.{room}" for room in rooms for house in ("locality", "locality_web"))]
    return load_checks(dict.fromkeys(name for name in names if _has_checks(name)))


def _has_checks(package: str) -> bool:
    try:
        return (resources.files(package) / "checks").is_dir()
    except ModuleNotFoundError:
        return False


def results_of(record: PlanningRecord) -> tuple[CheckResult, ...]:
    """Hold the record against every check."""
    return check_guidance(record, all_checks())
