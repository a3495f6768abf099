"""Read answers: which views wait for one, what was answered to which theme and view."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from locality.voice.influence import Closing, check_closing
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
    """Give the answers that stand with a theme or a view today, each once."""
    kept = conversation.answers.prefetch_related("themes", "answers")
    return [each for each in kept if each.themes.all() or each.answers.all()]


def waiting_to_be_told(conversation: Conversation) -> int:
    """Count those who left a way to be told and were not told yet; an address that was not confirmed is none."""
    waiting = Correspondent.objects.filter(contribution__conversation=conversation, told_at__isnull=True)
    waiting = waiting.filter(contribution__withdrawn_at__isnull=True)
    by_post = waiting.filter(means=Correspondent.Means.POST)
    by_mail = waiting.filter(means=Correspondent.Means.EMAIL, confirmed_at__isnull=False)
    return by_post.count() + by_mail.count()
