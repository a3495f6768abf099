"""What people can be asked to do in a conversation, and what its states and those of a view mean for pages."""

from __future__ import annotations

from locality.foundations import load_life_cycle

VIEWS, STATEMENTS, RANKING = "views", "statements", "ranking"
DIVIDING, MAP, SURVEY, BOUNDARIES = "dividing", "map", "survey", "boundaries"
KINDS = {
    VIEWS: "Say what you think, in your own words",
    STATEMENTS: "Agree or disagree with short statements",
    RANKING: "Put options in order",
    DIVIDING: "Divide a sum of money",
    MAP: "Mark a place on the map",
    SURVEY: "Answer questions",
    BOUNDARIES: "Say which boundaries of localities you would choose",
}
"""Codes of the kinds of contribution, with the words in which the pages offer them, in this order."""

CONVERSATION_CYCLE = load_life_cycle("locality.voice", "conversation")
OPINION_CYCLE = load_life_cycle("locality.voice", "opinion")

PUBLIC_VIEW = ("shown", "themed", "answered")
"""States of a view in which everybody can read it."""

TAKES_ALL, TAKES_LATE_PAPER = "open", "closed_to_views"
"""States of a conversation: it takes every contribution; it takes what came in time and is keyed in late."""

CLOSED = ("closed_to_views", "being_answered", "answered")
SEEN = ("open", *CLOSED, "withdrawn")
"""States of a conversation in which everybody can see it."""
