"""Read options of boundaries, what was said of them, and whether somebody may."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.http import Http404

from locality_web.areas.models import BoundaryNote, BoundaryOption
from locality_web.core.models import Partnership, Person
from locality_web.core.permissions import Place, may, require

READ, NOTE = "plans.read_drafts", "plans.comment"
State = BoundaryOption.State
_WITH = ("made_by", "changed_by", "consultation")


def options_for(place: Place, person: Person | AnonymousUser, *, put_away: bool = False) -> QuerySet[BoundaryOption]:
    """Give the options that a person may read, the newest first: without their zones, which a list does not show."""
    found = place.partnership.boundary_options.select_related("made_by").defer("zones", "rules")
    if not may(person, READ, place):
        return found.filter(Q(for_consultation=True) | Q(state=State.ADOPTED)).exclude(state=State.PUT_AWAY)
    return found if put_away else found.exclude(state=State.PUT_AWAY)


def option_of(partnership: Partnership, pk: int) -> BoundaryOption:
    """Give an option with the partnership on it.

    Raises:
        Http404: There is none.
    """
    found = BoundaryOption.objects.filter(partnership=partnership, pk=pk).select_related(*_WITH).first()
    if found is None:
        raise Http404(f"There is no boundary option {pk} in {partnership}.")
    found.partnership = partnership
    return found


def readable_option(place: Place, person: Person | AnonymousUser, pk: int) -> BoundaryOption:
    """Give an option to somebody who may read it.

    Raises:
        Http404: There is none.
        NotAllowed: It is not open for consultation, and the person may not read drafts.
    """
    found = option_of(place.partnership, pk)
    if not found.is_public:
        require(person, READ, Place(place.partnership))
    return found


def notes_on(option: BoundaryOption) -> QuerySet[BoundaryNote]:
    """Give the notes that are pinned to an option's places, in the order in which they were written."""
    return option.notes.filter(removed_at__isnull=True).select_related("made_by")
