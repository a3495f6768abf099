"""Pages for refused, missing, broken and wrong, in plain words."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from locality_web.core import drafts
from locality_web.core.permissions import NotAllowed


class RefusalMiddleware:
    """Turn `NotAllowed` from any view into the refused page, or into the sign-in page when that may help."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a refusal."""
        if not isinstance(exception, NotAllowed):
            return None
        if exception.sign_in:
            return _ask_to_sign_in(request)
        return _say(request, 403, "You may not open this page", f"{exception.reason} {exception.do}")


def _ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send to the sign-in page, and keep what was posted so that the form opens with it afterwards."""
    if request.method != "POST":
        return redirect_to_login(request.get_full_path())
    return redirect_to_login(drafts.keep_in_session(request))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    return _say(request, 400, "We could not read what was sent", "Go back and try again.")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 from Django itself."""
    return _say(request, 403, "You may not do this", str(exception) or "Go back to the front page.")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    said = str(exception.args[0]) if exception.args and isinstance(exception.args[0], str) else ""
    return _say(request, 404, "This page is not here", f"{said} Check the address, or start from the front page.")


def broken(request: HttpRequest) -> HttpResponse:
    """500."""
    return _say(request, 500, "We made a mistake", "It has been recorded. What was saved before is safe. Try again.")


def _say(request: HttpRequest, status: int, title: str, says: str) -> HttpResponse:
    return TemplateResponse(
        request, "core/refusal.html", {"title": title, "says": says.strip()}, status=status
    ).render()
