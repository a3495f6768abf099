"""Professions are told of a decision before it is taken, answer, and learn what became of the answer."""

import datetime as dt

import pytest
from django.db import transaction
from django.utils import timezone

from factories import site, voices
from locality.foundations import InputRefused, ResultRefused
from locality_web.core.models import AuditEvent
from locality_web.core.permissions import NotAllowed
from locality_web.members import decision_answers
from locality_web.members.decision_changes import (
    Wanted,
    announce_decision,
    change_decision,
    prepare_decision,
    widen_decision,
    withdraw_decision,
)
from locality_web.members.decision_queries import all_asked
from locality_web.members.models import GroupDecision, Notice, ProfessionAsked
from locality_web.members.practice_changes import Outcome, answer_for, take_decision

DAY = dt.timedelta(days=1)


@pytest.fixture
def pharmacist(fife):
    """Has no seat; told of decisions through the Area Pharmaceutical Committee."""
    found = voices.member(fife, "Phil Pharmacist", organisation="Leven Pharmacy")
    voices.route(fife, None, "pharmacy", found)
    return found


@pytest.fixture
def nurse(fife, levenmouth):
    """Sits for community nurses in Levenmouth."""
    found = voices.member(fife, "Nan Nurse", shown="nothing")
    voices.seat(fife, levenmouth.locality, "community-nursing", found)
    return found


@pytest.fixture
def prepared(planner, levenmouth, today):
    wanted = Wanted("Move the clinic", "From Leven to Methil.", today + 30 * DAY, ("pharmacy", "community-nursing"))
    return prepare_decision(planner, levenmouth, wanted)


@pytest.fixture
def announced(planner, levenmouth, prepared, pharmacist, nurse):
    announce_decision(planner, levenmouth, prepared)
    return GroupDecision.objects.get(pk=prepared.pk)


def asked(decision, group="pharmacy") -> ProfessionAsked:
    return ProfessionAsked.objects.select_related("decision__partnership", "member").get(decision=decision, group=group)


def says(do, kind=InputRefused):
    with pytest.raises(kind) as refused:
        do()
    return [str(each.what) for each in refused.value.faults] if kind is InputRefused else [refused.value.reason]


def taken(decision, became="Saturday hours stay.", **more):
    answers = {each.pk: became for each in decision.asked.exclude(answer="")}
    return Outcome("It moves in June.", timezone.localdate(), answers, **more)


def test_those_on_seats_and_on_feed_in_routes_are_told_each_once_with_a_link(announced, pharmacist, nurse):
    told = {each.member: each for each in Notice.objects.all()}

    assert set(told) == {pharmacist, nurse}
    assert told[pharmacist].address.startswith("/fife/answer/")
    assert told[pharmacist].subject == "A decision that affects your profession: your answer is asked for"
    assert "From Leven to Methil." in told[pharmacist].text
    assert (asked(announced).route is None, asked(announced, "community-nursing").route is None) == (False, True)
    assert AuditEvent.objects.last().says == "Announced a decision; 2 members were told: Move the clinic"


def test_only_the_hash_of_a_link_is_kept(announced):
    token = Notice.objects.get(member=asked(announced).member).address.rstrip("/").rpartition("/")[2]

    assert len(token) == 24
    assert asked(announced).token_hash not in (token, "")


def test_a_profession_with_neither_seat_nor_route_is_named(planner, levenmouth, prepared, nurse):
    assert announce_decision(planner, levenmouth, prepared).nobody == ("pharmacy",)


def test_somebody_who_wants_no_notices_or_has_left_cannot_be_asked(planner, levenmouth, prepared, pharmacist, nurse):
    pharmacist.notices = "none"
    pharmacist.save()
    nurse.left_on = timezone.localdate()
    nurse.save()

    asking = announce_decision(planner, levenmouth, prepared)

    assert (asking.asked, asking.nobody) == ((), ("pharmacy", "community-nursing"))


