"""Made-up votes on statements: blocs of people who are of one mind, people of no mind, and people along a line."""

from __future__ import annotations

import numpy as np
import pandas as pd

from locality.voice.opinion_groups import Votes, collect_votes

_WORDS = np.array(["disagree", "agree"])


def drawn_votes(picture: str) -> Votes:
    """Read a picture: a row for each person, a column for each statement: + agrees, - disagrees, o passes."""
    words = {"+": "agree", "-": "disagree", "o": "pass"}
    rows = [
        (f"p{person:03}", f"s{statement:02}", words[mark])
        for person, line in enumerate(picture.split())
        for statement, mark in enumerate(line)
        if mark in words
    ]
    return collect_votes(table(rows))


def table(rows: list[tuple[str, str, str]]) -> pd.DataFrame:
    """Make the table of votes."""
    return pd.DataFrame(rows, columns=["participant", "statement", "vote"], dtype="string")


def blocs(
    sizes: tuple[int, ...], minds: tuple[str, ...], *, votes: int = 99, firm: float = 0.9, seed: int = 1
) -> Votes:
    """Make up blocs of people.

    Args:
        sizes: How many people each bloc has, one after the other.
        minds: What each bloc thinks of each statement: + or -, or ? where each person tosses a coin.
        votes: On how many statements, drawn by chance, each person votes.
        firm: How often somebody votes as their bloc thinks.
        seed: The seed.
    """
    dice = np.random.default_rng(seed)
    rows = []
    for person, bloc in enumerate(np.repeat(np.arange(len(sizes)), sizes)):
        asked = dice.permutation(len(minds[bloc]))[:votes]
        for statement in asked:
            mind = minds[bloc][statement]
            chance = {"+": firm, "-": 1 - firm, "?": 0.5}[mind]
            rows.append((f"p{person:04}", f"s{statement:02}", str(_WORDS[int(dice.random() < chance)])))
    return collect_votes(table(rows))


def along_a_line(people: int, statements: int, *, seed: int = 1) -> Votes:
    """Make up people who stand evenly along one line, most in the middle, and vote by where they stand."""
    dice = np.random.default_rng(seed)
    place, slope = dice.normal(size=people), dice.normal(scale=1.5, size=statements)
    agrees = dice.random((people, statements)) < 1 / (1 + np.exp(-np.outer(place, slope)))
    rows = [
        (f"p{person:04}", f"s{statement:02}", str(_WORDS[int(agrees[person, statement])]))
        for person in range(people)
        for statement in range(statements)
    ]
    return collect_votes(table(rows))
