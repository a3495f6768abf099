"""What people said in the demo, by every channel, and what became of it.

Each locality held one conversation before its second plan. In one of them answers are still missing, so that everybody
can see what that looks like. One more conversation is open now, for the whole partnership.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from itertools import cycle
from typing import Any

from locality_demo.content_files import read_content
from locality_demo.passing_days import on_day
from locality_demo.people import Cast
from locality_demo.taking_part import GAPS_AT
from locality_web.areas.models import ZoneIn
from locality_web.areas.queries import version_on
from locality_web.core.permissions import Place
from locality_web.members.models import Organisation
from locality_web.voice.conversations.changes import contribute
from locality_web.voice.conversations.holding import close_conversation, open_conversation, prepare_conversation
from locality_web.voice.conversations.holding_values import Choice, Prepared
from locality_web.voice.conversations.models import Conversation
from locality_web.voice.conversations.moderation import show_view
from locality_web.voice.conversations.said import Opinion
from locality_web.voice.conversations.said_values import About, Came, Said, View
from locality_web.voice.sense.answer_changes import Said as Answered
from locality_web.voice.sense.answer_changes import answer_theme, begin_to_answer, close_with_answers
from locality_web.voice.sense.influence_changes import Linking, link_things
from locality_web.voice.sense.influence_queries import whole_way
from locality_web.voice.sense.models import Theme
from locality_web.voice.sense.theme_changes import read_view, write_theme

_ASKS = ("age_group", "zone", "disabled", "carer")
_CHANNELS = ("web", "paper", "web", "telephone", "web", "group", "visit", "web", "organisation")
_AGES = ("16-24", "65-74", "45-64", "75-over", "25-44", "65-74", "", "75-over")
Content = Mapping[str, Any]


def hear_localities(cast: Cast, budget: dt.date) -> None:
    """Hold a conversation in every locality in the autumn before a budget, and answer it before the plan is written."""
    for number, said in enumerate(read_content("voices")["conversations"][: len(cast.localities)]):
        place, opens = cast.at(number), budget - dt.timedelta(days=95)
        kept = _open(cast, place, said, opens, opens + dt.timedelta(days=35))
        _take_part(cast, place, kept, said, opens)
        with on_day(opens + dt.timedelta(days=38)):
            close_conversation(cast.lead(number), kept)
            kept.refresh_from_db()
            themes = _read(cast, number, kept, said)
            begin_to_answer(cast.lead(number), kept, paper_keyed=True)
        if number != GAPS_AT:
            with on_day(opens + dt.timedelta(days=60)):
                _answer(cast, number, kept, themes, said)


def trace_influence(cast: Cast, year: str, day: dt.date) -> None:
    """Say which priority of a year's plan each conversation led to, and in which line it is planned."""
    for number, said in enumerate(read_content("voices")["conversations"][: len(cast.localities)]):
        wanted, place = said["priority"], cast.at(number)
        if not wanted or place.locality is None:
            continue
        way = whole_way(cast.partnership, everything=True)
        priority = next(
            each
            for each in way.others.values()
            if (each.kind, each.title, each.year, each.locality) == ("priority", wanted, year, place.locality.slug)
        )
        of = cast.partnership.conversations.get(title=said["title"])
        theme = of.themes.get(name=said["themes"][0]["name"])
        with on_day(day):
            why = "The group read the views of this theme aloud, and put it first."
            link_things(cast.lead(number), place, Linking(f"theme:{theme.pk}", priority.name, why))
            for line in priority.about[:1]:
                link_things(cast.lead(number), place, Linking(priority.name, line, "It is paid for in this line."))


def ask_everybody(cast: Cast, today: dt.date) -> None:
    """Open a conversation of the whole partnership that still runs."""
    said, opens = read_content("voices")["now"], today - dt.timedelta(days=16)
    kept = _open(cast, cast.place, said, opens, today + dt.timedelta(days=30))
    _take_part(cast, cast.place, kept, said, opens)


