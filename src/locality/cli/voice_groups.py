"""`locality voice groups`: groups of people who vote alike on short statements."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import click
import pandas as pd
from rich.console import Console
from rich.table import Table as Printed

from locality import __version__
from locality.cli import area_words
from locality.cli.area_files import write_json, write_text
from locality.cli.options import json_option, on_option
from locality.disclosure import rules_applied, rules_on
from locality.foundations import Fault, InputRefused, hash_file
from locality.sources.files import read_cells
from locality.voice.opinion_groups import (
    SCHEMA,
    AnswerCounts,
    NamedStatement,
    PublishedGroups,
    Votes,
    find_opinion_groups,
    group_rules,
    is_polis,
    publish_groups,
    read_polis,
    read_votes,
    render_groups,
)

_OUT = click.Path(file_okay=False, path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_ENDINGS = (".csv", ".csv.gz", ".parquet", ".xlsx")


@click.command("groups")
@click.argument("source", type=click.Path(exists=True, path_type=Path), metavar="FOLDER|FILE")
@click.option("--statements", type=_FILE, help="The table of statements, where it is not beside the votes.")
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="The same seed, the same groups.")
@click.option("--out", type=_OUT, help="Folder for report.html, groups.json and tables as CSV; made if need be.")
@json_option
@on_option
def groups_command(
    source: Path, statements: Path | None, seed: int, out: Path | None, as_json: bool, on: dt.datetime
) -> None:
    """Find groups of people who agree and disagree with the same statements, or say that there are none.

    FOLDER holds the tables votes and statements, or an export of Polis; FILE is the table of votes. What is printed and
    written has passed disclosure control and holds nothing about single people.
    """
    files, votes, notes = _read(source, statements)
    found = find_opinion_groups(votes, group_rules(on.date()), seed=seed)
    rules = rules_on(on.date())
    published = publish_groups(found, rules)
    told = _as_json(published, files, notes, on.date())
    if out is not None:
        write_json(out / "groups.json", told)
        write_text(out / "groups.csv", _groups_table(published).to_csv(index=False))
        write_text(out / "statements.csv", _statements_table(published).to_csv(index=False))
        made_by = f"locality {__version__}"
        page = render_groups(published, rules, title=_title(source), made_by=made_by, made_on=on.date(), notes=notes)
        write_text(out / "report.html", page)
    if as_json:
        click.echo(json.dumps(told, indent=1, ensure_ascii=False))
        return
    _say(area_words.console(), published, notes)


def _read(source: Path, statements: Path | None) -> tuple[tuple[Path, ...], Votes, tuple[str, ...]]:
    """Find the files, and read them as what they are."""
    folder = source if source.is_dir() else source.parent
    file = source if source.is_file() else _find(folder, "votes") or _find(folder, "participants-votes")
    if file is None:
        what, do = "the folder holds no table of votes", "Put votes.csv into it, or name the file."
        raise InputRefused([Fault(source.name, what, do, "no-votes-file")])
    cells = read_cells(file, file.name)
    if is_polis(cells.columns):
        comments = statements or _find(folder, "comments")
        if comments is None:
            what, do = "comments.csv is not beside the votes", "Put the whole export into one folder."
            raise InputRefused([Fault(file.name, what, do, "no-votes-file")])
        export = read_polis(cells, read_cells(comments, comments.name), files=(file.name, comments.name))
        return (file, comments), export.votes, export.notes
    named = statements or (_find(folder, "statements") if source.is_dir() else None)
    texts = None if named is None else read_cells(named, named.name)
    votes = read_votes(cells, texts, files=(file.name, named.name if named else "statements"))
    return tuple(one for one in (file, named) if one), votes, ()


def _title(source: Path) -> str:
    """Call it by the folder, or by the file without its ending."""
    whole = source.resolve()
    return whole.name if whole.is_dir() else whole.name.partition(".")[0]


def _find(folder: Path, name: str) -> Path | None:
    """Find a table by its name, whatever form it has."""
    return next((folder / f"{name}{ending}" for ending in _ENDINGS if (folder / f"{name}{ending}").is_file()), None)


def _as_json(found: PublishedGroups, files: tuple[Path, ...], notes: tuple[str, ...], on: dt.date) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "made_by": f"locality {__version__}",
        "made_on": str(on),
        "inputs": [{"file": one.name, "sha256": hash_file(one)} for one in files],
        "notes": list(notes),
        "is_grouped": found.is_grouped,
        "is_shading": found.is_shading,
        "says": list(found.says),
        "people": found.people,
        "in_no_group": found.in_no_group,
        "groups": [
            {
                "name": one.name,
                "people": one.people,
                "overlap": one.overlap,
                "called": one.called,
                "says": one.says,
                "represents": _list(one.represents),
            }
            for one in found.groups
        ],
        "shared": _list(found.shared),
        "divides": _list(found.divides),
        "statements": [
            {
                "statement": one.statement,
                "text": one.text,
                "answers": {name: _counts(row) for name, row in one.answers.items()},
            }
            for one in found.statements
        ],
        "tests": found.tests,
        "disclosure": rules_applied(on),
    }


def _list(named: tuple[NamedStatement, ...]) -> list[dict[str, str]]:
    return [{"statement": one.statement, "text": one.text, "answer": one.answer, "says": one.says} for one in named]


def _counts(row: AnswerCounts) -> dict[str, Any]:
    return {"agree": row.agree, "disagree": row.disagree, "pass": row.passed}


def _groups_table(found: PublishedGroups) -> pd.DataFrame:
    rows = [(one.name, one.people, one.overlap, one.called) for one in found.groups]
    frame = pd.DataFrame(rows, columns=["group", "people", "overlap", "called"])
    return frame.astype({"people": "Int64"})


def _statements_table(found: PublishedGroups) -> pd.DataFrame:
    rows = [
        (one.statement, one.text, group, row.agree, row.disagree, row.passed)
        for one in found.statements
        for group, row in one.answers.items()
    ]
    frame = pd.DataFrame(rows, columns=["statement", "text", "group", "agree", "disagree", "pass"])
    return frame.astype(dict.fromkeys(("agree", "disagree", "pass"), "Int64"))


def _say(out: Console, found: PublishedGroups, notes: tuple[str, ...]) -> None:
    for note in notes:
        out.print(f"Note: {note}")
    for sentence in found.says:
        out.print(sentence)
    for group in found.groups:
        out.print()
        out.print(group.says)
        if group.represents:
            out.print(_table("What represents it", group.represents))
    everybody = "What all groups share" if found.is_grouped else "What most people share"
    for title, named in ((everybody, found.shared), ("What divides the groups", found.divides)):
        out.print()
        if named:
            out.print(_table(title, named))
        elif found.is_grouped or title == everybody:
            out.print(f"{title}: no statement clearly.")
    out.print("Counts from 1 to the threshold are not shown, nor is what would give them away.")


def _table(title: str, named: tuple[NamedStatement, ...]) -> Printed:
    table = Printed("statement", "what was found", title=title, title_justify="left")
    for one in named:
        table.add_row(one.text, one.says)
    return table
