"""Write down what somebody says by another channel than the site, and give them their receipt code."""

from __future__ import annotations

from contextlib import suppress
from typing import cast

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from locality.foundations import InputRefused, ResultRefused
from locality_web.core import drafts
from locality_web.core.languages import ENGLISH, LANGUAGES
from locality_web.core.models import Person
from locality_web.core.permissions import Place, may
from locality_web.core.site_address import full_address
from locality_web.voice.channels.record_form import RecordForm
from locality_web.voice.conversations import kinds
from locality_web.voice.conversations.changes import Received, contribute
from locality_web.voice.conversations.models import Conversation
from locality_web.voice.conversations.places import address_of, conversation_page
from locality_web.voice.conversations.said_checks import Asked

_COOKIE, _SALT, _SECONDS = "slip", "locality.voice.slip", 1800


@conversation_page("voice.record", methods=("GET", "POST"))
def record(request: HttpRequest, place: Place, kept: Conversation) -> HttpResponse:
    """Write down what somebody says by telephone, at a visit, in a group, on paper or through an organisation."""
    form = RecordForm(Asked.of(kept), recorder=cast(Person, request.user), data=drafts.form_data(request))
    if request.method == "POST" and form.is_valid():
        try:
            told_in = form.cleaned_data.get("language", "")
            received = contribute(place, kept, form.said(told_in), form.came())
        except (InputRefused, ResultRefused) as refused:
            form.add_faults(refused)
        else:
            drafts.clear(request)
            return _give_slip(kept, received, told_in)
    context = {
        "form": form,
        "conversation": kept,
        "address": address_of(kept),
        "takes": kept.state in (kinds.TAKES_ALL, kinds.TAKES_LATE_PAPER),
        "may_print": may(request.user, "members.paper", place),
    }
    return render(request, "voice/channel_record.html", context)


def _give_slip(kept: Conversation, received: Received, told_in: str) -> HttpResponse:
    """Lead to the slip; the code goes there in a cookie of half an hour and is kept nowhere on the site."""
    there = address_of(kept, "slip")
    answer = redirect(there)
    secure = settings.SESSION_COOKIE_SECURE
    said = signing.dumps([received.receipt, received.contribution.get_channel_display(), told_in], salt=_SALT)
    answer.set_cookie(_COOKIE, said, max_age=_SECONDS, path=there, httponly=True, secure=secure, samesite="Lax")
    return answer


@conversation_page("voice.record")
def slip(request: HttpRequest, place: Place, kept: Conversation) -> HttpResponse:
    """The receipt code of what was written down: to be read out, or printed as a slip."""
    receipt, channel, told_in = "", "", ""
    with suppress(signing.BadSignature):
        receipt, channel, told_in = signing.loads(request.COOKIES.get(_COOKIE, ""), salt=_SALT, max_age=_SECONDS)
    context = {
        "conversation": kept,
        "address": address_of(kept),
        "receipt": receipt,
        "channel": channel,
        "slip_language": LANGUAGES.get(told_in, ENGLISH),
        "site_address": full_address(""),
        "today": timezone.localdate(),
    }
    answer = render(request, "voice/channel_slip.html", context)
    answer["Cache-Control"] = "private, no-store"
    return answer
