"""The demo's sign-ins: who there is, with which password, and the code that their telephone would show now."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from locality_web.core.models import RoleHeld
from locality_web.core.pages import PUBLIC, site_page
from locality_web.core.roles import all_roles

_HERE = {"127.0.0.1", "localhost", "[::1]", "testserver"}
_FROM_HERE = {"127.0.0.1", "::1"}


@dataclass(frozen=True)
class SignIn:
    """Somebody of the demo: what they are, how they sign in, and their present code ("" = none is asked)."""

    title: str
    where: str
    says: str
    name: str
    email: str
    code: str


@site_page(PUBLIC)
def demo_sign_ins(request: HttpRequest) -> HttpResponse:
    """Everybody of the demo; there is no such page on any other site."""
    if not is_demo_here(request):
        raise Http404("Only the demo shows its sign-ins.")
    shown = {"sign_ins": _sign_ins(), "password": settings.DEMO_PASSWORD, "to_try": _to_try()}
    return render(request, "core/demo.html", shown)


def is_demo_here(request: HttpRequest) -> bool:
    """Say whether this is the demo and the request comes straight from this machine, through no other server."""
    forwarded = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    host = request.get_host().rpartition(":")[0] or request.get_host()
    local = host in _HERE and request.META.get("REMOTE_ADDR") in _FROM_HERE
    return bool(settings.DEMO and local and not forwarded)


def _to_try() -> list[dict[str, str]]:
    """Give the codes that residents of the demo got: what each is good for, and the address at which it is typed."""
    path = settings.HOME / "to-try.json"
    codes: list[dict[str, str]] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    return codes


def _sign_ins() -> list[SignIn]:
    held = RoleHeld.objects.filter(person__email__endswith=f"@{settings.DEMO_DOMAIN}").select_related(
        "person", "locality", "partnership"
    )
    secrets = dict(Authenticator.objects.filter(type=Authenticator.Type.TOTP).values_list("user_id", "data"))
    order = list(all_roles())
    return [
        SignIn(
            title=all_roles()[each.role].title,
            where=str(each.locality or each.partnership),
            says=all_roles()[each.role].says,
            name=str(each.person),
            email=each.person.email,
            code=_code_now(secrets[each.person_id]["secret"]) if each.person_id in secrets else "",
        )
        for each in sorted(held, key=lambda one: (order.index(one.role), str(one.locality or ""), str(one.person)))
    ]


def _code_now(secret: str) -> str:
    return str(format_hotp_value(hotp_value(decrypt(secret), int(time.time()) // app_settings.TOTP_PERIOD)))
