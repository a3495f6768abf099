"""Who plans: groups, seats, terms, representation of general practice, and what the guidance asks of membership.

Pure values in and out. The site keeps the register; this room says what it means: which groups have a voice, which
terms would overlap, whether meetings are regular, whether professions were told in time.
"""

from locality.members.access import ToArrange, copies_by_form, count_arranged, forms_of
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
from locality.members.meetings import (
    Pattern,
    first_occurrences,
    moment_of,
    move_meeting,
    occurrences,
    pattern_of,
    rule_of,
    say_rule,
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
from locality.members.network import Network, network_of, places_in_circle
from locality.members.notice_period import (
    Asking,
    Feed,
    NoticeGiven,
    ToAsk,
    Voices,
    days_before,
    is_late,
    last_day_to_announce,
    late_ones,
    notice_given,
    who_is_asked,
)
from locality.members.paper_code import code_of_number, read_code
from locality.members.practices import LiaisonTerm, PracticeGap, PracticeHere, practice_gaps, practice_voices
from locality.members.quorum import Presence, check_quorum, quorum_for
from locality.members.rhythm import Rhythm, measure_rhythm

__all__ = [
    "AdviceHeld",
    "Asked",
    "Asking",
    "Feed",
    "GroupKind",
    "Kind",
    "LiaisonTerm",
    "Link",
    "Membership",
    "Met",
    "Need",
    "NeedKind",
    "Network",
    "NoticeGiven",
    "Pattern",
    "PracticeGap",
    "PracticeHere",
    "PracticeVoice",
    "Presence",
    "Rhythm",
    "Route",
    "Term",
    "ToArrange",
    "ToAsk",
    "Voices",
    "check_quorum",
    "code_of_number",
    "copies_by_form",
    "count_arranged",
    "days_before",
    "first_occurrences",
    "forms_of",
    "in_order",
    "is_late",
    "last_day_to_announce",
    "late_ones",
    "measure_rhythm",
    "moment_of",
    "move_meeting",
    "need_kinds",
    "network_of",
    "notice_given",
    "occurrences",
    "pattern_of",
    "places_in_circle",
    "practice_gaps",
    "practice_voices",
    "professional_bodies",
    "quorum_for",
    "read_code",
    "rule_of",
    "say_rule",
    "shipped_groups",
    "shipped_organisation_kinds",
    "who_is_asked",
]
