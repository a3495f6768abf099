"""Each locality has a lead, with a term and perhaps deputies; one without is named."""

import datetime as dt

import pytest

from factories import site
from locality.foundations import InputRefused
from locality_web.core.models import AuditEvent, PartnershipSetting, RoleHeld
from locality_web.core.permissions import NotAllowed, may
from locality_web.core.remembered import ANEW
from locality_web.members import planning_record
from locality_web.members.changes import Appointment, appoint, end, extend, usual_end, withdraw
from locality_web.members.lead_today import due_about_leads, due_for
from locality_web.members.queries import deputies_of, lead_of, next_lead, terms_of

DAY = dt.timedelta(days=1)


def refusal(of):
    with pytest.raises(InputRefused) as refused:
        of()
    return [fault.what for fault in refused.value.faults]


def test_a_lead_is_appointed_for_the_partnerships_usual_term_with_an_audit_event(lead, levenmouth, today):
    assert lead_of(levenmouth.locality) == lead
    assert lead.works_as == "GP, Leven Surgery, Levenmouth cluster"
    assert lead.ends == usual_end(levenmouth, today - 30 * DAY)
    assert AuditEvent.objects.last().says == "Appointed Dr Ann Reid lead of Levenmouth"


def test_the_usual_term_is_the_partnerships_own(levenmouth, fife):
    PartnershipSetting.objects.create(partnership=fife, name="members.lead_term_years", value=2, reason="As agreed.")

    assert usual_end(levenmouth, dt.date(2026, 4, 1)) == dt.date(2028, 3, 31)
    assert usual_end(levenmouth, dt.date(2028, 2, 29)) == dt.date(2030, 2, 28)


def test_a_locality_has_one_lead_at_a_time(lead, planner, levenmouth, today):
    says = refusal(lambda: appoint(planner, levenmouth, Appointment("lead", "Bo Hay", today)))

    assert says[0].startswith("Dr Ann Reid is lead from ")
    assert terms_of(levenmouth.partnership).count() == 1


def test_another_lead_may_follow_the_day_after_and_deputies_may_serve_beside(lead, planner, levenmouth, today):
    after = appoint(planner, levenmouth, Appointment("lead", "Bo Hay", lead.ends + DAY))
    deputy = appoint(planner, levenmouth, Appointment("deputy", "Cy Orr", today))

    assert next_lead(levenmouth.locality) == after
    assert deputies_of(levenmouth.locality) == [deputy]


def test_appointing_may_give_the_role_in_the_same_step(planner, levenmouth, fife, today):
    ann = site.person("member", fife, "levenmouth", name="Ann Reid")

    term = appoint(planner, levenmouth, Appointment("lead", "Ann Reid", today, person=ann, give_role=True))

    ann = type(ann).objects.get(pk=ann.pk)
    assert may(ann, "plans.edit", levenmouth)
    assert (term.role_held.starts, term.role_held.ends) == (term.starts, term.ends)


def test_when_a_term_ends_early_the_role_ends_with_it(planner, levenmouth, fife, today):
    ann = site.person("member", fife, "levenmouth", name="Ann Reid")
    first = today - 10 * DAY
    term = appoint(planner, levenmouth, Appointment("lead", "Ann Reid", first, person=ann, give_role=True))

    end(planner, levenmouth, term, ends=today - DAY, reason="Moved away.")

    assert lead_of(levenmouth.locality) is None
    assert RoleHeld.objects.get(person=ann, role="lead").ends == today - DAY


def test_nobody_gives_a_role_to_themselves(planner, levenmouth, today):
    says = refusal(
        lambda: appoint(planner, levenmouth, Appointment("lead", "Pat", today, person=planner, give_role=True))
    )

    assert says == ["You cannot give yourself a role"]


def test_an_appointment_that_has_not_begun_can_be_withdrawn_with_its_role(planner, levenmouth, fife, today):
    ann = site.person("member", fife, "levenmouth", name="Ann Reid")
    term = appoint(planner, levenmouth, Appointment("lead", "Ann Reid", today + DAY, person=ann, give_role=True))

    withdraw(planner, levenmouth, term)

    assert not RoleHeld.objects.filter(person=ann, role="lead").exists()
    assert next_lead(levenmouth.locality) is None
    assert AuditEvent.objects.last().kind == "members.lead_withdrawn"


