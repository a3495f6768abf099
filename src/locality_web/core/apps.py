"""The core of the site as a Django app."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """People, roles, audit, and what every page shares."""

    name = "locality_web.core"
    label = "core"

    def ready(self) -> None:
        """Hear of sign-ins, and of changes of anybody's way to sign in."""
        from django.contrib.auth.signals import user_logged_in  # noqa: PLC0415

        from locality_web.core.drafts import claim_on_sign_in  # noqa: PLC0415  # models are there only now
        from locality_web.core.sign_in_changes import listen  # noqa: PLC0415  # models are there only now

        user_logged_in.connect(claim_on_sign_in, weak=False, dispatch_uid="claim kept text")
        listen()
