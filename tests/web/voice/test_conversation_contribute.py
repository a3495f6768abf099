"""What somebody says is taken by one function for every channel: all of it or nothing, with what was known that day."""

import datetime as dt

import pytest
from django.utils import timezone

from factories import areas, site, voice_site
from locality.foundations import InputRefused, ResultRefused
from locality_web.core.models import AuditEvent, Job
from locality_web.core.permissions import NotAllowed
from locality_web.voice.conversations import changes
from locality_web.voice.conversations.changes import About, Came, Mark, Said, Tell, View, contribute
from locality_web.voice.conversations.receipts import find_by_receipt
from locality_web.voice.models import (
    Contribution,
    Correspondent,
    MapMark,
    ModerationStep,
    Opinion,
    Option,
    Question,
    Statement,
    ZoneFifth,
)

DAY = dt.timedelta(days=1)
WEB = Came("web")


@pytest.fixture
def whole(fife):
    return site.place(fife)


@pytest.fixture
def talk(fife):
    """Takes everything, and shows views at once."""
    every = ["views", "statements", "ranking", "dividing", "map", "survey"]
    made = voice_site.conversation(fife, kinds=every, moderation="after", divides_pence=100_00)
    for number, name in enumerate(("Bus", "Clinic", "Garden")):
        Option.objects.create(conversation=made, title=name, order=number)
    Statement.objects.create(conversation=made, text="The bus comes often enough.")
    Question.objects.create(conversation=made, code="how", text="How?", kind="one", choices=["By bus", "On foot"])
    return made


def keys(found) -> list[int]:
    return list(found.values_list("pk", flat=True))


def faults(do) -> list[str]:
    with pytest.raises(InputRefused) as refused:
        do()
    return [f"{each.column}: {each.what}" for each in refused.value.faults]


def reason(do) -> str:
    with pytest.raises(ResultRefused) as refused:
        do()
    return refused.value.reason


def test_all_that_somebody_says_is_written_at_once_and_opened_by_the_receipt_code(whole, talk):
    bus, clinic, garden = keys(talk.options)
    said = Said(
        views=(View(" The bus should stop at the surgery. ", mark=Mark("Durie Street")),),
        statements={keys(talk.statements)[0]: "disagree"},
        suggested=("The bus should be free.",),
        ranking=((clinic, bus), (garden,)),
        parts={bus: 60_00, clinic: 40_00},
        marks=(Mark(geometry={"type": "Point", "coordinates": [-3.0, 56.2]}),),
        survey={keys(talk.questions)[0]: 1},
        consents=True,
    )

    received = contribute(whole, talk, said, WEB)

    made = find_by_receipt(received.receipt.lower().replace("-", " "))
    assert made == received.contribution
    assert (made.opinions.get().text, made.opinions.get().state) == ("The bus should stop at the surgery.", "shown")
    assert made.ranking.order == [[bus, clinic], [garden]]
    assert sorted(made.parts.values_list("pence", flat=True)) == [40_00, 60_00]
    assert made.statement_votes.get().vote == "disagree"
    assert (made.suggested.get().text, made.suggested.get().state) == ("The bus should be free.", "held")
    assert (made.marks.count(), made.survey_answers.get().value) == (2, 1)
    assert len(received.receipt) == 19


def test_only_a_keyed_hash_of_the_receipt_code_is_kept(whole, talk):
    received = contribute(whole, talk, Said(views=(View("Yes"),)), WEB)

    assert received.receipt.replace("-", "") not in received.contribution.receipt
    assert len(received.contribution.receipt) == 64


def test_every_fault_is_said_at_once_and_nothing_is_written(whole, talk, fife):
    bus, clinic, _ = keys(talk.options)
    said = Said(
        views=(View("x" * 5_001),),
        statements={999: "agree"},
        ranking=((bus, bus),),
        parts={bus: 60_00, clinic: 30_00},
        marks=(Mark(),),
        tell=Tell("email", email="nobody"),
    )

    assert faults(lambda: contribute(whole, talk, said, WEB)) == [
        "view: It has more than 5,000 characters",
        "place: It is not said where the place is",
        "statement_999: This statement is not asked about, or the answer is none of the three",
        "ranking: An option is ranked twice, or is none of this conversation",
        f"part_{bus}: Your parts add up to £90.00 of £100.00: £10.00 is left over",
        "email: This is not an e-mail address",
    ]
    assert Contribution.objects.count() == 0


