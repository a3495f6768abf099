"""Two votes of the demo: one that is decided, with paper among ballots of the web, and one that takes ballots now."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from django.urls import reverse

from locality.voice.voting_code import voting_code
from locality_demo.ballots import choices_of
from locality_demo.content_files import read_content
from locality_demo.passing_days import on_day
from locality_demo.people import Cast
from locality_demo.to_try import ToTry
from locality_web.core.jobs import work_once
from locality_web.core.models import Person
from locality_web.voice.conversations.models import Conversation
from locality_web.voice.conversations.said import Opinion
from locality_web.voice.votes.casting import BallotRefused
from locality_web.voice.votes.casting import cast as cast_ballot
from locality_web.voice.votes.code_changes import make_letters, mark_out
from locality_web.voice.votes.keying import key_in
from locality_web.voice.votes.models import Project, Vote
from locality_web.voice.votes.opening import close_vote, draw_lot, erase_roll, open_vote, places_of, publish_vote
from locality_web.voice.votes.project_changes import ProjectSaid, add_project
from locality_web.voice.votes.roll_changes import take_in_roll
from locality_web.voice.votes.roll_file import COLUMNS, read_roll
from locality_web.voice.votes.vote_changes import VoteSaid, choose_rules, make_vote

_LETTERS_TO_TRY = 6
Content = Mapping[str, Any]


def decide_sum(cast: Cast, conversation: Conversation, today: dt.date) -> None:
    """Let a community decide a sum: prepared, open for four weeks, closed, counted, published.

    Args:
        cast: Who is who.
        conversation: From whose views the projects came; the first locality holds it.
        today: The vote was published some weeks before.
    """
    said, opens = read_content("votes")["decided"], today - dt.timedelta(days=98)
    closes, planner = opens + dt.timedelta(days=28), cast.one("planner")
    vote, codes = _open(cast, conversation, said, (opens, closes))
    _vote_on_site(vote, said, codes, opens + dt.timedelta(days=3))
    _vote_on_paper(cast, 0, vote, said, codes[said["web"] :], closes - dt.timedelta(days=2))
    _be_refused(cast, vote, codes, closes)
    with on_day(closes + dt.timedelta(days=4)):
        close_vote(planner, vote)
        while work_once("demo"):
            pass
    with on_day(closes + dt.timedelta(days=7)):
        publish_vote(planner, vote)
    with on_day(closes + dt.timedelta(days=20)):
        erase_roll(planner, vote)
    check = reverse("voice:check_ballot", args=[cast.partnership.slug, vote.pk])
    cast.to_try.append(
        ToTry(codes[0], "A ballot that was cast, and what became of its share", "Look at my ballot", check)
    )


def open_sum(cast: Cast, today: dt.date) -> None:
    """Let people of the second locality vote now; some letters are left for whoever tries the demo."""
    said, opens = read_content("votes")["open"], today - dt.timedelta(days=9)
    title = read_content("voices")["conversations"][1]["title"]
    conversation = cast.partnership.conversations.select_related("held_by").get(title=title)
    conversation.partnership = cast.partnership
    vote, codes = _open(cast, conversation, said, (opens, today + dt.timedelta(days=19)))
    _vote_on_site(vote, said, codes, opens + dt.timedelta(days=3), days=6)
    of_paper = codes[said["web"] : -_LETTERS_TO_TRY]
    _vote_on_paper(cast, 1, vote, said, of_paper, today - dt.timedelta(days=1), unread=said["unread"])
    ballot = reverse("voice:ballot", args=[cast.partnership.slug, vote.pk])
    cast.to_try += [
        ToTry(code, "A letter with one vote, not used yet", "Vote", ballot) for code in codes[-_LETTERS_TO_TRY:]
    ]


def _open(
    cast: Cast, conversation: Conversation, said: Content, days: tuple[dt.date, dt.date]
) -> tuple[Vote, list[str]]:
    """Prepare a vote, open it, and send out the letters; gives their codes in the order of the roll."""
    planner, opens = cast.one("planner"), days[0]
    told = VoteSaid(
        said["title"], said["pounds"] * 100, said["who_may"], *days, says=said["says"], source=said["source"]
    )
    with on_day(opens - dt.timedelta(days=12)):
        vote = make_vote(planner, conversation, told)
        _add_projects(planner, vote, conversation, said["projects"])
        ceilings = tuple((heading, pounds * 100) for heading, pounds in said["ceilings"].items())
        chosen = {"minimum_votes": said["minimum_votes"], "ceilings": ceilings}
        choose_rules(planner, vote, chosen, shares="equal", most_choices=said["most_choices"])
        rows = read_roll(_roll(vote, said["on_roll"]), "roll.csv", places_of(vote))
        take_in_roll(planner, vote, rows)
        draw_lot(planner, vote)
    with on_day(opens):
        vote = open_vote(planner, vote)
        batch, letters = make_letters(planner, vote)
    with on_day(opens + dt.timedelta(days=2)):
        mark_out(planner, batch)
    return vote, [each.code for each in letters]


def _add_projects(planner: Person, vote: Vote, conversation: Conversation, those: Sequence[Content]) -> None:
    made: dict[str, Project] = {}
    for each in those:
        views = Opinion.objects.filter(conversation=conversation, text=each.get("came_from", ""))
        rivals = [made[code] for code in made if code == each.get("not_with") or each["code"] == _rival(those, code)]
        told = ProjectSaid(
            each["code"],
            each["title"],
            each["pounds"] * 100,
            says=each["says"],
            heading=each["heading"],
            locality=conversation.held_by,
            not_with=rivals,
            from_opinions=list(views),
        )
        made[each["code"]] = add_project(planner, vote, told)


def _rival(those: Sequence[Content], code: str) -> str | None:
    return next((each.get("not_with") for each in those if each["code"] == code), None)


def _roll(vote: Vote, people: int) -> bytes:
    """Write the file of who has a vote, as it would come from the register of electors; nobody in it exists."""
    names = [name.strip().split(" ", 1) for line in read_content("members")["names"] for name in line.split(",")]
    place = places_of(vote)[0].name
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(COLUMNS)
    for turn in range(people):
        first, last = names[turn % len(names)][0], names[(turn * 7 + turn // len(names)) % len(names)][1]
        rows.writerow([f"R{turn + 1:05}", f"{first} {last}", f"{turn + 1} High Street; {place}", place])
    return out.getvalue().encode()


def _vote_on_site(vote: Vote, said: Content, codes: Sequence[str], first: dt.date, *, days: int = 22) -> None:
    for turn in range(said["web"]):
        with on_day(first + dt.timedelta(days=turn * days // said["web"])):
            cast_ballot(vote, codes[turn], choices_of(said, turn))


def _vote_on_paper(
    cast: Cast, number: int, vote: Vote, said: Content, codes: Sequence[str], day: dt.date, *, unread: int = 0
) -> None:
    """Key in paper: first the planner, then the lead; one ballot is read differently at first, the last few once."""
    planner, lead = cast.one("planner"), cast.lead(number)
    turns = range(said["web"], said["web"] + said["paper"] + unread)
    ballots = [(code, choices_of(said, turn)) for code, turn in zip(codes, turns, strict=False)]
    slip = next(each["code"] for each in said["projects"] if each["code"] not in ballots[0][1])
    with on_day(day):
        for at, (code, choices) in enumerate(ballots):
            key_in(planner, vote, code, [*choices, slip] if at == 0 else choices, received_on=day)
    with on_day(day + dt.timedelta(days=1), hour=11):
        code, choices = ballots[0]
        key_in(lead, vote, code, choices, received_on=day)
        key_in(planner, vote, code, choices, received_on=day)
        for code, choices in ballots[: said["paper"]]:
            key_in(lead, vote, code, choices, received_on=day)


def _be_refused(cast: Cast, vote: Vote, codes: Sequence[str], closes: dt.date) -> None:
    """Try what is refused everywhere: a code twice, one that nobody got, and two ballots that came late."""
    some = ["lunch"]
    with on_day(closes - dt.timedelta(days=1)):
        for code in (codes[0], codes[5], voting_code(0)):
            with suppress(BallotRefused):
                cast_ballot(vote, code, some)
    with on_day(closes + dt.timedelta(days=2)):
        with suppress(BallotRefused):
            cast_ballot(vote, codes[-1], some)
        with suppress(BallotRefused):
            key_in(cast.one("planner"), vote, codes[-2], some, received_on=closes + dt.timedelta(days=2))
