"""Refuse what is tried too often, and say how long to wait."""

from __future__ import annotations

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse


def too_many(request: HttpRequest) -> HttpResponse:
    """429: somebody, or somebody on the same network, tried too often."""
    says = "This was tried too often from your network. Wait one minute, then try again. Nothing was changed."
    context = {"title": "Please wait a minute", "says": says}
    answer = TemplateResponse(request, "core/refusal.html", context, status=429)
    answer.headers["Retry-After"] = "60"
    return answer.render()


def refuse_too_many(request: HttpRequest, action: str) -> HttpResponse | None:
    """Count a try of an action of `rate_limits.yaml`; give the page that refuses it, or None."""
    return None if ratelimit.consume(request, action=action) else too_many(request)
