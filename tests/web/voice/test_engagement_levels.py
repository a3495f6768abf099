"""Which level of engagement a conversation reached: worked out from what the site holds and what keepers recorded.

Each conversation here was open from day 100 to day 66 ago and aims at "involve", unless a test says otherwise.
"""

import pytest
from django.utils import timezone

from factories import engagement_site as engage
from factories import plans_site, sense_site, site, voice_site
from factories.engagement_site import day
from locality_web.plans.influence_things import things
from locality_web.voice.engagement.levels import level_of
from locality_web.voice.models import Answer, InfluenceLink, Opinion, Prioritising, Project, Vote


@pytest.fixture
def lead(fife):
    return site.person("lead", fife, "levenmouth")


def say(on) -> str:
    return f"{on.day} {on:%B %Y}"


def led_to_the_plan(fife, theme, kind="priority", **more):
    """The theme led to something of a plan that is agreed."""
    plans_site.agreed(fife, "levenmouth")
    end = next(each for each in things(fife) if each.kind == kind and each.public)
    said = {"why": "It was asked for.", "by_name": "The lead", **more}
    return InfluenceLink.objects.create(
        partnership=fife, from_kind="theme", from_name=f"theme:{theme.pk}", to_kind=kind, to_name=end.name, **said
    ), end


def involved(fife, lead):
    """A conversation that has everything that "involve" asks for."""
    talk, theme = engage.engaged(fife, lead, held_by="levenmouth")
    engage.note(talk, lead, "options_fixed", ago=50)
    led_to_the_plan(fife, theme)
    engage.waits(talk, told=True)
    return talk, theme


# From nothing to consult


def test_a_conversation_without_a_background_reaches_no_level(fife):
    assert engage.level(engage.over(fife, background=" ")) == ""


def test_one_that_can_be_read_and_says_what_can_change_informs(fife):
    assert engage.level(engage.over(fife)) == "inform"


def test_one_that_was_open_for_four_weeks_and_in_which_somebody_took_part_consults(fife):
    talk = engage.over(fife)
    voice_site.opinion(talk)

    assert engage.level(talk) == "consult"


def test_one_that_was_closed_early_was_open_for_as_long_as_it_was_open(fife):
    talk = engage.over(fife, closed_at=timezone.now() - timezone.timedelta(days=80))
    voice_site.opinion(talk)

    assert engage.says(talk, "open_long_enough") == (False, "It is open for 21 days; 28 are asked for.")
    assert engage.level(talk) == "inform"


def test_one_that_was_decided_before_it_opened_does_not_consult(fife, lead):
    talk = engage.over(fife, held_by="levenmouth")
    voice_site.opinion(talk)
    engage.note(talk, lead, "decision", "The board decided.", ago=110)

    assert engage.says(talk, "asked_before_decision")[0] is False
    assert engage.level(talk) == "inform"


# The heart of it: options that were fixed first


def test_one_that_aims_at_involve_and_whose_options_were_fixed_first_reaches_only_consult_and_says_why(fife):
    talk = engage.over(fife, kinds=["views", "ranking"])
    engage.option(talk, "Evening bus")
    engage.option(talk, "Taxi card")
    voice_site.opinion(talk)

    found = level_of(talk).found

    assert (found.aim.code, found.reached.code, found.meets_duty) == ("involve", "consult", False)
    short = {each.criterion.code: (each.evidence, each.criterion.lift) for each in found.falls_short}
    opened = say(day(100))
    assert short["involved_before_options"] == (
        f"People have taken part since {opened}, on the day on which options were fixed.",
        "Take the options back to open, and record who takes part before they are fixed again.",
    )
    assert short["shaped_options"] == (
        "0 of 2 options can be followed back to views.",
        "Link each option to the views or themes that it came from; where there are none, draft one from them.",
    )
    assert short["something_changed"][0] == "Nothing in the plan can be followed back to views."


def test_with_two_channels_support_and_answers_it_engages_and_still_falls_short_of_the_duty(fife, lead):
    talk, _ = engage.engaged(fife, lead, held_by="levenmouth", kinds=["views", "ranking"])
    engage.option(talk)

    found = level_of(talk).found

    assert (found.reached.code, found.meets_duty) == ("engage", False)
    assert "involved_before_options" in [each.criterion.code for each in found.falls_short]


def test_people_who_were_heard_before_the_options_were_fixed_lift_it(fife, lead):
    talk, _ = engage.engaged(fife, lead, held_by="levenmouth", kinds=["views", "ranking"])
    engage.option(talk)
    engage.note(talk, lead, "heard", "Supper in the village hall", ago=120, people=14)

    met, evidence = engage.says(talk, "involved_before_options")

    assert met
    assert evidence == f"People have taken part since {say(day(120))}, 20 days before options were fixed."


