"""Read answers: which views wait for one, what was answered to which theme and view."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from locality.voice.influence import Closing, check_closing
from locality_web.voice.conversations.kinds import PUBLIC_VIEW
from locality_web.voice.conversations.models import Conversation
from locality_web.voice.conversations.said import Correspondent, Opinion
from locality_web.voice.sense.models import Answer, Theme
from locality_web.voice.sense.way import codes_that_count, said_in

TAKES_ANSWERS = ("open", "closed_to_views", "being_answered", "answered")


@dataclass(frozen=True)
class ThemeStands:
    """A theme, how many views it holds that everybody can read, and how many of them have no answer yet."""

    theme: Theme
    views: int


def closing_of(conversation: Conversation) -> Closing:
    """Say whether every view of a conversation is answered, and which are not."""
    said = said_in([conversation])
    return check_closing(said, [thing.ref.id for thing in said.of_kind("view")])


def views_without_answer(conversation: Conversation) -> QuerySet[Opinion]:
    """Give the same views as `closing_of`, asked of the database alone: for pages that only count them.

    A reply is answered with what it replies to; a view with the themes into which it was read.
    """
    answered = codes_that_count([conversation]).filter(reading__opinion=OuterRef("pk"), theme__answer__isnull=False)
    own = conversation.opinions.filter(state__in=PUBLIC_VIEW, replies_to__isnull=True, answer__isnull=True)
    return own.filter(~Exists(answered))


def unanswered_views(conversation: Conversation, closing: Closing) -> list[Opinion]:
    """Give the views that wait for an answer, the oldest first."""
    keys = [int(thing.ref.id.partition(":")[2]) for thing in closing.unanswered]
    return list(conversation.opinions.filter(pk__in=keys).order_by("made_at", "id"))


def themes_of(conversation: Conversation) -> list[ThemeStands]:
    """Give the themes that were not given up, those with most views first."""
    counts = Counter(codes_that_count([conversation]).values_list("theme_id", flat=True))
    kept = conversation.themes.filter(ended_at__isnull=True).select_related("answer")
    return sorted((ThemeStands(each, counts[each.pk]) for each in kept), key=lambda one: (-one.views, one.theme.name))


def views_of_theme(theme: Theme) -> list[Opinion]:
    """Give the views that everybody can read and that were read into a theme, the oldest first."""
    keys = codes_that_count([theme.conversation]).filter(theme=theme).values_list("reading__opinion_id", flat=True)
    return list(Opinion.objects.filter(pk__in=list(keys)).order_by("made_at", "id"))


def answers_in_force(conversation: Conversation) -> Sequence[Answer]:
    """Give the answers that stand with a theme or a view today, each once, with their themes."""
    of_theme = Theme.objects.filter(answer=OuterRef("pk"))
    of_view = Opinion.objects.filter(answer=OuterRef("pk"))
    return list(conversation.answers.filter(Q(Exists(of_theme)) | Q(Exists(of_view))).prefetch_related("themes"))


def views_by_answer(conversation: Conversation) -> dict[int, list[int]]:
    """Give the keys of the views that each answer answers and that everybody can read, the oldest first; two queries.

    Returns:
        By the answer's key; an answer whose views nobody can read any more is left out.
    """
    through = codes_that_count([conversation]).filter(theme__answer__isnull=False)
    own = conversation.opinions.filter(state__in=PUBLIC_VIEW, answer__isnull=False)
    found: dict[int, set[int]] = defaultdict(set)
    for answer, view in through.values_list("theme__answer_id", "reading__opinion_id"):
        found[answer].add(view)
    for answer, view in own.order_by().values_list("answer_id", "pk"):
        found[answer].add(view)
    return {answer: sorted(views) for answer, views in found.items()}


def waiting_to_be_told(conversation: Conversation) -> int:
    """Count those who left a way to be told and were not told yet; an address that was not confirmed is none."""
    waiting = Correspondent.objects.filter(contribution__conversation=conversation, told_at__isnull=True)
    waiting = waiting.filter(contribution__withdrawn_at__isnull=True)
    by_post = waiting.filter(means=Correspondent.Means.POST)
    by_mail = waiting.filter(means=Correspondent.Means.EMAIL, confirmed_at__isnull=False)
    return by_post.count() + by_mail.count()
