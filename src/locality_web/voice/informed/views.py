"""Pages about being kept informed: ask for it, confirm an address, stop it; and the feed."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from locality.foundations import InputRefused, ResultRefused
from locality_web.core.languages import GAELIC, tell
from locality_web.core.models import Person
from locality_web.core.pages import PUBLIC, page
from locality_web.core.permissions import Place
from locality_web.core.remembered import Memory
from locality_web.core.sign_in_limits import refuse_too_many
from locality_web.members.decision_views import private
from locality_web.voice.conversations.kinds import SEEN
from locality_web.voice.conversations.places import address_of
from locality_web.voice.informed import changes
from locality_web.voice.informed.digests import say_what
from locality_web.voice.informed.feed import MEDIA_TYPE, Entry, atom_of, chosen_of, entries_for
from locality_web.voice.informed.forms import KeepInformedForm, StopByLetterForm
from locality_web.voice.informed.place_pages import look_address, map_of_form, typed_so_far
from locality_web.voice.informed.tokens import email_of, subscriptions_of

_SHOWN, _FED = 10, 50


@page(PUBLIC, methods=("GET", "POST"), languages=(GAELIC.code,))
def keep_informed(request: HttpRequest, place: Place) -> HttpResponse:
    """Be kept informed of a locality, a topic, a conversation or a place: by e-mail, by letter or by a feed."""
    if request.method == "POST" and "look" in request.POST:
        return redirect(look_address(request, place))
    typed = typed_so_far(request, place)
    memory = Memory(place.partnership)
    form = KeepInformedForm(place, request.POST if typed is None else None, initial=typed, memory=memory)
    if typed is None:
        if too_many := refuse_too_many(request, "keep_informed"):
            return too_many
        if form.is_valid():
            try:
                changes.subscribe(place, form.wanted())
            except InputRefused as refused:
                form.add_faults(refused)
            else:
                by_mail = form.cleaned_data["means"] == "email"
                return render(request, "voice/informed_asked.html", {"by_mail": by_mail})
    chosen = chosen_of(place, request.GET)
    context = {
        "form": form,
        **map_of_form(request, place, form),
        "news": entries_for(place, chosen, memory)[:_SHOWN],
        "feed": f"{reverse('voice:news_feed', args=[place.partnership.slug])}{_query(request)}",
    }
    return render(request, "voice/informed_keep.html", context)


def _query(request: HttpRequest) -> str:
    said = request.GET.urlencode()
    return f"?{said}" if said else ""


@page(PUBLIC, same_for_all=True, languages=(GAELIC.code,))
def news_feed(request: HttpRequest, place: Place) -> HttpResponse:
    """The news of a partnership, a locality, a topic, a conversation or a place as a feed (Atom)."""
    found = entries_for(place, chosen_of(place, request.GET))[:_FED]
    text = atom_of(place, found, address=request.get_full_path())
    return HttpResponse(text, content_type=MEDIA_TYPE)


@page(PUBLIC, methods=("GET", "POST"), languages=(GAELIC.code,))
def confirm_informed(request: HttpRequest, place: Place, token: str) -> HttpResponse:
    """Say whether an e-mail address is one's own; opening the link alone says nothing yet."""
    email = email_of(place.partnership, token)
    if email is None:
        return private(render(request, "voice/informed_unknown.html", {}, status=404))
    state, said = "ask", request.POST.get("answer")
    if said == "yes":
        changes.confirm(place.partnership, email)
    if said == "no":
        changes.refuse(place.partnership, email)
        state = "no"
    found = place.partnership.subscriptions.filter(email=email).select_related("locality", "conversation")
    those = [(say_what(each), each.confirmed_at is not None) for each in found]
    if state == "ask" and (not those or all(is_on for _, is_on in those)):
        state = "yes" if those else "no"
    context = {"email": email, "state": state, "those": those}
    return private(render(request, "voice/informed_confirm.html", context))


@csrf_exempt
@page(PUBLIC, methods=("GET", "POST"), languages=(GAELIC.code,))
def stop_informed(request: HttpRequest, place: Place, token: str) -> HttpResponse:
    """Stop being kept informed, by the link at the end of a digest; opening it alone stops nothing.

    A mail program may stop it by itself, without opening the page: it sends one word and no cookie, so nothing is asked
    of it but the link that it was sent.
    """
    found = subscriptions_of(place.partnership, token)
    if found is None:
        return private(render(request, "voice/informed_unknown.html", {}, status=404))
    if request.POST.get("List-Unsubscribe") == "One-Click":
        changes.stop(place.partnership, found)
        return HttpResponse(f"{tell('You will get nothing more.')}\n", content_type="text/plain; charset=utf-8")
    those = list(found)
    if request.method == "POST":
        chosen = [each for each in those if str(each.pk) in request.POST.getlist("stop")] or those
        changes.stop(place.partnership, chosen)
        those = [each for each in those if each not in chosen]
    said = [(each.pk, say_what(each)) for each in those]
    context = {"those": said, "stopped": request.method == "POST" or not said}
    return private(render(request, "voice/informed_stop.html", context))


@page("voice.inform", methods=("GET", "POST"))
def stop_by_letter(request: HttpRequest, place: Place) -> HttpResponse:
    """Send no more letters to somebody who said so, by the number of the letter that they got."""
    form = StopByLetterForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            changes.stop_by_letter(cast(Person, request.user), place, form.cleaned_data["number"])
        except ResultRefused as refused:
            form.add_faults(refused)
        else:
            messages.success(request, "They get no more letters. How they could be reached is erased.")
            return redirect("voice:letters", place.partnership.slug)
    return render(request, "voice/informed_stop_by_letter.html", {"form": form})


@page(PUBLIC, languages=(GAELIC.code,))
def short(request: HttpRequest, place: Place, number: int) -> HttpResponse:
    """The short address of a conversation, for posters: it leads to its page."""
    found = get_object_or_404(place.partnership.conversations, pk=number)
    if found.state not in SEEN:
        raise Http404("There is no such conversation (yet).")
    found.partnership = place.partnership
    return redirect(address_of(found))


__all__ = ["Entry", "confirm_informed", "keep_informed", "news_feed", "short", "stop_by_letter", "stop_informed"]
