"""The queue of those who look at views: held and flagged ones, appeals, suggested statements, what was not read."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from locality.foundations import InputRefused, ResultRefused
from locality_web.core.permissions import Place
from locality_web.voice.conversations import moderation, pages
from locality_web.voice.conversations.holding_forms import ModerationForm
from locality_web.voice.conversations.models import Appeal, Conversation, Flag, ModerationStep, Statement
from locality_web.voice.conversations.places import address_of, conversation_page
from locality_web.voice.conversations.said import Opinion
from locality_web.voice.conversations.typed_numbers import read_number

_PAGE = 20
_PARTS = {
    "held": "Held: nobody else sees them yet",
    "flagged": "Flagged: somebody says that they should not stand there",
    "appeals": "Appeals: somebody else than who hid them decides",
    "unread": "Shown, and not read by anybody yet",
    "statements": "Suggested statements",
    "hidden": "Hidden",
}


def queue(conversation: Conversation, part: str) -> QuerySet[Any]:
    """Give what waits in a part of the queue, the longest waiting first."""
    views = conversation.opinions.select_related("contribution", "mark").order_by("made_at", "pk")
    steps = Prefetch("steps", ModerationStep.objects.select_related("by"))
    open_flags = Flag.objects.filter(settled_at__isnull=True)
    views = views.prefetch_related(steps, Prefetch("flags", open_flags, to_attr="open_flags"))
    if part == "flagged":
        return views.filter(Exists(open_flags.filter(opinion=OuterRef("pk"))))
    if part == "appeals":
        waiting = Appeal.objects.filter(opinion__conversation=conversation, settled_at__isnull=True)
        return waiting.select_related("opinion")
    if part == "statements":
        return conversation.statements.filter(state=Statement.State.HELD)
    if part == "unread":
        read = ModerationStep.objects.filter(opinion=OuterRef("pk"), by__isnull=False)
        return views.filter(~Exists(read), state="shown")
    return views.filter(state="hidden" if part == "hidden" else "held")


def _counts(conversation: Conversation) -> dict[str, int]:
    """Count what waits in each part of the queue, in three queries."""
    flagged = Exists(Flag.objects.filter(opinion=OuterRef("pk"), settled_at__isnull=True))
    read = Exists(ModerationStep.objects.filter(opinion=OuterRef("pk"), by__isnull=False))
    views = conversation.opinions.annotate(flagged=flagged, read=read).order_by()
    found: dict[str, int] = views.aggregate(
        held=Count("pk", filter=Q(state="held")),
        flagged=Count("pk", filter=Q(flagged=True)),
        unread=Count("pk", filter=Q(state="shown", read=False)),
        hidden=Count("pk", filter=Q(state="hidden")),
    )
    return {**found, **{name: queue(conversation, name).count() for name in ("appeals", "statements")}}


@conversation_page(moderation.PERMISSION, methods=("GET", "POST"))
def moderate(request: HttpRequest, place: Place, kept: Conversation) -> HttpResponse:
    """Views that wait for somebody to read them: show each or hide it, with a reason that its author reads."""
    part = request.GET.get("part", "")
    counts = _counts(kept)
    if part not in _PARTS:
        part = next((name for name, number in counts.items() if number and name != "hidden"), "held")
    form = ModerationForm(request.POST if request.method == "POST" else None)
    failed = request.POST.get("key", "")
    if request.method == "POST" and form.is_valid():
        try:
            _decide(request, kept, form.cleaned_data)
        except (InputRefused, ResultRefused) as refused:
            form.add_faults(refused)
        else:
            messages.success(request, "Done. Its author can read it with the receipt code.")
            return redirect(f"{address_of(kept, 'moderate')}?part={part}")
    asked = request.GET.get("page", "1")
    page = Paginator(queue(kept, part), _PAGE).get_page(asked if asked.isdecimal() else 1)
    context = {
        **pages.frame(request, kept),
        "form": form,
        "failed": failed,
        "part": part,
        "heading": _PARTS[part],
        "parts": [(name, says, counts[name]) for name, says in _PARTS.items()],
        "page": page,
        "items": [(each, form if str(each.pk) == failed else _empty(each.pk)) for each in page.object_list],
        "reasons": {code: reason.name for code, reason in moderation.reasons().items()},
    }
    return render(request, "voice/conversation_moderate.html", context)


def _empty(key: int) -> ModerationForm:
    return ModerationForm(auto_id=f"id_%s_{key}")


def _decide(request: HttpRequest, kept: Conversation, given: dict[str, Any]) -> None:
    what, key = request.POST.get("what", ""), request.POST.get("key", "")
    number, by = read_number(key), request.user
    if what in ("show", "hide"):
        opinion = _own(kept, Opinion.objects.filter(pk=number, conversation=kept).first())
        if what == "show":
            moderation.show_view(by, opinion, says=given["says"])  # type: ignore[arg-type]
        else:
            moderation.hide_view(by, opinion, reason=given["reason"], says=given["says"])  # type: ignore[arg-type]
    elif what in ("uphold", "overturn"):
        appeal = Appeal.objects.filter(pk=number, opinion__conversation=kept).select_related("opinion").first()
        if appeal is None:
            raise ResultRefused("There is no such appeal.", "Look at the list.")
        appeal.opinion.conversation = kept
        moderation.settle_appeal(by, appeal, show=what == "overturn", says=given["says"])  # type: ignore[arg-type]
    elif what in ("ask", "refuse"):
        statement = kept.statements.filter(pk=number).first()
        if statement is None:
            raise ResultRefused("There is no such statement.", "Look at the list.")
        statement.conversation = kept
        moderation.settle_statement(by, statement, show=what == "ask", reason=given["says"])  # type: ignore[arg-type]
    else:
        raise ResultRefused("There is no such step.", "Choose one of the buttons.")


def _own(kept: Conversation, opinion: Opinion | None) -> Opinion:
    if opinion is None:
        raise ResultRefused("There is no such view.", "Look at the list.")
    opinion.conversation = kept
    return opinion
