"""The room as a Django app."""

from django.apps import AppConfig


class VoiceConfig(AppConfig):
    """What people say, by whatever channel, and what became of it."""

    name = "locality_web.voice"
    label = "voice"