def test_an_option_that_came_from_an_earlier_conversation_is_followed_back_to_its_views(fife, lead):
    earlier = voice_site.conversation(fife, "levenmouth", title="Earlier", opens_on=day(300), closes_on=day(250))
    theme = voice_site.theme(earlier, "Buses at night")
    sense_site.read_into(theme, *voice_site.opinions(earlier, "A bus.", "A late bus."))
    talk = engage.over(fife, held_by="levenmouth", kinds=["ranking"])
    engage.option(talk, "Evening bus")
    engage.option(talk, "Taxi card")

    engage.note(talk, lead, "shaped", option="Evening bus", theme=theme.pk)

    assert engage.says(talk, "shaped_options") == (
        True,
        "1 of 2 options can be followed back to views (how many views lead to each is in brackets): 'Evening bus' (2).",
    )
    assert engage.says(talk, "involved_before_options") == (
        True,
        f"People have taken part since {say(day(300))}, 200 days before options were fixed.",
    )


def test_a_day_on_record_cannot_make_options_later_than_the_site_saw_them_fixed(fife, lead):
    talk = engage.over(fife, held_by="levenmouth", kinds=["ranking"])
    engage.option(talk)
    voice_site.opinion(talk)

    engage.note(talk, lead, "options_fixed", ago=50)

    assert engage.says(talk, "involved_before_options")[0] is False


def test_options_of_a_vote_are_fixed_on_the_day_on_which_it_opens(fife):
    talk = engage.over(fife)
    view = voice_site.opinion(talk)
    vote = Vote.objects.create(conversation=talk, title="A sum", sum_pence=100, opens_on=day(60), closes_on=day(30))
    project = Project.objects.create(vote=vote, code="A", title="Evening bus", cost_pence=100)
    project.from_opinions.add(view)
    Vote.objects.update(state="open", opened_at=timezone.now() - timezone.timedelta(days=60))

    assert engage.says(talk, "involved_before_options") == (
        True,
        f"People have taken part since {say(day(100))}, 40 days before options were fixed.",
    )
    assert engage.says(talk, "shaped_options")[0]


def test_themes_among_which_a_group_chose_are_options_that_came_from_views(fife):
    talk = engage.over(fife)
    theme = voice_site.theme(talk, "Buses")
    sense_site.read_into(theme, voice_site.opinion(talk))
    frozen = timezone.now() - timezone.timedelta(days=40)
    chosen = Prioritising.objects.create(
        locality=site.locality(fife), conversation=talk, heading="Transport", year="2027/28", method={"kind": "borda"},
        state="frozen", frozen_at=frozen,
    )  # fmt: skip
    chosen.themes.add(theme)

    assert engage.says(talk, "shaped_options")[1].endswith("in brackets): 'Buses' (1).")
    assert engage.says(talk, "involved_before_options")[0]


# Engage


def test_a_view_without_an_answer_keeps_it_from_engaging(fife, lead):
    talk, _ = engage.engaged(fife, lead, held_by="levenmouth")
    voice_site.opinion(talk, "And what of Sundays?")

    assert engage.says(talk, "views_answered") == (False, "2 of 3 views are answered.")
    assert engage.level(talk) == "consult"


def test_a_hidden_view_and_a_reply_wait_for_no_answer_of_their_own(fife, lead):
    talk, _ = engage.engaged(fife, lead, held_by="levenmouth")
    voice_site.opinion(talk, "Hidden.", state="hidden")
    voice_site.opinion(talk, "A reply.", replies_to=Opinion.objects.filter(conversation=talk).first())

    assert engage.says(talk, "views_answered") == (True, "2 of 2 views are answered.")


def test_a_theme_that_was_given_up_answers_nothing(fife, lead):
    talk, theme = engage.engaged(fife, lead, held_by="levenmouth")
    theme.ended_at = timezone.now()
    theme.save()

    assert engage.says(talk, "views_answered")[0] is False


def test_where_nobody_wrote_in_words_what_was_said_as_a_whole_is_the_answer(fife):
    talk = engage.over(fife, kinds=["ranking"], state="answered", we_did="The bus runs.")
    voice_site.contribution(talk)

    assert engage.says(talk, "views_answered") == (True, "1 of 1 views are answered.")


def test_needs_that_were_named_and_not_met_keep_it_from_engaging(fife, lead):
    talk, _ = engage.engaged(fife, lead, held_by="levenmouth")
    engage.note(talk, lead, "needs", named=3, met=2)

    assert engage.says(talk, "support_given") == (
        False,
        "Offered: Large print. 2 of 3 needs that were named were met.",
    )