def test_parts_above_the_sum_are_refused_in_words(whole, talk):
    bus, *_ = keys(talk.options)
    assert faults(lambda: contribute(whole, talk, Said(parts={bus: 120_00}), WEB)) == [
        f"part_{bus}: Your parts add up to £120.00, which is £20.00 more than £100.00"
    ]


def test_what_a_conversation_does_not_ask_for_is_refused(whole, fife):
    talk = voice_site.conversation(fife)
    assert faults(lambda: contribute(whole, talk, Said(marks=(Mark("Leven"),)), WEB)) == [
        "map: This conversation does not ask for that"
    ]


def test_nothing_at_all_is_no_contribution(whole, talk):
    assert faults(lambda: contribute(whole, talk, Said(), WEB)) == ["view: Nothing is said yet"]


def test_where_somebody_lives_is_kept_as_it_was_that_day_and_follows_no_later_change(whole, fife):
    areas.load(fife, areas.release(areas.FOUR))
    zone = fife.area_versions.get().zones.filter(locality__slug="levenmouth").first()
    fifth = ZoneFifth.objects.create(partnership=fife, zone=zone.zone, fifth=1, source="An index")
    talk = voice_site.conversation(fife, asks_about=["zone", "age_group"])
    said = Said(views=(View("Yes"),), about=About(zone=zone.zone, age_group="16-24", carer="yes"))

    made = contribute(whole, talk, said, WEB).contribution
    fifth.fifth = 5
    fifth.save()
    zone.locality = site.locality(fife, "kirkcaldy")
    zone.save()

    kept = Contribution.objects.get(pk=made.pk)
    assert (kept.zone, kept.locality.slug, kept.fifth, kept.age_group) == (zone.zone, "levenmouth", 1, "16-24")
    assert kept.carer == ""  # was not asked for


def test_with_moderation_before_a_view_is_held(whole, fife):
    talk = voice_site.conversation(fife, moderation="before")
    received = contribute(whole, talk, Said(views=(View("Yes"),)), WEB)
    assert (received.held, Opinion.objects.get().state) == (True, "held")


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("Buy at https://cheap.example", "links"),
        ("See www.cheap.example", "links"),
        ("Nooooooooooooooooo", "noise"),
        ("The same long sentence about buses, word for word.", "repeats"),
    ],
)
def test_the_site_holds_what_looks_like_no_view_and_says_by_which_sign(whole, talk, text, sign):
    voice_site.opinion(talk, "The same long sentence about buses, word for word.")

    received = contribute(whole, talk, Said(views=(View(text),)), WEB)

    step = ModerationStep.objects.get()
    assert (received.held, step.reason, step.by_site) == (True, sign, True)


def test_a_reply_stands_with_a_view_that_is_shown(whole, talk):
    first = voice_site.opinion(talk)
    hidden = voice_site.opinion(talk, "No", state="hidden")

    contribute(whole, talk, Said(views=(View("So do I.", replies_to=first.pk),)), WEB)

    assert first.replies.get().text == "So do I."
    assert faults(lambda: contribute(whole, talk, Said(views=(View("Why?", replies_to=hidden.pk),)), WEB)) == [
        "view: The view to which you reply is not shown any more"
    ]


