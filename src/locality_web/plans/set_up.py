"""What a new partnership does last of all that is first: begin its plans."""

from __future__ import annotations

from django.urls import reverse

from locality_web.core.hooks import SetUpStep
from locality_web.core.models import Partnership
from locality_web.plans.models import LocalityPlanRecord


def steps(partnership: Partnership) -> list[SetUpStep]:
    """Give the step of beginning plans; it is done when there is one, for the others name themselves."""
    return [
        SetUpStep(
            "Begin the plan of each locality",
            "Open a locality there and begin its plan. It needs the catalogue, and the budget when it is agreed.",
            reverse("plans:all_plans", args=[partnership.slug]),
            permission="plans.consolidate",
            done=LocalityPlanRecord.objects.filter(locality__partnership=partnership).exists(),
            order=70,
        )
    ]
