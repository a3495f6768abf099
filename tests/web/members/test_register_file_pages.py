"""The register is filled from a spreadsheet: looked at first, all faults at once, whole or not at all."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from factories import register_site, site
from locality.members import write_register_csv, write_register_workbook
from locality_web.core.models import AuditEvent
from locality_web.members.models import Member, Seat, SeatTerm
from locality_web.members.register_files import load_register, read_file, rows_of
from locality_web.members.register_kinds import NewKind, add_kind
from locality_web.members.register_people import add_member, declare_interest
from locality_web.members.register_queries import coverage_of, register_kinds

HEAD = "name,organisation,organisation kind,group,seat,locality,from,to,how chosen,interests,e-mail,telephone,address"
LINES = (
    "Ann Reid,Leven Surgery,GP practice,General practice,,Levenmouth,1/4/2026,,office,,ann@example.org,,",
    "Bo Hay,Fife Carers,carers-organisation,Carers,First seat,Levenmouth,2026-04-01,2029-03-31,elected,Runs a shop.,,,",
    "Cy Low,Fife Carers,Carers' organisation,Carers,,Levenmouth,2026-04-01,,elected,,,,",
    "Cy Low,Fife Carers,Carers' organisation,Housing,,Levenmouth,2026-04-01,,volunteered,,,,",
)
IMPORT = "/fife/localities/levenmouth/register/import/"


def content(*lines):
    return "\r\n".join([HEAD, *lines]).encode("utf-8-sig")


def load(planner, place, *lines):
    return load_register(planner, place, read_file(place, content(*lines), "r.csv"), file="r.csv")


def test_a_file_adds_people_organisations_seats_and_terms_in_one_step(planner, levenmouth):
    loaded = load(planner, levenmouth, *LINES)

    assert (loaded.people_added, loaded.seats_made, loaded.terms_added, loaded.people_changed) == (3, 4, 4, 0)
    assert sorted(Seat.objects.values_list("name", flat=True)) == [
        "Carers",
        "First seat",
        "General practice",
        "Housing",
    ]
    assert Member.objects.get(name="Bo Hay").interests.get().says == "Runs a shop."
    assert Member.objects.get(name="Cy Low").terms.count() == 2
    assert AuditEvent.objects.last().detail == {"members": sorted(Member.objects.values_list("pk", flat=True))}


def test_the_same_file_again_changes_nothing(planner, levenmouth):
    load(planner, levenmouth, *LINES)
    events = AuditEvent.objects.count()
    again = load(planner, levenmouth, *LINES)

    assert (again.changes, again.unchanged, AuditEvent.objects.count()) == (False, 4, events)


@pytest.mark.parametrize("write", [write_register_csv, write_register_workbook])
@pytest.mark.parametrize("at", ["levenmouth", None])
def test_what_is_taken_out_comes_back_unchanged(planner, levenmouth, fife, write, at):
    load(planner, levenmouth, *LINES)
    kirkcaldy = site.place(fife, "kirkcaldy")
    cy = add_member(planner, kirkcaldy, register_site.details("=Cy"), wanted=register_site.wanted())
    declare_interest(planner, kirkcaldy, cy, says="Two lines\nof one interest")
    add_member(planner, site.place(fife), register_site.details("Nobody's seat"))
    place = site.place(fife, at)
    file = "r.csv" if write is write_register_csv else "r.xlsx"
    before = rows_of(place)

    again = load_register(planner, place, read_file(place, write(before, register_kinds(place)), file), file=file)

    assert (again.changes, again.unchanged) == (False, 4 if at else 6)
    assert rows_of(place) == before


def test_a_row_with_another_last_day_changes_the_term_and_one_with_an_address_the_member(planner, levenmouth):
    load(planner, levenmouth, *LINES)
    changed = load(
        planner,
        levenmouth,
        LINES[1].replace("2029-03-31", "2028-03-31"),
        LINES[2].replace("elected,,,,", "elected,,cy@example.org,,"),
    )

    assert (changed.people_added, changed.people_changed, changed.terms_changed, changed.seats_made) == (0, 1, 1, 0)
    assert Member.objects.get(name="Cy Low").email == "cy@example.org"
    assert SeatTerm.objects.get(seat__name="First seat").ends == dt.date(2028, 3, 31)


def test_every_row_that_cannot_be_loaded_is_named_and_nothing_is(planner, levenmouth):
    load(planner, levenmouth, *LINES)
    sent = SimpleUploadedFile(
        "new.csv",
        content(
            "Di Orr,,,Carers,First seat,Levenmouth,2026-05-01,,elected,,,,",
            "Ed May,,,Public health,,Levenmouth,2026-05-01,,elected,,,,",
            "Flo Ray,A body,,Public health,,Levenmouth,2026-05-01,,elected,,,,",
            "Gus Lee,,,Carers,,Kirkcaldy,2026-05-01,,elected,,,,",
        ),
    )
    page = site.signed_in(planner).post(IMPORT, {"register": sent}).content.decode()

    assert "Row 5, column locality: the seat is not in this locality" in page
    assert Member.objects.count() == 3
    sent = SimpleUploadedFile(
        "new.csv",
        content(
            "Di Orr,,,Carers,First seat,Levenmouth,2026-05-01,,elected,,,,",
            "Ed May,,,Public health,,Levenmouth,2026-05-01,,elected,,,,",
            "Flo Ray,A body,,Public health,,Levenmouth,2026-05-01,,elected,,,,",
        ),
    )
    page = site.signed_in(planner).post(IMPORT, {"register": sent}).content.decode()
    assert "Row 2, column seat: somebody sits on “First seat” from 1 April 2026." in page
    assert "Row 4, column organisation kind: The organisation is new, and its kind is not said." in page
    assert Member.objects.count() == 3


def test_the_page_shows_what_changes_before_anything_is_saved_and_saves_what_was_shown(planner, levenmouth):
    browser = site.signed_in(planner)
    answer = browser.post(IMPORT, {"register": SimpleUploadedFile("new.csv", content(*LINES))})
    page = answer.content.decode()

    assert "adds 3 people and 4 terms, makes 4 seats" in page
    assert not AuditEvent.objects.filter(kind__startswith="members.").exists()
    assert (Member.objects.count(), Seat.objects.count()) == (0, 0)

    answer = browser.post(IMPORT, {"rows": answer.context["rows"]})
    assert answer.url == "/fife/localities/levenmouth/register/"
    assert (Member.objects.count(), SeatTerm.objects.count()) == (3, 4)


def test_what_became_wrong_after_it_was_shown_is_refused_in_words(planner, levenmouth):
    browser = site.signed_in(planner)
    rows = browser.post(IMPORT, {"register": SimpleUploadedFile("n.csv", content(LINES[1]))}).context["rows"]
    add_member(planner, levenmouth, register_site.details("Di"), wanted=register_site.wanted(name="First seat"))

    page = browser.post(IMPORT, {"rows": rows}).content.decode()
    assert "somebody sits on “First seat”" in page
    assert Member.objects.count() == 1


def test_gaps_close_as_a_file_is_loaded_and_own_kinds_are_known_at_once(planner, levenmouth, fife):
    def gaps():
        return {each.group.code for each in coverage_of(levenmouth) if each.is_gap}

    add_kind(planner, site.place(fife), NewKind("group", "Public houses", "They see many.", asked_for=True))
    assert {"carers", "housing", "general-practice", "public-houses"} <= gaps()
    load(planner, levenmouth, *LINES, "Di Orr,,,Public houses,,Levenmouth,2026-04-01,,elected,,,,")
    assert not {"carers", "housing", "general-practice", "public-houses"} & gaps()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_empty_file_and_the_register_are_there_to_download_and_taking_it_out_is_recorded(planner, levenmouth, form):
    load(planner, levenmouth, *LINES)
    browser = site.signed_in(planner)
    here = "/fife/localities/levenmouth/register/"

    assert browser.get(f"{here}empty.{form}").status_code == 200
    answer = browser.get(f"{here}register.{form}")
    assert len(read_file(levenmouth, answer.content, f"r.{form}")) == 4
    assert AuditEvent.objects.last().kind == "members.register_read"
