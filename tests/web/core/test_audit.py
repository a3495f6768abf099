"""The audit record: one chain, refused to be changed by the database itself, proved by `locality-web audit verify`."""

from __future__ import annotations

import threading

import pytest
from django.db import DatabaseError, connection, transaction

from factories import site
from factories.emptying import triggers_off
from locality_web.core.audit import record_event
from locality_web.core.audit_verify import verify_record
from locality_web.core.models import AuditEvent, AuditHead


@pytest.fixture
def five_events(db):
    for number in range(1, 6):
        record_event(None, "test.done", f"Did thing {number}", detail={"pence": number})


def run(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def tamper(*statements: str) -> None:
    with triggers_off(connection):
        for statement in statements:
            run(statement)


def test_an_event_says_who_did_what_where_and_follows_the_one_before(fife):
    planner = site.person("planner", fife, name="Ann Gray")
    first = record_event(planner, "plans.opened", "Opened the plan", place=site.place(fife, "levenmouth"))
    second = record_event(None, "core.cleaned", "Removed old drafts")

    assert (first.number, first.person_name, first.partnership_id) == (1, "Ann Gray", fife.pk)
    assert second.previous_hash == first.hash
    assert str(AuditHead.objects.get()) == f"2:{second.hash}"


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_of_the_transaction_that_it_records_is_refused():
    with pytest.raises(transaction.TransactionManagementError):
        record_event(None, "test.done", "Did something")


REFUSED = [
    "UPDATE core_auditevent SET says = 'Nothing' WHERE number = 2",
    "DELETE FROM core_auditevent WHERE number = 5",
    "DELETE FROM core_auditevent",
    "UPDATE core_audithead SET number = 4",
    "UPDATE core_audithead SET number = 6",
    "DELETE FROM core_audithead",
    "INSERT INTO core_audithead (id, number, hash) VALUES (2, 5, 'x')",
    "INSERT INTO core_auditevent (number, at, person_name, kind, subject, says, detail, previous_hash, hash) "
    "VALUES (7, '2026-11-22', '', 'x', '', 'A gap', '{}', 'x', 'y')",
    "INSERT INTO core_auditevent (number, at, person_name, kind, subject, says, detail, previous_hash, hash) "
    "VALUES (6, '2026-11-22', '', 'x', '', 'Another beginning', '{}', 'x', 'y')",
]
ONLY_POSTGRESQL = ["TRUNCATE core_auditevent", "TRUNCATE core_audithead"]
ONLY_SQLITE = [
    "INSERT OR REPLACE INTO core_auditevent (id, number, at, person_name, kind, subject, says, detail, previous_hash, "
    "hash) SELECT id, 6, at, '', 'x', '', 'In its place', '{}', (SELECT hash FROM core_audithead), 'y' "
    "FROM core_auditevent WHERE number = 2",
    "INSERT OR REPLACE INTO core_audithead (id, number, hash) VALUES (1, 2, 'x')",
]


@pytest.mark.parametrize("statement", REFUSED)
def test_the_database_itself_refuses_to_change_the_record(five_events, statement):
    with pytest.raises(DatabaseError, match="audit record"):
        run(statement)
    assert verify_record().wrong == ""


@pytest.mark.parametrize(
    ("vendor", "statement"),
    [("postgresql", each) for each in ONLY_POSTGRESQL] + [("sqlite", each) for each in ONLY_SQLITE],
)
def test_the_database_refuses_its_own_ways_around_as_well(five_events, vendor, statement):
    if connection.vendor != vendor:
        statement = REFUSED[0]  # each database is asked for what it knows; test_databases runs both
    with pytest.raises(DatabaseError, match="audit record"):
        run(statement)


def test_a_whole_record_is_proved_and_its_head_named_to_be_noted_elsewhere(five_events):
    found = verify_record()

    assert (found.events, found.wrong) == (5, "")
    assert found.head == f"5:{AuditEvent.objects.get(number=5).hash}"


def test_an_empty_record_is_whole(db):
    assert verify_record().wrong == ""


CUT = "DELETE FROM core_auditevent WHERE number >= 4"
TAMPERED = {
    "UPDATE core_auditevent SET says = 'Nothing' WHERE number = 2": "Event 2 was changed after it was written",
    "UPDATE core_auditevent SET person_name = 'Bob' WHERE number = 5": "Event 5 was changed after it was written",
    "DELETE FROM core_auditevent WHERE number = 3": "Event 3 is missing: event 4 comes after event 2.",
    "DELETE FROM core_auditevent WHERE number IN (2, 3)": "Events 2 to 3 are missing: event 4 comes after event 1.",
    CUT: "The record ends at event 3, but its head says 5: events at its end are missing.",
    "DELETE FROM core_audithead": "The head is missing although there are events: it was deleted.",
    "UPDATE core_audithead SET hash = 'x'": "The hash of event 5 is not the one that the head says.",
}


@pytest.mark.parametrize(("statement", "said"), TAMPERED.items(), ids=TAMPERED)
def test_what_somebody_changed_with_the_triggers_taken_away_is_found(five_events, statement, said):
    tamper(statement)

    assert said in verify_record().wrong


def test_two_events_that_changed_places_are_found(five_events):
    tamper(
        "UPDATE core_auditevent SET number = 99 WHERE number = 2",
        "UPDATE core_auditevent SET number = 2 WHERE number = 3",
        "UPDATE core_auditevent SET number = 3 WHERE number = 99",
    )

    assert verify_record().at_event == 2


def test_an_end_that_was_cut_off_with_its_head_is_found_by_a_head_that_was_noted_elsewhere(five_events):
    noted = AuditHead.objects.get()
    third = AuditEvent.objects.get(number=3)
    tamper(CUT, f"UPDATE core_audithead SET number = 3, hash = '{third.hash}'")

    assert verify_record().wrong == ""
    assert "event 5 was noted" in verify_record((noted.number, noted.hash)).wrong


def test_a_record_that_was_written_anew_is_found_by_a_head_that_was_noted_elsewhere(five_events):
    assert "not the one that was noted" in verify_record((4, "0" * 64)).wrong


def test_fractions_and_dates_in_the_proof_are_the_same_after_reading_them_back(db):
    record_event(None, "test.done", "Did it", detail={"share": 1e20, "list": (1, 0.5), "none": None, "yes": True})

    assert AuditEvent.objects.get().detail == {"share": "1e+20", "list": [1, "0.5"], "none": None, "yes": True}
    assert verify_record().wrong == ""


@pytest.mark.django_db(transaction=True)
def test_many_writers_at_once_keep_one_chain_without_a_gap():
    wrong: list[Exception] = []

    def write(name: int) -> None:
        try:
            for number in range(10):
                with transaction.atomic():
                    record_event(None, "test.done", f"Writer {name}, thing {number}")
        except Exception as error:
            wrong.append(error)
        finally:
            connection.close()

    writers = [threading.Thread(target=write, args=(name,)) for name in range(4)]
    for each in writers:
        each.start()
    for each in writers:
        each.join()

    assert wrong == []
    assert (verify_record().events, verify_record().wrong) == (40, "")
