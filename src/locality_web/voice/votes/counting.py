"""How a vote is counted: once, exactly, in the background; and what is kept of it for everybody to read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from django.utils import timezone

from locality.disclosure import ALL, Axis, rules_on, suppress
from locality.foundations import ResultRefused
from locality.voice import choice as library
from locality.voice.choice import (
    ChoiceRules,
    Comparison,
    Outcome,
    ProjectOutcome,
    compare_rules,
    explain_all,
    inputs_hash,
)
from locality_web.core.jobs import finishing, job
from locality_web.core.models import Job
from locality_web.voice.votes.frozen import election_of, refuse_if_changed
from locality_web.voice.votes.models import Ballot, CountedVote, Vote
from locality_web.voice.votes.rules_kept import is_by_locality, rules_of
from locality_web.voice.votes.vote_changes import record

SOMETHING, NOTHING = "something", "nothing"


@job("voice.count_vote", whole=False)
def count_vote(job: Job) -> None:
    """Count a vote that is closed."""
    vote = Vote.objects.select_related("conversation__partnership", "conversation__held_by").get(
        pk=job.arguments["vote"]
    )
    if vote.state != Vote.State.CLOSED:
        raise ResultRefused(f"This vote is {vote.get_state_display().lower()}: there is nothing to count.")
    refuse_if_changed(vote)
    election, rules = election_of(vote, ballots_of(vote)), rules_of(vote)
    compared = compare_rules(election, rules)
    inputs = inputs_hash(rules, as_published(vote, election))
    said = written(vote, election, compared)
    with finishing(job):
        kept = Vote.objects.select_for_update().get(pk=vote.pk)
        kept.conversation = vote.conversation
        refuse_if_changed(kept)
        CountedVote.objects.create(vote=kept, inputs_sha256=inputs, result=said, counted_by=job.asked_by)
        kept.state = Vote.State.COUNTED
        kept.save(update_fields=["state"])
        detail = {"inputs_sha256": inputs, "winners": said["winners"], "ballots": len(election.ballots)}
        record(job.asked_by, kept, "voice.vote_counted", f"Counted the vote “{kept.title}”", detail)
        job.says = f"Counted {len(election.ballots):,} ballots."
        job.save(update_fields=["says"])


def ballots_of(vote: Vote) -> list[library.Ballot]:
    """Give all ballots, numbered in an order that says nothing of who cast them: by what is on them."""
    by_locality = is_by_locality(vote)
    found = Ballot.objects.filter(vote=vote).values_list("choices", "channel", "code__locality__code", "pk")
    rows = sorted(
        (place or "" if by_locality else "", tuple(chosen), pk, channel, place or "")
        for chosen, channel, place, pk in found
    )
    return [
        library.Ballot(code=str(number), choices=choices, channel=channel, place=place, group=group)
        for number, (group, choices, _, channel, place) in enumerate(rows, start=1)
    ]


def as_published(vote: Vote, election: library.Election) -> library.Election:
    """Give the vote without what is not needed to count it: by which channel a ballot came, and from where."""
    return replace(election, ballots=tuple(replace(each, channel="", place="") for each in election.ballots))


def published_election(vote: Vote) -> tuple[ChoiceRules, library.Election]:
    """Give what anybody may count again.

    Raises:
        ResultRefused: So few voted in a locality that its ballots would say too much.
    """
    election = as_published(vote, election_of(vote, ballots_of(vote)))
    few = _few(vote, Counter(each.group for each in election.ballots if each.group))
    if few:
        raise ResultRefused(
            f"The ballots are not given out one by one: in {len(few)} of the localities only a few people voted, and "
            "each ballot says in which one it counts.",
            "The hash of all inputs stands on the result's page; an auditor can count on the site.",
        )
    return rules_of(vote), election


def published_result(vote: Vote, found: CountedVote) -> dict[str, Any]:
    """Give what everybody may read of a result: nothing of single ballots.

    Where the ballots are not given out, a small number of people is not either: `nothing` and `prefer` are None then.
    """
    told = {name: value for name, value in found.result.items() if name != "of_ballot"}
    threshold = rules_on(timezone.localdate()).threshold
    small = any(0 < number <= threshold for what in ("nothing", "prefer") for number in told[what].values())
    if small and _is_withheld(vote):
        told |= {"nothing": None, "prefer": None}
    return told


def _is_withheld(vote: Vote) -> bool:
    try:
        published_election(vote)
    except ResultRefused:
        return True
    return False


def _few(vote: Vote, voters: Counter[str]) -> list[str]:
    threshold = rules_on(timezone.localdate()).threshold
    return [place for place, number in voters.items() if number <= threshold]


def written(vote: Vote, election: library.Election, compared: Comparison) -> dict[str, Any]:
    """Write the result as plain values: amounts in pence, fractions as text."""
    chosen, other = compared.chosen, compared.other
    reasons = explain_all(election, chosen)
    return {
        "winners": list(chosen.winners),
        "voters": election.voters,
        "spent_pence": chosen.spent,
        "remains_pence": chosen.remains,
        "steps": chosen.steps,
        "share": [[group, str(share)] for group, share in chosen.share],
        "projects": [
            {
                "code": each.code,
                "funded_pence": each.funded,
                "order": each.order,
                "supporters": each.supporters,
                "says": reasons[each.code],
            }
            for each in chosen.projects
        ],
        "other": {"rule": other.rule, "winners": list(other.winners), "spent_pence": other.spent},
        "nothing": {rule: number for rule, number in compared.everybody.nothing},
        "prefer": {rule: number for rule, number in compared.prefer},
        "of_place": _reach(election, chosen, lambda each: each.place),
        "of_channel": _reach(election, chosen, lambda each: each.channel),
        "of_ballot": _shares(election, chosen),
    }


def outcome_of(vote: Vote, found: CountedVote) -> Outcome:
    """Give what was decided, as it was counted once, in the library's form."""
    projects = tuple(
        ProjectOutcome(each["code"], each["funded_pence"], order=each["order"], supporters=each["supporters"])
        for each in found.result["projects"]
    )
    return Outcome(vote.rules["rule"], projects, vote.sum_pence)


