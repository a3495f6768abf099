"""What pages show of a result: each project with its reason, who got something, both rules, one's own share."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django.utils import timezone

from locality.disclosure import rules_on
from locality.foundations import ResultRefused
from locality_web.core.languages import tell, tell_count
from locality_web.core.languages_kept import as_written, show_kept
from locality_web.core.remembered import Memory
from locality_web.core.tables import Column, Noted, Table
from locality_web.voice.votes.counting import published_election, share_of
from locality_web.voice.votes.models import Ballot, CountedVote, Project, Vote
from locality_web.voice.votes.rules_kept import is_by_locality
from locality_web.voice.votes.vote_pages import refused_table, ways_of
from locality_web.voice.votes.vote_words import rules_in_words, say_sum

_LEAST_KINDS = 2
_RULES = {"equal-shares": "Method of Equal Shares", "greedy": "Most votes first"}


def result_page(vote: Vote, found: CountedVote) -> dict[str, Any]:
    """The page of a result."""
    memory = Memory(vote.conversation.partnership)
    said = result_told(vote, memory)
    titles = {each.code: each for each in vote.projects.select_related("locality")}
    withheld = memory.read(("voice.vote_withheld", str(vote.pk)), (), lambda: why_withheld(vote))
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


def result_told(vote: Vote, memory: Memory) -> dict[str, Any]:
    """Give the result without what became of each ballot's share, which may be some megabytes.

    It hangs on no room: the database takes no change of a counted vote.
    """

    def read() -> dict[str, Any]:
        counted = CountedVote.objects.get(vote=vote)
        return {name: value for name, value in counted.result.items() if name != "of_ballot"}

    return memory.read(("voice.vote_result", str(vote.pk)), (), read)


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
        return tell("Each voter's share was {sum}.", sum=shares[0][1])
    return tell("Each voter's share was: {sums}.", sums="; ".join(f"{group} {share}" for group, share in shares))


def say_sum_of(exact: str) -> str:
    """Write an exact amount of pence as people read it."""
    pence = Fraction(exact)
    return say_sum(int(pence)) if pence.denominator == 1 else tell("about {sum}", sum=say_sum(int(pence)))


def _projects(said: dict[str, Any], titles: dict[str, Project], *, won: bool) -> Table:
    those = [each for each in said["projects"] if bool(each["order"]) == won]
    those.sort(key=lambda each: (each["order"], -each["supporters"], each["code"]))
    rows = [
        [
            Noted(as_written(titles[each["code"]].title), (show_kept(each["says"]),)),
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
    names = {str(each): tell(str(each.label)) for each in Ballot.Channel}
    return _reach_table("By how ballots came", said["of_channel"], names)


def _reach_table(caption: str, lines: list[list[Any]], names: dict[str, str]) -> Table | None:
    """Give the table, if it says more than the sums that anybody makes of the ballots, and says it of enough people."""
    *parts, together = lines
    if len(parts) < _LEAST_KINDS or None in together:
        return None
    said = {"all": tell("Together"), "?": tell("Not recorded"), **names}
    rows = [
        [said.get(each, each), *(tell("hidden") if one is None else f"{one:,}" for one in counts)]
        for each, *counts in lines
    ]
    heads = [
        Column("Ballots"),
        Column("With a winning project", "number"),
        Column("With none", "number"),
        Column("Together", "number"),
    ]
    note = "Small numbers of people are hidden, and others with them where a sum would give them back."
    return Table(caption, heads, rows, note=note if any(tell("hidden") in row for row in rows) else "")


def _compared(vote: Vote, said: dict[str, Any], titles: dict[str, Project], *, is_withheld: bool) -> dict[str, Any]:
    """Both rules side by side; where the ballots are not given out, small numbers of people are not either."""
    own, other = vote.rules["rule"], said["other"]["rule"]
    threshold = rules_on(timezone.localdate()).threshold if is_withheld else 0
    small = any(0 < said[what][rule] <= threshold for what in ("nothing", "prefer") for rule in (own, other))
    rows = [
        [
            tell(_RULES[rule]),
            as_written("; ".join(titles[code].title for code in winners)) or tell("none"),
            spent,
            tell("hidden") if small else f"{said['nothing'][rule]:,}",
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
        return tell("Both rules choose the same projects from these ballots.")
    if small:
        return tell("The other rule would choose other projects from these ballots.")
    ours, theirs = said["nothing"][own], said["nothing"][other]
    differ = [
        tell_count(
            said["prefer"][own],
            "{number} voter would see more money go to what they chose under the rule of this vote.",
            "{number} voters would see more money go to what they chose under the rule of this vote.",
        ),
        tell_count(
            said["prefer"][other],
            "{number} voter would see more of it under the other rule.",
            "{number} voters would see more of it under the other rule.",
        ),
        tell("For the rest it is as much."),
    ]
    if ours == theirs:
        return " ".join([tell("Under both rules as many people have no winning project."), *differ])
    which = tell("Which of them is fairer was decided before the vote, and not by this table.")
    return " ".join([_say_left_out(theirs - ours), *differ, which])


def _say_left_out(fewer: int) -> str:
    if fewer > 0:
        one = "The rule of this vote leaves {number} person fewer without a winning project than the other would."
        many = "The rule of this vote leaves {number} people fewer without a winning project than the other would."
    else:
        one = "The rule of this vote leaves {number} person more without a winning project than the other would."
        many = "The rule of this vote leaves {number} people more without a winning project than the other would."
    return tell_count(abs(fewer), one, many)


def share_shown(vote: Vote, result: CountedVote, ballot: Ballot) -> dict[str, Any] | None:
    """What became of one's own share, for whoever shows the code."""
    share = share_of(vote, result, ballot)
    if share is None:
        return None
    titles = dict(vote.projects.values_list("code", "title"))
    rows = [[as_written(titles[code]), say_sum_of(paid)] for code, paid in share["paid"].items()]
    heads = [Column("Project"), Column("Your part of it", "number")]
    said = {"sum": say_sum_of(share["share"]), "left": say_sum_of(share["left"])}
    says = tell("Your share was {sum}. Of it, {left} was not needed.", **said)
    return {"says": says, "table": Table("Where your share went", heads, rows, empty="None of it was spent.")}
