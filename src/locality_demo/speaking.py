"""How people of the demo take part in a conversation: by all channels in turn, day by day, and on a paper form."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, cycle, zip_longest
from typing import Any

from locality_demo.passing_days import on_day
from locality_demo.people import Cast
from locality_web.areas.models import ZoneIn
from locality_web.areas.queries import version_on
from locality_web.core.permissions import Place
from locality_web.members.models import Organisation
from locality_web.members.paper_changes import key_in, print_forms
from locality_web.voice.conversations.changes import contribute
from locality_web.voice.conversations.models import Conversation
from locality_web.voice.conversations.moderation import show_view
from locality_web.voice.conversations.said_values import About, Came, Said, View

_CHANNELS = ("web", "paper", "web", "telephone", "web", "group", "visit", "web", "organisation")
_AGES = ("16-24", "65-74", "45-64", "75-over", "25-44", "65-74", "", "75-over")
Content = Mapping[str, Any]


def take_part(cast: Cast, place: Place, kept: Conversation, said: Content, days: Sequence[dt.date]) -> dict[str, str]:
    """Let people say what the content has; each view is looked at on the next day on which anything comes.

    Args:
        cast: Who is who.
        place: Where the conversation is held.
        kept: The conversation.
        said: What people say, and how many take part.
        days: The days on which something comes, the first first; what came on the last one waits to be looked at.

    Returns:
        The receipt code of each view, by its words.
    """
    words, receipts = words_of(said), {}
    zones = cycle(_zones(cast, place, days[0]))
    options = [each.pk for each in kept.options.all()]
    speaking = _spread(words, said["people"])
    before = days[0]
    for turn in range(said["people"]):
        day = days[turn * len(days) // said["people"]]
        if day != before:
            look_at_held(cast, kept, day)
            before = day
        view = speaking.get(turn, "")
        says = Said(
            views=(View(view, language="gd" if "Tha mi" in view else "en"),) if view else (),
            statements=dict(_votes(kept, said, turn)),
            parts=_parts(kept, turn, options) if options else {},
            about=_about(turn, next(zones)),
            consents=True,
        )
        with on_day(day, hour=9 + turn % 9):
            receipts[view] = contribute(place, kept, says, _came(cast, turn)).receipt
    return receipts


def speak_on_paper(cast: Cast, place: Place, kept: Conversation, said: Content, days: tuple[dt.date, dt.date]) -> str:
    """Let somebody without a computer fill in a printed form, and ask to be told by post.

    Args:
        cast: Who is who.
        place: Where the conversation is held.
        kept: The conversation.
        said: Who, where they live, and what they write.
        days: The day on which the form is printed, and the day on which it is back.

    Returns:
        The form's code, which is the receipt too.
    """
    planner = cast.one("planner")
    with on_day(days[0]):
        (form,) = print_forms(planner, place, "voice.conversation", str(kept.pk), blank=1)
    answers = {
        "view": said["view"],
        "language": "en",
        "age_group": said["age_group"],
        "means": "post",
        "name": said["name"],
        "address": said["address"],
        "email": "",
        "consents": "yes",
    }
    with on_day(days[1]):
        key_in(planner, form, answers, received_on=days[1])
    return form.code


def look_at_held(cast: Cast, kept: Conversation, day: dt.date) -> None:
    """Look at the views that wait, and show them."""
    with on_day(day, hour=8):
        for opinion in kept.opinions.filter(state="held"):
            show_view(cast.one("planner"), opinion)


def words_of(said: Content) -> list[str]:
    """Give all views of a conversation's content, those of different themes in turn, as people would say them."""
    by_theme = zip_longest(*(theme["views"] for theme in said.get("themes", ())))
    return [*said.get("views", ()), *(each for each in chain.from_iterable(by_theme) if each)]


def _spread(words: Sequence[str], people: int) -> dict[int, str]:
    """Give the views by the turn of whoever says them, spread evenly from the first who takes part to the last."""
    gaps = max(len(words) - 1, 1)
    return {at * (people - 1) // gaps: view for at, view in enumerate(words)}


def _zones(cast: Cast, place: Place, day: dt.date) -> list[str]:
    version = version_on(cast.partnership, day)
    found = ZoneIn.objects.filter(version=version).order_by("zone")
    if place.locality is not None:
        found = found.filter(locality=place.locality)
    return list(found.values_list("zone", flat=True))


def _about(turn: int, zone: str) -> About:
    return About(
        zone=zone if turn % 5 else "",
        age_group=_AGES[turn % len(_AGES)],
        disabled=("no", "yes", "", "no")[turn % 4],
        carer=("no", "", "yes")[turn % 3],
    )


def _came(cast: Cast, turn: int) -> Came:
    channel = _CHANNELS[turn % len(_CHANNELS)]
    if channel == "web":
        return Came(channel)
    planner = cast.one("planner")
    if channel == "organisation":
        centre = Organisation.objects.filter(partnership=cast.partnership).order_by("name").first()
        how, whom = "At the Thursday lunch, one by one", "people who come to the lunch"
        return Came(channel, recorded_by=planner, organisation=centre, people=3, for_whom=whom, how_asked=how)
    how = "Around a table; a volunteer wrote down what each said" if channel == "group" else ""
    return Came(channel, recorded_by=planner, how_asked=how, read_back=channel != "paper")


def _votes(kept: Conversation, said: Content, turn: int) -> Iterator[tuple[int, str]]:
    """Two ways of thinking, with some in each who see single things otherwise."""
    camp = "one" if turn % 5 < 3 else "two"
    by_text = {each.text: each.pk for each in kept.statements.all()}
    for at, each in enumerate(said["statements"]):
        agrees = each["camp"] in ("both", camp)
        if (turn * 7 + at * 3) % 11 == 0:
            agrees = not agrees
        yield by_text[each["text"]], "pass" if (turn + at) % 9 == 0 else "agree" if agrees else "disagree"


def _parts(kept: Conversation, turn: int, options: list[int]) -> dict[int, int]:
    """Divide the sum: half to one option, the rest among the others in parts that somebody would write."""
    whole = kept.divides_pence or 0
    first = options[(turn * 5) % len(options)]
    others = [each for each in options if each != first]
    part = whole // 2 // len(others)
    return {first: whole - part * len(others), **dict.fromkeys(others, part)}
