"""A room's kinds of fault are read from its own file."""

from locality.foundations import FaultKind, fault_kinds_in


def test_a_kind_says_what_it_means_why_it_matters_and_what_to_do():
    assert fault_kinds_in("locality.disclosure") == (
        FaultKind(
            code="laxer-threshold",
            means="The threshold for small counts is below the one of the rule.",
            matters="Single people could be recognised.",
            do="Use the number of the rule, or a higher one.",
        ),
    )


def test_a_room_that_refuses_nothing_has_none():
    assert fault_kinds_in("locality_demo") == ()