def _reach(election: library.Election, chosen: Outcome, kind: Any) -> list[list[Any]]:
    """Count by kind of ballot who chose a winner and who chose none; what is small goes through disclosure."""
    won = set(chosen.winners)
    counted = Counter((kind(each), NOTHING if won.isdisjoint(each.choices) else SOMETHING) for each in election.ballots)
    kinds = sorted({each for each, _ in counted})
    axes = [Axis("kind", tuple(each or "?" for each in kinds)), Axis("gets", (SOMETHING, NOTHING))]
    counts = [[counted[each, SOMETHING], counted[each, NOTHING]] for each in kinds]
    table = suppress(axes, counts, rules_on(timezone.localdate())).long()
    found: dict[str, dict[str, int | None]] = {}
    for row in table.to_dict("records"):
        found.setdefault(row["kind"], {})[row["gets"]] = None if row["hidden"] else int(row["people"])
    return [[each, found[each][SOMETHING], found[each][NOTHING], found[each][ALL]] for each in (*axes[0].leaves, ALL)]


def _shares(election: library.Election, chosen: Outcome) -> list[dict[str, Any]]:
    """Write what became of the share of each kind of ballot: equal ballots of equal shares pay the same."""
    if not chosen.class_of_ballot:
        return []
    payments: dict[int, dict[str, str]] = {}
    for code, those in chosen.payments:
        for one in those:
            payments.setdefault(one.ballot_class, {})[code] = str(Fraction(one.numerator, one.denominator))
    share = dict(chosen.share)
    seen: dict[tuple[str, tuple[str, ...]], int] = {}
    for ballot, at in zip(election.ballots, chosen.class_of_ballot, strict=True):
        seen.setdefault((ballot.group, ballot.choices), at)
    return [
        {
            "group": group,
            "choices": list(choices),
            "share": str(share[group]),
            "left": str(chosen.left[at]),
            "paid": payments.get(at, {}),
        }
        for (group, choices), at in seen.items()
    ]


def share_of(vote: Vote, result: CountedVote, ballot: Ballot) -> dict[str, Any] | None:
    """Give what became of the share of one ballot; None: the rule gives no shares."""
    group = (ballot.code.locality.code if ballot.code.locality else "") if is_by_locality(vote) else ""
    those: Sequence[dict[str, Any]] = result.result["of_ballot"]
    return next((each for each in those if each["group"] == group and each["choices"] == ballot.choices), None)
