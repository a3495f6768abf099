"""What pages show of a result: each project with its reason, who got something, both rules, one's own share."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django.utils import timezone

from locality.disclosure import rules_on
from locality.foundations import ResultRefused
from locality_web.core.tables import Column, Noted, Table
from locality_web.core.words import count_of, join_words
from locality_web.voice.votes.counting import published_election, share_of
from locality_web.voice.votes.models import Ballot, CountedVote, Project, Vote
from locality_web.voice.votes.rules_kept import is_by_locality
from locality_web.voice.votes.vote_pages import refused_table, ways_of
from locality_web.voice.votes.vote_words import rules_in_words, say_sum

_LEAST_KINDS = 2
_RULES = {"equal-shares": "Method of Equal Shares", "greedy": "Most votes first"}


def result_page(vote: Vote, found: CountedVote) -> dict[str, Any]:
    """The page of a result."""
    said = found.result
    titles = {each.code: each for each in vote.projects.select_related("locality")}
    withheld = why_withheld(vote)
    return {
        "vote": vote,
        "found": found,
        "said": said,
        "spent": say_sum(said["spent_pence"]),
        "remains": say_sum(said["remains_pence"]),
        "share": _share(said),
        "won": _projects(said, titles, won=True),
        "lost": _projects(said, titles, won=False),
        "rules": rules_in_words(vote),
        "reach": [table for table in (_place_table(vote, said), _channel_table(said)) if table is not None],
        "compared": _compared(vote, said, titles, is_withheld=bool(withheld)),
        "refused": refused_table(vote),
        "withheld": withheld,
        "command": f"unzip vote-{vote.pk}.zip\nlocality voice choose vote-{vote.pk}",
        **ways_of(vote),
    }


def why_withheld(vote: Vote) -> str:
    """Say why the ballots are not given out one by one; nothing when they are."""
    if not is_by_locality(vote):
        return ""
    try:
        published_election(vote)
    except ResultRefused as refused:
        return str(refused)
    return ""


def _share(said: dict[str, Any]) -> str:
    shares = [(group, say_sum_of(share)) for group, share in said["share"]]
    if not shares:
        return ""
    if len(shares) == 1 and not shares[0][0]:
        return f"Each voter's share was {shares[0][1]}."
    return f"Each voter's share was: {join_words(f'{group} {share}' for group, share in shares)}."


def say_sum_of(exact: str) -> str:
    """Write an exact amount of pence as people read it."""
    pence = Fraction(exact)
    return say_sum(int(pence)) if pence.denominator == 1 else f"about {say_sum(int(pence))}"


def _projects(said: dict[str, Any], titles: dict[str, Project], *, won: bool) -> Table:
    those = [each for each in said["projects"] if bool(each["order"]) == won]
    those.sort(key=lambda each: (each["order"], -each["supporters"], each["code"]))
    rows = [
        [
            Noted(titles[each["code"]].title, (each["says"],)),
            each["supporters"],
            each["funded_pence"] if won else titles[each["code"]].cost_pence,
        ]
        for each in those
    ]
    heads = [Column("Project, and why"), Column("Supporters", "people"), Column("Gets" if won else "Cost", "pence")]
    caption = "Projects that win" if won else "Projects that do not win"
    return Table(caption, heads, rows, empty="None.")


def _place_table(vote: Vote, said: dict[str, Any]) -> Table | None:
    names = dict(vote.conversation.partnership.localities.values_list("code", "name"))
    return _reach_table("By locality", said["of_place"], names)


def _channel_table(said: dict[str, Any]) -> Table | None:
    names = {str(each): str(each.label) for each in Ballot.Channel}
    return _reach_table("By how ballots came", said["of_channel"], names)


def _reach_table(caption: str, lines: list[list[Any]], names: dict[str, str]) -> Table | None:
    """Give the table, if it says more than the sums that anybody makes of the ballots, and says it of enough people."""
    *parts, together = lines
    if len(parts) < _LEAST_KINDS or None in together:
        return None
    said = {"all": "Together", "?": "Not recorded", **names}
    rows = [
        [said.get(each, each), *("hidden" if one is None else f"{one:,}" for one in counts)] for each, *counts in lines
    ]
    heads = [
        Column("Ballots"),
        Column("With a winning project", "number"),
        Column("With none", "number"),
        Column("Together", "number"),
    ]
    note = "Small numbers of people are hidden, and others with them where a sum would give them back."
    return Table(caption, heads, rows, note=note if any("hidden" in row for row in rows) else "")


def _compared(vote: Vote, said: dict[str, Any], titles: dict[str, Project], *, is_withheld: bool) -> dict[str, Any]:
    """Both rules side by side; where the ballots are not given out, small numbers of people are not either."""
    own, other = vote.rules["rule"], said["other"]["rule"]
    threshold = rules_on(timezone.localdate()).threshold if is_withheld else 0
    small = any(0 < said[what][rule] <= threshold for what in ("nothing", "prefer") for rule in (own, other))
    rows = [
        [
            _RULES[rule],
            join_words(titles[code].title for code in winners) or "none",
            spent,
            "hidden" if small else f"{said['nothing'][rule]:,}",
        ]
        for rule, winners, spent in (
            (own, said["winners"], said["spent_pence"]),
            (other, said["other"]["winners"], said["other"]["spent_pence"]),
        )
    ]
    heads = [
        Column("Rule"),
        Column("Wins"),
        Column("Spent", "pence"),
        Column("Voters without a winning project", "number"),
    ]
    return {
        "table": Table("The same ballots under both rules", heads, rows),
        "says": _told(said, own, other, small=small),
    }


def _told(said: dict[str, Any], own: str, other: str, *, small: bool) -> str:
    if set(said["winners"]) == set(said["other"]["winners"]):
        return "Both rules choose the same projects from these ballots."
    if small:
        return "The other rule would choose other projects from these ballots."
    ours, theirs = said["nothing"][own], said["nothing"][other]
    differ = (
        f"{count_of(said['prefer'][own], 'voter')} would see more money go to what they chose under the rule of this "
    )
    differ += f"vote, {count_of(said['prefer'][other], 'voter')} under the other one; for the rest it is as much."
    if ours == theirs:
        return f"Under both rules as many people have no winning project. {differ}"
    word = "fewer" if ours < theirs else "more"
    few, many = sorted((ours, theirs))
    return (
        f"The rule of this vote leaves {many - few:,} {word} people without a winning project than the other would. "
        f"{differ} Which of them is fairer was decided before the vote, and not by this table."
    )


def share_shown(vote: Vote, result: CountedVote, ballot: Ballot) -> dict[str, Any] | None:
    """What became of one's own share, for whoever shows the code."""
    share = share_of(vote, result, ballot)
    if share is None:
        return None
    titles = dict(vote.projects.values_list("code", "title"))
    rows = [[titles[code], say_sum_of(paid)] for code, paid in share["paid"].items()]
    heads = [Column("Project"), Column("Your part of it", "number")]
    says = (
        f"Your share was {say_sum_of(share['share'])}. {say_sum_of(share['left']).capitalize()} of it was not needed."
    )
    return {"says": says, "table": Table("Where your share went", heads, rows, empty="None of it was spent.")}