def _open(cast: Cast, place: Place, said: Content, opens: dt.date, closes: dt.date) -> Conversation:
    kinds = ("views", "statements", *(("dividing",) if "options" in said else ()))
    prepared = Prepared(
        title=said["title"],
        question=said["question"],
        background=said["background"],
        open_to_change=said["open_to_change"],
        not_open=said["not_open"],
        opens_on=opens,
        closes_on=closes,
        kinds=kinds,
        asks_about=_ASKS,
        asks_why=read_content("voices")["asks_why"],
        statements=tuple(each["text"] for each in said["statements"]),
        options=tuple(Choice(each["title"], each["says"]) for each in said.get("options", ())),
        divides_pence=said["divides_pounds"] * 100 if "divides_pounds" in said else None,
        headings=tuple(sorted({each["heading"] for each in said.get("themes", ())})),
    )
    with on_day(opens - dt.timedelta(days=10)):
        kept = prepare_conversation(cast.one("planner"), place, prepared)
        return open_conversation(cast.one("planner"), kept)


def _take_part(cast: Cast, place: Place, kept: Conversation, said: Content, opens: dt.date) -> None:
    """Let people say what the content has, by all channels in turn; the views are spread among those who vote."""
    words = [*said.get("views", ()), *(view for theme in said.get("themes", ()) for view in theme["views"])]
    zones = cycle(_zones(cast, place, opens))
    options = list(kept.options.all())
    for turn in range(said["people"]):
        view = words[turn // 3] if turn % 3 == 0 and turn // 3 < len(words) else ""
        with on_day(opens + dt.timedelta(days=turn % 15)):
            says = Said(
                views=(View(view, language="gd" if "Tha mi" in view else "en"),) if view else (),
                statements=dict(_votes(kept, said, turn)),
                parts=_parts(kept, turn, [each.pk for each in options]) if options else {},
                about=About(
                    zone=next(zones) if turn % 5 else "",
                    age_group=_AGES[turn % len(_AGES)],
                    disabled=("no", "yes", "", "no")[turn % 4],
                    carer=("no", "", "yes")[turn % 3],
                ),
                consents=True,
            )
            contribute(place, kept, says, _came(cast, turn))
    for opinion in kept.opinions.filter(state="held"):
        with on_day(opens + dt.timedelta(days=16)):
            show_view(cast.one("planner"), opinion)


def _zones(cast: Cast, place: Place, day: dt.date) -> list[str]:
    version = version_on(cast.partnership, day)
    found = ZoneIn.objects.filter(version=version).order_by("zone")
    if place.locality is not None:
        found = found.filter(locality=place.locality)
    return list(found.values_list("zone", flat=True))


def _came(cast: Cast, turn: int) -> Came:
    channel = _CHANNELS[turn % len(_CHANNELS)]
    if channel == "web":
        return Came(channel)
    if channel == "organisation":
        centre = Organisation.objects.filter(partnership=cast.partnership).order_by("name").first()
        how = "At the Thursday lunch, one by one"
        return Came(channel, recorded_by=cast.one("planner"), organisation=centre, people=3, how_asked=how)
    return Came(channel, recorded_by=cast.one("planner"), read_back=channel != "paper")


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


def _read(cast: Cast, number: int, kept: Conversation, said: Content) -> list[Theme]:
    """Let two people read every view into themes; they agree."""
    lead, planner = cast.lead(number), cast.one("planner")
    themes = []
    for each in said["themes"]:
        theme = write_theme(lead, kept, name=each["name"], says=each["says"], heading=each["heading"])
        themes.append(theme)
        for opinion in Opinion.objects.filter(conversation=kept, text__in=each["views"]):
            read_view(lead, opinion, [theme.pk])
            read_view(planner, opinion, [theme.pk])
    return themes


def _answer(cast: Cast, number: int, kept: Conversation, themes: list[Theme], said: Content) -> None:
    for theme, each in zip(themes, said["themes"], strict=True):
        answer_theme(cast.lead(number), theme, Answered(each["outcome"], each["you_said"], each["says_we"]))
    close_with_answers(cast.lead(number), kept, we_did=said["we_did"])