def test_a_decision_without_time_for_the_notice_period_needs_a_written_reason(
    planner, levenmouth, prepared, pharmacist, today
):
    GroupDecision.objects.filter(pk=prepared.pk).update(due_on=today + 27 * DAY)

    found = says(lambda: announce_decision(planner, levenmouth, prepared))
    announce_decision(planner, levenmouth, prepared, short_notice="The lease ends.")

    assert found == [
        "Without the notice period of 28 days: Pharmacists, Community nurses; they had to be told by "
        f"{(today - DAY).day} {today - DAY:%B %Y}"
    ]
    assert GroupDecision.objects.get().short_notice == "The lease ends."


def test_an_answer_is_changed_until_the_decision_is_taken_and_not_afterwards(announced, planner, levenmouth):
    answer_for(asked(announced), "Keep Saturdays.")
    answer_for(asked(announced), "Keep Saturdays, please.")
    take_decision(planner, levenmouth, announced, taken(announced, short_notice="The lease ends."))

    assert says(lambda: answer_for(asked(announced), "Too late"), ResultRefused) == [
        "The decision is taken already, so the answer does not change any more."
    ]
    assert asked(announced).answer == "Keep Saturdays, please."
    kinds = list(AuditEvent.objects.filter(kind="members.profession_answered").values_list("person_name", flat=True))
    assert kinds == ["", ""]


def test_an_answer_on_paper_is_keyed_in_by_somebody_who_may(announced, planner, fife):
    answer_for(asked(announced), "From the letter.", by=planner)

    assert AuditEvent.objects.last().person_name == "Pat Planner"
    with pytest.raises(NotAllowed):
        answer_for(asked(announced), "Mine", by=site.person("member", fife, "levenmouth"))


def test_taking_a_decision_needs_an_outcome_and_what_became_of_each_answer(announced, planner, levenmouth, today):
    answer_for(asked(announced), "Keep Saturdays.")

    found = says(lambda: take_decision(planner, levenmouth, announced, Outcome(" ", today + DAY)))

    assert found[0] == "There is nothing written yet"
    assert found[1].startswith("It was announced on ")
    assert found[2] == "It is not written what became of the answer of Pharmacists"
    assert GroupDecision.objects.get().state == "announced"


def test_a_decision_that_is_taken_before_the_notice_period_is_over_needs_its_reason(announced, planner, levenmouth):
    found = says(lambda: take_decision(planner, levenmouth, announced, taken(announced)))
    take_decision(planner, levenmouth, announced, taken(announced, short_notice="The lease ends."))

    assert found == ["Without the notice period of 28 days: Pharmacists, Community nurses"]
    assert [each.days_before for each in all_asked(announced.partnership)] == [0, 0]


def test_each_who_answered_is_told_what_became_of_it_with_the_same_link(announced, planner, levenmouth, pharmacist):
    answer_for(asked(announced), "Keep Saturdays.")
    take_decision(planner, levenmouth, announced, taken(announced, short_notice="The lease ends."))

    first, outcome = Notice.objects.filter(member=pharmacist).order_by("pk")
    assert outcome.subject == "What became of your answer to a decision"
    assert "What became of your answer: Saturday hours stay." in outcome.text
    assert outcome.address == first.address
    assert Notice.objects.count() == 3


def test_an_answer_that_was_changed_after_it_was_read_is_shown_again_first(announced, planner, levenmouth):
    answer_for(asked(announced), "Keep Saturdays.")
    seen = timezone.now()
    answer_for(asked(announced), "Close it, rather.")

    found = says(lambda: take_decision(planner, levenmouth, announced, taken(announced, seen_at=seen)))

    assert found[0] == "Pharmacists changed the answer after you opened this page"


def test_further_professions_are_told_and_their_clock_begins_anew(announced, planner, levenmouth, fife, today):
    dentist = voices.member(fife)
    voices.seat(fife, levenmouth.locality, "dentistry", dentist)
    ProfessionAsked.objects.update(told_at=timezone.now() - 30 * DAY)
    wanted = (*announced.professions, "dentistry")

    found = says(lambda: widen_decision(planner, levenmouth, announced, professions=wanted, due_on=today + 10 * DAY))
    asking = widen_decision(planner, levenmouth, announced, professions=wanted, due_on=today + 28 * DAY)

    assert found[0].startswith("Without the notice period of 28 days: Dentists; ")
    assert [each.group for each in asking.asked] == ["dentistry"]
    assert [(each.group, each.days_before) for each in all_asked(fife)] == [
        ("pharmacy", 58),
        ("community-nursing", 58),
        ("dentistry", 28),
    ]


