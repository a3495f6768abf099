"""The register: people and seats; what is refused, what is recorded, and that nothing is left half-done."""

import datetime as dt

import pytest
from django.core.mail import EmailMessage
from django.db import transaction

from factories import register_site, site
from locality.foundations import InputRefused
from locality_web.core.models import AuditEvent, Draft, Job
from locality_web.core.permissions import NotAllowed
from locality_web.members import models
from locality_web.members.notices import Telling, notify
from locality_web.members.register_erasing import erase_member, texts_of_room
from locality_web.members.register_people import add_member, change_member, declare_interest, end_interest, let_leave
from locality_web.members.register_seats import (
    Sitting,
    end_sitting,
    extend_sitting,
    make_seat,
    seat_member,
    shut_seat,
)

DAY = dt.timedelta(days=1)


@pytest.fixture
def keeper(fife):
    return site.person("lead", fife, "levenmouth", name="Lee Lead")


@pytest.fixture
def cy(planner, levenmouth, today):
    wanted = register_site.wanted(starts=today - 9 * DAY)
    return add_member(planner, levenmouth, register_site.details(), wanted=wanted)


def refusal(of):
    with pytest.raises(InputRefused) as refused:
        of()
    return [fault.code for fault in refused.value.faults]


def test_somebody_is_added_with_a_seat_and_interests_in_one_step(planner, levenmouth, today):
    member = add_member(
        planner,
        levenmouth,
        register_site.details(organisation="Fife Carers", organisation_kind="carers-organisation"),
        wanted=register_site.wanted(),
        interests=["Runs a shop."],
    )

    term = member.terms.get()
    assert (term.seat.name, term.seat.group, term.seat.locality.slug, term.starts) == (
        "Carers",
        "carers",
        "levenmouth",
        today,
    )
    assert (member.organisation.name, member.interests.get().says) == ("Fife Carers", "Runs a shop.")


def test_a_lead_keeps_the_register_of_the_own_locality_and_of_no_other(keeper, levenmouth, fife):
    add_member(keeper, levenmouth, register_site.details(), wanted=register_site.wanted())
    for place in (site.place(fife, "kirkcaldy"), site.place(fife)):
        with pytest.raises(NotAllowed):
            add_member(keeper, place, register_site.details("Di Orr"), wanted=register_site.wanted())


def test_the_audit_record_knows_members_by_number_alone(planner, levenmouth, cy):
    change_member(planner, levenmouth, cy, register_site.details("Cy Low", email="cy@example.org"))
    end_interest(planner, levenmouth, declare_interest(planner, levenmouth, cy, says="Owns a pharmacy."))
    said = "".join(f"{each.says}{each.detail}{each.subject}" for each in AuditEvent.objects.all())

    assert f"member {cy.pk}" in said
    assert not any(word in said for word in ("Cy", "Low", "High Street", "cy@example.org", "pharmacy"))


@pytest.mark.parametrize(
    ("details", "codes"),
    [
        ({"email": "cy@example.org", "notices": "paper"}, ["member-unreachable"]),
        ({"notices": "weekly"}, ["member-unreachable"]),
        ({"organisation": "A new body"}, ["organisation-kind"]),
    ],
)
def test_nobody_is_added_whom_notices_cannot_reach_or_with_half_an_organisation(planner, levenmouth, details, codes):
    said = register_site.details(
        **{**details, "address": details.get("address", "")} if "organisation" not in details else details
    )

    assert refusal(lambda: add_member(planner, levenmouth, said, wanted=register_site.wanted())) == codes
    assert not models.Member.objects.exists()


def test_an_e_mail_address_is_one_members_and_joins_the_account_that_has_a_role_here(planner, levenmouth, fife):
    ann = site.person("member", fife, "levenmouth", email="ann@example.org")
    stranger = site.person(email="stranger@example.org")
    first = add_member(
        planner, levenmouth, register_site.details("Ann", email="ANN@example.org"), wanted=register_site.wanted()
    )
    other = add_member(
        planner, levenmouth, register_site.details("Bo", email=stranger.email), wanted=register_site.wanted()
    )

    assert (first.person, other.person) == (ann, None)
    again = register_site.details("Cy", email="ann@example.org")
    assert refusal(lambda: add_member(planner, levenmouth, again, wanted=register_site.wanted())) == ["email-taken"]