def test_a_term_is_extended_to_a_later_day_only_and_not_into_the_next_leads(lead, planner, levenmouth):
    appoint(planner, levenmouth, Appointment("lead", "Bo Hay", lead.ends + 10 * DAY))

    assert refusal(lambda: extend(planner, levenmouth, lead, ends=lead.ends, reason="x"))[0].startswith(
        "The term lasts"
    )
    assert refusal(lambda: extend(planner, levenmouth, lead, ends=lead.ends + 20 * DAY, reason="x"))[0].startswith(
        "Bo Hay"
    )
    extend(planner, levenmouth, lead, ends=lead.ends + 5 * DAY, reason="Until Bo begins.")
    assert lead.reason.endswith("Until Bo begins.")


def test_only_those_who_may_appoint_do(levenmouth, fife, today):
    with pytest.raises(NotAllowed):
        appoint(site.person("lead", fife, "levenmouth"), levenmouth, Appointment("lead", "Me", today))


def test_a_planner_is_told_of_localities_without_a_lead_and_of_terms_that_end_soon(
    lead, planner, levenmouth, fife, today
):
    lead.ends = today + 89 * DAY
    lead.save()

    found = due_for(planner, list(planner.roles.all()))

    assert [(due.title, due.urgent) for due in found] == [
        ("3 localities have no lead", True),
        ("The lead's term in Levenmouth ends soon", False),
    ]
    assert found[0].why.startswith("Dunfermline, Kirkcaldy and North East Fife. ")
    assert found[0].address == "/fife/localities/"
    assert found[1].by == today + 89 * DAY


def test_a_single_locality_without_a_lead_is_named_itself_and_so_is_one_whose_lead_is_to_begin(
    lead, planner, fife, today
):
    appoint(planner, site.place(fife, "kirkcaldy"), Appointment("lead", "Bo Hay", today))
    appoint(planner, site.place(fife, "north-east-fife"), Appointment("lead", "Cy Low", today + 5 * DAY))

    assert [(due.title, due.address, due.urgent) for due in due_about_leads(fife, today)] == [
        ("Dunfermline has no lead", "/fife/localities/dunfermline/lead/", True),
        ("North East Fife has no lead", "/fife/localities/north-east-fife/lead/", False),
    ]


def test_nobody_is_told_of_a_term_that_ends_soon_when_somebody_follows(lead, planner, levenmouth, fife, today):
    lead.ends = today + 5 * DAY
    lead.save()
    appoint(planner, levenmouth, Appointment("lead", "Bo Hay", today + 6 * DAY))

    assert not [due for due in due_about_leads(fife, today) if "Levenmouth" in due.title]


def test_somebody_who_may_not_appoint_is_told_nothing_of_leads(fife):
    finance = site.person("finance", fife)

    assert due_for(finance, list(finance.roles.all())) == []


def test_the_guidance_checks_learn_of_leads_and_deputies(lead, planner, levenmouth, fife, today):
    appoint(planner, levenmouth, Appointment("deputy", "Cy Orr", today))

    found = planning_record.parts(fife, "2026/27", ANEW)["leads"]

    assert list(found) == ["levenmouth"]
    assert (found["levenmouth"].name, found["levenmouth"].gp_cluster, found["levenmouth"].deputy) == (
        "Dr Ann Reid",
        "Levenmouth",
        "Cy Orr",
    )


def test_nobody_extends_a_term_that_gives_them_a_role_themselves(planner, levenmouth, fife, today):
    other = site.person("planner", fife, name="Ola Other")
    term = appoint(other, levenmouth, Appointment("lead", "Pat", today, person=planner, give_role=True))

    says = refusal(lambda: extend(planner, levenmouth, term, ends=term.ends + DAY, reason="Longer"))

    assert says == ["You cannot extend your own role"]


def test_a_role_that_an_administrator_ended_stays_ended_when_the_term_is_changed(planner, levenmouth, fife, today):
    ann = site.person("member", fife, "levenmouth", name="Ann Reid")
    term = appoint(planner, levenmouth, Appointment("lead", "Ann Reid", today, person=ann, give_role=True))
    RoleHeld.objects.filter(pk=term.role_held_id).update(ends=today)
    term.role_held.refresh_from_db()

    extend(planner, levenmouth, term, ends=term.ends + DAY, reason="Longer")
    end(planner, levenmouth, term, ends=today + 9 * DAY, reason="Left")

    assert RoleHeld.objects.get(pk=term.role_held_id).ends == today
