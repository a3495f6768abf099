"""What pages show of the agreements and the advice of professional bodies."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from locality_web.core.models import Person
from locality_web.core.permissions import Place, may
from locality_web.members.advice_changes import PERMISSION
from locality_web.members.advice_queries import LMC, advice_for
from locality_web.members.models import Advice
from locality_web.members.pages import say_day

_AGREES = (Advice.State.AGREED, Advice.State.CONDITIONS)


def advice_page(place: Place, person: Person | AnonymousUser) -> dict[str, Any]:
    """What everybody may read of it, and all of it for those who keep it."""
    found = list(advice_for(place, person))
    lmc = [each for each in found if each.body == LMC]
    return {
        "agreements": lmc,
        "standing": say_agreement(lmc, timezone.localdate()),
        "others": [each for each in found if each.body != LMC],
        "keeps": may(person, PERMISSION, place),
    }


def say_agreement(found: list[Advice], on: dt.date) -> str:
    """Say whether the Local Medical Committee agrees to how GPs take part; the newest word counts."""
    said = [each for each in found if each.given_on is not None and each.given_on <= on]
    if not said:
        asked = [each.asked_on for each in found if each.asked_on is not None]
        return (
            f"It was asked on {say_day(max(asked))} and has not answered yet." if asked else "Nothing is recorded here."
        )
    newest = max(said, key=lambda each: (each.given_on, each.pk))
    assert newest.given_on is not None
    if newest.state in _AGREES and newest.until is not None and newest.until < on:
        return f"Its agreement of {say_day(newest.given_on)} ran out on {say_day(newest.until)}."
    until = f" It holds until {say_day(newest.until)}." if newest.until else ""
    return f"{newest.get_state_display()} on {say_day(newest.given_on)}.{until}"
