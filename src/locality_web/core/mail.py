"""Send mail: a job in the transaction of its cause, sent by a worker, tried again when the server is away."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Context, Engine
from django.utils.html import escape, urlize

from locality.foundations import ResultRefused
from locality_web.core.jobs import finishing, job, start
from locality_web.core.languages import ENGLISH, spoken
from locality_web.core.models import Job

if TYPE_CHECKING:
    from locality_web.core.permissions import Place

KIND = "core.mail"


def send(to: str, subject: str, template: str, context: dict[str, Any], *, place: Place | None = None) -> Job:
    """Write a mail down to be sent; must be called inside the transaction of its cause.

    Args:
        to: One address.
        subject: One line.
        template: A text template; blank lines part its paragraphs, an address on a line of its own becomes a link.
        context: What the template says; rendered now, so that the mail says what held when it was caused.
        place: The partnership in whose name it is sent.

    Returns:
        The job.
    """
    said = {**context, "place": place, "partnership": place.partnership if place else None}
    # Mail is plain text: nothing in it is escaped for a page.
    text = Engine.get_default().get_template(template).render(Context(said, autoescape=False))
    return send_text(to, subject, text, place=place)


def send_text(
    to: str, subject: str, text: str, *, place: Place | None = None, headers: Mapping[str, str] | None = None
) -> Job:
    """Write a mail down whose text is already there; as `send`. Further headers are sent with it."""
    line = " ".join(subject.split())
    said = {"to": to, "subject": line, "text": text.strip() + "\n", "headers": dict(headers or {})}
    said["language"] = spoken().tag
    return start(KIND, said, place=place)


@job(KIND, whole=False)
def send_mail(job: Job) -> None:
    """Send one mail."""
    said = job.arguments
    if not said:
        raise ResultRefused("This mail was thrown away, because it waited too long.", "Do again what caused it.")
    mail = EmailMultiAlternatives(
        said["subject"],
        said["text"],
        settings.DEFAULT_FROM_EMAIL,
        [said["to"]],
        # The same at every attempt, so that a mailbox can tell a second copy from a second mail.
        headers={
            **said.get("headers", {}),
            "Message-ID": f"<job-{job.pk}-{job.made_at:%Y%m%d%H%M%S}@{_domain()}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    mail.attach_alternative(as_html(said["text"], said.get("language", ENGLISH.tag)), "text/html")
    mail.send()
    with finishing(job):
        job.arguments = {}  # the address and the text are nobody's business once the mail is gone
        job.says = "Sent."
        job.save(update_fields=["arguments"])


def as_html(text: str, language: str = ENGLISH.tag) -> str:
    """Give a text as simple HTML: paragraphs and links, nothing that a mail program would have to fetch."""
    paragraphs = [part.strip() for part in re.split(r"\n\s*\n", text.strip())]
    body = "".join(f"<p>{urlize(escape(part)).replace(chr(10), '<br>')}</p>" for part in paragraphs if part)
    return f'<!doctype html><html lang="{language}"><body>{body}</body></html>'


def _domain() -> str:
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ")
    return domain if re.fullmatch(r"[A-Za-z0-9.-]+", domain) else "localhost"
