"""A view is shown or hidden with a reason that its author reads; somebody else looks at an appeal."""

import pytest

from factories import site, talks, voice_site
from locality.foundations import InputRefused, ResultRefused
from locality_web.core.models import AuditEvent
from locality_web.core.permissions import NotAllowed
from locality_web.voice.conversations import moderation
from locality_web.voice.conversations.moderation import (
    ask_again,
    flag_view,
    hide_view,
    settle_appeal,
    settle_statement,
    show_view,
    withdraw_view,
)
from locality_web.voice.conversations.moderation_views import queue
from locality_web.voice.conversations.queries import public_views
from locality_web.voice.conversations.supporting import support_view, supporter
from locality_web.voice.conversations.translating import translate
from locality_web.voice.models import (
    Appeal,
    Flag,
    MapMark,
    ModerationStep,
    Opinion,
    Statement,
    Support,
    Translation,
)


@pytest.fixture
def planner(fife):
    return site.person("planner", fife, name="Pat Planner")


@pytest.fixture
def talk(fife, planner):
    return talks.opened(planner, site.place(fife))


@pytest.fixture
def view(talk):
    return voice_site.opinion(talk, "The bus is late.")


def reason(do) -> str:
    with pytest.raises(ResultRefused) as refused:
        do()
    return refused.value.reason


def says(do) -> list[str]:
    with pytest.raises(InputRefused) as refused:
        do()
    return [each.what for each in refused.value.faults]


def test_a_held_view_is_shown_to_everybody_once_somebody_read_it(planner, talk):
    held = voice_site.opinion(talk, state="held")
    assert not public_views(talk).exists()

    show_view(planner, held)

    assert public_views(talk).get() == held
    assert (ModerationStep.objects.get().was, ModerationStep.objects.get().by) == ("held", planner)


def test_a_view_whose_author_did_not_agree_is_counted_and_never_shown(planner, talk):
    held = voice_site.opinion(talk, state="held", part={"consents": False})
    show_view(planner, held)
    assert (talk.opinions.count(), public_views(talk).count()) == (1, 0)


def test_hiding_needs_a_reason_and_the_record_tells_nothing_of_the_view(planner, view):
    assert says(lambda: hide_view(planner, view, reason="wrong opinion")) == ["The reason is missing"]
    assert says(lambda: hide_view(planner, view, reason="unlawful")) == ["It is not said how it could break the law"]

    hide_view(planner, view, reason="personal", says="Leave out the driver's name.")

    assert Opinion.objects.get().state == "hidden"
    event = AuditEvent.objects.last()
    assert event.says == "Hid a view (personal): Buses to the surgery"
    assert "late" not in f"{event.says}{event.detail}"


def test_a_flag_waits_until_somebody_looked_and_the_view_stands_meanwhile(planner, view):
    flag_view(view, reason="abuse", says="It insults the driver.")
    assert Opinion.objects.get().state == "shown"

    show_view(planner, view)

    assert (Flag.objects.get().upheld, Flag.objects.get().settled_by) == (False, planner)
    flag_view(view, reason="abuse")
    hide_view(planner, view, reason="abuse")
    assert Flag.objects.last().upheld is True
    assert reason(lambda: flag_view(view, reason="abuse")) == "This view is not shown any more."


def test_an_appeal_is_decided_by_somebody_else_than_who_hid_the_view(planner, view, fife):
    hide_view(planner, view, reason="elsewhere")
    view.refresh_from_db()
    appeal = ask_again(view.contribution, view, says="It is about the bus.")

    assert reason(lambda: settle_appeal(planner, appeal, show=True, says="Yes")).endswith(
        "Whoever decides is not the one who hid it."
    )
    other = site.person("planner", fife)
    settle_appeal(other, appeal, show=True, says="It is about the bus.")

    appeal.refresh_from_db()
    assert (Opinion.objects.get().state, appeal.outcome, appeal.by) == ("shown", "shown", other)
    assert reason(lambda: settle_appeal(other, appeal, show=False, says="No")) == "This appeal was decided already."


def test_nobody_gets_round_an_appeal_by_hiding_the_view_once_more(planner, view, fife):
    hide_view(planner, view, reason="elsewhere")
    ask_again(view.contribution, view, says="It is about the bus.")

    assert reason(lambda: hide_view(planner, view, reason="advert")) == "Its author appealed."
    assert Opinion.objects.get().state == "appealed"


