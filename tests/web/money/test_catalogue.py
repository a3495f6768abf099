"""The service catalogue: what is exported can be edited and loaded back, and nothing is loaded when any is wrong."""

import csv
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from factories import money_site, site
from locality_web.core.models import AuditEvent
from locality_web.core.permissions import NotAllowed
from locality_web.money.catalogue_changes import load_catalogue
from locality_web.money.models import Service
from locality_web.money.queries import catalogue


def send(browser, content, name="services.csv"):
    return browser.post("/fife/services/load/", {"file": SimpleUploadedFile(name, content)})


def edited(content, change):
    """Change the rows of an exported CSV, as in a spreadsheet program."""
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0].keys())
    writer.writeheader()
    writer.writerows(change(rows))
    return out.getvalue().encode()


def confirm(browser, page):
    kept = re.search(r'name="kept" value="([^"]+)"', page.content.decode())[1]
    return browser.post("/fife/services/load/confirm/", {"kept": kept}, follow=True)


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_an_export_that_nobody_changed_changes_nothing(as_role, fife, ending):
    money_site.catalogue(fife)
    browser = as_role("finance")

    page = send(browser, browser.get(f"/fife/services.{ending}").content, f"services.{ending}")

    assert "Nothing: the file says what the catalogue says." in page.content.decode()


def test_an_edited_export_is_previewed_then_loaded(as_role, fife):
    money_site.catalogue(fife)
    browser = as_role("finance")

    def change(rows):
        kept = [row for row in rows if row["service"] != "day-care"]
        kept[0]["delivered_by"] = "Voluntary bodies"
        return [*kept, {**kept[0], "service": "carers", "name": "Carers' support"}]

    page = send(browser, edited(browser.get("/fife/services.csv").content, change))
    assert "New services" in page.content.decode()
    assert {one.service for one in catalogue(fife)} == {one.service for one in money_site.SERVICES}  # nothing yet

    done = confirm(browser, page)

    assert "Loaded the catalogue: 1 new, 1 changed, 1 ended." in done.content.decode()
    assert {one.service for one in catalogue(fife)} == {one.service for one in money_site.SERVICES} - {"day-care"} | {
        "carers"
    }
    assert Service.objects.get(service="day-care").ended_on is not None
    assert AuditEvent.objects.filter(kind="money.catalogue_loaded").last().detail == {
        "added": ["carers"],
        "changed": ["home-care"],
        "ended": ["day-care"],
    }


def test_all_faults_of_a_file_are_named_by_row_and_column_and_nothing_is_loaded(as_role, fife):
    money_site.catalogue(fife)
    before = catalogue(fife)
    browser = as_role("finance")

    def change(rows):
        rows[0]["set_aside"], rows[1]["name"] = "perhaps", ""
        rows[2]["service"] = rows[3]["service"]
        return rows

    page = send(browser, edited(browser.get("/fife/services.csv").content, change)).content.decode()

    for says in ("neither yes nor no", "has no name", "stands there 2 times"):
        assert says in page
    assert catalogue(fife) == before


def test_a_preview_is_not_loaded_over_what_somebody_else_changed(as_role, fife):
    money_site.catalogue(fife)
    browser = as_role("finance")
    page = send(browser, edited(browser.get("/fife/services.csv").content, lambda rows: rows[:3]))
    money_site.catalogue(fife, money_site.SERVICES[:5])

    done = confirm(browser, page)

    assert "The catalogue has changed since the preview." in done.content.decode()
    assert len(catalogue(fife)) == 5


def test_a_preview_that_was_tampered_with_is_not_loaded(as_role, fife):
    done = as_role("finance").post("/fife/services/load/confirm/", {"kept": "made up"}, follow=True)

    assert "The preview is too old or was changed." in done.content.decode()
    assert not Service.objects.exists()


def test_a_service_is_added_changed_ended_and_begun_again(as_role, fife):
    browser = as_role("planner")
    sent = {"service": "carers", "name": "Carers", "heading": "Care at home", "planned_at": "locality"}

    browser.post("/fife/services/new/", sent)
    browser.post("/fife/services/edit/carers/", {**sent, "name": "Support of carers"})
    assert [one.name for one in catalogue(fife)] == ["Support of carers"]

    browser.post("/fife/services/edit/carers/", {"action": "end"})
    assert catalogue(fife) == ()
    browser.post("/fife/services/edit/carers/", sent)
    assert [one.name for one in catalogue(fife)] == ["Carers"]


def test_a_second_service_of_the_same_code_or_name_is_refused(as_role, fife):
    money_site.catalogue(fife)
    sent = {"service": "home-care", "name": "Day care", "heading": "Care at home", "planned_at": "locality"}

    answer = as_role("planner").post("/fife/services/new/", sent)

    assert set(answer.context["form"].errors) == {"service", "name"}
    assert len(catalogue(fife)) == 6


def test_only_those_who_may_change_the_catalogue(fife):
    with pytest.raises(NotAllowed, match="You may not change the service catalogue"):
        load_catalogue(site.place(fife), site.person("analyst", fife), money_site.SERVICES)


def test_the_public_list_marks_set_aside_and_where_a_service_is_planned(client, fife):
    money_site.catalogue(fife)

    page = client.get("/fife/services/").content.decode()

    for says in ("Geriatric wards", "set-aside", "Once for the whole partnership", "Jointly by several localities"):
        assert says in page
    assert "Add a service" not in page
