"""The page on which the owner of an e-mail address says whether it is theirs and whether they want to be told."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from locality_web.core.languages import tell
from locality_web.core.pages import PUBLIC, page
from locality_web.core.permissions import Place
from locality_web.core.sign_in_limits import refuse_too_many
from locality_web.voice.conversations.confirming import asked_by, confirm, refuse

_GONE = 410


@page(PUBLIC, methods=("GET", "POST"), languages=("gd",))
def confirm_told(request: HttpRequest, place: Place, token: str) -> HttpResponse:
    """Say whether an e-mail address is yours, to be told what became of what you said."""
    if too_many := refuse_too_many(request, "answer_by_link"):
        return too_many
    kept = asked_by(place.partnership, token)
    if kept is None:
        says = tell("The link is not one of ours, or the address was erased.")
        refusal = {"title": tell("This link opens nothing"), "says": says}
        return render(request, "core/refusal.html", refusal, status=_GONE)
    said = request.POST.get("said", "") if request.method == "POST" else ""
    if said == "yes":
        confirm(kept)
    elif said == "no":
        refuse(kept)
    context = {"conversation": kept.contribution.conversation, "said": said, "told_at": kept.email}
    answer = render(request, "voice/conversation_confirm.html", context)
    answer["Cache-Control"] = "private, no-store"
    return answer
