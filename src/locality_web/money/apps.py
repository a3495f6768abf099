"""The room as a Django app."""

from django.apps import AppConfig


class MoneyConfig(AppConfig):
    """What there is to spend: the service catalogue, releases, budgets and decisions, and funding sources."""

    name = "locality_web.money"
    label = "money"
