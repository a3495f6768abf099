"""Zones, localities and which zone belongs to which locality on a given day; and how well a division does.

`measure` is the one scorer of divisions, whoever drew them.
"""

from locality.areas.design import design_rules, load_weights
from locality.areas.division_faults import DivisionFault
from locality.areas.ground import Borders, DesignRules, Division, Ground, Practices, Weights
from locality.areas.measure_texts import MeasureText, measure_texts, say_figure
from locality.areas.measures import LocalityMeasures, Measures, measure
from locality.areas.membership import check_membership, localities_on
from locality.areas.vintages import Vintage, check_vintage, is_other_vintage, vintages_of, zone_vintage, zone_vintages

__all__ = [
    "Borders",
    "DesignRules",
    "Division",
    "DivisionFault",
    "Ground",
    "LocalityMeasures",
    "MeasureText",
    "Measures",
    "Practices",
    "Vintage",
    "Weights",
    "check_membership",
    "check_vintage",
    "design_rules",
    "is_other_vintage",
    "load_weights",
    "localities_on",
    "measure",
    "measure_texts",
    "say_figure",
    "vintages_of",
    "zone_vintage",
    "zone_vintages",
]
