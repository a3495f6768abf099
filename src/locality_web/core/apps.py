"""The core of the site as a Django app."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """People, roles, audit, and what every page shares."""

    name = "locality_web.core"
    label = "core"

    def ready(self) -> None:
        """Hear of changes of anybody's way to sign in."""
        from locality_web.core.sign_in_changes import listen  # noqa: PLC0415  # models are there only now

        listen()
