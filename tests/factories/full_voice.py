"""A partnership in which very much was said: one full conversation with all that is made of it, and a big vote.

| | here |
|---|---|
| views and replies in one conversation | 5,000 and 1,000, each somebody's own contribution |
| themes, each answered | 40; every view was read into one or two |
| people who voted on 20 statements | 300 |
| links that people made from views and themes to lines of plans | 20,000 |
| projects and ballots of a published vote | 100 and 10,000 |
"""

from __future__ import annotations

import datetime as dt
import hashlib
import random
from dataclasses import asdict, dataclass
from itertools import islice

from django.utils import timezone

from factories import voice_site
from locality.voice.choice import compare_rules, load_choice_rules
from locality.voice.priorities import Candidate, PriorityMethod, freeze_method, rank_priorities
from locality_web.core.models import Locality, Partnership
from locality_web.plans.influence_things import things
from locality_web.voice.conversations.receipts import draw_receipt, hash_receipt
from locality_web.voice.models import (
    Answer,
    Ballot,
    Contribution,
    Conversation,
    CountedVote,
    Finding,
    InfluenceLink,
    Opinion,
    Prioritising,
    PriorityBallot,
    Reading,
    StatementVote,
    Theme,
    ThemeCode,
    Vote,
    VotingCode,
)
from locality_web.voice.sense.groups import find_groups
from locality_web.voice.sense.heard import find_heard
from locality_web.voice.sense.priority_changes import written_outcome
from locality_web.voice.sense.priority_queries import ballots_of as ballots_of_priorities
from locality_web.voice.votes.counting import ballots_of, written
from locality_web.voice.votes.frozen import election_of
from locality_web.voice.votes.rules_kept import keep_rules, rules_of

VIEWS, REPLIES, THEMES, LINKS = 5_000, 1_000, 40, 20_000
VOTERS, STATEMENTS = 300, 20
BALLOTS, PROJECTS, ORDERS = 10_000, 100, 8
_SAID = "The bus number {} should stop at the surgery, and wait there when somebody is slow."
_AGES = ("", "16-24", "25-44", "45-64", "65-74", "75-over")
_MOST_ROWS = 5_000


@dataclass(frozen=True)
class Full:
    """What was made, and a receipt code with which somebody can look what became of their view."""

    talk: Conversation
    vote: Vote
    prioritising: Prioritising
    view: Opinion
    receipt: str