@pytest.mark.parametrize(
    ("channel", "state", "days_ago", "taken"),
    [
        ("web", "open", 0, True),
        ("paper", "open", 0, True),
        ("paper", "closed_to_views", 9, True),  # it came in time, and is keyed in late
        ("paper", "closed_to_views", 0, False),
        ("web", "closed_to_views", 9, False),
        ("paper", "being_answered", 9, False),
        ("web", "draft", 0, False),
    ],
)
def test_what_came_in_time_counts(fife, channel, state, days_ago, taken):
    today = timezone.localdate()
    last = today + 20 * DAY if state == "open" else today - 5 * DAY
    talk = voice_site.conversation(fife, state=state, opens_on=today - 10 * DAY, closes_on=last)
    lead = site.person("planner", fife)
    came = Came(channel, recorded_by=lead, received_on=today - days_ago * DAY)

    try:
        contribute(site.place(fife), talk, Said(views=(View("Yes"),)), came)
    except ResultRefused:
        assert not taken
    else:
        assert taken


def test_whoever_writes_down_what_others_say_needs_the_permission_where_it_is_held(fife):
    talk = voice_site.conversation(fife, "levenmouth")
    said = Said(views=(View("Yes"),))
    place = site.place(fife, "levenmouth")

    contribute(place, talk, said, Came("telephone", recorded_by=site.person("lead", fife, "levenmouth")))
    with pytest.raises(NotAllowed):
        contribute(place, talk, said, Came("telephone", recorded_by=site.person("lead", fife, "kirkcaldy")))
    assert reason(lambda: contribute(place, talk, said, Came("telephone"))) == "It is not said who wrote this down."


def test_a_paper_form_counts_once(whole, talk, fife):
    came = Came("paper", recorded_by=site.person("planner", fife), paper_code="CFHJ-KMNJ")
    contribute(whole, talk, Said(views=(View("Yes"),)), came)
    assert reason(lambda: contribute(whole, talk, Said(views=(View("Yes"),)), came)) == (
        "This form was keyed in already."
    )


def test_an_address_is_asked_first_whether_it_is_theirs(whole, talk):
    said = Said(views=(View("Yes"),), tell=Tell("email", email="ann@example.org"))

    contribute(whole, talk, said, WEB)

    assert Correspondent.objects.get().confirmed_at is None
    assert Job.objects.get().arguments["to"] == "ann@example.org"


def test_nobody_fills_the_mailbox_of_somebody_else(whole, talk):
    for number in range(8):
        said = Said(views=(View(f"Buses at {number}"),), tell=Tell("email", email=f"{'aA'[number % 2]}nn@example.org"))
        contribute(whole, talk, said, WEB)
    other = Said(views=(View("Trams"),), tell=Tell("email", email="ben@example.org"))
    contribute(whole, talk, other, WEB)

    asked = [each.arguments["to"] for each in Job.objects.filter(kind="core.mail")]
    assert len([each for each in asked if each.lower() == "ann@example.org"]) == 5
    assert "ben@example.org" in asked
    assert Correspondent.objects.count() == 9


def test_somebody_signed_in_is_told_at_their_own_address_at_once(whole, talk):
    ann = site.person(email="ann@example.org")
    said = Said(views=(View("Yes"),), tell=Tell("email", email="Ann@example.org"))

    contribute(whole, talk, said, Came("web", by=ann))

    assert Correspondent.objects.get().confirmed_at is not None
    assert Job.objects.count() == 0


def test_the_record_says_that_something_came_and_never_what_or_from_whom(whole, talk):
    ann = site.person(name="Ann Other", email="ann@example.org")
    said = Said(views=(View("Buses, please"),), tell=Tell("post", name="Ann Other", address="1 High Street"))

    contribute(whole, talk, said, Came("web", by=ann))

    event = AuditEvent.objects.last()
    assert (event.kind, event.person_name) == ("voice.contributed", "")
    assert not any(each in f"{event.says} {event.detail}" for each in ("Buses", "Ann", "High Street"))


def test_a_contribution_that_breaks_half_way_leaves_nothing(whole, talk, monkeypatch):
    def broken(*_):
        raise RuntimeError("the power went")

    monkeypatch.setattr(changes, "_record", broken)
    with pytest.raises(RuntimeError):
        contribute(whole, talk, Said(views=(View("Yes", mark=Mark("Leven")),)), WEB)

    assert [each.objects.count() for each in (Contribution, Opinion, MapMark, AuditEvent)] == [0, 0, 0, 0]
