"""Pages for refused, missing, wrong, broken, too busy and closed, in plain words, with what to do next.

What somebody had typed is shown again on every one of them that answers a form.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.template.response import TemplateResponse

from locality_web.core import drafts
from locality_web.core.incidents import record_incident
from locality_web.core.permissions import NotAllowed
from locality_web.core.refusals_database import AWAY, BUSY, say_database_trouble

_TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
_SECONDS_TO_WAIT = 10  # a guess: as long as the longest writing that we know of

# Shown when not even a template can be read.
_BARE = """<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>We made a mistake</title></head>
<body><main><h1>We made a mistake</h1><p>Nothing that was saved before is lost. Wait a minute, then try again.</p>
<p>If it happens again, tell the people who run this site: {reference}</p></main></body></html>"""


class RefusalMiddleware:
    """Turn `NotAllowed` from any view into the refused page, or into the sign-in page when that may help."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, unless the site is closed for maintenance."""
        if request.path != "/health/" and settings.MAINTENANCE_FILE.exists():
            return _say_without_database(
                request,
                "This site is closed for maintenance",
                settings.MAINTENANCE_FILE.read_text(encoding="utf-8").strip() or "Come back in a while.",
            )
        if "%00" in request.META.get("QUERY_STRING", "") or "\0" in request.path:
            # PostgreSQL keeps no such sign and looks for none: it would refuse half-way.
            return bad_request(request, ValueError())
        answer = self.get_response(request)
        return _wrong_method(request, answer) if isinstance(answer, HttpResponseNotAllowed) else answer

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


def _wrong_method(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    said = _say(request, 405, "This address is for sending a form", "Open the page of the form and send it from there.")
    said["Allow"] = answer["Allow"]
    return said


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    if isinstance(exception, _TOO_MUCH):
        return _say(request, 400, "What was sent is too large", "Send less at once, or a smaller file.")
    return _say(request, 400, "We could not read what was sent", "Go back, open the page again and try once more.")


def too_large(request: HttpRequest) -> HttpResponse:
    """413, said without reading what was sent."""
    context = {"title": "What was sent is too large", "says": "Nothing of it was read. Send a smaller file."}
    return HttpResponse(render_to_string("core/refusal.html", context), status=413)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 from Django itself."""
    return _say(request, 403, "You may not do this", str(exception) or "Go back to the front page.")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 because the form is not one that this site gave to this browser just now."""
    if not _is_own(request):
        return _say(
            request,
            403,
            "We do not know where this form came from",
            "It came from another site, or your browser hides where it came from. Open the page here and try again.",
        )
    return _say(
        request,
        403,
        "This form has run out",
        "You signed in or out after you opened it, or your browser refuses cookies. Nothing was saved yet.",
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    plain = isinstance(exception, Http404) and exception.args and isinstance(exception.args[0], str)
    said = exception.args[0] if plain else ""
    return _say(request, 404, "This page is not here", f"{said} Check the address, or start from the front page.")


def broken(request: HttpRequest) -> HttpResponse:
    """500, or 503 when the database is busy or away. Says a reference that is in the log; asks the database nothing."""
    error = sys.exc_info()[1]
    trouble = say_database_trouble(error)
    if trouble == BUSY:
        return _say_without_database(
            request, "The site is very busy", "Many people are saving at once. Nothing was saved just now. Try again."
        )
    match = request.resolver_match
    reference = record_incident(error, where=f"{request.method} {match.route if match else 'an unknown address'}")
    if trouble == AWAY:
        return _say_without_database(
            request,
            "The site cannot reach its database",
            "Nothing that was saved before is lost. Wait a few minutes, then try again.",
            reference=reference,
        )
    return _say_without_database(
        request,
        "We made a mistake",
        "Nothing was half-saved, and what was saved before is safe. Try again.",
        status=500,
        reference=reference,
    )


def _say(request: HttpRequest, status: int, title: str, says: str) -> HttpResponse:
    context = {"title": title, "says": says.strip(), **_typed(request)}
    return TemplateResponse(request, "core/refusal.html", context, status=status).render()


def _say_without_database(
    request: HttpRequest, title: str, says: str, *, status: int = 503, reference: str = ""
) -> HttpResponse:
    """Answer with a page that knows neither who asks nor where: both would have to be looked up."""
    context = {"title": title, "says": says, "reference": reference, **_typed(request)}
    try:
        text = str(render_to_string("core/refusal.html", context))
    except Exception as worse:  # the page itself is broken: say it in bare words
        text = _BARE.format(reference=reference or record_incident(worse, where="the page of mistakes"))
    answer = HttpResponse(text, status=status)
    if status == 503:
        answer["Retry-After"] = str(_SECONDS_TO_WAIT)
    return answer


def _typed(request: HttpRequest) -> dict[str, Any]:
    """Give back what was typed; it can be sent again only when it came from a page of this site."""
    if request.method != "POST":
        return {}
    fields = drafts.posted_fields(request)
    typed = [(name, value) for name, values in fields.items() for value in values if value]
    if not typed:
        return {}
    again = {"send_to": request.path, "csrf_token": get_token(request)} if _is_own(request) else {}
    return {"typed": typed, **again}


def _is_own(request: HttpRequest) -> bool:
    """Say whether a form came from a page of this site, as the browser says itself."""
    origin = request.headers.get("Origin") or request.headers.get("Referer", "")
    try:
        return urlsplit(origin).netloc == request.get_host()
    except ValueError:
        return False
