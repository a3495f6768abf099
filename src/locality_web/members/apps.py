"""The room as a Django app."""

from django.apps import AppConfig


class MembersConfig(AppConfig):
    """Who plans: the lead of each locality, and the briefing that everybody gets."""

    name = "locality_web.members"
    label = "members"
