"""Reads the export of a conversation that was held with Polis.

Its files: `votes.csv` with every vote ever cast (comment-id, voter-id, vote, timestamp), `comments.csv` with what was
said, and `participants-votes.csv` with a row for each person and a column for each comment. A later vote of the same
person on the same comment takes the place of an earlier one, and comments that moderators rejected are left out, as
Polis itself does.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from locality.foundations import Column, Fault, InputRefused, Kind, Table, check_frame
from locality.voice.opinion_groups.votes import Votes, collect_votes

_VOTES = Table(
    name="polis votes",
    description="One vote.",
    columns=(
        Column("timestamp", Kind.NUMBER, "When", nullable=True, optional=True),
        Column("comment-id", Kind.CODE, "On what"),
        Column("voter-id", Kind.CODE, "Whose"),
        Column("vote", Kind.WHOLE, "1, 0 or -1", minimum=-1, maximum=1),
    ),
)
_COMMENTS = Table(
    name="polis comments",
    description="One comment.",
    columns=(
        Column("comment-id", Kind.CODE, "Code"),
        Column("agrees", Kind.WHOLE, "How many agreed", nullable=True, optional=True),
        Column("disagrees", Kind.WHOLE, "How many disagreed", nullable=True, optional=True),
        Column("moderated", Kind.WHOLE, "-1 where it was rejected", nullable=True, optional=True),
        Column("comment-body", Kind.TEXT, "What it says"),
    ),
    key=("comment-id",),
)
_WORDS = {1: "agree", 0: "pass", -1: "disagree"}


@dataclass(frozen=True)
class PolisExport:
    """What an export holds.

    Args:
        votes: The votes that count.
        notes: What was left out or turned round, in sentences.
    """

    votes: Votes
    notes: tuple[str, ...]


def is_polis(columns: pd.Index) -> bool:
    """Say whether a table of votes has the columns of Polis."""
    return {"comment-id", "voter-id", "vote"} <= set(columns) or {"participant", "group-id", "n-votes"} <= set(columns)


def read_polis(
    votes: pd.DataFrame, comments: pd.DataFrame, *, files: tuple[str, str] = ("votes.csv", "comments.csv")
) -> PolisExport:
    """Read an export of Polis.

    Args:
        votes: Cells of `votes.csv` or of `participants-votes.csv`, as text; the index holds the row numbers.
        comments: Cells of `comments.csv`.
        files: How the two files are called in messages.

    Returns:
        The votes that count, and what was left out. Comments nobody voted on stay out.

    Raises:
        InputRefused: A column lacks or a cell is wrong; every fault at once.
    """
    long = votes if "voter-id" in votes.columns else _unfold(votes)
    cast, faults = check_frame(_VOTES, long, files[0])
    said, wrong = check_frame(_COMMENTS, comments, files[1])
    faults += wrong or _unknown(cast, said, files[0])
    if faults:
        raise InputRefused(faults)
    newest = _newest(cast)
    rejected = said["moderated"].eq(-1).fillna(False).astype(bool)
    kept = newest[newest["comment-id"].isin(said.loc[~rejected, "comment-id"])]
    turn, turned = _turn_signs(newest, said)
    counted = pd.DataFrame(
        {
            "participant": kept["voter-id"],
            "statement": kept["comment-id"],
            "vote": (kept["vote"] * turn).map(_WORDS),
        }
    )
    texts = pd.DataFrame({"statement": said["comment-id"], "text": said["comment-body"].str.strip()})
    texts = texts[texts["statement"].isin(counted["statement"])]
    notes = (
        *_note(len(cast) - len(newest), "earlier vote was", "earlier votes were", "taken over by later ones"),
        *_note(int(rejected.sum()), "rejected comment is", "rejected comments are", "left out"),
        *turned,
    )
    return PolisExport(collect_votes(counted, texts), notes)


def _unfold(wide: pd.DataFrame) -> pd.DataFrame:
    """Make one row for each vote of a table with a column for each comment."""
    comments = [name for name in wide.columns if str(name).isdigit()]
    long = wide.reset_index(names="row").melt(id_vars=["row", "participant"], value_vars=comments)
    long = long.dropna(subset=["value"]).rename(
        columns={"participant": "voter-id", "variable": "comment-id", "value": "vote"}
    )
    return long.set_index("row")


def _unknown(cast: pd.DataFrame, said: pd.DataFrame, file: str) -> list[Fault]:
    rows = cast[cast["comment-id"].notna() & ~cast["comment-id"].isin(said["comment-id"])]
    if rows.empty:
        return []
    what = f"there is no comment '{rows['comment-id'].iloc[0]}'"
    do = "Export the conversation again, all files at once."
    return [Fault(file, what, do, "vote-no-statement", row=int(rows.index[0]), column="comment-id", rows=len(rows))]


def _newest(cast: pd.DataFrame) -> pd.DataFrame:
    ordered = cast.sort_values("timestamp", kind="stable", na_position="first")
    return ordered.drop_duplicates(["voter-id", "comment-id"], keep="last")


def _turn_signs(cast: pd.DataFrame, said: pd.DataFrame) -> tuple[int, tuple[str, ...]]:
    """Turn votes round where the comments' own totals say that -1 agrees, as in Polis's database."""
    if said["agrees"].isna().all() or said["disagrees"].isna().all():
        return 1, ()
    totals = said.set_index("comment-id")[["agrees", "disagrees"]].astype("Float64").fillna(0)
    counted = cast.groupby("comment-id")["vote"].sum().reindex(totals.index).fillna(0).astype("Float64")
    net = totals["agrees"] - totals["disagrees"]
    if float((net * counted).sum()) >= 0:
        return 1, ()
    return -1, ("By the totals of the comments, -1 means that somebody agrees: votes were turned round.",)


def _note(count: int, one: str, more: str, what: str) -> tuple[str, ...]:
    return (f"{count:,} {one if count == 1 else more} {what}.",) if count else ()
