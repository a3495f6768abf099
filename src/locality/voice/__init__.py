"""What people say, and what became of it: fair choices on a sum, views and their influence, who was heard.

Pure values in and out. The site keeps conversations and ballots; this room says what they mean: which projects a
community has chosen and why, how views are grouped and ranked, whom they moved.
"""

from locality.voice.influence import (
    Answer,
    Asked,
    AskedLevel,
    AskedShare,
    Became,
    Closing,
    Influence,
    Link,
    Orphans,
    Pairs,
    Ref,
    Step,
    Thing,
    Unasked,
    YouSaid,
    check_closing,
    find_orphans,
    join_influence,
    pairs_on,
    what_became,
    who_asked,
    you_said,
)

__all__ = [
    "Answer",
    "Asked",
    "AskedLevel",
    "AskedShare",
    "Became",
    "Closing",
    "Influence",
    "Link",
    "Orphans",
    "Pairs",
    "Ref",
    "Step",
    "Thing",
    "Unasked",
    "YouSaid",
    "check_closing",
    "find_orphans",
    "join_influence",
    "pairs_on",
    "what_became",
    "who_asked",
    "you_said",
]
