"""What the site holds of conversations that bears on their level of engagement: read for many of them at once."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, Max, Min, OuterRef, Q
from django.utils import timezone

from locality_web.voice.conversations.kinds import PUBLIC_VIEW
from locality_web.voice.conversations.models import Conversation, Option
from locality_web.voice.conversations.said import Contribution, Correspondent, Opinion
from locality_web.voice.sense.models import Answer, EngagementRecord, Finding, Prioritising, ThemeCode
from locality_web.voice.sense.way import codes_that_count
from locality_web.voice.votes.models import Project, Vote


@dataclass(frozen=True)
class VoteHeld:
    """A vote of a conversation, and its projects: title, and how many views each came from."""

    title: str
    opened: dt.date | None
    published: dt.date | None
    projects: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Chosen:
    """A choice of priorities among themes: heading, method, keys of themes, when it was frozen and counted."""

    heading: str
    method: str
    themes: tuple[int, ...]
    frozen: dt.date
    done: dt.date | None


@dataclass(frozen=True)
class Held:
    """What is held of one conversation.

    Args:
        records: What keepers recorded and did not take back, the earliest first.
        channels: Contributions by code of the channel.
        views: Views that wait for an answer, or have one.
        answered: How many of them are answered.
        answers: First and last day of an answer; None: there is none.
        options: Titles of its own options, among them those for boundaries.
        votes: Its votes that were opened.
        choices: Choices of priorities from its themes, whose method is frozen.
        themes: Name and number of views by key of each theme, its own and those that an option came from.
        elsewhere: Title and first day of the conversations of those that are not its own, by key of the theme.
        heard: What was published of who was heard, in sentences.
    """

    conversation: Conversation
    records: tuple[EngagementRecord, ...] = ()
    channels: Mapping[str, int] = field(default_factory=dict)
    views: int = 0
    answered: int = 0
    answers: tuple[dt.date, dt.date] | None = None
    options: tuple[str, ...] = ()
    votes: tuple[VoteHeld, ...] = ()
    choices: tuple[Chosen, ...] = ()
    themes: Mapping[int, tuple[str, int]] = field(default_factory=dict)
    elsewhere: Mapping[int, tuple[str, dt.date]] = field(default_factory=dict)
    heard: tuple[str, ...] = ()

    def recorded(self, *about: str) -> list[EngagementRecord]:
        """Give the records of some kinds."""
        return [each for each in self.records if each.about in about]


@dataclass(frozen=True)
class Told:
    """How many people chose a means of being told, how many of them were told, and on which day the last one was."""

    to_tell: int = 0
    told: int = 0
    last: dt.date | None = None


def hold(conversations: Iterable[Conversation]) -> dict[int, Held]:
    """Give what is held of conversations, by key; a fixed number of queries."""
    those = list(conversations)
    records = _records(those)
    talks = {each.theme.conversation_id: each.theme.conversation for each in _shaping(records)}
    themes = _themes([*those, *talks.values()])
    answers, views = _answers(those), _views(those)
    parts = (_channels(those), _options(those), _votes(those), _choices(those), _heard(those))
    channels, options, votes, choices, heard = parts
    return {
        each.pk: Held(
            each,
            tuple(records[each.pk]),
            channels[each.pk],
            *views.get(each.pk, (0, 0)),
            answers.get(each.pk),
            tuple(options[each.pk]),
            tuple(votes[each.pk]),
            tuple(choices[each.pk]),
            _themes_for(each, themes, records[each.pk]),
            {
                one.theme_id: (one.theme.conversation.title, one.theme.conversation.opens_on)
                for one in _shaping({each.pk: records[each.pk]})
                if one.theme.conversation_id != each.pk
            },
            tuple(heard[each.pk]),
        )
        for each in those
    }


def told_of(conversations: Iterable[Conversation]) -> dict[int, Told]:
    """Give how many people are to be told and were told; asked each time, because telling writes no event for each."""
    reached = Q(means=Correspondent.Means.POST) | Q(means=Correspondent.Means.EMAIL, confirmed_at__isnull=False)
    found = Correspondent.objects.filter(
        reached, contribution__conversation__in=list(conversations), contribution__withdrawn_at__isnull=True
    )
    rows = found.order_by().values("contribution__conversation")
    rows = rows.annotate(all=Count("pk"), told=Count("told_at"), last=Max("told_at"))
    return {row["contribution__conversation"]: Told(row["all"], row["told"], _day(row["last"])) for row in rows}


def _day(at: dt.datetime | None) -> dt.date | None:
    return timezone.localdate(at) if at else None


def _records(those: list[Conversation]) -> dict[int, list[EngagementRecord]]:
    found: dict[int, list[EngagementRecord]] = defaultdict(list)
    kept = EngagementRecord.objects.filter(conversation__in=those, ended_at__isnull=True)
    for each in kept.select_related("theme__conversation").order_by("on", "id"):
        found[each.conversation_id].append(each)
    return found


def _shaping(records: Mapping[int, list[EngagementRecord]]) -> list[Any]:
    """Records of options that came from a theme which was not given up meanwhile."""
    every = [each for those in records.values() for each in those]
    return [each for each in every if each.theme is not None and each.theme.ended_at is None]


def _themes(those: list[Conversation]) -> dict[int, tuple[int, str, int]]:
    """Give conversation, name and number of views by key of the theme."""
    rows = codes_that_count(those).order_by().values("theme", "theme__name", "theme__conversation")
    counted = rows.annotate(all=Count("reading__opinion", distinct=True))
    return {row["theme"]: (row["theme__conversation"], row["theme__name"], row["all"]) for row in counted}


def _themes_for(
    conversation: Conversation, themes: Mapping[int, tuple[int, str, int]], records: list[EngagementRecord]
) -> dict[int, tuple[str, int]]:
    linked = {each.theme_id for each in records}
    return {
        key: (name, views) for key, (talk, name, views) in themes.items() if talk == conversation.pk or key in linked
    }


def _channels(those: list[Conversation]) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = defaultdict(dict)
    kept = Contribution.objects.filter(conversation__in=those, withdrawn_at__isnull=True).order_by()
    for row in kept.values("conversation", "channel").annotate(all=Count("pk")):
        found[row["conversation"]][row["channel"]] = row["all"]
    return found


def _views(those: list[Conversation]) -> dict[int, tuple[int, int]]:
    """Count views that wait for an answer or have one, as closing counts them: a reply is answered with its view."""
    by_theme = ThemeCode.objects.filter(
        reading__opinion=OuterRef("pk"),
        reading__settled=True,
        theme__answer__isnull=False,
        theme__ended_at__isnull=True,
    )
    kept = Opinion.objects.filter(conversation__in=those, state__in=PUBLIC_VIEW, replies_to__isnull=True).order_by()
    rows = kept.annotate(themed=Exists(by_theme)).values("conversation")
    counted = rows.annotate(all=Count("pk"), done=Count("pk", filter=Q(answer__isnull=False) | Q(themed=True)))
    return {row["conversation"]: (row["all"], row["done"]) for row in counted}


def _answers(those: list[Conversation]) -> dict[int, tuple[dt.date, dt.date]]:
    rows = Answer.objects.filter(conversation__in=those).order_by().values("conversation")
    counted = rows.annotate(first=Min("at"), last=Max("at"))
    return {row["conversation"]: (timezone.localdate(row["first"]), timezone.localdate(row["last"])) for row in counted}


def _options(those: list[Conversation]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for talk, title in Option.objects.filter(conversation__in=those).values_list("conversation", "title"):
        found[talk].append(title)
    through = Conversation.boundary_options.through.objects.filter(conversation__in=those).order_by("pk")
    for talk, title in through.values_list("conversation", "boundaryoption__name"):
        found[talk].append(title)
    return found


def _votes(those: list[Conversation]) -> dict[int, list[VoteHeld]]:
    projects: dict[int, list[tuple[str, int]]] = defaultdict(list)
    rows = Project.objects.filter(vote__conversation__in=those, taken_back_why="").order_by("pk")
    for vote, title, views in rows.annotate(views=Count("from_opinions")).values_list("vote", "title", "views"):
        projects[vote].append((title, views))
    found: dict[int, list[VoteHeld]] = defaultdict(list)
    for each in Vote.objects.filter(conversation__in=those).exclude(state__in=("draft", "called_off")).order_by("pk"):
        held = VoteHeld(each.title, _day(each.opened_at), _day(each.published_at), tuple(projects[each.pk]))
        found[each.conversation_id].append(held)
    return found


def _choices(those: list[Conversation]) -> dict[int, list[Chosen]]:
    kept = Prioritising.objects.filter(conversation__in=those, frozen_at__isnull=False).exclude(state="called_off")
    found: dict[int, list[Chosen]] = defaultdict(list)
    for each in kept.prefetch_related("themes").order_by("pk"):
        assert each.frozen_at is not None and each.conversation_id is not None
        themes = tuple(theme.pk for theme in each.themes.all())
        method = str(each.method.get("kind", "")).replace("_", " ")
        chosen = Chosen(each.heading, method, themes, timezone.localdate(each.frozen_at), _day(each.done_at))
        found[each.conversation_id].append(chosen)
    return found


def _heard(those: list[Conversation]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for talk, says in Finding.objects.filter(conversation__in=those, what=Finding.What.HEARD).values_list(
        "conversation", "says"
    ):
        found[talk] = [*says.get("words", ()), *(gap["words"] for gap in says.get("gaps", ()))]
    return found
