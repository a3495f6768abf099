"""Who plans: groups, seats, terms, representation of general practice, and what the guidance asks of membership.

Pure values in and out. The site keeps the register; this room says what it means: which groups have a voice, which
terms would overlap, whether meetings are regular, whether professions were told in time.
"""

from locality.members.kinds import (
    GroupKind,
    Kind,
    NeedKind,
    in_order,
    need_kinds,
    professional_bodies,
    shipped_groups,
    shipped_organisation_kinds,
)
from locality.members.membership import (
    AdviceHeld,
    Asked,
    Link,
    Membership,
    Met,
    Need,
    PracticeVoice,
    Route,
    Term,
)

__all__ = [
    "AdviceHeld",
    "Asked",
    "GroupKind",
    "Kind",
    "Link",
    "Membership",
    "Met",
    "Need",
    "NeedKind",
    "PracticeVoice",
    "Route",
    "Term",
    "in_order",
    "need_kinds",
    "professional_bodies",
    "shipped_groups",
    "shipped_organisation_kinds",
]
