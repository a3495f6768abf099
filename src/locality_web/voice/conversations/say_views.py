"""Take part on the site: one form, without an account and without JavaScript; then the receipt, once."""

from __future__ import annotations

import secrets
from contextlib import suppress

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from locality.foundations import InputRefused, ResultRefused
from locality_web.core import drafts
from locality_web.core.languages import tell
from locality_web.core.pages import PUBLIC
from locality_web.core.permissions import Place
from locality_web.core.sign_in_limits import refuse_too_many
from locality_web.voice.conversations import kinds, pages
from locality_web.voice.conversations.changes import Came, Received, contribute
from locality_web.voice.conversations.map_pages import picking, svg_answer
from locality_web.voice.conversations.marking import PickMap, pick_map
from locality_web.voice.conversations.marks import FIELD, is_about_marks, marks_after, read_marks, write_marks
from locality_web.voice.conversations.models import Conversation
from locality_web.voice.conversations.places import address_of, conversation_page
from locality_web.voice.conversations.public_views import BOTH, may_be_sent_again, signed_in, was_sent
from locality_web.voice.conversations.queries import translations_of
from locality_web.voice.conversations.said_checks import Asked
from locality_web.voice.conversations.say_form import SayForm

_COOKIE, _SALT, _SECONDS = "receipt", "locality.voice.thanks", 600


@conversation_page(PUBLIC, methods=("GET", "POST"), languages=BOTH)
def say(request: HttpRequest, place: Place, kept: Conversation) -> HttpResponse:
    """Take part in a conversation: say what you think, without an account."""
    translated = translations_of(kept)
    person = signed_in(request)
    frame = pages.frame(request, kept, translated)
    if not frame["takes"]:
        return redirect(address_of(kept))
    asked, drawn = Asked.of(kept), pick_map(place.partnership) if kinds.MAP in kept.kinds else None
    marking = request.method == "POST" and is_about_marks(request.POST)
    if marking:
        typed = _typed(request, place, drawn)
        form = SayForm(asked, person=person, translated=translated, initial=typed)
    else:
        form = SayForm(asked, person=person, translated=translated, data=drafts.form_data(request))
    if request.method == "POST" and not marking:
        if too_many := refuse_too_many(request, "say_in_conversation"):
            return too_many
        received = _take(request, place, form)
        if received is not None:
            drafts.clear(request)
            return _thank(kept, received)
    context = {**frame, "form": form, "once": _once(request), "marking": marking, **_map(kept, drawn, form)}
    answer = render(request, "voice/conversation_say.html", context)
    answer["Cache-Control"] = "private, no-store"
    return answer


def _take(request: HttpRequest, place: Place, form: SayForm) -> Received | None:
    """Write down what a form says; None: it is shown again with what is wrong."""
    if not form.is_valid():
        return None
    if form.is_trapped:
        form.add_error(None, tell("A field that nobody sees was filled in, as programs do. Leave it empty."))
        return None
    token = request.POST.get("once", "")
    if token and was_sent(token):
        form.add_error(None, tell("This was sent already. It counts once."))
        return None
    try:
        return contribute(place, form.conversation, form.said(), Came("web", by=form.person))
    except (InputRefused, ResultRefused) as refused:
        may_be_sent_again(token)
        form.add_faults(refused)
        return None


def _typed(request: HttpRequest, place: Place, drawn: PickMap | None) -> dict[str, object]:
    """Give what was typed, with the places that are marked: the form is shown again, and nothing is sent yet."""
    typed: dict[str, object] = {name: request.POST[name] for name in request.POST}
    typed |= {name: request.POST.getlist(name) for name in request.POST if len(request.POST.getlist(name)) > 1}
    return {**typed, FIELD: write_marks(marks_after(request.POST, place.partnership, drawn))}


def _map(kept: Conversation, drawn: PickMap | None, form: SayForm) -> dict[str, object]:
    """Give the map on which places can be marked, with the marks that the form has."""
    if drawn is None:
        return {}
    marks = read_marks(str(form[FIELD].value() or ""), drawn)
    return {"pick": picking(kept.partnership, drawn, marks, image=address_of(kept, "pick_map"))}


@conversation_page(PUBLIC)
def pick_image(request: HttpRequest, place: Place, kept: Conversation) -> HttpResponse:
    """The map on which somebody who takes part can mark places, as a picture."""
    return svg_answer(request, place)


def _once(request: HttpRequest) -> str:
    return request.POST.get("once", "")[:64] or secrets.token_hex(16)


def _thank(kept: Conversation, received: Received) -> HttpResponse:
    """Lead to the thanks; the code goes there in a cookie of ten minutes that is taken off when it was shown."""
    there = address_of(kept, "thanks")
    answer = redirect(there)
    said = signing.dumps([received.receipt, received.held], salt=_SALT)
    secure = settings.SESSION_COOKIE_SECURE
    answer.set_cookie(_COOKIE, said, max_age=_SECONDS, path=there, httponly=True, secure=secure, samesite="Lax")
    return answer


@conversation_page(PUBLIC, languages=BOTH)
def thanks(request: HttpRequest, place: Place, kept: Conversation) -> HttpResponse:
    """The receipt of what you said, shown once."""
    receipt, held = "", False
    with suppress(signing.BadSignature):
        receipt, held = signing.loads(request.COOKIES.get(_COOKIE, ""), salt=_SALT, max_age=_SECONDS)
    context = {**pages.frame(request, kept), "receipt": receipt, "held": held}
    answer = render(request, "voice/conversation_thanks.html", context)
    answer.delete_cookie(_COOKIE, path=address_of(kept, "thanks"))
    answer["Cache-Control"] = "private, no-store"
    return answer
