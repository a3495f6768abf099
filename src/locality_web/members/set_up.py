"""What a new partnership does first about people: a lead for every locality."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from locality_web.core.hooks import SetUpStep
from locality_web.core.models import Partnership
from locality_web.members.models import LeadTerm


def steps(partnership: Partnership) -> list[SetUpStep]:
    """Give the step of appointing leads; it is done when every locality of today has or had one."""
    today = timezone.localdate()
    led = LeadTerm.objects.filter(locality=OuterRef("pk"), role=LeadTerm.Role.LEAD)
    still = partnership.localities.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=today)).annotate(led=Exists(led))
    found = list(still)
    first = next((each for each in found if not each.led), None)
    address = (
        reverse("members:appoint", args=[partnership.slug, first.slug])
        if first
        else reverse("areas:localities", args=[partnership.slug])
    )
    return [
        SetUpStep(
            "Appoint a lead in every locality",
            f"{first} is the next without one." if first else "The lead answers for the locality's plan.",
            address,
            permission="members.appoint_lead",
            done=first is None and bool(found),
            order=50,
        )
    ]
