"""What stands on the way of a view, as plain values of the library: views, themes, answers, and who put what where.

Only views that everybody can read are on it; a view that was hidden or withdrawn moves nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import F, QuerySet
from django.utils import timezone

from locality.voice.influence import Answer as Told
from locality.voice.influence import Influence, Link, Ref, State, Thing, Verdict, join_influence, pairs_on
from locality_web.voice.conversations.kinds import PUBLIC_VIEW
from locality_web.voice.conversations.models import Conversation
from locality_web.voice.conversations.said import Opinion
from locality_web.voice.sense.models import Answer, Theme, ThemeCode

_VERDICT: Mapping[str, Verdict] = {
    Answer.Outcome.DONE: "did",
    Answer.Outcome.WILL: "doing",
    Answer.Outcome.PARTLY: "doing",
    Answer.Outcome.NOT: "did_not",
    Answer.Outcome.PASSED_ON: "did_not",
}
_STATE: Mapping[Verdict, State] = {"did": "done", "doing": "in_progress", "did_not": "not_done"}
_FIRST_WORDS = 120
NOT_SHOWN = "A view that is counted, and whose words are not shown"
"""What stands in place of words whose author did not agree that everybody reads them."""


def name_of_view(pk: int) -> str:
    """Give the stable name of a view."""
    return f"view:{pk}"


def name_of_theme(pk: int) -> str:
    """Give the stable name of a theme."""
    return f"theme:{pk}"


def first_words(text: str) -> str:
    """Give the beginning of a text, cut between words."""
    flat = " ".join(text.split())
    return flat if len(flat) <= _FIRST_WORDS else f"{flat[:_FIRST_WORDS].rsplit(' ', 1)[0]} …"


def shown_views(conversation: Conversation) -> QuerySet[Opinion]:
    """Give the views of a conversation that everybody can read, replies among them, the oldest first."""
    return conversation.opinions.filter(state__in=PUBLIC_VIEW).order_by("made_at", "id")


def codes_that_count(conversations: Iterable[Conversation]) -> QuerySet[ThemeCode]:
    """Give what settled readings found in views that everybody can read, in themes that were not given up."""
    return ThemeCode.objects.filter(
        reading__settled=True,
        reading__opinion__conversation__in=list(conversations),
        reading__opinion__state__in=PUBLIC_VIEW,
        theme__ended_at__isnull=True,
    )


def said_in(conversations: Iterable[Conversation], views: Iterable[int] | None = None) -> Influence:
    """Hold together what was said in conversations, into which themes it was read, and what was answered.

    Args:
        conversations: Those that are looked at.
        views: Keys of the views that matter; None: all of them.
    """
    things, links, told = parts_said(conversations, views)
    return join_influence(things, links, told, pairs=pairs_on(timezone.localdate()))


def parts_said(
    conversations: Iterable[Conversation], views: Iterable[int] | None = None
) -> tuple[list[Thing], list[Link], list[Told]]:
    """Give the same as things, links and answers, to be joined with what other rooms know; four queries."""
    those = list(conversations)
    opinions = Opinion.objects.filter(conversation__in=those, state__in=PUBLIC_VIEW).order_by("id")
    codes = codes_that_count(those).order_by("reading__opinion_id", "theme__name")
    if views is not None:
        wanted = list(views)
        opinions, codes = opinions.filter(pk__in=wanted), codes.filter(reading__opinion_id__in=wanted)
    themes = list(Theme.objects.filter(conversation__in=those, ended_at__isnull=True).select_related("answer"))
    rows = list(opinions.select_related("answer").annotate(consents=F("contribution__consents")))
    things = [*(_view(each) for each in rows), *(_theme(each) for each in themes)]
    told = [_told("view", name_of_view(each.pk), each.answer) for each in rows if each.answer]
    told += [_told("theme", name_of_theme(each.pk), each.answer) for each in themes if each.answer]
    return things, _links(codes), told


def _view(opinion: Opinion) -> Thing:
    state, why = _stands(opinion.answer)
    # A reply is answered with the view that it replies to, if that one is read by everybody.
    needs = opinion.replies_to_id is None
    words = first_words(opinion.text) if opinion.consents else NOT_SHOWN  # type: ignore[attr-defined]  # from the query
    return Thing(Ref("view", name_of_view(opinion.pk)), words, state, why, needs_answer=needs)


def _theme(theme: Theme) -> Thing:
    state, why = _stands(theme.answer)
    return Thing(Ref("theme", name_of_theme(theme.pk)), theme.name, state, why)


def _stands(answer: Answer | None) -> tuple[State, str]:
    if answer is None:
        return "waiting", ""
    verdict = _VERDICT[answer.outcome]
    return _STATE[verdict], _why(answer) if verdict == "did_not" else ""


def _why(answer: Answer) -> str:
    return f"it was passed on to {answer.to_whom}" if answer.outcome == Answer.Outcome.PASSED_ON else answer.says


def _told(kind: str, name: str, answer: Answer) -> Told:
    verdict = _VERDICT[answer.outcome]
    return Told(
        Ref(kind, name),
        answer.says,
        answer.by_name,
        timezone.localdate(answer.at),
        verdict,
        _why(answer) if verdict == "did_not" else "",
    )


def _links(codes: QuerySet[ThemeCode]) -> list[Link]:
    zone = timezone.get_current_timezone()  # looked up once: there may be thousands of links
    found = codes.values_list("reading__opinion_id", "theme_id", "reading__at", "reading__reader__name", "theme__says")
    return [
        Link(
            Ref("view", name_of_view(view)),
            Ref("theme", name_of_theme(theme)),
            who or "A reader",
            timezone.localdate(at, zone),
            says or "It was read so.",
        )
        for view, theme, at, who, says in found
    ]
