"""Zones, localities and which zone belongs to which locality on a given day."""
