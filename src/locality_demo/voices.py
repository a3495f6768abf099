"""What people said in the demo, by every channel, and what became of it.

Each locality held one conversation before its second plan. In one of them answers are still missing, so that everybody
can see what that looks like. In another locality people said what a sum could do, and decided on it; and one more
conversation is open now, for the whole partnership.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils import timezone

from locality.foundations import FinancialYear
from locality_demo.content_files import read_content
from locality_demo.first_things import freeze_method, put_first, rank_all
from locality_demo.passing_days import on_day
from locality_demo.people import Cast
from locality_demo.speaking import look_at_held, speak_on_paper, take_part
from locality_demo.taking_part import GAPS_AT
from locality_demo.to_try import ToTry
from locality_demo.voting import decide_sum
from locality_web.core.jobs import work_once
from locality_web.core.permissions import Place
from locality_web.voice.channels.letters import letters_waiting, mark_posted, print_letters
from locality_web.voice.conversations.holding import close_conversation, open_conversation, prepare_conversation
from locality_web.voice.conversations.holding_values import Choice, Prepared
from locality_web.voice.conversations.models import Conversation
from locality_web.voice.conversations.said import Opinion
from locality_web.voice.engagement.kept import Noted, keep_record
from locality_web.voice.informed.telling import begin_telling, to_tell
from locality_web.voice.sense.answer_changes import Said as Answered
from locality_web.voice.sense.answer_changes import answer_theme, begin_to_answer, close_with_answers
from locality_web.voice.sense.influence_changes import Linking, link_things
from locality_web.voice.sense.influence_queries import whole_way
from locality_web.voice.sense.models import Theme
from locality_web.voice.sense.theme_changes import read_view, write_theme
from locality_web.voice.votes.models import Project

_ASKS = ("age_group", "zone", "disabled", "carer")
_TAKES = 35  # days for which a conversation takes views
Content = Mapping[str, Any]


def hear_localities(cast: Cast, budget: dt.date) -> None:
    """Hold a conversation in every locality in the autumn before a budget, and answer it before the plan is written."""
    year = str(FinancialYear.of(budget).next())
    for number, said in enumerate(read_content("voices")["conversations"][: len(cast.localities)]):
        opens = budget - dt.timedelta(days=95)
        kept, themes = _hear(cast, number, said, opens)
        if "method" in said:
            put_first(cast, number, said["method"], themes, year=year, day=opens + dt.timedelta(days=_TAKES + 5))
        if number != GAPS_AT:
            answered = opens + dt.timedelta(days=60)
            _answer(cast, number, themes, said, answered)
            _tell(cast, number, kept, answered, posted=answered + dt.timedelta(days=2))
            _close(cast, number, kept, said, answered + dt.timedelta(days=3))


def hold_sum(cast: Cast, today: dt.date) -> None:
    """Let people of the first locality say what a sum could do, decide on it, and be told what became of it."""
    said, opens = read_content("voices")["sums"], today - dt.timedelta(days=175)
    kept, themes = _hear(cast, 0, said, opens)
    decide_sum(cast, kept, today)
    answered = today - dt.timedelta(days=9)
    _answer(cast, 0, themes, said, answered)
    # The letter is printed and not posted yet: until it is, whoever posts it can read it.
    _tell(cast, 0, kept, today - dt.timedelta(days=2), posted=None)
    _close(cast, 0, kept, said, today - dt.timedelta(days=1))
    _record_engagement(cast, kept, said, opens)
    next_year = str(FinancialYear.of(today).next())
    day = today - dt.timedelta(days=8)
    choice = freeze_method(cast, 0, said["method"], themes, year=next_year, day=day)
    rank_all(cast, 0, choice, said["method"], themes, day=day + dt.timedelta(days=2))


def ask_everybody(cast: Cast, today: dt.date) -> None:
    """Open a conversation of the whole partnership that still runs; what came yesterday waits to be looked at."""
    said, opens = read_content("voices")["now"], today - dt.timedelta(days=16)
    kept = _open(cast, cast.place, said, opens, today + dt.timedelta(days=30))
    take_part(cast, cast.place, kept, said, [opens + dt.timedelta(days=day) for day in range(16)])


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
        why = ("The group read the views of this theme aloud, and put it first.", "The group took it into the same.")
        with on_day(day):
            for at, (theme, percent) in enumerate(zip(said["themes"], said["shares"], strict=False)):
                start = f"theme:{of.themes.get(name=theme['name']).pk}"
                link_things(cast.lead(number), place, Linking(start, priority.name, why[at > 0], percent=percent))
            for line in priority.about[:1]:
                # What ran before was not asked for here: the claim is on what the line has more than the year before.
                more = way.others[line].more_pence
                claim = more if more and more > 0 else None
                says = Linking(priority.name, line, "It is paid for in this line.", pence=claim)
                link_things(cast.lead(number), place, says)


def _hear(cast: Cast, number: int, said: Content, opens: dt.date) -> tuple[Conversation, list[Theme]]:
    """Hold a conversation of a locality until it is read into themes."""
    place = cast.at(number)
    kept = _open(cast, place, said, opens, opens + dt.timedelta(days=_TAKES))
    receipts = take_part(cast, place, kept, said, [opens + dt.timedelta(days=day) for day in range(30)])
    if "paper" in said:
        days = opens + dt.timedelta(days=3), opens + dt.timedelta(days=31)
        form = speak_on_paper(cast, place, kept, said["paper"], days)
        _hand_out(cast, form, said["paper"]["to_try"])
    look_at_held(cast, kept, opens + dt.timedelta(days=33))
    for words, says in said.get("to_try", {}).items():
        _hand_out(cast, receipts[words], says)
    with on_day(opens + dt.timedelta(days=_TAKES + 3)):
        close_conversation(cast.lead(number), kept)
        kept.refresh_from_db()
        themes = _read(cast, number, kept, said)
        begin_to_answer(cast.lead(number), kept, paper_keyed=True)
    return kept, themes


def _record_engagement(cast: Cast, kept: Conversation, said: Content, opens: dt.date) -> None:
    """Record what the site cannot see by itself: who was to be reached, who met when, what was learnt."""
    for each in said["engagement"]:
        day = opens + dt.timedelta(days=each["days"])
        numbers = {name: each[name] for name in ("people", "named", "met") if name in each}
        with on_day(day):
            keep_record(cast.one("planner"), kept, Noted(each["about"], each["says"], day, **numbers))
    with on_day(opens + dt.timedelta(days=64)):
        for project in Project.objects.filter(vote__conversation=kept).prefetch_related("from_opinions"):
            theme = kept.themes.filter(codes__reading__opinion__in=project.from_opinions.all()).first()
            if theme is not None:
                says = "A view of this theme was the beginning of it."
                noted = Noted("shaped", says, timezone.localdate(), option=project.title, theme=theme.pk)
                keep_record(cast.one("planner"), kept, noted)


def _hand_out(cast: Cast, code: str, says: str) -> None:
    address = reverse("voice:became", args=[cast.partnership.slug])
    cast.to_try.append(ToTry(code, says, "What became of my view?", address))


def _open(cast: Cast, place: Place, said: Content, opens: dt.date, closes: dt.date) -> Conversation:
    asked = {"statements": said["statements"], "dividing": "options" in said}
    prepared = Prepared(
        title=said["title"],
        question=said["question"],
        background=said["background"],
        open_to_change=said["open_to_change"],
        not_open=said["not_open"],
        opens_on=opens,
        closes_on=closes,
        kinds=("views", *(kind for kind, is_asked in asked.items() if is_asked)),
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


def _read(cast: Cast, number: int, kept: Conversation, said: Content) -> list[Theme]:
    """Let two people read every view into themes; they agree."""
    lead, planner = cast.lead(number), cast.one("planner")
    paper, themes = said.get("paper"), []
    for each in said["themes"]:
        theme = write_theme(lead, kept, name=each["name"], says=each["says"], heading=each["heading"])
        themes.append(theme)
        views = [*each["views"], *([paper["view"]] if paper and paper["theme"] == each["name"] else ())]
        for opinion in Opinion.objects.filter(conversation=kept, text__in=views):
            read_view(lead, opinion, [theme.pk])
            read_view(planner, opinion, [theme.pk])
    return themes


def _answer(cast: Cast, number: int, themes: list[Theme], said: Content, day: dt.date) -> None:
    with on_day(day):
        for theme, each in zip(themes, said["themes"], strict=True):
            answer_theme(cast.lead(number), theme, Answered(each["outcome"], each["you_said"], each["says_we"]))


def _tell(cast: Cast, number: int, kept: Conversation, day: dt.date, *, posted: dt.date | None) -> None:
    """Tell those who asked to be told; letters are gathered on the next day, and posted or not yet."""
    planner = cast.one("planner")
    with on_day(day):
        kept.refresh_from_db()
        if not to_tell(kept).exists():
            return
        begin_telling(cast.lead(number), kept)
        while work_once("demo"):
            pass
    with on_day(day + dt.timedelta(days=1)):
        assert letters_waiting(cast.partnership).exists(), "somebody of this conversation is told by post"
        batch = print_letters(planner, cast.place)
    if posted:
        with on_day(posted):
            mark_posted(planner, cast.place, batch, on=posted)


def _close(cast: Cast, number: int, kept: Conversation, said: Content, day: dt.date) -> None:
    with on_day(day):
        close_with_answers(cast.lead(number), kept, we_did=said["we_did"])
