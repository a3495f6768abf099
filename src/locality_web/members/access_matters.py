"""What came by post that a meeting could deal with."""

from __future__ import annotations

from locality_web.core.hooks import Matter
from locality_web.core.permissions import Place
from locality_web.members.access_models import PostedView
from locality_web.members.places import address_at


def posted_views(place: Place) -> list[Matter]:
    """Give the views that came by post, until somebody says what became of them."""
    waiting = PostedView.objects.filter(partnership=place.partnership, locality=place.locality, answered_on=None)
    return [
        Matter(
            f"view:{each.pk}",
            f"A view by post: {each.about}",
            "Somebody wrote this on paper and has no answer yet.",
            address_at(place, "paper_view", each.pk),
        )
        for each in waiting
    ]
