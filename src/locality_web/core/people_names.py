"""Change one's own name."""

from __future__ import annotations

from django.db import transaction

from locality_web.core.audit import record_event
from locality_web.core.models import Person


@transaction.atomic
def change_own_name(person: Person, name: str) -> None:
    """Change one's own name; what was recorded under the old one stays as it was."""
    before, person.name = person.name, name.strip()
    person.save(update_fields=["name"])
    record_event(person, "core.name_changed", f"Changed the own name from {before} to {person.name}")
