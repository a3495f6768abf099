"""Influence, both ways: from a view to the pound that it moved, and from a pound to those who asked for it."""

from locality.voice.influence.asked import Asked, AskedLevel, AskedShare, who_asked
from locality.voice.influence.became import Became, Step, YouSaid, what_became, you_said
from locality.voice.influence.closing import Closing, Orphans, Unasked, check_closing, find_orphans
from locality.voice.influence.graph import Influence, join_influence
from locality.voice.influence.things import Answer, Link, Pairs, Ref, State, Thing, Verdict, pairs_on

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
    "State",
    "Step",
    "Thing",
    "Unasked",
    "Verdict",
    "YouSaid",
    "check_closing",
    "find_orphans",
    "join_influence",
    "pairs_on",
    "what_became",
    "who_asked",
    "you_said",
]
