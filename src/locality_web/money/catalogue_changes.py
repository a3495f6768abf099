"""What people may do about the service catalogue: change one service, end it, load a whole catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from locality.plans import CatalogueService
from locality_web.core.audit import record_event
from locality_web.core.models import Partnership, Person
from locality_web.core.permissions import Place, require
from locality_web.money.models import Service


@dataclass(frozen=True)
class CatalogueChanges:
    """What loading a catalogue would change: new services, changed ones with their fields, and those that end."""

    added: tuple[CatalogueService, ...]
    changed: tuple[tuple[CatalogueService, tuple[tuple[str, Any, Any], ...]], ...]
    ended: tuple[CatalogueService, ...]

    @property
    def nothing(self) -> bool:
        """Whether it would change nothing."""
        return not (self.added or self.changed or self.ended)


def compare_catalogue(partnership: Partnership, wanted: Sequence[CatalogueService]) -> CatalogueChanges:
    """Say what would change if the catalogue were as wanted."""
    open_ones = Service.objects.filter(partnership=partnership, ended_on__isnull=True)
    before = {one.service: one.as_content() for one in open_ones}
    after = {one.service: one for one in wanted}
    changed = [(one, differences(before[code], one)) for code, one in after.items() if code in before]
    return CatalogueChanges(
        added=tuple(one for code, one in after.items() if code not in before),
        changed=tuple((one, fields) for one, fields in changed if fields),
        ended=tuple(one for code, one in before.items() if code not in after),
    )


def differences(before: CatalogueService, after: CatalogueService) -> tuple[tuple[str, Any, Any], ...]:
    """Give the fields in which two entries of a service differ, with both values."""
    names = CatalogueService.__dataclass_fields__
    pairs = ((name, getattr(before, name), getattr(after, name)) for name in names)
    return tuple(each for each in pairs if each[1] != each[2])


def load_catalogue(place: Place, person: Person | None, services: Sequence[CatalogueService]) -> CatalogueChanges:
    """Make the catalogue what a checked list says; services that are no longer in it end today.

    Args:
        place: The partnership.
        person: Who loads it; None: the site itself.
        services: The whole catalogue, already checked by the library.

    Returns:
        What was changed.

    Raises:
        NotAllowed: The person may not change the catalogue here.
    """
    if person is not None:
        require(person, "money.catalogue", place)
    with transaction.atomic():
        Partnership.objects.select_for_update().get(pk=place.partnership.pk)
        changes = compare_catalogue(place.partnership, services)
        if changes.nothing:
            return changes
        for order, one in enumerate(services):
            _keep(place.partnership, one, order)
        gone = [one.service for one in changes.ended]
        ending = Service.objects.filter(partnership=place.partnership, service__in=gone)
        ending.update(ended_on=timezone.localdate())
        record_event(
            person,
            "money.catalogue_loaded",
            f"Loaded the service catalogue: {len(changes.added)} new, {len(changes.changed)} changed, "
            f"{len(changes.ended)} ended.",
            place=place,
            subject="catalogue",
            detail={
                "added": [one.service for one in changes.added],
                "changed": [one.service for one, _ in changes.changed],
                "ended": gone,
            },
        )
    return changes


def _keep(partnership: Partnership, one: CatalogueService, order: int) -> Service:
    """Write one service; one that had ended begins again under its code."""
    told = {name: getattr(one, name) for name in CatalogueService.__dataclass_fields__ if name != "service"}
    kept, _ = Service.objects.update_or_create(
        partnership=partnership, service=one.service, defaults={**told, "order": order, "ended_on": None}
    )
    return kept


def keep_service(place: Place, person: Person, service: CatalogueService) -> Service:
    """Add a service or change it; its code says which."""
    require(person, "money.catalogue", place)
    with transaction.atomic():
        before = Service.objects.filter(partnership=place.partnership, service=service.service).first()
        changed = differences(before.as_content(), service) if before else ()
        kept = _keep(place.partnership, service, before.order if before else _last_order(place.partnership))
        record_event(
            person,
            "money.service_changed" if before else "money.service_added",
            f"{'Changed' if before else 'Added'} the service '{service.name}'.",
            place=place,
            subject=f"service:{service.service}",
            detail={name: [old, new] for name, old, new in changed},
        )
    return kept


def _last_order(partnership: Partnership) -> int:
    return Service.objects.filter(partnership=partnership).count()


def end_service(place: Place, person: Person, service: Service) -> None:
    """End a service today: plans that used it keep it, new plans do not list it."""
    require(person, "money.catalogue", place)
    with transaction.atomic():
        service.ended_on = timezone.localdate()
        service.save(update_fields=["ended_on"])
        record_event(
            person,
            "money.service_ended",
            f"Ended the service '{service.name}'.",
            place=place,
            subject=f"service:{service.service}",
        )
