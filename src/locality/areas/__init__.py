"""Zones, localities and which zone belongs to which locality on a given day."""

from locality.areas.membership import check_membership, localities_on
from locality.areas.vintages import Vintage, check_vintage, is_other_vintage, vintages_of, zone_vintage, zone_vintages

__all__ = [
    "Vintage",
    "check_membership",
    "check_vintage",
    "is_other_vintage",
    "localities_on",
    "vintages_of",
    "zone_vintage",
    "zone_vintages",
]