def test_an_appeal_that_fails_keeps_the_first_reason(planner, view, fife):
    hide_view(planner, view, reason="personal")
    appeal = ask_again(view.contribution, view, says="Why?")
    settle_appeal(site.person("planner", fife), appeal, show=False, says="It names the driver.")
    assert (Opinion.objects.get().state, ModerationStep.objects.last().reason) == ("hidden", "personal")


def test_only_whoever_holds_the_code_appeals_or_takes_words_back(planner, talk, view):
    hide_view(planner, view, reason="advert")
    stranger = voice_site.contribution(talk)
    assert reason(lambda: ask_again(stranger, view, says="x")) == "This view came with another receipt code."
    assert reason(lambda: withdraw_view(stranger, view)) == "This view came with another receipt code."


def test_words_that_are_taken_back_are_gone_and_the_view_is_still_counted(view):
    withdraw_view(view.contribution, view)
    kept = Opinion.objects.get()
    assert (kept.text, kept.state) == ("", "withdrawn")


def test_words_that_are_taken_back_are_gone_wherever_they_stood(planner, talk, view):
    MapMark.objects.create(contribution=view.contribution, opinion=view, place="Behind my house")
    translate(planner, talk, of=f"opinion:{view.pk}", language="gd", text="Tha am bus fadalach.")
    flag_view(view, reason="personal")
    hide_view(planner, view, reason="elsewhere")
    appeal = ask_again(view.contribution, view, says="I wait for it every day.")
    Flag.objects.create(opinion=view, reason="personal")

    withdraw_view(view.contribution, view)

    assert not MapMark.objects.exists()
    assert not Translation.objects.exists()
    assert not Appeal.objects.filter(pk=appeal.pk).exists()
    assert [part for part in ("appeals", "flagged") if queue(talk, part).exists()] == [], "nobody could decide on them"


def test_support_counts_once_for_each(view):
    ann, ben = supporter("account:1"), supporter("browser:abc")

    assert [support_view(view, ann), support_view(view, ann), support_view(view, ben)] == [True, False, True]
    assert (Opinion.objects.get().supporters, Support.objects.count()) == (2, 2)


def test_nothing_hidden_and_nothing_closed_is_supported(planner, talk, view):
    talk.state = "closed_to_views"
    view.conversation = talk
    assert reason(lambda: support_view(view, supporter("account:1"))) == "This conversation takes nothing more."
    hide_view(planner, view, reason="advert")
    assert reason(lambda: support_view(view, supporter("account:1"))) == "This view is not shown any more."


def test_a_suggested_statement_is_asked_about_only_when_somebody_read_it(planner, talk):
    one, two = (Statement.objects.create(conversation=talk, text=each, state="held") for each in ("A", "B"))

    settle_statement(planner, one, show=True)

    assert says(lambda: settle_statement(planner, two, show=False)) == ["The reason is missing"]
    settle_statement(planner, two, show=False, reason="It says two things.")
    assert list(Statement.objects.filter(pk__in=(one.pk, two.pk)).values_list("state", flat=True)) == [
        "shown",
        "refused",
    ]
    assert reason(lambda: settle_statement(planner, one, show=True)) == "This statement was decided already."


def test_only_those_who_look_at_views_decide_and_only_where_it_is_held(fife, planner):
    talk = talks.opened(planner, site.place(fife, "levenmouth"))
    view = voice_site.opinion(talk)
    for someone in (site.person("lead", fife, "kirkcaldy"), site.person("member", fife, "levenmouth")):
        with pytest.raises(NotAllowed):
            show_view(someone, view)
        with pytest.raises(NotAllowed):
            hide_view(someone, view, reason="advert")


def test_a_step_that_breaks_half_way_leaves_the_view_as_it_was(planner, view, monkeypatch):
    def broken(*_):
        raise RuntimeError("the power went")

    monkeypatch.setattr(moderation, "_record", broken)
    with pytest.raises(RuntimeError):
        hide_view(planner, view, reason="advert")
    assert (Opinion.objects.get().state, ModerationStep.objects.count()) == ("shown", 0)
