"""What professional bodies agreed to and advised stands with its document and with what became of it."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from factories import site
from locality.foundations import InputRefused
from locality_web.core.models import AuditEvent
from locality_web.core.permissions import NotAllowed
from locality_web.members.advice_changes import Said, Sent, add_advice, change_advice
from locality_web.members.advice_pages import say_agreement
from locality_web.members.membership_record import membership_of
from locality_web.members.models import Advice, Document

DAY = dt.timedelta(days=1)
LMC = "local-medical-committee"


@pytest.fixture
def whole(fife):
    return site.place(fife)


def says(do):
    with pytest.raises(InputRefused) as refused:
        do()
    return [fault.what for fault in refused.value.faults]


def test_an_agreement_is_recorded_with_its_conditions_and_its_document(planner, whole, today):
    said = Said(LMC, "conditions", "GPs in groups", given_on=today, conditions="Locum paid.", public=True)

    made = add_advice(planner, whole, said, Sent("letter.pdf", b"%PDF-1.4"))

    assert (made.body_name, made.document.name, made.document.public) == ("Local Medical Committee", "letter.pdf", True)
    assert AuditEvent.objects.last().detail["document"] == made.document.sha256
    assert membership_of(whole.partnership, ()).advice[0].state == "conditions"


def test_all_that_is_missing_or_at_odds_is_said_at_once(planner, whole, today):
    said = Said(LMC, "conditions", "GPs", until=today, answer="Done", asked_on=today)
    assert says(lambda: add_advice(planner, whole, said, Sent("a.exe", b"x"))) == [
        "The day of its answer is missing",
        "It agreed with conditions, and they are missing",
        "'a.exe' is empty, larger than 10 MB or of another kind",
    ]
    early = Said(LMC, "agreed", "GPs", asked_on=today, given_on=today - DAY, until=today - 2 * DAY)
    assert says(lambda: add_advice(planner, whole, early)) == [
        "The last day is before the day of its answer",
        "It was answered before it was asked",
    ]
    asked = Said(LMC, "asked", "GPs", answer="Done")
    assert says(lambda: add_advice(planner, whole, asked)) == [
        "The day on which it was asked is missing",
        "There is no advice yet that something could have become of",
    ]


def test_what_became_of_an_advice_bears_its_day_and_a_new_document_leaves_the_old_one_kept(planner, whole, today):
    said = Said("area-clinical-forum", "given", "Beds", given_on=today)
    made = add_advice(planner, whole, said, Sent("a.pdf", b"one"))

    changed = Said("area-clinical-forum", "given", "Beds", given_on=today, answer="Ten beds stay.", public=True)
    change_advice(planner, whole, made, changed, Sent("b.pdf", b"two"))

    made.refresh_from_db()
    assert (made.answered_on, made.document.name, Document.objects.count()) == (today, "b.pdf", 2)


def test_everybody_reads_what_is_public_and_nothing_else(planner, whole, today):
    for about, public in (("Open matter", True), ("Secret matter", False)):
        add_advice(planner, whole, Said(LMC, "agreed", about, given_on=today, public=public), Sent("a.pdf", b"x"))
    shown, hidden = Advice.objects.get(public=True), Advice.objects.get(public=False)

    page = Client().get("/fife/advice/").content.decode()
    own = site.signed_in(planner).get("/fife/advice/").content.decode()

    assert ("Open matter" in page, "Secret matter" in page, "Secret matter" in own) == (True, False, True)
    assert Client().get(f"/fife/advice/{shown.pk}/document/")["Content-Disposition"].startswith("attachment")
    assert Client().get(f"/fife/advice/{hidden.pk}/document/").status_code == 404
    assert site.signed_in(planner).get(f"/fife/advice/{hidden.pk}/document/").content == b"x"


def test_an_advice_is_recorded_and_changed_on_its_page(planner, whole, today):
    client = site.signed_in(planner)
    typed = {"body": LMC, "about": "GPs", "state": "agreed", "given_on": str(today), "says": "Yes."}
    answer = client.post("/fife/advice/add/", {**typed, "document": SimpleUploadedFile("a.pdf", b"%PDF")})
    assert answer.headers["Location"] == "/fife/advice/"

    made = Advice.objects.get()
    client.post(f"/fife/advice/{made.pk}/", {**typed, "answer": "GPs sit in each group.", "public": "on"})

    made.refresh_from_db()
    assert (made.answer, made.public, made.document.public) == ("GPs sit in each group.", True, True)
    empty = client.post("/fife/advice/add/", {"body": LMC}).content.decode()
    assert "Write what it is about." in empty
    assert "Choose where it stands." in empty


#         state         given  until  | what is said
STANDING = [
    ("agreed", -10, None, "Agreed on "),
    ("agreed", -10, 5, " It holds until "),
    ("agreed", -10, -1, " ran out on "),
    ("refused", -10, None, "Did not agree on "),
    ("withdrawn", -1, None, "Agreement withdrawn on "),
    ("asked", None, None, "has not answered yet."),
]


@pytest.mark.parametrize(("state", "given", "until", "said"), STANDING)
def test_whether_the_committee_agrees_is_said_by_its_newest_word(state, given, until, said):
    on = dt.date(2026, 11, 22)
    day = {"given_on": None if given is None else on + given * DAY, "until": until and on + until * DAY, "pk": 1}
    assert said in say_agreement([Advice(state=state, asked_on=on - 20 * DAY, **day)], on)


def test_nothing_recorded_is_said_too_and_the_newest_word_counts():
    on = dt.date(2026, 11, 22)
    old, new = Advice(pk=1, state="agreed", given_on=on - 9 * DAY), Advice(pk=2, state="refused", given_on=on)
    assert say_agreement([], on) == "Nothing is recorded here."
    assert say_agreement([new, old], on).startswith("Did not agree on 22 November 2026")


def test_a_lead_does_not_record_what_professional_bodies_said(fife, whole, today):
    lead = site.person("lead", fife, "levenmouth")
    with pytest.raises(NotAllowed):
        add_advice(lead, whole, Said(LMC, "agreed", "GPs", given_on=today))
