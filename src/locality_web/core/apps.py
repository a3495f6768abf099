"""The core of the site as a Django app."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """People, roles, audit, and what every page shares."""

    name = "locality_web.core"
    label = "core"
