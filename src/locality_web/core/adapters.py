"""Where the accounts package asks the site: its words, its mail, and who may come in by single sign-on."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.template.response import TemplateResponse

from locality_web.core import second_factor_secrets
from locality_web.core.mail import send
from locality_web.core.models import Person
from locality_web.core.second_factor import has_just_shown_the_password

_MAILS = {
    "account/email/email_confirmation": ("Confirm your e-mail address", "core/mail/confirm_address.txt"),
    "account/email/email_confirmation_signup": ("Confirm your e-mail address", "core/mail/confirm_address.txt"),
    "account/email/account_already_exists": ("You already have an account", "core/mail/account_exists.txt"),
    "account/email/password_reset_key": ("Set a new password", "core/mail/new_password.txt"),
}
_LINKS = ("activate_url", "password_reset_url", "signup_url")
_STAGE, _OURS = "allauth.mfa.stages.AuthenticateStage", "locality_web.core.second_factor.SecondFactorStage"
_WRONG_SIGN_IN = "The e-mail address or the password is not right. Check both, or set a new password."


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # the package has no types
    """The site's words and mail."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _WRONG_SIGN_IN,
        "invalid_login": _WRONG_SIGN_IN,
        "too_many_login_attempts": (
            "Too many wrong passwords or codes. For safety nobody can try again for five minutes. Then try again, or "
            "set a new password now."
        ),
        "incorrect_password": "This is not your password. Check it and try again.",
        "enter_current_password": "This is not your password so far. Check it and try again.",
        "incorrect_code": "This code is not right. Codes change every 30 seconds: take the one that the app shows now.",
        "email_taken": "There is an account with this e-mail address already. Sign in, or set a new password.",
        "invalid_password_reset": "This link is too old or was used before. Ask for a new one.",
        "rate_limited": "This was tried too often. Wait a few minutes, then try again.",
        "account_inactive": "This account is closed. Ask the partnership's administrator.",
    }

    def get_login_stages(self) -> list[str]:
        """Put our second factor where the package would put its own."""
        return [_OURS if stage == _STAGE else stage for stage in super().get_login_stages()]

    def add_message(
        self, request: HttpRequest, level: int, *args: Any, message: str | None = None, **named: Any
    ) -> None:
        """Show what was said in words of ours only; the package's own notes repeat what the page shows."""
        if message:
            super().add_message(request, level, *args, message=message, **named)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send by the site's own mail, in the background; mails that the site does not use are not sent."""
        if template_prefix not in _MAILS:
            return
        subject, template = _MAILS[template_prefix]
        # Not the name: anybody can make an account with somebody else's address and write what they like as its name.
        plain = {name: str(context[name]) for name in _LINKS if name in context}
        with transaction.atomic():
            send(email, subject, template, plain)

    def is_reauthentication_required(self, *, app: str, **named: Any) -> bool:
        """Ask for the password again before a way to sign in is changed, but not of who has just typed it."""
        if app == "allauth.mfa" and self.request is not None and has_just_shown_the_password(self.request):
            return False
        asked: bool = super().is_reauthentication_required(app=app, **named)
        return asked

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Let nobody of the demo into another site: everybody knows their password."""
        address = str(credentials.get("email") or "").strip().lower()
        if address.endswith(f"@{settings.DEMO_DOMAIN}") and not settings.DEMO:
            self.authentication_failed(request, **credentials)
            return None
        return super().authenticate(request, **credentials)


class SingleSignOnAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Who may come in by single sign-on."""

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Refuse somebody new whose address the identity server does not call verified."""
        known = sociallogin.is_existing or sociallogin.state.get("process") == "connect"
        if not known and not any(address.verified for address in sociallogin.email_addresses):
            page = TemplateResponse(request, "socialaccount/not_verified.html", status=403)
            raise ImmediateHttpResponse(page.render())

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> Person:
        """Take over the name."""
        person: Person = super().populate_user(request, sociallogin, data)
        person.name = str(data.get("name") or "")[:200]
        return person


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The site's words for the second factor."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
        "unverified_email": "Confirm your e-mail address first: use the link that we sent you.",
    }

    def encrypt(self, text: str) -> str:
        """Encrypt a secret before it is kept."""
        return second_factor_secrets.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Read a secret that was kept."""
        return second_factor_secrets.decrypt(encrypted_text)
