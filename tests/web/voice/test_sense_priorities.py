"""Themes are put in order by a method that is frozen before anybody sees a result.

| ballots | order |
|---|---|
| 3 | Buses, Lamps, Shops |
| 2 | Lamps, Buses, Shops |
"""

import datetime as dt

import pytest

from factories import meetings_site, plans_site, sense_site, site, voice_site
from locality.foundations import InputRefused, ResultRefused
from locality.voice.priorities import Discussion
from locality_web.core.models import AuditEvent
from locality_web.core.permissions import NotAllowed
from locality_web.plans.from_group import take_order
from locality_web.voice.models import InfluenceLink, Prioritising, PriorityBallot
from locality_web.voice.sense import priority_changes as changes
from locality_web.voice.sense.priority_changes import Wanted

HERE = "/fife/localities/levenmouth/priorities/"


@pytest.fixture
def here(fife):
    return site.place(fife, "levenmouth")


@pytest.fixture
def lead(fife):
    return plans_site.holder(fife, "lead", "levenmouth")


@pytest.fixture
def themes(fife):
    talk = voice_site.conversation(fife, "levenmouth", slug="talk", title="Getting about")
    found = [voice_site.theme(talk, name) for name in ("Buses", "Lamps", "Shops")]
    sense_site.read_into(found[0], voice_site.opinion(talk))
    return found


def chosen(lead, here, themes, kind="ranked_pairs", year=plans_site.YEAR):
    wanted = Wanted("Care at home", year, kind, tuple(each.pk for each in themes), {})
    return changes.choose_method(lead, here, wanted)


def frozen(lead, here, themes, kind="ranked_pairs"):
    return changes.freeze(lead, here, chosen(lead, here, themes, kind))


def places(themes, order):
    return [[str(themes[at].pk)] for at in order]


def counted(lead, here, themes, fife):
    choice = frozen(lead, here, themes)
    for number in range(5):
        voter = site.person("member", fife, "levenmouth")
        changes.rank(voter, here, choice, places(themes, (0, 1, 2) if number < 3 else (1, 0, 2)))
    changes.count(lead, here, choice)
    choice.refresh_from_db()
    return choice


def test_nobody_ranks_before_the_method_is_frozen_and_nothing_changes_after(lead, here, themes):
    choice = chosen(lead, here, themes)
    with pytest.raises(ResultRefused, match="Nobody can rank here now"):
        changes.rank(lead, here, choice, places(themes, (0, 1, 2)))

    choice = changes.freeze(lead, here, choice)

    assert len(choice.sha256) == 64
    with pytest.raises(ResultRefused, match="The method stands already"):
        changes.freeze(lead, here, choice)
    Prioritising.objects.update(method={**choice.method, "unranked": "no_opinion"})
    for _ in range(5):
        PriorityBallot.objects.create(prioritising=choice, says=places(themes, (0, 1, 2)))
    with pytest.raises(ResultRefused, match="its hash is another one"):
        changes.count(lead, here, choice)


def test_the_count_gives_an_order_with_every_step(client, lead, here, themes, fife):
    choice = counted(lead, here, themes, fife)

    assert [each["name"] for each in choice.result["order"]] == ["Buses", "Lamps", "Shops"]
    page = client.get(f"{HERE}{choice.pk}/").content.decode()
    assert choice.sha256 in page
    assert "5 ballots were counted. No other lot would have changed it." in page
    assert all(step.replace("'", "&#x27;") in page for step in choice.result["steps"])


def test_of_few_ballots_no_result_is_given(lead, here, themes):
    choice = frozen(lead, here, themes)
    changes.rank(lead, here, choice, places(themes, (0, 1, 2)))

    with pytest.raises(ResultRefused, match="Only 1 ballot came in"):
        changes.count(lead, here, choice)


def test_a_second_ballot_replaces_the_first_and_no_result_is_seen_before_the_count(client, lead, here, themes):
    choice = frozen(lead, here, themes)
    changes.rank(lead, here, choice, places(themes, (0, 1, 2)))
    changes.rank(lead, here, choice, places(themes, (2, 1, 0)))

    assert [each.says for each in choice.ballots.all()] == [places(themes, (2, 1, 0))]
    page = client.get(f"{HERE}{choice.pk}/").content.decode()
    assert "1 ballot so far. Nobody sees a result before it is counted." in page
    assert "Shops" not in str([event.detail for event in AuditEvent.objects.filter(kind="voice.priorities_ranked")])