def test_what_came_by_the_web_alone_is_one_channel(fife, lead):
    talk, _ = engage.engaged(fife, lead, held_by="levenmouth")
    talk.contributions.update(channel="web")

    assert engage.says(talk, "several_channels") == (
        False,
        "Channels by which something came in: On this site. None of them works without a computer.",
    )


# Involve


def test_one_that_has_all_of_it_involves_and_meets_the_duty(fife, lead):
    talk, _ = involved(fife, lead)

    found = level_of(talk).found

    assert (found.reached.code, found.meets_aim, found.meets_duty) == ("involve", True, True)
    assert {each.criterion.level for each in found.falls_short} == {"co-design"}


def test_what_changed_is_named_and_comes_from_a_plan_that_is_agreed(fife, lead):
    talk, theme = engage.engaged(fife, lead, held_by="levenmouth")
    _, end = led_to_the_plan(fife, theme)

    met, evidence = engage.says(talk, "something_changed")

    assert met
    assert end.title in evidence


def test_a_link_that_was_ended_and_a_plan_that_is_a_draft_change_nothing(fife, lead):
    talk, theme = engage.engaged(fife, lead, held_by="levenmouth")
    link, _ = led_to_the_plan(fife, theme, ended_at=timezone.now())
    assert engage.says(talk, "something_changed")[0] is False

    link.ended_at, link.to_name = None, "plan:levenmouth:2030/31:P1"
    link.save()
    assert engage.says(talk, "something_changed")[0] is False


def test_a_theme_into_which_no_view_was_read_changes_nothing(fife, lead):
    talk, _ = engage.engaged(fife, lead, held_by="levenmouth")
    led_to_the_plan(fife, voice_site.theme(talk, "Empty"))

    assert engage.says(talk, "something_changed")[0] is False


def test_whoever_waits_for_a_letter_and_was_not_told_keeps_it_from_involving(fife, lead):
    talk, _ = involved(fife, lead)
    engage.waits(talk)

    assert engage.says(talk, "people_told") == (
        False,
        "1 of 2 people who chose a means of being told were told.",
    )
    assert engage.level(talk) == "engage"


def test_that_people_were_told_still_counts_when_their_addresses_are_erased(client, fife, lead):
    talk, _ = involved(fife, lead)
    site.signed_in(lead).post(f"/fife/conversations/{talk.slug}/answers/close/", {"we_did": "The bus runs."})
    talk.refresh_from_db()
    assert talk.state == "answered"

    talk.contributions.get(correspondent__isnull=False).correspondent.delete()

    assert engage.says(talk, "people_told") == (True, "1 of 1 people who chose a means of being told were told.")


# Co-design


def test_two_days_of_drafting_a_part_in_the_decision_and_a_look_back_make_it_co_design(fife, lead):
    talk, _ = involved(fife, lead)
    for about, ago in (("drafted", 70), ("drafted", 60), ("decided", 40), ("reviewed", 20), ("lessons", 20)):
        engage.note(talk, lead, about, ago=ago)

    assert engage.level(talk) == "co-design"


def test_drafting_after_the_options_were_fixed_is_no_drafting(fife, lead):
    talk, _ = involved(fife, lead)
    for ago in (45, 44):
        engage.note(talk, lead, "drafted", ago=ago)

    assert engage.says(talk, "drafted_together")[0] is False


def test_a_vote_that_was_published_is_a_part_of_residents_in_the_decision(fife):
    talk = engage.over(fife)
    Vote.objects.create(
        conversation=talk, title="A sum", sum_pence=100, state="published", opens_on=day(60), closes_on=day(40),
        opened_at=timezone.now() - timezone.timedelta(days=60),
        published_at=timezone.now() - timezone.timedelta(days=35),
    )  # fmt: skip

    assert engage.says(talk, "decided_together") == (True, f"Residents took part in the decision on {say(day(35))}.")


# Where the evidence is from


def test_each_criterion_says_who_recorded_its_evidence_or_that_the_site_holds_it_and_when(fife, lead):
    talk, _ = involved(fife, lead)
    Answer.objects.update(at=timezone.now() - timezone.timedelta(days=15))

    bases = level_of(talk).bases

    assert (bases["support_given"].by, bases["support_given"].on) == (str(lead), day(10))
    assert (bases["involved_before_options"].by, bases["involved_before_options"].on) == (str(lead), day(50))
    assert (bases["views_answered"].by, bases["views_answered"].on) == ("", day(15))
    assert (bases["asked_before_decision"].by, bases["asked_before_decision"].on) == ("", day(15))
    assert bases["something_changed"].on == day(0)


def test_what_was_taken_back_does_not_count(fife, lead):
    talk, _ = engage.engaged(fife, lead, held_by="levenmouth")
    assert engage.level(talk) == "engage"

    talk.engagement_records.update(ended_at=timezone.now(), ended_why="Wrong.")

    assert engage.level(talk) == "consult"
