"""Public pages for visitors without any cookie: made once, and given again until anything on the site changes.

Whatever changes a page writes into the audit record, in the same transaction. So a page is right as long as the newest
hash of the record stays, and the day: terms, closing days and ages of things are told by the day. Only pages that are
declared public, read without a cookie and answered without one, are kept; in the memory of each process alone.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from locality_web.core.audit_models import AuditHead
from locality_web.core.pages import PUBLIC

# Own choice of the founders, 2026-11: some hundred pages with the largest published plans among them.
_MOST_BYTES = 64 * 2**20
Key = tuple[str, str, str]


class _Kept:
    """Pages under one state of the site; another state empties it."""

    def __init__(self) -> None:
        self.state, self.bytes = "", 0
        self.pages: OrderedDict[Key, HttpResponse] = OrderedDict()
        self.lock = Lock()

    def find(self, state: str, key: Key) -> HttpResponse | None:
        with self.lock:
            if state != self.state:
                self.state, self.bytes = state, 0
                self.pages.clear()
            return self.pages.get(key)

    def keep(self, state: str, key: Key, page: HttpResponse) -> None:
        size = len(page.content)
        with self.lock:
            if state != self.state or key in self.pages or size > _MOST_BYTES // 4:
                return
            self.pages[key] = page
            self.bytes += size
            while self.bytes > _MOST_BYTES:
                self.bytes -= len(self.pages.popitem(last=False)[1].content)


_kept = _Kept()


class VisitorPages:
    """Give a visitor the page as it was made for the visitor before, as long as nothing has changed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, unless the page is there."""
        if (
            not settings.KEEP_VISITOR_PAGES
            or request.method != "GET"
            or request.COOKIES
            or request.META["QUERY_STRING"]
        ):
            return self.get_response(request)
        if settings.MAINTENANCE_FILE.exists():
            return self.get_response(request)
        state, key = _state(), (request.scheme or "", request.get_host(), request.path)
        found = _kept.find(state, key) if state else None
        if found is not None:
            return _copy(found)
        answer = self.get_response(request)
        # The state was read before the page was made: a page that saw a later change is kept under the earlier state
        # and forgotten with it.
        if state and _is_for_everybody(request, answer):
            _kept.keep(state, key, _copy(answer))
        return answer


def _state() -> str:
    head = AuditHead.objects.values_list("hash", flat=True).first()
    return f"{head} {timezone.localdate()}" if head else ""


def _is_for_everybody(request: HttpRequest, answer: HttpResponse) -> bool:
    declared = getattr(request.resolver_match.func, "declared", None) if request.resolver_match else None
    return (
        declared is not None
        and declared.permission == PUBLIC
        and answer.status_code == 200
        and not answer.streaming
        and not answer.cookies
        and "no-store" not in answer.get("Cache-Control", "")
        # Kept by address alone: what hangs on the ways of packing that a browser knows is not for everybody.
        and "Accept-Encoding" not in answer.get("Vary", "")
    )


def _copy(answer: HttpResponse) -> HttpResponse:
    page = HttpResponse(answer.content, status=answer.status_code)
    for name, value in answer.items():
        page[name] = value
    return page
