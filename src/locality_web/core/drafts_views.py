"""Keep a draft while somebody types, and throw kept text away."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from locality_web.core import drafts
from locality_web.core.pages import site_page


@site_page("core.sign_in", methods=["POST"])
def keep_draft(request: HttpRequest) -> HttpResponse:
    """Keep the fields of a form: `{"page": "/fife/...", "form": "", "fields": {"name": ["value"]}}`."""
    sent = _read(request)
    if sent is None:
        return JsonResponse({"says": "This is not a draft of a form."}, status=400)
    if not drafts.save_draft(request, drafts.join_key(sent["page"], sent["form"]), sent["fields"]):
        return JsonResponse({"says": "This is too long to be kept as a draft."}, status=413)
    return HttpResponse(status=204)


@site_page("core.sign_in", methods=["POST"])
def throw_away(request: HttpRequest) -> HttpResponse:
    """Forget what was kept for a form, and open the form as it was saved."""
    key = request.POST.get("key", "")
    drafts.forget(request, key)
    messages.info(request, "The kept text is thrown away. The form shows what was saved before.")
    back = key.partition("#")[0]
    return redirect(back if url_has_allowed_host_and_scheme(back, None) else "core:today")


def _read(request: HttpRequest) -> dict[str, Any] | None:
    """Give what the script sent, or None unless it has the shape of a draft."""
    try:
        sent = json.loads(request.body)
        page, form, fields = sent["page"], sent.get("form", ""), sent["fields"]
        sound = isinstance(form, str) and page.startswith("/") and all(map(_is_field, fields, fields.values()))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return {"page": page, "form": form, "fields": fields} if sound else None


def _is_field(name: Any, values: Any) -> bool:
    return isinstance(name, str) and isinstance(values, list) and all(isinstance(each, str) for each in values)
