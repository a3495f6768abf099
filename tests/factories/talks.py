"""Conversations as their keepers make them, and what people say in them, through the site's own functions."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core import signing
from django.utils import timezone

from factories import voice_site
from locality_web.core.models import Partnership, Person
from locality_web.core.permissions import Place
from locality_web.voice.conversations.holding import open_conversation, prepare_conversation
from locality_web.voice.conversations.holding_values import Choice, Prepared, SurveyQuestion
from locality_web.voice.models import Contribution, Conversation, Correspondent

EVERYTHING = ("views", "statements", "ranking", "dividing", "map", "survey")


def prepared(**more: Any) -> Prepared:
    """What is asked, with all kinds of contribution but boundaries."""
    today = timezone.localdate()
    said: dict[str, Any] = {
        "title": "Buses to the surgery",
        "question": "How should people come to the surgery?",
        "background": "The surgery moved to Durie Street in June.",
        "open_to_change": "Which buses the partnership helps to pay for.",
        "not_open": "The surgery stays in Durie Street.",
        "other_ways": "Ring 01333 000000, Monday to Friday.",
        "opens_on": today,
        "closes_on": today + dt.timedelta(days=28),
        "kinds": EVERYTHING,
        "asks_about": ("age_group", "zone", "disabled", "carer"),
        "asks_why": "So that we see who was not heard.",
        "moderation": "after",
        "divides_pence": 100_00,
        "statements": ("The bus comes often enough.", "I can walk to the stop."),
        "options": (Choice("Bus", "Every half hour"), Choice("Taxi card"), Choice("Volunteers")),
        "questions": (SurveyQuestion("How do you come?", "one", ("By bus", "On foot")), SurveyQuestion("Why?")),
    }
    return Prepared(**(said | more))


def opened(by: Person, place: Place, **more: Any) -> Conversation:
    """A conversation that is open from today on."""
    return open_conversation(by, prepare_conversation(by, place, prepared(**more)))


def samples(partnership: Partnership) -> dict[str, dict[str, Any]]:
    """The arguments of each address of conversations."""
    talk = Conversation.objects.filter(partnership=partnership).first() or voice_site.conversation(partnership)
    view = talk.opinions.first() or voice_site.opinion(talk)
    told = Correspondent.objects.filter(contribution__conversation=talk).first()
    if told is None:
        part = Contribution.objects.filter(conversation=talk).first()
        told = Correspondent.objects.create(contribution=part, means="email", email="a@example.org")
    here = {"partnership": partnership.slug}
    token = signing.dumps([told.pk, told.email], salt="locality.voice.confirm-address")
    of_one = (
        "conversation",
        "say",
        "thanks",
        "pick_map",
        "edit_conversation",
        "conversation_state",
        "moderate",
        "translations",
    )
    return {
        "voice:conversations": here,
        "voice:map_places": here,
        "voice:map_picture": here,
        "voice:yours": here,
        "voice:new_conversation": {**here, "locality": partnership.localities.all()[0].slug},
        "voice:partnership_new_conversation": here,
        "voice:confirm_told": {**here, "token": token},
        **{f"voice:{name}": {**here, "slug": talk.slug} for name in of_one},
        "voice:view": {**here, "slug": talk.slug, "view": view.pk},
        "voice:translate_view": {**here, "slug": talk.slug, "view": view.pk},
    }
