"""What a page leaves behind in browsers and between them and the site, and how much a stranger may send.

An answer to somebody who is signed in, or to a form, is kept by no browser and no server on the way: after signing out,
the "back" button of a shared computer shows nothing. And nobody who is not signed in can fill the disk with one upload:
Django writes a file to disk before any view is asked.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from locality_web.core.refusals import too_large

# Own choice of the founders, 2026-11: what a public page takes at most is a file of 5 MB; the largest that anybody
# sends is a release of 256 MB, and the form around it.
_STRANGER_BYTES, _SIGNED_IN_BYTES = 8 * 2**20, 264 * 2**20
_PERSONAL = ("/accounts/", "/invitations/", "/account/", "/mail/", "/demo/")


class PrivacyMiddleware:
    """Refuse what is far too large unread; mark what is meant for one person alone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        most = _SIGNED_IN_BYTES if _has_session(request) else _STRANGER_BYTES
        answer = too_large(request) if _length(request) > most else self.get_response(request)
        if _is_personal(request, answer) and not answer.has_header("Cache-Control"):
            answer["Cache-Control"] = "private, no-store"
        return answer


def _length(request: HttpRequest) -> int:
    said = str(request.META.get("CONTENT_LENGTH") or "0")
    return int(said) if said.isdecimal() else 0


def _has_session(request: HttpRequest) -> bool:
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def _is_personal(request: HttpRequest, answer: HttpResponse) -> bool:
    asked_only = request.method in ("GET", "HEAD")
    return _has_session(request) or bool(answer.cookies) or not asked_only or request.path.startswith(_PERSONAL)