def test_another_day_is_told_to_those_who_were_asked_before(announced, planner, levenmouth, pharmacist, today):
    widen_decision(planner, levenmouth, announced, professions=announced.professions, due_on=today + 40 * DAY)

    newest = Notice.objects.filter(member=pharmacist).latest("pk")
    assert newest.subject == "The day of a decision that you were asked about has changed"


def test_a_profession_that_was_told_stays(announced, planner, levenmouth):
    found = says(
        lambda: widen_decision(planner, levenmouth, announced, professions=["pharmacy"], due_on=announced.due_on)
    )
    assert found == ["Community nurses can no more be taken out"]


def test_what_was_announced_does_not_change(announced, planner, levenmouth, today):
    wanted = Wanted("Another", "Another", today)
    assert says(lambda: change_decision(planner, levenmouth, announced, wanted), ResultRefused) == [
        "What the professions were told does not change."
    ]


def test_a_decision_is_withdrawn_with_a_reason_and_those_who_were_asked_are_told(
    announced, planner, levenmouth, pharmacist
):
    assert says(lambda: withdraw_decision(planner, levenmouth, announced, reason=" ")) == ["The reason is missing"]
    withdraw_decision(planner, levenmouth, announced, reason="No money.")

    assert Notice.objects.filter(member=pharmacist).latest("pk").text.endswith("Why: No money.")
    assert says(lambda: take_decision(planner, levenmouth, announced, taken(announced)), ResultRefused)


def test_a_decision_that_nobody_was_told_of_cannot_be_taken(prepared, planner, levenmouth):
    assert (
        "cannot become 'taken'"
        in says(lambda: take_decision(planner, levenmouth, prepared, taken(prepared)), ResultRefused)[0]
    )


@pytest.mark.parametrize("role", ["member", "finance"])
def test_only_those_who_keep_decisions_prepare_announce_and_take_them(role, fife, levenmouth, announced):
    someone = site.person(role, fife, "levenmouth" if role == "member" else None)
    wanted = Wanted("A", "B", announced.due_on)
    for do in (
        lambda: prepare_decision(someone, levenmouth, wanted),
        lambda: change_decision(someone, levenmouth, announced, wanted),
        lambda: announce_decision(someone, levenmouth, announced),
        lambda: widen_decision(someone, levenmouth, announced, professions=(), due_on=announced.due_on),
        lambda: withdraw_decision(someone, levenmouth, announced, reason="x"),
        lambda: take_decision(someone, levenmouth, announced, taken(announced)),
    ):
        with pytest.raises(NotAllowed):
            do()


def test_a_decision_that_is_taken_half_way_leaves_nothing_behind(announced, planner, levenmouth, monkeypatch):
    answer_for(asked(announced), "Keep Saturdays.")
    before = Notice.objects.count()

    def broken(*_, **__):
        raise RuntimeError("the power went out")

    monkeypatch.setattr(decision_answers, "record", broken)
    with pytest.raises(RuntimeError), transaction.atomic():
        take_decision(planner, levenmouth, announced, taken(announced, short_notice="x"))

    assert GroupDecision.objects.get().state == "announced"
    assert (Notice.objects.count(), asked(announced).became) == (before, "")


def test_a_decision_of_the_whole_partnership_asks_those_who_sit_anywhere(planner, fife, nurse, pharmacist, today):
    place = site.place(fife)
    wanted = Wanted("One formulary", "For all.", today + 60 * DAY, ("community-nursing", "pharmacy"))

    asking = announce_decision(planner, place, prepare_decision(planner, place, wanted))

    assert [each.member for each in asking.asked] == [nurse.pk, pharmacist.pk]
