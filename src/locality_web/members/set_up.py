"""What a new partnership does first about people: leads, registers, liaisons, an agreement, and meetings.

A step stays done: who is missing later is said where gaps are shown, and in what is due.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from locality_web.core.hooks import SetUpStep
from locality_web.core.models import Locality, Partnership
from locality_web.core.permissions import Place
from locality_web.members.advice_queries import LMC
from locality_web.members.meeting_models import Meeting
from locality_web.members.models import Advice, LeadTerm
from locality_web.members.places import address_at
from locality_web.members.practice_models import Liaison
from locality_web.members.register_models import SeatTerm

_AGREED = (Advice.State.AGREED, Advice.State.CONDITIONS)


@dataclass(frozen=True)
class _Has:
    """A locality of today and what there is of it: whether somebody leads, sits, meets."""

    locality: Locality
    lead: bool
    seated: bool
    meeting: bool


def steps(partnership: Partnership) -> list[SetUpStep]:
    """Give the steps about people; one of localities is done when it is done in every locality of today."""
    localities = [_Has(each, each.has_lead, each.has_seated, each.has_meeting) for each in _localities(partnership)]
    return [*_people(partnership, localities), *_practice(partnership), _meetings(partnership, localities)]


def _localities(partnership: Partnership) -> QuerySet[Any]:
    """Give the localities of today with what there is of each; one query."""
    here = OuterRef("pk")
    still = Q(ended_on__isnull=True) | Q(ended_on__gt=timezone.localdate())
    return partnership.localities.filter(still).annotate(
        has_lead=Exists(LeadTerm.objects.filter(locality=here, role=LeadTerm.Role.LEAD)),
        has_seated=Exists(SeatTerm.objects.filter(seat__locality=here)),
        has_meeting=Exists(Meeting.objects.filter(locality=here).exclude(state=Meeting.State.CANCELLED)),
    )


def _people(partnership: Partnership, found: Sequence[_Has]) -> list[SetUpStep]:
    unled = next((each.locality for each in found if not each.lead), None)
    empty = next((each.locality for each in found if not each.seated), None)
    return [
        SetUpStep(
            "Appoint a lead in every locality",
            f"{unled} is the next without one." if unled else "The lead answers for the locality's plan.",
            _at(partnership, unled, "appoint", otherwise="areas:localities"),
            permission="members.appoint_lead",
            done=unled is None and bool(found),
            order=50,
        ),
        SetUpStep(
            "Fill the register of every locality",
            (f"Nobody sits in the group of {empty} yet. " if empty else "")
            + "People and seats can be read from a spreadsheet; then it shows which groups have no voice.",
            _at(partnership, empty, "register_import", otherwise="members:coverage"),
            permission="members.keep_register",
            done=empty is None and bool(found),
            order=52,
        ),
    ]


def _practice(partnership: Partnership) -> list[SetUpStep]:
    has = _what_there_is(partnership)
    whole = [partnership.slug]
    return [
        SetUpStep(
            "Name the liaisons of general practice",
            "Somebody speaks for each GP practice, or for each cluster. A practice can name them itself by a link.",
            reverse("members:partnership_practices", args=whole),
            permission="members.practices",
            done=has["liaison"],
            order=54,
        ),
        SetUpStep(
            "Record that the Local Medical Committee agrees",
            "It agrees to how general practice is represented in the localities; its conditions are kept with it.",
            reverse("members:advice_add", args=whole),
            permission="members.advice",
            done=has["agreed"],
            order=56,
        ),
    ]


def _what_there_is(partnership: Partnership) -> dict[str, bool]:
    """Ask once whether a liaison was ever named, and whether the committee agreed."""
    whole = OuterRef("pk")
    agreed = Advice.objects.filter(partnership=whole, body=LMC, state__in=_AGREED)
    asked = {"liaison": Exists(Liaison.objects.filter(partnership=whole)), "agreed": Exists(agreed)}
    found = Partnership.objects.filter(pk=partnership.pk).values(**asked).get()
    return {name: bool(is_there) for name, is_there in found.items()}


def _meetings(partnership: Partnership, found: Sequence[_Has]) -> SetUpStep:
    silent = next((each.locality for each in found if not each.meeting), None)
    return SetUpStep(
        "Plan the meetings of every group",
        (f"{silent} has none yet. " if silent else "") + "A series is planned once; whoever sits there is invited.",
        _at(partnership, silent, "meeting_new", otherwise="members:partnership_meetings"),
        permission="members.meet",
        done=silent is None and bool(found),
        order=58,
    )


def _at(partnership: Partnership, locality: Locality | None, name: str, *, otherwise: str) -> str:
    """Give the address of a page at the next locality where it is wanted, or else where all of them stand."""
    return address_at(Place(partnership, locality), name) if locality else reverse(otherwise, args=[partnership.slug])
