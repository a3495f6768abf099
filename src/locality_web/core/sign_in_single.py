"""Single sign-on by OpenID Connect, stricter than the package's own.

Beyond state and PKCE, which the package checks: the token's signature is always verified, its nonce must be the one of
this browser's request, it must speak of the same person as the user information, and an address counts as verified
only when the server says exactly so.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import Any

import jwt
from allauth.account.internal.decorators import login_not_required
from allauth.account.models import EmailAddress
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import Http404, HttpRequest, HttpResponse
from requests import RequestException

_ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
"""Signatures with a key that only the server has; those with a shared secret, or without any, are refused."""


def _nonce_of(verifier: str) -> str:
    """Bind the nonce to the PKCE secret that the session already keeps, so that nothing more need be kept."""
    digest = hashlib.sha256(f"nonce of {verifier}".encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


class WorkAccount(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # the package has no types
    """Fetches the token and the user information, and believes neither without a check."""

    _nonce = ""

    def get_access_token_data(
        self, request: HttpRequest, app: Any, client: Any, pkce_code_verifier: str | None = None
    ) -> Any:
        """Exchange the code, and remember which nonce the token must carry."""
        if not pkce_code_verifier:
            raise OAuth2Error("no PKCE verifier in the session")
        self._nonce = _nonce_of(pkce_code_verifier)
        return super().get_access_token_data(request, app, client, pkce_code_verifier=pkce_code_verifier)

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> Any:
        """Refuse an answer without a token, and one whose two halves speak of two people."""
        if not kwargs["response"].get("id_token"):
            raise OAuth2Error("the server gave no id_token")
        found = super().complete_login(request, app, token, **kwargs)
        about = found.account.extra_data
        if "userinfo" in about and about["userinfo"].get("sub") != about["id_token"].get("sub"):
            raise OAuth2Error("id_token and user information speak of two people")
        return found

    def _decode_id_token(self, app: Any, id_token: str) -> dict[str, Any]:
        claims = self._verify(app, id_token)
        if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), self._nonce.encode()):
            raise OAuth2Error("the nonce is not the one that was sent")
        return claims

    def _verify(self, app: Any, id_token: str) -> dict[str, Any]:
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
        try:
            key = _key_of(id_token, answer.json())
            claims: dict[str, Any] = jwt.decode(
                id_token,
                key,
                algorithms=_ALGORITHMS,
                issuer=self.openid_config["issuer"],
                audience=app.client_id,
                options={"require": ["exp", "iat", "sub"]},
            )
        except (jwt.PyJWTError, ValueError) as wrong:
            raise OAuth2Error("the id_token could not be verified") from wrong
        return claims


def _key_of(id_token: str, keys: dict[str, Any]) -> jwt.PyJWK:
    """Give the server's key that signed a token; a token need not name it when the server has only one."""
    named = jwt.get_unverified_header(id_token).get("kid")
    fitting = [key for key in jwt.PyJWKSet.from_dict(keys).keys if named is None or key.key_id == named]
    if len(fitting) != 1:
        raise jwt.InvalidKeyError("no single key of the server fits the token")
    return fitting[0]


class WorkProvider(OpenIDConnectProvider):  # type: ignore[misc]  # the package has no types
    """The organisation's own accounts."""

    oauth2_adapter_class = WorkAccount

    def redirect(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Send the browser to the identity server; say so when the server is away."""
        try:
            answer: HttpResponse = super().redirect(request, *args, **kwargs)
        except RequestException as away:
            answer = render_authentication_error(request, self, exception=away)
        return answer

    def get_pkce_params(self) -> dict[str, str]:
        """Send the nonce beside the PKCE challenge."""
        sent: dict[str, str] = super().get_pkce_params()
        return sent | {"nonce": _nonce_of(sent["code_verifier"])}

    def get_auth_params_from_request(self, request: HttpRequest, action: Any) -> dict[str, str]:
        """Take nothing for the identity server from the address that somebody opened."""
        found: dict[str, str] = self.get_auth_params()
        return found

    def get_scope_from_request(self, request: HttpRequest) -> list[str]:
        """Ask for the same things always."""
        found: list[str] = self.get_scope()
        return found

    def extract_email_addresses(self, data: dict[str, Any]) -> list[EmailAddress]:
        """Give the address; verified only when the server says true, not when it says "false" or 1."""
        said = data.get("userinfo") or data.get("id_token") or {}
        if not isinstance(said.get("email"), str) or not said["email"]:
            return []
        verified = said.get("email_verified")
        return [
            EmailAddress(email=said["email"].lower(), verified=verified is True or verified == "true", primary=True)
        ]


@login_not_required  # type: ignore[untyped-decorator]
def came_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Take what the identity server sends back with the browser."""
    adapter = WorkAccount(request, provider_id)
    try:
        answer: HttpResponse = OAuth2CallbackView.adapter_view(adapter)(request)
    except RequestException as away:
        answer = render_authentication_error(request, adapter.get_provider(), exception=away)
    except SocialApp.DoesNotExist as missing:
        raise Http404("Single sign-on is not set up at this address.") from missing
    return answer
