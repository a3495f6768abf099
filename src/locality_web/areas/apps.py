"""The room as a Django app."""

from django.apps import AppConfig


class AreasConfig(AppConfig):
    """Where the localities are: their versions and zones, a locality's page, and the partnership's own thresholds."""

    name = "locality_web.areas"
    label = "areas"
