"""Zones, localities and which zone belongs to which locality on a given day; and how well a division does.

`measure` is the one scorer of divisions, whoever drew them.
"""

from locality.areas.compare import ComparedMeasure, Comparison, compare
from locality.areas.design import design_rules, load_weights
from locality.areas.division_faults import DivisionFault
from locality.areas.division_tables import NamedDivision, division_from_table, division_table
from locality.areas.ground import Borders, DesignRules, Division, Ground, Practices, Weights
from locality.areas.measure_texts import MeasureText, measure_texts, say_figure
from locality.areas.measures import LocalityMeasures, Measures, measure
from locality.areas.membership import check_membership, localities_on
from locality.areas.naming import name_localities
from locality.areas.overlap_faults import KnownZones
from locality.areas.overlap_spread import spread_counts
from locality.areas.overlaps import (
    CarriedZone,
    CarryOver,
    LocalityFlow,
    LocalityShare,
    carry_over,
    counted_in,
    settle_zones,
)
from locality.areas.practices import (
    CutCluster,
    MoveList,
    PracticeMove,
    cut_clusters,
    moves_to_target,
    practice_moves,
)
from locality.areas.propose import Option, improve, propose
from locality.areas.read_ground import AreaGround, read_ground
from locality.areas.vintages import Vintage, check_vintage, is_other_vintage, vintages_of, zone_vintage, zone_vintages
from locality.areas.zone_moves import ZoneMove, zone_moves

__all__ = [
    "AreaGround",
    "Borders",
    "CarriedZone",
    "CarryOver",
    "ComparedMeasure",
    "Comparison",
    "CutCluster",
    "DesignRules",
    "Division",
    "DivisionFault",
    "Ground",
    "KnownZones",
    "LocalityFlow",
    "LocalityMeasures",
    "LocalityShare",
    "MeasureText",
    "Measures",
    "MoveList",
    "NamedDivision",
    "Option",
    "PracticeMove",
    "Practices",
    "Vintage",
    "Weights",
    "ZoneMove",
    "carry_over",
    "check_membership",
    "check_vintage",
    "compare",
    "counted_in",
    "cut_clusters",
    "design_rules",
    "division_from_table",
    "division_table",
    "improve",
    "is_other_vintage",
    "load_weights",
    "localities_on",
    "measure",
    "measure_texts",
    "moves_to_target",
    "name_localities",
    "practice_moves",
    "propose",
    "read_ground",
    "say_figure",
    "settle_zones",
    "spread_counts",
    "vintages_of",
    "zone_moves",
    "zone_vintage",
    "zone_vintages",
]
