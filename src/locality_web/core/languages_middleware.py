"""The Gaelic addresses of pages: `/gd/` before the English one, so that each address always is the same page.

The part `/gd` is taken off before the site looks for the page, and put before every address that the page gives. A page
that is not there in Gaelic is given at its English address. So nothing of a browser decides what a page says, and pages
that are kept for visitors stay right.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve

from locality_web.core.languages import ENGLISH, LANGUAGES, Language, speaking

_OTHERS = tuple(each for each in LANGUAGES.values() if each is not ENGLISH)
_SAME_METHOD = 307  # a form that was sent goes on as a form


class LanguageMiddleware:
    """Let a page below `/gd/` speak Gaelic."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, in its language."""
        asked = next((each for each in _OTHERS if request.path_info.startswith(f"/{each.code}/")), None)
        if asked is None:
            return self.get_response(request)
        english = request.path_info.removeprefix(f"/{asked.code}")
        if not _speaks(english, asked):
            query = request.META["QUERY_STRING"]
            # Never to another host: what follows may begin with two strokes.
            there = "/" + english.lstrip("/") + (f"?{query}" if query else "")
            status = 302 if request.method in ("GET", "HEAD") else _SAME_METHOD
            return HttpResponseRedirect(there, status=status)
        request.path_info = english
        with speaking(asked.code):
            answer = self.get_response(request)
        answer.headers["Content-Language"] = asked.tag
        return answer


def _speaks(path: str, language: Language) -> bool:
    try:
        declared = getattr(resolve(path).func, "declared", None)
    except Resolver404:
        return False
    return declared is not None and language.code in declared.languages