def test_a_member_without_an_account_ranks_on_paper_once(lead, here, themes):
    mary = meetings_site.seated(here, "Mary Muir")
    choice = frozen(lead, here, themes)

    ballot = changes.record_ballot(lead, here, choice, mary, channel="paper", says=places(themes, (2, 0, 1)))

    assert (ballot.recorded_by, ballot.by, ballot.channel) == (lead, None, "paper")
    with pytest.raises(ResultRefused, match="has ranked already"):
        changes.record_ballot(lead, here, choice, mary, channel="telephone", says=places(themes, (0, 1, 2)))
    with pytest.raises(ResultRefused, match="does not sit in the group"):
        outside = meetings_site.member(here.partnership, "Nobody Here")
        changes.record_ballot(lead, here, choice, outside, channel="paper", says=[])
    assert "Mary" not in str(AuditEvent.objects.get(kind="voice.priorities_recorded").says)


def test_a_discussion_is_recorded_with_its_reasons_and_objections(client, lead, here, themes):
    choice = frozen(lead, here, themes, "discussion")
    order = tuple(str(themes[at].pk) for at in (1, 0, 2))
    said = Discussion(dt.date(2026, 11, 2), 9, order, "Lamps cost little.", ("One wanted buses first.",))

    changes.record_talk(lead, here, choice, said)

    page = client.get(f"{HERE}{choice.pk}/").content.decode()
    assert "Lamps cost little." in page
    assert "Objection: One wanted buses first." in page


def test_a_choice_is_called_off_with_a_reason_and_stays_readable(client, lead, here, themes):
    choice = frozen(lead, here, themes)
    with pytest.raises(InputRefused, match="reason"):
        changes.call_off(lead, here, choice, reason=" ")

    changes.call_off(lead, here, choice, reason="Two themes say the same.")

    assert "Two themes say the same." in client.get(f"{HERE}{choice.pk}/").content.decode()


def test_nobody_of_another_locality_chooses_or_ranks(fife, lead, here, themes):
    choice = frozen(lead, here, themes)
    stranger = site.person("lead", fife, "kirkcaldy")

    with pytest.raises(NotAllowed):
        changes.rank(stranger, here, choice, places(themes, (0, 1, 2)))
    with pytest.raises(NotAllowed):
        chosen(stranger, here, themes)


def test_the_order_goes_into_the_draft_plan_and_says_what_led_to_it(lead, here, themes, fife):
    record = plans_site.written(fife)
    choice = counted(lead, here, themes, fife)

    asks = {str(each.pk): way for each, way in zip(themes, ("more", "keep", "change"), strict=True)}
    with pytest.raises(ResultRefused, match="not said of every theme"):
        take_order(lead, here, record, choice, directions={str(themes[0].pk): "more"})

    made = take_order(lead, here, record, choice, directions=asks)

    record.refresh_from_db()
    assert made == ["P2", "P3", "P4"]
    assert [record.fields[f"priority/{id}/title"] for id in made] == ["Buses", "Lamps", "Shops"]
    assert [record.fields[f"priority/{id}/rank"] for id in made] == [2, 3, 4]
    assert [record.fields[f"priority/{id}/direction"] for id in made] == ["more", "keep", "change"]
    assert record.fields["priority/P2/raised_by"] == "1 view of residents"
    assert InfluenceLink.objects.filter(to_kind="priority").count() == 3
    assert take_order(lead, here, record, choice, directions={}) == []


def test_a_member_ranks_and_a_lead_counts_on_the_pages(fife, lead, here, themes):
    client = site.signed_in(lead)
    said = {"heading": "Care at home", "year": "2026/27", "kind": "borda", "unranked": "below", "average": "mean"}
    plans_site.draft(fife)
    made = client.post(f"{HERE}new/", {**said, "themes": [each.pk for each in themes]}, follow=True)
    assert "It is not frozen yet, so nobody can rank." in made.content.decode()
    choice = Prioritising.objects.get()
    client.post(f"{HERE}{choice.pk}/freeze/")

    for _ in range(5):
        member = site.signed_in(site.person("member", fife, "levenmouth"))
        kept = member.post(f"{HERE}{choice.pk}/rank/", {f"theme_{themes[1].pk}": "1"}, follow=True)
        assert "Your order is kept." in kept.content.decode()
    refused = member.post(f"{HERE}{choice.pk}/rank/", {})
    assert "Choose for one theme at least." in refused.content.decode()
    page = client.post(f"{HERE}{choice.pk}/count/", follow=True).content.decode()

    assert page.index("Lamps") < page.index("Buses")
    address = "/fife/localities/levenmouth/plans/2026-27/edit/from-group/"
    assert "What does “Buses” ask for?" in client.get(address).content.decode()
    asks = {f"direction_{each.pk}": "less" for each in themes}
    gap = client.post(address, {"choice": choice.pk, **asks, f"direction_{themes[0].pk}": ""}).content.decode()
    assert "Choose what “Buses” asks for." in gap
    taken = client.post(address, {"choice": choice.pk, **asks}, follow=True)
    assert "3 priorities were added." in taken.content.decode()
    assert "All of these themes led to priorities of this plan already." in client.get(address).content.decode()
