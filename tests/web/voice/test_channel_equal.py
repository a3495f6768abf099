"""Every channel counts the same: the same words lead to the same page, counts, statement votes and figures."""

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factories import site, talks, voice_site
from locality_web.voice.conversations.changes import Came, Said, View, contribute
from locality_web.voice.conversations.pages import count_views
from locality_web.voice.conversations.queries import public_views
from locality_web.voice.models import Contribution, Opinion, StatementVote

CHANNELS = ("web", "paper", "telephone", "visit", "group", "organisation")
saying = st.tuples(
    st.lists(st.sampled_from(["Buses, please.", "A clinic in Leven", "Ein Garten für alle", "Feuch bus"]), max_size=2),
    st.sampled_from(["agree", "disagree", "pass", ""]),
    st.booleans(),
).filter(lambda one: bool(one[0] or one[1]))


def counted(fife, planner, sayings, channels) -> dict[str, object]:
    """What pages and figures say after everybody was heard, each by a channel."""
    talk = talks.opened(planner, site.place(fife), kinds=("views", "statements"), statements=("It is enough.",))
    statement = talk.statements.get()
    for (texts, vote, consents), channel in zip(sayings, channels, strict=True):
        views = tuple(View(each) for each in texts)
        said = Said(views=views, statements={statement.pk: vote} if vote else {}, consents=consents)
        came = Came(channel, recorded_by=None if channel == "web" else planner)
        contribute(site.place(fife), talk, said, came)
    page = Client().get(f"/fife/conversations/{talk.slug}/")
    votes = StatementVote.objects.filter(statement=statement)
    return {
        "shown": sorted(each.view.text for each in page.context["views"]),
        "count": count_views(talk),
        "states": sorted(Opinion.objects.filter(conversation=talk).values_list("text", "state")),
        "votes": sorted(votes.values_list("vote", flat=True)),
        "in order": [each.text for each in public_views(talk).order_by("pk")],
        "people": sum(Contribution.objects.filter(conversation=talk).values_list("people", flat=True)),
    }


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sayings=st.lists(saying, min_size=1, max_size=4), data=st.data())
@pytest.mark.django_db
def test_the_same_words_by_other_channels_lead_to_the_same_page_and_figures(fife, sayings, data):
    planner = site.person("planner", fife)
    channels = data.draw(st.lists(st.sampled_from(CHANNELS), min_size=len(sayings), max_size=len(sayings)))

    on_site = counted(fife, planner, sayings, ["web"] * len(sayings))

    assert counted(fife, planner, sayings, channels) == on_site


@pytest.mark.django_db
@pytest.mark.parametrize("channel", CHANNELS)
def test_who_was_heard_counts_a_contribution_of_every_channel_once(fife, channel):
    talk = voice_site.conversation(fife)
    voice_site.contribution(talk, channel=channel, age_group="16-24")
    voice_site.contribution(talk, age_group="16-24")

    assert list(talk.contributions.values_list("age_group", flat=True)) == ["16-24", "16-24"]
