"""The second factor: asked for at sign-in, and required of those whose roles need it.

A code of ours is asked for at sign-in from everybody who set one up. Single sign-on replaces it only when the identity
server says, in the signed token, that it asked for a second factor itself.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from allauth.account import app_settings as account_settings
from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from locality_web.core.permissions import roles_held
from locality_web.core.roles import all_roles

_SAID_BY_SERVER = "second_factor_by_single_sign_on"


class SecondFactorStage(AuthenticateStage):  # type: ignore[misc]  # the package has no types
    """Ask for a code at sign-in, unless the identity server has just asked for one."""

    def handle(self) -> tuple[Any, bool]:
        """Let through whom the server has asked, and remember it for this session."""
        sign_on = (self.login.signal_kwargs or {}).get("sociallogin")
        if sign_on is not None and server_asked(sign_on.account.extra_data.get("id_token", {})):
            self.request.session[_SAID_BY_SERVER] = self.login.user.pk
            return None, True
        asked: tuple[Any, bool] = super().handle()
        return asked


def server_asked(token: dict[str, Any]) -> bool:
    """Say whether a verified token says that its server asked for a second factor (`amr`, RFC 8176, or `acr`)."""
    methods = token.get("amr")
    said = {method for method in methods if isinstance(method, str)} if isinstance(methods, list) else set()
    if isinstance(token.get("acr"), str):
        said.add(token["acr"])
    return bool(said & settings.SINGLE_SIGN_ON_SECOND_FACTOR)


def needs_second_factor(person: Any) -> bool:
    """Say whether one of the roles that a person holds needs a second factor."""
    return any(all_roles()[held.role].second_factor for held in roles_held(person))


def lacks_second_factor(request: HttpRequest) -> bool:
    """Say whether one of the roles needs a second factor and this session has none.

    A person who set one up was asked for it at sign-in: setting it up ends all other sessions.
    """
    if not needs_second_factor(request.user):
        return False
    asked = is_mfa_enabled(request.user, [Authenticator.Type.TOTP])  # recovery codes alone are not asked for
    return request.session.get(_SAID_BY_SERVER) != request.user.pk and not asked


def has_just_shown_the_password(request: HttpRequest) -> bool:
    """Say whether this session began with the password a few minutes ago, without a second factor.

    The accounts package takes only what is shown a second time as proof. Whoever is sent to set up a second factor
    straight after signing in would type the password twice in a minute, and nobody is safer for it. A second factor
    that was there before the sign-in is another matter: to change it or take it away asks for the password again,
    however fresh the session is.
    """
    if not request.user.is_authenticated:
        return False
    known = get_authentication_records(request, request.user)
    shown = max((each["at"] for each in known if each["method"] == "password"), default=0.0)
    now = timezone.now()
    ago = dt.timedelta(seconds=now.timestamp() - shown)
    if ago.total_seconds() >= account_settings.REAUTHENTICATION_TIMEOUT:
        return False
    return not Authenticator.objects.filter(user=request.user, created_at__lt=now - ago).exists()


def hold_back_roles(request: HttpRequest) -> None:
    """Let a public page show no more to a role that needs a second factor than to a visitor, until there is one."""
    if request.user.is_authenticated and lacks_second_factor(request):
        weaker = [held for held in roles_held(request.user) if not all_roles()[held.role].second_factor]
        request.user.__dict__["_roles_kept"] = weaker
