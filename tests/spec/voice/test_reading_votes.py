"""Votes come in as two tables of ours, or as an export of Polis; all that is wrong is said at once."""

import pandas as pd
import pytest

from locality.foundations import InputRefused
from locality.voice.opinion_groups import is_polis, read_polis, read_votes


def cells(text):
    """Read a drawn table: the first line is the header, and rows have the numbers of a spreadsheet."""
    header, *rows = [line.split("|") for line in text.strip().splitlines()]
    rows = [[cell.strip() or pd.NA for cell in row] for row in rows]
    return pd.DataFrame(rows, columns=[one.strip() for one in header], index=range(2, len(rows) + 2), dtype="string")


STATEMENTS = cells("""
statement | text
bus       | The last bus should go later
bench     | The park needs benches
""")


def test_votes_and_statements_are_read():
    votes = read_votes(
        cells("""
        participant | statement | vote
        p2          | bus       | disagree
        p1          | bench     | pass
        p1          | bus       | agree
        """),
        STATEMENTS,
    )

    assert votes.people == ("p1", "p2")
    assert votes.texts == ("The park needs benches", "The last bus should go later")
    assert list(zip(votes.person, votes.statement, votes.sign, strict=True)) == [(0, 0, 0), (0, 1, 1), (1, 1, -1)]


def test_without_a_table_of_statements_codes_stand_for_texts():
    votes = read_votes(cells("participant|statement|vote\np1|bus|agree"))
    assert votes.texts == ("bus",)


def test_every_fault_is_said_at_once():
    with pytest.raises(InputRefused) as refused:
        read_votes(
            cells("""
            participant | statement | vote
            p1          | bus       | yes
            p1          | bus       | agree
            p2          | tram      | agree
                        | bench     | pass
            """),
            STATEMENTS,
        )
    assert {fault.code for fault in refused.value.faults} == {
        "not-allowed",
        "repeated-key",
        "vote-no-statement",
        "empty-cell",
    }


COMMENTS = cells("""
timestamp | comment-id | author-id | agrees | disagrees | moderated | comment-body
1403054214| 0          | 7         | 2      | 0         | 1         | More buses
1403054215| 1          | 7         | 0      | 1         | 0         | Fewer cars
1403054216| 2          | 8         | 1      | 0         | -1        | Buy my shoes
""")
POLIS = cells("""
timestamp | datetime | comment-id | voter-id | vote
100       | then     | 0          | 4        | -1
200       | later    | 0          | 4        | 1
150       | then     | 0          | 5        | 1
150       | then     | 1          | 5        | -1
160       | then     | 1          | 4        | 0
170       | then     | 2          | 5        | 1
""")


def signs(votes):
    return {
        (votes.people[person], votes.statements[statement]): int(sign)
        for person, statement, sign in zip(votes.person, votes.statement, votes.sign, strict=True)
    }


def test_an_export_of_polis_is_read_the_latest_votes_without_what_moderators_rejected():
    export = read_polis(POLIS, COMMENTS)

    assert signs(export.votes) == {("4", "0"): 1, ("4", "1"): 0, ("5", "0"): 1, ("5", "1"): -1}
    assert export.votes.texts == ("More buses", "Fewer cars")
    assert export.notes == (
        "1 earlier vote was taken over by later ones.",
        "1 rejected comment is left out.",
    )


def test_the_wide_table_of_polis_says_the_same():
    wide = cells("""
    participant | group-id | n-comments | n-votes | n-agree | n-disagree | 0 | 1 | 2
    4           | 0        | 0          | 2       | 1       | 0          | 1 | 0 |
    5           | 1        | 0          | 3       | 2       | 1          | 1 | -1| 1
    """)

    assert is_polis(wide.columns) and is_polis(POLIS.columns)
    assert signs(read_polis(wide, COMMENTS).votes) == signs(read_polis(POLIS, COMMENTS).votes)


def test_votes_whose_signs_contradict_the_totals_are_turned_round():
    turned = POLIS.assign(vote=POLIS["vote"].map({"1": "-1", "-1": "1", "0": "0"}))
    export = read_polis(turned, COMMENTS)

    assert signs(export.votes) == signs(read_polis(POLIS, COMMENTS).votes)
    assert "turned round" in export.notes[-1]


def test_faults_of_an_export_are_said_at_once():
    with pytest.raises(InputRefused) as refused:
        read_polis(POLIS.assign(vote="2"), COMMENTS.drop(columns="comment-body"))
    assert {fault.code for fault in refused.value.faults} == {"too-large", "missing-column"}
    with pytest.raises(InputRefused) as refused:
        read_polis(POLIS, COMMENTS.iloc[:2])
    assert [fault.code for fault in refused.value.faults] == ["vote-no-statement"]
