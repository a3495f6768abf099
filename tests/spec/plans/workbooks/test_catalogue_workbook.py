"""The catalogue of services goes out as a workbook or CSV, is edited, and comes back."""

import io

import openpyxl
import pytest

from factories.plans import SERVICES
from locality.foundations import InputRefused
from locality.plans import CatalogueService
from locality.plans.workbooks import read_catalogue, write_catalogue_csv, write_catalogue_workbook

ODD = (
    CatalogueService("a", "=1+1", 'Größe, "x"', "@them", "'quoted", "-", "across", True, "Åland", "Two\nlines"),
    CatalogueService("b", "'=2", "H"),
)


def workbook(*rows, sheet="Services"):
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def faults(content):
    with pytest.raises(InputRefused) as refused:
        read_catalogue(content, file="services")
    return [str(fault) for fault in refused.value.faults]


@pytest.mark.parametrize("services", [SERVICES, ODD])
@pytest.mark.parametrize("write", [write_catalogue_workbook, write_catalogue_csv])
def test_what_is_exported_comes_back_as_it_was(write, services):
    assert read_catalogue(write(services), file="services") == services


def test_no_cell_can_start_a_formula():
    assert b"'=1+1" in write_catalogue_csv(ODD)
    book = openpyxl.load_workbook(io.BytesIO(write_catalogue_workbook(ODD)))
    assert book["Services"]["B2"].data_type == "s"


def test_three_columns_are_enough():
    written = b"heading,service,name\r\nCare,home-care,Home care\r\n,,\r\nCare,day-care,Day care\r\n"
    assert read_catalogue(written, file="services.csv") == (
        CatalogueService("home-care", "Home care", "Care"),
        CatalogueService("day-care", "Day care", "Care"),
    )


def test_a_file_of_windows_is_read():
    written = "service,name,heading\r\ncafe,Café – warm,Care\r\n".encode("cp1252")
    assert read_catalogue(written, file="services.csv")[0].name == "Café – warm"


def test_all_faults_are_named_at_once_by_row_and_column():
    #  row 2: sound; row 3: empty; row 4: code twice, no heading; row 5: a bad code, planned nowhere, set aside perhaps
    written = (
        b"service,name,heading,planned_at,set_aside\r\nhome-care,Home care,Care,,\r\n,,,,\r\nhome-care,Day care,,,\r\n"
        b"Home Care!,Third,Care,everywhere,perhaps\r\n"
    )
    assert faults(written) == [
        "services, row 2, column service: the code 'home-care' stands there 2 times. Keep one row.",
        "services, row 4, column service: the code 'home-care' stands there 2 times. Keep one row.",
        "services, row 4, column heading: home-care has no heading. Fill it in.",
        "services, row 5, column set_aside: 'perhaps' is neither yes nor no. Write yes or no.",
        "services, row 5, column service: 'Home Care!' cannot be a service's code. "
        "Use small letters a to z, digits and single hyphens, 60 at most, like home-care.",
        "services, row 5, column planned_at: 'everywhere' is none of locality, across, partnership. Use one of these.",
    ]


def test_a_workbook_names_its_sheet_and_refuses_formulas():
    head = ("service", "name", "heading")
    said, *_ = faults(workbook(head, ("a", "=B3", "Care")))
    assert said.startswith("services, sheet Services, row 2, column name: a formula stands here. Write the text")
    assert read_catalogue(workbook(head, ("a", 2026, "Care"), sheet="Mine"), file="x")[0].name == "2026"


def test_columns_that_are_missing_strange_or_twice_are_named():
    said = faults(b"service,name,name,colour\r\na,A,A,red\r\n")
    assert [fault.partition(". ")[0] for fault in said] == [
        "services, row 1, column heading: there is no column 'heading'",
        "services, row 1, column name: 'name' stands there twice",
        "services, row 1, column colour: the column 'colour' is not known",
    ]


@pytest.mark.parametrize("content", [b"", b"service,name,heading\r\n"])
def test_an_empty_catalogue_is_refused(content):
    assert faults(content)


def test_of_several_sheets_the_one_called_services_is_read():
    book = openpyxl.load_workbook(io.BytesIO(write_catalogue_workbook(SERVICES)))
    assert book.sheetnames == ["Services", "Columns"]
    book["Services"].title = "Mine"
    written = io.BytesIO()
    book.save(written)
    assert faults(written.getvalue()) == [
        "services: the sheet Services is missing. Name the sheet with the services Services."
    ]
