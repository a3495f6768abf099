"""An agreed plan is published in all its forms at once, or not at all."""

from __future__ import annotations

import hashlib
import json

import pytest

from factories import money_site, plans_site, site
from locality.foundations import ResultRefused
from locality_web.core.models import AuditEvent, Job
from locality_web.core.permissions import NotAllowed
from locality_web.plans import publishing
from locality_web.plans.models import Publication, PublishedFile
from locality_web.plans.publishing import ask_to_publish

pytestmark = pytest.mark.django_db


def test_a_published_plan_has_pdf_word_spreadsheet_json_and_csv(fife):
    record = plans_site.published(fife)

    files = {one.name: one for one in record.snapshot.publication.files.all()}
    assert {"plan.pdf", "plan-large-print.pdf", "plan.docx", "plan.xlsx", "plan.json", "lines.csv"} <= set(files)
    assert hashlib.sha256(files["plan.json"].content).hexdigest() == record.snapshot.sha256
    assert bytes(files["plan.pdf"].content).startswith(b"%PDF-")
    assert json.loads(bytes(files["plan.json"].content))["summary"] == "More care at home."


def test_only_an_agreed_plan_is_published_and_only_once(fife):
    planner = money_site.officer(fife, "planner")
    with pytest.raises(ResultRefused, match="Only an agreed plan"):
        ask_to_publish(planner, plans_site.with_group(fife, "kirkcaldy"))

    record = plans_site.published(fife)
    with pytest.raises(ResultRefused, match="published already"):
        ask_to_publish(planner, record)


def test_a_lead_may_not_publish(fife):
    with pytest.raises(NotAllowed):
        ask_to_publish(plans_site.holder(fife, "lead", "levenmouth"), plans_site.agreed(fife))


def test_when_a_form_cannot_be_made_nothing_is_published_and_the_job_says_so(fife, monkeypatch):
    record = plans_site.agreed(fife)

    def broken(document):
        raise ResultRefused("The Word form cannot be made.")

    monkeypatch.setattr(publishing, "write_word", broken)
    ask_to_publish(money_site.officer(fife, "planner"), record)
    plans_site.work_until_done()

    job = Job.objects.get(kind="plans.publish")
    assert (job.state, job.says) == ("failed", "The Word form cannot be made.")
    assert not Publication.objects.exists()
    assert not PublishedFile.objects.exists()


def test_publishing_is_in_the_audit_record_with_the_hash_of_every_file(fife):
    plans_site.published(fife)

    event = AuditEvent.objects.get(kind="plans.published")
    assert set(event.detail["files"]) == set(PublishedFile.objects.values_list("name", flat=True))
    assert site.locality(fife).name in event.says
