"""No page of a plan asks the database much, however many services and versions there are."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from factories import money_site, plans_site, site
from factories.plan_pages import PLAN
from locality.plans import CatalogueService
from locality_web.plans.editing import merge_edits
from locality_web.plans.joint import JointWish, propose_joint
from locality_web.plans.models import LocalityPlanRecord, PlanVersion
from locality_web.plans.steps import take_step

pytestmark = pytest.mark.django_db
MOST = 15
VERSIONS = 200
PLACES = ("locality", "locality", "locality", "across")


@pytest.fixture
def big(fife):
    """80 more services under ten headings, three sources, 200 versions, two joint lines, open for comments."""
    more = tuple(
        CatalogueService(f"s-{n}", f"Service {n}", f"Heading {n % 10}", "A body", planned_at=PLACES[n % 4])
        for n in range(80)
    )
    money_site.catalogue(fife, (*money_site.SERVICES, *more))
    plan = plans_site.written(fife)
    for code, kind in (("grant", "grant"), ("wards", "set_aside")):
        fife.sources.create(source=code, name=code.title(), kind=kind, accountable_body="A body")
    lead = plans_site.holder(fife, "lead", "levenmouth")
    amounts = {f"line/s-{n}/grant": n for n in range(0, 80, 4)}
    merge_edits(plan, {**amounts, "summary": "Words 0"}, lead, base_version=plan.version)
    rows = [
        PlanVersion(plan=plan, number=plan.version + n, changes={"summary": [f"Words {n - 1}", f"Words {n}"]}, by=lead)
        for n in range(1, VERSIONS)
    ]
    PlanVersion.objects.bulk_create(rows)
    plan.version, plan.fields = plan.version + len(rows), {**plan.fields, "summary": f"Words {len(rows)}"}
    plan.save()
    planner = money_site.officer(fife, "planner")
    for code in ("s-3", "s-7"):
        wish = JointWish("2026/27", code, "grant", 1000, list(fife.localities.all()), "equal")
        line = propose_joint(planner, site.place(fife), wish)
        line.shares.update(agreed_at=timezone.now(), agreed_by_name="All")
    take_step(lead, LocalityPlanRecord.objects.get(pk=plan.pk), "open_for_comments")
    return lead


@pytest.mark.parametrize(
    "address",
    [
        "/fife/plans/",
        "/fife/localities/levenmouth/plans/",
        f"{PLAN}edit/",
        f"{PLAN}edit/care-at-home/",
        f"{PLAN}edit/moves/",
        f"{PLAN}edit/summary/",
        f"{PLAN}edit/priorities/",
        f"{PLAN}edit/clash/",
        f"{PLAN}versions/",
        f"{PLAN}versions/compare/?from=0&to=199",
        f"{PLAN}versions/3/restore/",
        f"{PLAN}comments/",
        f"{PLAN}group/",
        f"{PLAN}workbook/",
        f"{PLAN}workbook/plan.xlsx",
        "/fife/joint/2026-27/",
        "/fife/localities/levenmouth/joint/2026-27/",
    ],
)
def test_a_page_of_a_large_plan_takes_at_most_fifteen_queries(big, address):
    client = site.signed_in(big)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = client.get(address)

    assert answer.status_code == 200
    assert len(asked) <= MOST, "\n".join(query["sql"][:200] for query in asked)


@pytest.mark.parametrize("address", [f"{PLAN}group/", f"{PLAN}group/stance/", f"{PLAN}group/take-back/"])
def test_a_page_of_a_large_plan_that_the_group_has_takes_at_most_fifteen_queries(big, address):
    take_step(big, LocalityPlanRecord.objects.get(locality__slug="levenmouth"), "put_to_group")
    client = site.signed_in(big)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200

    assert len(asked) <= MOST, "\n".join(query["sql"][:200] for query in asked)