def fill(of: Partnership, *, views: int = VIEWS, ballots: int = BALLOTS, links: int = LINKS) -> Full:
    """Fill a partnership that has agreed plans."""
    dice = random.Random(7)
    talk = voice_site.conversation(
        of,
        slug="full",
        title="What would help you to stay well at home?",
        state="answered",
        kinds=["views", "statements"],
        asks_about=["age_group", "zone", "disabled", "carer"],
        asks_why="So that we see who was not heard.",
        closes_on=timezone.localdate() - dt.timedelta(days=1),
        we_did="The bus stops at the surgery.",
    )
    receipt = draw_receipt()
    said = _said(talk, views, views // 5, receipt)
    themes = _themes(talk)
    _read(said, themes, dice)
    _voted(talk, dice)
    _link(of, said, themes, links)
    Finding.objects.create(conversation=talk, what="heard", says=find_heard(talk))
    Finding.objects.create(conversation=talk, what="groups", says=find_groups(talk))
    return Full(talk, _vote(talk, ballots, dice), _priorities(of, talk, themes), said[7], receipt)


def _contributions(talk: Conversation, number: int, first: str = "") -> list[Contribution]:
    made = (
        Contribution(
            conversation=talk,
            channel=("web", "paper", "telephone")[at % 3],
            consents=True,
            receipt=hash_receipt(first) if first and not at else hashlib.sha256(f"{first} {at}".encode()).hexdigest(),
            age_group=_AGES[at % len(_AGES)],
            carer=("", "yes", "no")[at % 3],
            disabled=("", "no", "yes")[at % 3],
        )
        for at in range(number)
    )
    return Contribution.objects.bulk_create(made, batch_size=_MOST_ROWS)


def _said(talk: Conversation, views: int, replies: int, receipt: str) -> list[Opinion]:
    """Write views and replies; the first contribution has the receipt code, and holds the view number 7 too."""
    parts = _contributions(talk, views + replies, receipt)
    shown = {"conversation": talk, "state": "answered"}
    said = Opinion.objects.bulk_create(
        (
            Opinion(contribution=parts[0 if at == 7 else at], text=_SAID.format(at), supporters=at % 90, **shown)
            for at in range(views)
        ),
        batch_size=_MOST_ROWS,
    )
    Opinion.objects.bulk_create(
        (
            Opinion(contribution=part, text="So do I.", replies_to=said[at % 50], **shown)
            for at, part in enumerate(parts[views:])
        ),
        batch_size=_MOST_ROWS,
    )
    return said


def _themes(talk: Conversation) -> list[Theme]:
    made = []
    for at in range(THEMES):
        theme = voice_site.theme(talk, f"Theme {at}: how people come to the surgery and home again")
        outcome = Answer.Outcome.values[at % 5]
        says = f"We looked at it {at} times. The partnership pays for two more journeys each day, from April on."
        voice_site.answered(theme, outcome=outcome, says=says, to_whom="The council" if outcome == "passed_on" else "")
        made.append(theme)
    return made


def _read(said: list[Opinion], themes: list[Theme], dice: random.Random) -> None:
    readings = Reading.objects.bulk_create(
        (Reading(opinion=each, settled=True) for each in said), batch_size=_MOST_ROWS
    )
    codes = [
        ThemeCode(reading=each, theme=theme)
        for at, each in enumerate(readings)
        for theme in dice.sample(themes, 1 + at % 2)
    ]
    ThemeCode.objects.bulk_create(codes, batch_size=_MOST_ROWS)


def _voted(talk: Conversation, dice: random.Random) -> None:
    asked = voice_site.statements(
        talk, *(f"Statement {at}: it should be near, and open late." for at in range(STATEMENTS))
    )
    parts = list(talk.contributions.order_by("pk")[:VOTERS])
    votes = [
        StatementVote(statement=each, contribution=part, vote=_vote_of(number % 2, at, dice))
        for number, part in enumerate(parts)
        for at, each in enumerate(asked)
    ]
    StatementVote.objects.bulk_create(votes, batch_size=_MOST_ROWS)


def _vote_of(group: int, statement: int, dice: random.Random) -> str:
    """Two groups that differ on every third statement, and a few who think otherwise."""
    own = "agree" if statement % 3 or group else "disagree"
    return own if dice.random() < 0.85 else dice.choice(("agree", "disagree", "pass"))


def _link(of: Partnership, said: list[Opinion], themes: list[Theme], links: int) -> None:
    """Link themes and views with lines of agreed plans, until there are enough links."""
    lines = [each.name for each in things(of) if each.kind == "line" and each.public]
    starts = [("theme", f"theme:{each.pk}") for each in themes] + [("view", f"view:{each.pk}") for each in said]
    pairs = ((start, line) for at, line in enumerate(lines) for start in starts[at % 7 :: 7])
    more = {"partnership": of, "to_kind": "line", "why": "It is what they asked for.", "by_name": "Pat Planner"}
    InfluenceLink.objects.bulk_create(
        (
            InfluenceLink(from_kind=kind, from_name=name, to_name=line, **more)
            for (kind, name), line in islice(pairs, links)
        ),
        batch_size=_MOST_ROWS,
    )


def _vote(talk: Conversation, ballots: int, dice: random.Random) -> Vote:
    """A published vote; ballots name some of a hundred projects, and no two of them need to be alike."""
    rules = keep_rules(load_choice_rules(timezone.localdate()), shares="equal", most_choices=None)
    codes = [f"P{at:03}" for at in range(PROJECTS)]
    today = timezone.localdate()
    made = Vote.objects.create(
        conversation=talk,
        title="A million for the surgery and its roads",
        sum_pence=100_000_000,
        who_may="Everybody of 11 and over.",
        rules=rules | {"lot": codes},
        opens_on=today,
        closes_on=today,
    )
    for at, code in enumerate(codes):
        cost = 1_000_000 + at * 40_000
        made.projects.create(code=code, title=f"Project {at} for the surgery", says="A path.", cost_pence=cost)
    batch = made.batches.create(number=1, means="letter", codes=ballots)
    keys = VotingCode.objects.bulk_create(
        (
            VotingCode(vote=made, batch=batch, digest=hashlib.sha256(str(at).encode()).hexdigest())
            for at in range(ballots)
        ),
        batch_size=_MOST_ROWS,
    )
    made.state, made.opened_at = "open", timezone.now()
    made.frozen, made.rules_sha256 = b"{}", hashlib.sha256(b"{}").hexdigest()
    made.save()
    Ballot.objects.bulk_create(
        (
            Ballot(
                vote=made,
                code=key,
                channel=("web", "paper")[at % 3 == 0],
                choices=sorted(dice.sample(codes, 1 + at % 9)),
            )
            for at, key in enumerate(keys)
        ),
        batch_size=_MOST_ROWS,
    )
    election = election_of(made, ballots_of(made))
    result = written(made, election, compare_rules(election, rules_of(made)))
    CountedVote.objects.create(vote=made, inputs_sha256="0" * 64, result=result)
    made.state, made.published_at = "published", timezone.now()
    made.save()
    return made


def _priorities(of: Partnership, talk: Conversation, themes: list[Theme]) -> Prioritising:
    """Eight orders of twelve themes each, by two hundred ballots, as a locality has them for its headings."""
    place = of.localities.order_by("name")[0]
    for number in range(ORDERS):
        made = _order(place, talk, themes[number : number + 12], f"Heading {number}")
    return made


def _order(place: Locality, talk: Conversation, themes: list[Theme], heading: str) -> Prioritising:
    candidates = tuple(Candidate(str(each.pk), each.name) for each in themes)
    method = PriorityMethod("ranked_pairs", candidates, tuple(each.code for each in candidates))
    frozen = freeze_method(method, on=timezone.localdate())
    made = Prioritising.objects.create(
        locality=place, conversation=talk, heading=heading, year="2026/27", method=asdict(method),
        sha256=frozen.sha256, state="done", frozen_at=timezone.now(), done_at=timezone.now(),
    )  # fmt: skip
    dice = random.Random(heading)
    orders = [dice.sample([each.code for each in candidates], 12) for _ in range(200)]
    PriorityBallot.objects.bulk_create(
        PriorityBallot(prioritising=made, channel="web", says=[[code] for code in order]) for order in orders
    )
    made.result = written_outcome(rank_priorities(frozen, ballots_of_priorities(made, "ranked_pairs")))
    made.save()
    return made