def test_a_seat_has_one_holder_on_any_day(planner, levenmouth, cy, today):
    seat = models.Seat.objects.get()
    di = add_member(planner, levenmouth, register_site.details("Di Orr"), wanted=register_site.wanted("housing"))
    sitting = Sitting(today + 5 * DAY, "elected")

    assert refusal(lambda: seat_member(planner, levenmouth, seat, member=di, sitting=sitting)) == ["seat-double-booked"]
    end_sitting(planner, levenmouth, cy.terms.get(), ends=today + 4 * DAY, reason="Moves away.")
    seat_member(planner, levenmouth, seat, member=di, sitting=sitting)
    assert [(each.member.name, each.ends) for each in seat.terms.order_by("starts")] == [
        ("Cy Low", today + 4 * DAY),
        ("Di Orr", None),
    ]


def test_a_term_is_extended_with_its_reason_but_not_into_the_next_ones(planner, levenmouth, cy, today):
    term = cy.terms.get()
    end_sitting(planner, levenmouth, term, ends=today + 4 * DAY, reason="Moves away.")
    extend_sitting(planner, levenmouth, term, ends=today + 9 * DAY, reason="Stays longer.")
    seat_member(planner, levenmouth, term.seat, member=cy, sitting=Sitting(today + 10 * DAY, "elected"))

    assert term.says == "Moves away.\nStays longer."
    longer = lambda: extend_sitting(planner, levenmouth, term, ends=today + 20 * DAY, reason="x")  # noqa: E731
    assert refusal(longer) == ["seat-double-booked"]


def test_a_seat_is_closed_once_nobody_sits_there(planner, levenmouth, cy, today):
    seat = models.Seat.objects.get()

    assert refusal(lambda: shut_seat(planner, levenmouth, seat, closed_on=today + DAY)) == ["seat-still-held"]
    end_sitting(planner, levenmouth, cy.terms.get(), ends=today, reason="Ends.")
    shut_seat(planner, levenmouth, seat, closed_on=today + DAY)
    assert seat.closed_on == today + DAY


def test_seats_of_one_group_are_named_apart(planner, levenmouth):
    made = [make_seat(planner, levenmouth, group="carers").name for _ in range(3)]

    assert made == ["Carers", "Carers, seat 2", "Carers, seat 3"]
    assert refusal(lambda: make_seat(planner, levenmouth, group="carers", name="carers")) == ["seat-name-twice"]
    assert refusal(lambda: make_seat(planner, levenmouth, group="bakers")) == ["group-unknown"]


def test_whoever_leaves_sits_nowhere_any_more_and_what_they_did_stays(planner, levenmouth, cy, today):
    let_leave(planner, levenmouth, cy, on=today + DAY)

    assert (cy.terms.get().ends, str(cy)) == (today, "Cy Low")
    assert refusal(lambda: let_leave(planner, levenmouth, cy, on=today + DAY)) == ["member-left"]


def test_only_a_planner_takes_off_somebody_who_sits_in_another_locality_too(
    planner, keeper, levenmouth, fife, cy, today
):
    kirkcaldy = site.place(fife, "kirkcaldy")
    seat = make_seat(planner, kirkcaldy, group="carers")
    seat_member(planner, kirkcaldy, seat, member=cy, sitting=Sitting(today, "elected"))

    for change in (
        lambda: let_leave(keeper, levenmouth, cy, on=today + DAY),
        lambda: erase_member(keeper, levenmouth, cy),
    ):
        with pytest.raises(NotAllowed):
            change()
    let_leave(planner, levenmouth, cy, on=today + DAY)
    assert not cy.terms.filter(ends__isnull=True).exists()


def everything_kept():
    """Every text of every table, as one."""
    from django.apps import apps

    rows = [row for model in apps.get_models() for row in model.objects.values()]
    return " ".join(str(value) for row in rows for value in row.values())


