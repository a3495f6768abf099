"""Write a vote as a Pabulib file, which others can count again."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from decimal import Decimal

from locality.voice.choice.currency import Currency
from locality.voice.choice.election import Election
from locality.voice.choice.outcome import Outcome

_CHANNELS = {"web": "internet"}


def write_pabulib(election: Election, outcome: Outcome | None = None, *, meta: Mapping[str, str] | None = None) -> str:
    """Write a vote in the format of Pabulib.

    Args:
        election: The vote. A ballot that stands for several is written as often; groups, rivals and parts have no place
            in the format.
        outcome: If given, projects say whether they were funded.
        meta: More to say about it, such as country, unit and dates.

    Returns:
        The text of a .pb file, which `read_pabulib` reads back.
    """
    said = io.StringIO()
    lines = csv.writer(said, delimiter=";", lineterminator="\n")
    _section(lines, "META", ("key", "value"), _meta(election, outcome, meta or {}))
    columns = ("project_id", "cost", "votes", "name", "category", "neighborhood", *(("selected",) if outcome else ()))
    _section(lines, "PROJECTS", columns, _projects(election, outcome))
    points = ("points",) if _has_points(election) else ()
    _section(lines, "VOTES", ("voter_id", "neighborhood", "voting_method", "vote", *points), _votes(election))
    return said.getvalue()


def _section(lines: object, name: str, header: Iterable[str], rows: Iterable[tuple[str, ...]]) -> None:
    lines.writerow([name])  # type: ignore[attr-defined]
    lines.writerow(header)  # type: ignore[attr-defined]
    lines.writerows(rows)  # type: ignore[attr-defined]


def _has_points(election: Election) -> bool:
    return any(ballot.points for ballot in election.ballots)


def _meta(election: Election, outcome: Outcome | None, meta: Mapping[str, str]) -> list[tuple[str, str]]:
    own = {
        "description": election.name,
        "num_projects": str(len(election.projects)),
        "num_votes": str(election.voters),
        "budget": _amount(election.budget, election.currency),
        "vote_type": "scoring" if _has_points(election) else "approval",
        "currency": election.currency.code,
    }
    if outcome is not None:
        own["rule"] = "greedy" if outcome.rule == "greedy" else "equalshares"
    return list((own | {key: text for key, text in meta.items() if key not in own}).items())


def _projects(election: Election, outcome: Outcome | None) -> Iterable[tuple[str, ...]]:
    for one in election.projects:
        funded = (str(int(bool(outcome.by_code[one.code].order))),) if outcome else ()
        cost = _amount(one.cost, election.currency)
        yield one.code, cost, str(election.votes[one.code]), one.name, one.heading, one.area, *funded


def _votes(election: Election) -> Iterable[tuple[str, ...]]:
    has_points = _has_points(election)
    for ballot in election.ballots:
        channel = _CHANNELS.get(ballot.channel, ballot.channel)
        points = ballot.points or (1,) * len(ballot.choices)
        given = (",".join(str(one) for one in points),) if has_points else ()
        for again in range(ballot.weight):
            code = f"{ballot.code}-{again + 1}" if ballot.weight > 1 else ballot.code
            yield code, ballot.place, channel, ",".join(ballot.choices), *given


def _amount(minor: int, currency: Currency) -> str:
    return f"{(Decimal(minor) / currency.minor_units).normalize():f}"
