"""`locality voice choose`: how a community decides a sum, with the reason for each project."""

from __future__ import annotations

import datetime as dt
import json
import tomllib
from fractions import Fraction
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table as Printed

from locality import __version__
from locality.cli import area_words
from locality.cli.area_files import write_json, write_text
from locality.cli.options import json_option, on_option
from locality.disclosure import rules_on
from locality.foundations import Fault, InputRefused, hash_file
from locality.sources.files import read_cells
from locality.voice.choice import (
    Currency,
    ballots_table,
    choose,
    compare_rules,
    completions,
    explanations_table,
    load_choice_rules,
    preview,
    read_pabulib,
    read_vote,
    record_vote,
    render_vote,
)
from locality.voice.choice.rules_of_choice import RULES, UTILITIES
from locality.voice.choice.vote_tables import Vote

_TABLES = ("projects", "ballots", "voter_groups")
_ENDINGS = (".csv", ".csv.gz", ".parquet", ".xlsx")


class _Part(click.ParamType[Fraction]):
    """A part of one, like 1/3."""

    name = "part"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Fraction:
        """Read the part."""
        try:
            return Fraction(value)
        except (ValueError, ZeroDivisionError):
            self.fail(f"'{value}' is no part. Write it like 1/3.", param, ctx)


@click.command("choose")
@click.argument("source", type=click.Path(exists=True, path_type=Path), metavar="FILE.pb|FOLDER")
@click.option("--rule", type=click.Choice(RULES), help="Equal shares, or most votes first.")
@click.option("--utility", type=click.Choice(UTILITIES), help="What a voter gains: money, or projects.")
@click.option("--completion", type=click.Choice(completions()), help="What becomes of money that nobody can spend.")
@click.option("--step", type=click.IntRange(1), help="By how much shares are raised at a time, in pence.")
@click.option("--lot-seed", help="Text from which the lot for ties is made; say it before the count.")
@click.option("--minimum-votes", type=click.IntRange(0), help="Fewest supporters of a project.")
@click.option(
    "--votes-for-whole-sum", type=_Part(), help="Part of voters that a project for the whole sum needs, like 1/3."
)
@click.option("--compare", is_flag=True, help="Print the other rule beside it.")
@click.option("--preview", "ahead", is_flag=True, help="Print first which projects are ahead: near, in a moment.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Folder for results; made if need be.")
@json_option
@on_option
def choose_command(
    source: Path, compare: bool, ahead: bool, out: Path | None, as_json: bool, on: dt.datetime, **asked: Any
) -> None:
    """Decide a vote on a sum, from a Pabulib file or from a FOLDER with projects, ballots and rules.toml.

    With --out it writes result.json, explanations.csv and report.html, which may be published, and ballots.csv with the
    share of each ballot, which is about single people and stays with you.
    """
    vote, files = _read(source, on.date(), {name: said for name, said in asked.items() if said is not None})
    if ahead:
        click.echo(_ahead(vote), err=as_json)
    outcome = choose(vote.election, vote.rules)
    compared = compare_rules(vote.election, vote.rules, outcome)
    told = record_vote(vote.election, vote.rules, compared, disclosure=rules_on(on.date()))
    told |= {
        "made_by": f"locality {__version__}",
        "made_on": str(on.date()),
        "inputs": [{"file": one.name, "sha256": hash_file(one)} for one in files],
    }
    if out is not None:
        write_json(out / "result.json", told)
        write_text(out / "explanations.csv", explanations_table(vote.election, outcome).to_csv(index=False))
        write_text(out / "report.html", render_vote(told))
        if outcome.class_of_ballot:
            write_text(out / "ballots.csv", ballots_table(vote.election, outcome).to_csv(index=False))
    if as_json:
        click.echo(json.dumps(told, indent=1, ensure_ascii=False))
        return
    _say(area_words.console(), told, compare=compare)


def _ahead(vote: Vote) -> str:
    winners = preview(vote.election, vote.rules).winners
    return f"Ahead, near and not exact: {', '.join(winners) or 'none'}. The exact count decides."


def _read(source: Path, on: dt.date, asked: dict[str, Any]) -> tuple[Vote, list[Path]]:
    """Read a vote from what it is in; what the command asks for goes before the rules of a folder."""
    if source.is_file():
        return Vote(read_pabulib(source).election, load_choice_rules(on, **asked)), [source]
    rules = source / "rules.toml"
    found = {name: path for name in _TABLES if (path := _find(source, name))}
    gaps = [name for name in ("projects", "ballots") if name not in found] + ([] if rules.is_file() else ["rules.toml"])
    if gaps:
        do = "Put it into the folder, or name a Pabulib file."
        raise InputRefused([Fault(source.name, f"the folder holds no {gap}", do, "no-vote-file") for gap in gaps])
    try:
        said = tomllib.loads(rules.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as failed:
        do = "Mend it there."
        raise InputRefused([Fault(rules.name, f"it cannot be read: {failed}", do, "no-vote-file")]) from None
    names = {name: path.name for name, path in found.items()} | {"rules": rules.name}
    tables = {name: read_cells(path, path.name) for name, path in found.items()}
    return read_vote(tables, said | asked, files=names, on=on), [*found.values(), rules]


def _find(folder: Path, name: str) -> Path | None:
    return next((folder / f"{name}{ending}" for ending in _ENDINGS if (folder / f"{name}{ending}").is_file()), None)


def _say(out: Console, told: dict[str, Any], *, compare: bool) -> None:
    """Print the result."""
    say = Currency(told["currency"]["code"], told["currency"]["minor_units"]).say
    title = f"{told['vote']}: {say(told['spent'])} of {say(told['sum'])}, decided by {told['voters']:,} people"
    table = Printed(title=title, title_justify="left")
    for heading in ("Project", "Asks for", "Supporters", "Why"):
        table.add_column(heading, justify="right" if heading in ("Asks for", "Supporters") else "left")
    order = sorted(told["projects"], key=lambda one: (one["order"] or len(told["projects"]) + 1, -one["votes"]))
    for one in order:
        name = one["name"] if one["name"] == one["code"] else f"{one['code']} {one['name']}"
        table.add_row(name, say(one["cost"]), f"{one['supporters']:,}", one["why"])
    out.print(table)
    for share in told["share"]:
        whose = f"Each voter of {share['group']}" if share["group"] else "Each voter"
        raised = f", after {told['steps']:,} steps of {say(told['rules']['step'])}" if told["steps"] else ""
        out.print(f"{whose} had {share['about']}{raised}.")
    out.print(f"{say(told['remains'])} remains. {told['rules']['completion_means']}.")
    if compare:
        other = told["other_rule"]
        out.print(f"By {other['rule']}: {', '.join(other['winners'])} for {say(other['spent'])}.")
    for sentence in told["says"]:
        out.print(sentence)
    out.print(f"Rules and projects: SHA-256 {told['rules_sha256']}")
    out.print(f"With all ballots:   SHA-256 {told['inputs_sha256']}")