@pytest.fixture
def everywhere(planner, levenmouth, cy, fife, today):
    """Cy's name stands wherever somebody could have typed it, and mail to Cy waits."""
    change_member(planner, levenmouth, cy, register_site.details("Cy Low", email="cy@example.org"))
    declare_interest(planner, levenmouth, cy, says="Cy Low runs a shop.")
    end_sitting(planner, levenmouth, cy.terms.get(), ends=today, reason="Cy Low moves away.")
    models.AccessNeed.objects.create(member=cy, kind="large-print", detail="Cy Low reads slowly")
    models.Approach.objects.create(partnership=fife, group="carers", kind="invited", whom="Cy Low's office")
    models.GroupDecision.objects.create(
        partnership=fife, title="Opening hours", says="cy low proposed it", due_on=today, outcome="As CY LOW said."
    )
    with transaction.atomic():
        notify(levenmouth, [cy], Telling("key", "A meeting", "Dear Cy Low"))
    Draft.objects.create(person=planner, form="/fife/localities/levenmouth/register/add/", fields={"name": ["Cy Low"]})
    Job.objects.create(kind="core.mail", partnership=fife, arguments={"to": "cy@example.org", "text": "Dear Cy Low"})
    return cy


def test_an_erased_members_name_stands_in_no_table_no_event_and_no_file(everywhere, planner, levenmouth):
    assert "Cy Low" in everything_kept()

    erase_member(planner, levenmouth, everywhere)

    kept = everything_kept()
    assert [
        word for word in ("cy low", "cy@example", "high street", "reads slowly", "runs a shop") if word in kept.lower()
    ] == []
    assert models.SeatTerm.objects.get().says.endswith("a former member moves away.")
    assert models.GroupDecision.objects.get().outcome == "As a former member said."
    assert str(everywhere) == "A former member"


def test_mails_to_an_erased_member_are_thrown_away_where_a_folder_keeps_them(
    everywhere, planner, levenmouth, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.MAIL_FOLDER = tmp_path
    settings.EMAIL_BACKEND = "locality_web.core.mail_folder.MailFolder"
    for to, text in (
        ("cy@example.org", "A meeting"),
        ("ann@example.org", "With Cý and Cy Low"),
        ("bo@example.org", "No"),
    ):
        EmailMessage("A meeting", text, to=[to]).send()
    with django_capture_on_commit_callbacks(execute=True):
        erase_member(planner, levenmouth, everywhere)

    assert [b"bo@example.org" in path.read_bytes() for path in tmp_path.iterdir()] == [True]


def test_erasing_keeps_who_spoke_for_which_group_and_when(everywhere, planner, levenmouth, today):
    erase_member(planner, levenmouth, everywhere)

    term = models.SeatTerm.objects.get()
    assert (term.seat.group, term.starts, term.member_id) == ("carers", today - 9 * DAY, everywhere.pk)
    assert refusal(lambda: erase_member(planner, levenmouth, everywhere)) == ["member-erased"]


def test_a_name_within_a_longer_word_is_left_alone(planner, levenmouth, fife, today):
    al = add_member(planner, levenmouth, register_site.details("Al"), wanted=register_site.wanted())
    models.GroupDecision.objects.create(partnership=fife, title="All of it", says="Al said so", due_on=today)
    erase_member(planner, levenmouth, al)

    found = models.GroupDecision.objects.get()
    assert (found.title, found.says) == ("All of it", "a former member said so")


def test_every_table_of_the_room_is_looked_at_and_none_of_another_partnership(planner, levenmouth, argyll, today):
    looked = {model.__name__: (way, fields) for model, way, fields in texts_of_room()}

    assert looked["AgendaItem"] == ("meeting__partnership", ("title", "says", "minutes_text", "withheld_why"))
    assert {"SeatTerm", "Approach", "GroupDecision", "SpokenFor", "Connection", "Notice"} <= set(looked)
    models.GroupDecision.objects.create(partnership=argyll, title="Al", says="Al", due_on=today)
    al = add_member(planner, levenmouth, register_site.details("Al"), wanted=register_site.wanted())
    erase_member(planner, levenmouth, al)
    assert models.GroupDecision.objects.get().says == "Al"


@pytest.mark.parametrize("change", ["add", "leave", "erase"])
def test_nothing_is_left_half_done_when_the_last_step_fails(planner, levenmouth, cy, today, change, monkeypatch):
    before = everything_kept()

    def fail(*given, **named):
        raise RuntimeError("the power went")

    for module in ("register_people", "register_seats", "register_erasing"):
        monkeypatch.setattr(f"locality_web.members.{module}.record_event", fail)
    steps = {
        "add": lambda: add_member(planner, levenmouth, register_site.details("Di"), wanted=register_site.wanted()),
        "leave": lambda: let_leave(planner, levenmouth, cy, on=today + DAY),
        "erase": lambda: erase_member(planner, levenmouth, cy),
    }
    with pytest.raises(RuntimeError):
        steps[change]()
    assert everything_kept() == before
