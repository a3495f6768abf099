"""The pages of conversations that everybody can read: the list, a conversation, a view; reply, support, flag."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from locality.foundations import InputRefused, ResultRefused
from locality_web.areas.queries import localities
from locality_web.core.languages import GAELIC, tell
from locality_web.core.models import Person
from locality_web.core.pages import PUBLIC, page
from locality_web.core.permissions import Place, may
from locality_web.core.sign_in_limits import refuse_too_many
from locality_web.voice.conversations import pages
from locality_web.voice.conversations.changes import Came, Said, View, contribute
from locality_web.voice.conversations.kinds import PUBLIC_VIEW
from locality_web.voice.conversations.models import Conversation
from locality_web.voice.conversations.moderation import flag_view, reasons_to_choose
from locality_web.voice.conversations.places import address_of, conversation_page
from locality_web.voice.conversations.queries import conversations_of, replies_to, translations_of
from locality_web.voice.conversations.said import Opinion
from locality_web.voice.conversations.say_form import TRAP, FlagForm, ReplyForm
from locality_web.voice.conversations.supporting import keep_key, key_of, support_view

BOTH = (GAELIC.code,)
_HOURS = 60 * 60


@page(PUBLIC, languages=BOTH)
def conversations(request: HttpRequest, place: Place) -> HttpResponse:
    """Conversations that are open, being answered or closed; by locality."""
    slug = request.GET.get("locality", "")
    chosen = next((each for each in localities(place.partnership) if each.slug == slug), None) if slug else None
    where = Place(place.partnership, chosen)
    context = pages.list_page(where)
    context |= {"chosen": chosen, "localities": localities(place.partnership)}
    if request.user.is_authenticated and may(request.user, "voice.hold", where):
        context["drafts"] = conversations_of(where, drafts=True).filter(state="draft")
        context["may_prepare"] = True
    return render(request, "voice/conversation_list.html", context)


@conversation_page(PUBLIC, languages=BOTH)
def conversation(request: HttpRequest, place: Place, kept: Conversation) -> HttpResponse:
    """A conversation: what is asked, what can change, until when, how to take part, and what people say."""
    return render(request, "voice/conversation_one.html", pages.conversation_page(request, kept))


@conversation_page(PUBLIC, methods=("GET", "POST"), languages=BOTH)
def view(request: HttpRequest, place: Place, kept: Conversation, view: int) -> HttpResponse:
    """A view with its replies; support it, reply to it, or say that it should not stand there."""
    found = _public_view(kept, view)
    reply, flag = ReplyForm(prefix="reply"), _flag_form()
    if request.method == "POST":
        what = request.POST.get("what", "")
        if too_many := refuse_too_many(request, "support_view" if what == "support" else "say_in_conversation"):
            return too_many
        if what == "support":
            return _support(request, found)
        if what == "flag":
            flag = _flag_form(request.POST)
            if _flag(request, found, flag):
                return redirect(address_of(kept, "view", found.pk))
        else:
            reply = ReplyForm(request.POST, prefix="reply")
            if _reply(request, place, found, reply):
                return redirect(address_of(kept, "view", found.pk))
    return _show_view(request, found, {"reply": reply, "flag": flag})


def _show_view(request: HttpRequest, found: Opinion, more: dict[str, object]) -> HttpResponse:
    kept = found.conversation
    translated = translations_of(kept)
    replies = [pages.view_shown(kept, each, translated) for each in replies_to(found)[:200]]
    context = {
        **pages.frame(request, kept, translated),
        "shown": pages.view_shown(kept, found, translated),
        "replies": replies,
        **more,
    }
    return render(request, "voice/conversation_view.html", context)


def _public_view(kept: Conversation, key: int) -> Opinion:
    found = kept.opinions.filter(pk=key, state__in=PUBLIC_VIEW, contribution__consents=True)
    view = found.select_related("mark", "replies_to").first()
    if view is None:
        raise Http404("This view is not shown (any more).")
    view.conversation = kept
    return view


def _flag_form(data: object = None) -> FlagForm:
    reasons = [(each.code, each.name) for each in reasons_to_choose()]
    return FlagForm(data, prefix="flag", reasons=reasons)


def _support(request: HttpRequest, found: Opinion) -> HttpResponse:
    by, drawn = key_of(request)
    try:
        counted = support_view(found, by)
    except ResultRefused as refused:
        messages.error(request, str(refused))
    else:
        says = tell("Your support is counted.") if counted else tell("You support this view already. It counts once.")
        messages.success(request, says)
    answer = redirect(address_of(found.conversation, "view", found.pk))
    keep_key(answer, drawn, secure=settings.SESSION_COOKIE_SECURE)
    return answer


def _flag(request: HttpRequest, found: Opinion, form: FlagForm) -> bool:
    if not form.is_valid():
        return False
    try:
        flag_view(found, reason=form.cleaned_data["reason"], says=form.cleaned_data["says"], by=signed_in(request))
    except (InputRefused, ResultRefused) as refused:
        form.add_faults(refused)
        return False
    messages.success(request, tell("Thank you. Somebody will look at this view."))
    return True


def _reply(request: HttpRequest, place: Place, found: Opinion, form: ReplyForm) -> bool:
    if not form.is_valid() or form.data.get(f"reply-{TRAP}"):
        return False
    first = found.replies_to_id or found.pk  # a reply to a reply stands with the view itself
    text = View(form.cleaned_data["view"], shown_as=form.cleaned_data["shown_as"], replies_to=first)
    try:
        received = contribute(
            place, found.conversation, Said(views=(text,), consents=True), Came("web", by=signed_in(request))
        )
    except (InputRefused, ResultRefused) as refused:
        form.add_faults(refused)
        return False
    held = tell("Thank you. Somebody reads your reply before others see it.")
    messages.success(request, held if received.held else tell("Thank you. Your reply stands below."))
    return True


def signed_in(request: HttpRequest) -> Person | None:
    """Give who is signed in, or None."""
    return request.user if isinstance(request.user, Person) else None


def was_sent(token: str) -> bool:
    """Say whether a form was sent before: whoever presses a button twice counts once."""
    return not cache.add(f"said:{token[:64]}", "yes", _HOURS)


def may_be_sent_again(token: str) -> None:
    """Let a form that was refused be sent again."""
    cache.delete(f"said:{token[:64]}")
