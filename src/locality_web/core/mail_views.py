"""The demo's mail folder: what would have been sent."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from locality_web.core.demo_views import is_demo_here
from locality_web.core.pages import PUBLIC, site_page


@dataclass(frozen=True)
class FoundMail:
    """A mail in the folder; its number counts from the oldest."""

    number: int
    to: str
    subject: str
    at: dt.datetime | None
    text: str


@site_page(PUBLIC)
def mail_list(request: HttpRequest) -> HttpResponse:
    """All mails, the newest first; in the demo only."""
    return render(request, "core/mail_list.html", {"mails": list(reversed(_read_folder(request)))})


@site_page(PUBLIC)
def mail_one(request: HttpRequest, number: int) -> HttpResponse:
    """One mail."""
    found = [each for each in _read_folder(request) if each.number == number]
    if not found:
        raise Http404(f"There is no mail with the number {number}.")
    return render(request, "core/mail_one.html", {"mail": found[0]})


def _read_folder(request: HttpRequest) -> list[FoundMail]:
    if not is_demo_here(request):
        raise Http404("Only the demo shows its mail.")
    folder = Path(settings.MAIL_FOLDER)
    files = sorted(folder.glob("*.eml"), key=lambda file: (file.stat().st_mtime_ns, file.name))
    return [_read(number, file.read_bytes()) for number, file in enumerate(files, 1)]


def _read(number: int, raw: bytes) -> FoundMail:
    message = email.message_from_bytes(raw, _class=EmailMessage, policy=email.policy.default)
    body = message.get_body(("plain",))
    text = body.get_content() if body is not None else ""
    return FoundMail(number, str(message["To"]), str(message["Subject"]), message["Date"].datetime, text)
