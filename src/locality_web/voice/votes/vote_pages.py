"""What pages show of a vote before its result."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from locality_web.core.languages import tell, tell_count
from locality_web.core.languages_kept import as_written, show_kept
from locality_web.core.models import Person
from locality_web.core.permissions import may
from locality_web.core.tables import Column, Link, Noted, Table
from locality_web.voice.votes.casting import SAID
from locality_web.voice.votes.code_changes import least_batch
from locality_web.voice.votes.frozen import projects_of
from locality_web.voice.votes.keying import waiting_of
from locality_web.voice.votes.models import Ballot, CodeBatch, Project, Vote
from locality_web.voice.votes.opening import codes_out, places_of, what_is_missing, why_not_closed
from locality_web.voice.votes.places import KEYS, RUNS, address_of, place_of
from locality_web.voice.votes.previewing import preview_shown
from locality_web.voice.votes.project_notes import notes_of
from locality_web.voice.votes.rules_kept import preview_least
from locality_web.voice.votes.vote_words import rules_in_words, say_sum, where_it_stands

_NEVER_BEFORE = {Vote.State.DRAFT}


def takes_ballots(vote: Vote) -> bool:
    """Say whether the vote takes ballots on the site today."""
    return vote.state == Vote.State.OPEN and vote.opens_on <= timezone.localdate() <= vote.closes_on


def vote_page_shown(vote: Vote, person: Person | AnonymousUser) -> dict[str, Any]:
    """The page of a vote: what it is about, its projects, its rules, how many have voted; never for what."""
    where = place_of(vote)
    projects = projects_of(vote)
    has_opened = vote.state not in _NEVER_BEFORE
    return {
        "vote": vote,
        "takes": takes_ballots(vote),
        "stands": where_it_stands(vote, takes_ballots(vote)),
        "projects": projects_table(vote, projects),
        "rules": rules_in_words(vote),
        "preview": preview_shown(vote, projects) if takes_ballots(vote) else None,
        "has_previews": preview_least(vote) is not None,
        "turnout": turnout_table(vote) if has_opened else None,
        "has_opened": has_opened,
        "has_result": vote.state == Vote.State.PUBLISHED,
        "keeps": may(person, RUNS, where),
        "keys": may(person, KEYS, where) and vote.state == Vote.State.OPEN,
    }


def projects_table(vote: Vote, projects: list[Project]) -> Table:
    """The projects with what they cost."""
    rows: list[list[Any]] = []
    for each in projects:
        notes = [as_written(each.says)] if each.says else []
        notes += notes_of(each, vote)
        where = each.locality.name if each.locality else ""
        rows.append([each.code, Noted(as_written(each.title), tuple(notes)), where, each.cost_pence])
    heads = [Column("Code"), Column("Project"), Column("Where"), Column("Cost", "pence")]
    return Table("Projects", heads, rows, empty="No project is listed yet.")


def turnout_table(vote: Vote) -> Table:
    """How many ballots came by which channel; what is on them is counted after the last day alone."""
    came = dict(vote.ballots.order_by().values_list("channel").annotate(Count("pk")))
    rows = [[tell(str(channel.label)), came.get(channel.value, 0)] for channel in Ballot.Channel]
    total = [tell("Together"), sum(came.values())]
    note = tell_count(codes_out(vote), "{number} code is out.", "{number} codes are out.")
    return Table(
        "Ballots so far", [Column("How they came"), Column("Ballots", "number")], rows, totals=total, note=note
    )


def refused_table(vote: Vote) -> Table:
    """How many attempts were refused, by reason."""
    rows = [[tell(says), vote.refused.get(why.value, 0)] for why, says in SAID.items() if vote.refused.get(why.value)]
    heads = [Column("Why"), Column("Attempts", "number")]
    return Table("Attempts that were refused", heads, rows, empty="None was refused.")


def prepare_page(vote: Vote) -> dict[str, Any]:
    """The page of those who run a vote: every part of it, and what keeps it from going on."""
    is_draft = vote.state == Vote.State.DRAFT
    return {
        "vote": vote,
        "is_draft": is_draft,
        "missing": what_is_missing(vote) if is_draft else [],
        "projects": _projects_to_change(vote) if is_draft else projects_table(vote, projects_of(vote)),
        "rules": rules_in_words(vote),
        "lot": vote.rules.get("lot"),
        "roll": _roll_table(vote),
        "least": least_batch(vote),
        "turnout": None if is_draft else turnout_table(vote),
        "waiting": 0 if is_draft else len(waiting_of(vote)),
        "why_not_closed": why_not_closed(vote) if vote.state == Vote.State.OPEN else "",
        "refused": refused_table(vote),
    }


def _projects_to_change(vote: Vote) -> Table:
    rows = [
        [each.code, Link(each.title, address_of(vote, "vote_project", each.pk)), each.heading, each.cost_pence]
        for each in vote.projects.order_by("code")
    ]
    heads = [Column("Code"), Column("Project"), Column("Heading"), Column("Cost", "pence")]
    return Table("Projects", heads, rows, empty="No project is listed yet.")


def _roll_table(vote: Vote) -> Table:
    found = vote.roll.order_by("locality__name").values_list("locality__name").annotate(Count("pk"), Count("batch"))
    rows = [[name or "Without a locality", people, with_code] for name, people, with_code in found]
    heads = [Column("Locality"), Column("People", "people"), Column("In a batch of codes", "people")]
    return Table("Who is on the roll", heads, rows, empty="There is no roll yet.")


def codes_page(vote: Vote) -> dict[str, Any]:
    """The batches of a vote."""
    batches = list(vote.batches.order_by("number"))
    return {
        "vote": vote,
        "batches": [(each, each.state == CodeBatch.State.MADE, each.state != CodeBatch.State.VOID) for each in batches],
        "roll": _roll_table(vote),
        "least": least_batch(vote),
        "places": places_of(vote),
    }


def votes_table(votes: list[Vote]) -> Table:
    """All votes of a partnership that have opened."""
    rows = [
        [
            Link(as_written(each.title), address_of(each)),
            each.sum_pence,
            show_kept(where_it_stands(each, takes_ballots(each))),
        ]
        for each in votes
    ]
    heads = [Column("Vote"), Column("Sum", "pence"), Column("Where it stands")]
    return Table("Votes on a sum", heads, rows, empty="No vote has opened yet.")


def chosen_of(vote: Vote, choices: list[str], caption: str = "Your choice") -> Table:
    """What stands on one ballot."""
    rows = [
        [as_written(each.title), each.cost_pence] for each in vote.projects.filter(code__in=choices).order_by("code")
    ]
    heads = [Column("Project"), Column("Cost", "pence")]
    return Table(caption, heads, rows, empty="Nothing.")


def ways_of(vote: Vote) -> dict[str, str]:
    """What the pages of a vote share: their addresses, and its sum as people read it."""
    names = ("vote", "ballot", "check_ballot", "result")
    slug = vote.conversation.partnership.slug
    addresses = {f"{name}_address": reverse(f"voice:{name}", args=[slug, vote.pk]) for name in names}
    return {**addresses, "sum": say_sum(vote.sum_pence)}
