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
from locality_web.core.remembered import ANEW, Reader
from locality_web.plans.frames import place_of


def record_of(partnership: Partnership, year: str, memory: Reader = ANEW) -> PlanningRecord:
    """Ask every room for its parts; what no room holds stays unknown."""
    rooms = tuple(name.rpartition(".")[2] for name in _rooms())
    return memory.read(("plans.planning_record", year), rooms, lambda: _record_of(partnership, year, memory))


def _record_of(partnership: Partnership, year: str, memory: Reader) -> PlanningRecord:
    held: dict[str, object] = {}
    further: dict[str, object] = {}
    for answer in ask_rooms("planning_record", "parts", partnership, year, memory):
        further |= answer.get("further", {})
        held |= {name: part for name, part in answer.items() if name in PARTS}
    here = held.get("localities")
    about: tuple[Place, ...] = here if isinstance(here, tuple) else ()
    return PlanningRecord(
        partnership=place_of(partnership),
        year=year,
        on=timezone.localdate().isoformat(),
        about=about,
        further=further,  # type: ignore[arg-type]
        **held,  # type: ignore[arg-type]
    )


def _rooms() -> list[str]:
    return [each.name for each in apps.get_app_configs() if each.name.startswith("locality_web.")]


@cache
def all_checks() -> tuple[Check, ...]:
    """Read the checks of every room that has some; the rooms of library and site have the same names."""
    names = [OWN_PACKAGE, *(name for room in _rooms() for name in (room.replace("locality_web.", "locality."), room))]
    return load_checks(dict.fromkeys(name for name in names if _has_checks(name)))


def _has_checks(package: str) -> bool:
    try:
        return (resources.files(package) / "checks").is_dir()
    except ModuleNotFoundError:
        return False


def results_of(record: PlanningRecord) -> tuple[CheckResult, ...]:
    """Hold the record against every check."""
    return check_guidance(record, all_checks())
