"""Who was heard: those who took part against those who live here, with nothing that names anybody."""

from locality.voice.heard.gaps import Gap, routes_that_reached
from locality.voice.heard.heard import ClassHeard, CrossHeard, DimensionHeard, Heard, who_was_heard
from locality.voice.heard.people import (
    NOT_SAID,
    AskedClass,
    AskedDimension,
    Dimension,
    HeardRules,
    PeopleClass,
    TakingPart,
    heard_rules,
)
from locality.voice.heard.ratios import Representation, wilson_interval

__all__ = [
    "NOT_SAID",
    "AskedClass",
    "AskedDimension",
    "ClassHeard",
    "CrossHeard",
    "Dimension",
    "DimensionHeard",
    "Gap",
    "Heard",
    "HeardRules",
    "PeopleClass",
    "Representation",
    "TakingPart",
    "heard_rules",
    "routes_that_reached",
    "who_was_heard",
    "wilson_interval",
]
