"""The room as a Django app."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """What is agreed: locality plans, joint lines, the strategic commissioning plan, guidance checks, publishing."""

    name = "locality_web.plans"
    label = "plans"
