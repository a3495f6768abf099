"""The pages of answers: what everybody reads, and where those who answer write."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from locality.foundations import InputRefused, ResultRefused
from locality_web.core import drafts
from locality_web.core.forms import FaultForm
from locality_web.core.languages import GAELIC
from locality_web.core.models import Person
from locality_web.core.pages import PUBLIC
from locality_web.core.permissions import Place
from locality_web.voice.conversations.kinds import PUBLIC_VIEW
from locality_web.voice.conversations.models import Conversation
from locality_web.voice.conversations.places import address_of, conversation_page
from locality_web.voice.conversations.typed_numbers import read_number
from locality_web.voice.sense import answer_changes as changes
from locality_web.voice.sense import answer_pages as pages
from locality_web.voice.sense.answer_forms import AnswerForm, BeginAnswersForm, CloseAnswersForm, TakeUpForm
from locality_web.voice.sense.answer_queries import closing_of, unanswered_views, views_of_theme
from locality_web.voice.sense.models import Answer
from locality_web.voice.sense.way import first_words

_POST = ("GET", "POST")
_MOST_LISTED = 100


@conversation_page(PUBLIC, languages=(GAELIC.code,))
def answers(request: HttpRequest, place: Place, conversation: Conversation) -> HttpResponse:
    """You said, we did, we did not and why."""
    number = read_number(request.GET.get("page", "1")) or 1
    return render(request, "voice/sense_answers.html", pages.answers_page(conversation, request.user, number))


@conversation_page(changes.PERMISSION)
def write_answers(request: HttpRequest, place: Place, conversation: Conversation) -> HttpResponse:
    """What still waits for an answer, theme by theme and view by view."""
    return render(request, "voice/sense_write_answers.html", pages.write_page(conversation))


@conversation_page(changes.PERMISSION, methods=_POST)
def answer_theme(request: HttpRequest, place: Place, conversation: Conversation, theme: int) -> HttpResponse:
    """Answer a theme, and with it every view in it."""
    found = conversation.themes.filter(pk=theme).select_related("answer").first()
    if found is None:
        raise Http404(f"There is no theme {theme} in this conversation.")
    found.conversation = conversation
    views = views_of_theme(found)
    more = {"theme": found, "texts": views[:_MOST_LISTED], "count": len(views)}
    form = AnswerForm(drafts.form_data(request), initial=_initial(found.answer))
    return _answer(
        request, conversation, form, lambda said: changes.answer_theme(_person(request), found, said), **more
    )


@conversation_page(changes.PERMISSION, methods=_POST)
def answer_view(request: HttpRequest, place: Place, conversation: Conversation, view: int) -> HttpResponse:
    """Answer one view by itself."""
    found = (
        conversation.opinions.filter(pk=view, state__in=PUBLIC_VIEW).select_related("answer", "contribution").first()
    )
    if found is None:
        raise Http404(f"There is no view {view} in this conversation that everybody can read.")
    found.conversation = conversation
    # Everybody reads what stands there: the words themselves only where their author agreed.
    said = {"you_said": first_words(found.text)} if found.contribution.consents else {}
    form = AnswerForm(drafts.form_data(request), initial=_initial(found.answer) or said)
    return _answer(
        request,
        conversation,
        form,
        lambda said: changes.answer_view(_person(request), found, said),
        view=found,
        texts=[found],
        count=1,
    )


def _initial(answer: Answer | None) -> dict[str, Any]:
    return {name: getattr(answer, name) for name in ("outcome", "you_said", "says", "to_whom")} if answer else {}


def _answer(
    request: HttpRequest,
    conversation: Conversation,
    form: AnswerForm,
    keep: Callable[[changes.Said], Answer],
    **shown: Any,
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            keep(form.said())
        except (InputRefused, ResultRefused) as refused:
            form.add_faults(refused)
        else:
            return _done(request, conversation, "The answer is kept. Everybody can read it.")
    context = {**shown, "form": form, "conversation": conversation, "back": address_of(conversation, "write_answers")}
    return render(request, "voice/sense_answer.html", context)


@conversation_page(changes.PERMISSION, methods=_POST)
def begin_answers(request: HttpRequest, place: Place, conversation: Conversation) -> HttpResponse:
    """Say that everything that came in time is on the site, and begin to answer."""
    form = BeginAnswersForm(drafts.form_data(request))

    def begin() -> None:
        changes.begin_to_answer(_person(request), conversation, **form.cleaned_data)

    return _step(request, conversation, form, begin, title="Begin to answer", says="Answers are being written now.")


@conversation_page(changes.PERMISSION, methods=_POST)
def close_answers(request: HttpRequest, place: Place, conversation: Conversation) -> HttpResponse:
    """Close a conversation once every view is answered."""
    form = CloseAnswersForm(drafts.form_data(request), initial={"we_did": conversation.we_did})

    def close() -> None:
        changes.close_with_answers(_person(request), conversation, **form.cleaned_data)

    title, says = "Close with answers", "The conversation is closed with its answers."
    return _step(request, conversation, form, close, title=title, says=says)


@conversation_page(changes.PERMISSION, methods=_POST)
def take_up_answers(request: HttpRequest, place: Place, conversation: Conversation) -> HttpResponse:
    """Go on answering a conversation that was closed with answers."""
    form = TakeUpForm(drafts.form_data(request))

    def take_up() -> None:
        changes.take_up_again(_person(request), conversation, **form.cleaned_data)

    return _step(request, conversation, form, take_up, title="Take it up again", says="It is taken up again.")


def _step(
    request: HttpRequest,
    conversation: Conversation,
    form: FaultForm,
    act: Callable[[], None],
    *,
    title: str,
    says: str,
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except (InputRefused, ResultRefused) as refused:
            form.add_faults(refused)
        else:
            return _done(request, conversation, says)
    waiting = unanswered_views(conversation, closing_of(conversation)) if title == "Close with answers" else []
    context = {
        "form": form,
        "conversation": conversation,
        "title": title,
        "back": address_of(conversation, "write_answers"),
        "waiting": [
            (first_words(each.text), address_of(conversation, "answer_view", each.pk))
            for each in waiting[:_MOST_LISTED]
        ],
        "waiting_count": len(waiting),
    }
    return render(request, "voice/sense_step.html", context)


def _done(request: HttpRequest, conversation: Conversation, says: str) -> HttpResponse:
    drafts.clear(request)
    messages.success(request, says)
    return redirect(address_of(conversation, "write_answers"))


def _person(request: HttpRequest) -> Person:
    return cast(Person, request.user)
