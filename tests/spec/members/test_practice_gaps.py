"""Practices, or clusters, for which nobody speaks on a day."""

import datetime as dt

from locality.members import LiaisonTerm, PracticeGap, PracticeHere, practice_gaps, practice_voices

TODAY = dt.date(2026, 11, 22)
#                number  name             cluster  locality
PRACTICES = [
    PracticeHere(1, "Leven Surgery", "East", "leven"),
    PracticeHere(2, "Methil Practice", "East", "leven"),
    PracticeHere(3, "Kirk Practice", "East", "kirkcaldy"),
    PracticeHere(4, "Wemyss Practice", "", "leven"),
]  # fmt: skip
SINCE_MAY = dt.date(2026, 5, 1)


def gaps(*liaisons, by, on=TODAY):
    return [(each.locality, each.name) for each in practice_gaps(practice_voices(PRACTICES, liaisons, by), on)]


def test_by_practice_each_practice_without_a_liaison_is_a_gap():
    assert gaps(LiaisonTerm(9, SINCE_MAY, practice=1), by="practice") == [
        ("kirkcaldy", "Kirk Practice"),
        ("leven", "Methil Practice"),
        ("leven", "Wemyss Practice"),
    ]


def test_by_cluster_one_liaison_speaks_for_it_in_each_of_its_localities_and_a_practice_alone_for_itself():
    assert gaps(by="cluster") == [("kirkcaldy", "East"), ("leven", "East"), ("leven", "Wemyss Practice")]
    assert gaps(LiaisonTerm(9, SINCE_MAY, cluster="East"), by="cluster") == [("leven", "Wemyss Practice")]


def test_a_gap_says_since_when_and_who_is_to_come():
    before = LiaisonTerm(8, SINCE_MAY, dt.date(2026, 10, 31), practice=4)
    after = LiaisonTerm(9, dt.date(2027, 1, 1), practice=4)
    voices = practice_voices([PRACTICES[3]], [after, before], "practice")

    assert practice_gaps(voices, TODAY) == (
        PracticeGap("leven", "Wemyss Practice", since=dt.date(2026, 11, 1), begins=dt.date(2027, 1, 1)),
    )
    assert practice_gaps(voices, dt.date(2026, 10, 31)) == ()
