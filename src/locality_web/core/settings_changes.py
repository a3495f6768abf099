"""Change what a partnership is called and how its pages look."""

from __future__ import annotations

import re

from django.db import transaction

from locality.foundations import Fault, InputRefused
from locality_web.core.audit import record_event
from locality_web.core.look import contrast
from locality_web.core.models import Partnership, Person
from locality_web.core.permissions import Place, require

LEAST_CONTRAST = 4.5
"""Contrast of text with its ground: WCAG 2.2, success criterion 1.4.3 (level AA)."""

_COLOUR = re.compile(r"#[0-9a-f]{6}")


def faults_of_colour(colour: str) -> list[Fault]:
    """Name what is wrong with a colour of the header, on which white letters stand."""
    if not _COLOUR.fullmatch(colour):
        return [_fault("accent", f"“{colour}” is not a colour", "Write # and six figures or letters, like #0065bd.")]
    found = contrast(colour, "#ffffff")
    if found < LEAST_CONTRAST:
        # Rounded down, so that 4.49 is never said to be 4.5.
        says = f"White letters on {colour} cannot be read well: their contrast is {int(found * 10) / 10}"
        return [_fault("accent", says, f"Choose a darker colour, with a contrast of {LEAST_CONTRAST} or more.")]
    return []


def _fault(column: str, what: str, do: str) -> Fault:
    return Fault(file="partnership", what=what, do=do, code="colour-refused", column=column)


@transaction.atomic
def change_look(person: Person, place: Place, *, name: str, accent: str, contact: str) -> None:
    """Change a partnership's name, the colour of its header and its address for questions.

    Raises:
        NotAllowed: The person may not.
        InputRefused: The colour cannot be read well.
    """
    require(person, "core.settings", place)
    accent = accent.strip().lower()
    if faults := faults_of_colour(accent):
        raise InputRefused(faults)
    new = {"name": name.strip(), "accent": accent, "contact": contact.strip()}
    before = {field: getattr(place.partnership, field) for field in new}
    changed = [field for field in new if new[field] != before[field]]
    if not changed:
        return
    Partnership.objects.filter(pk=place.partnership.pk).update(**new)
    record_event(
        person,
        "core.look_changed",
        f"Changed the partnership's {', '.join(changed)}",
        place=Place(place.partnership),
        subject=f"partnership:{place.partnership.slug}",
        detail={
            "before": {field: before[field] for field in changed},
            "after": {field: new[field] for field in changed},
        },
    )
