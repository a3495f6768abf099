"""A planner of Fife, and a lead of Levenmouth whom she appointed."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from factories import site
from locality_web.members.changes import Appointment, appoint


@pytest.fixture
def planner(fife):
    return site.person("planner", fife, name="Pat Planner")


@pytest.fixture
def levenmouth(fife):
    return site.place(fife, "levenmouth")


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def lead(planner, levenmouth, today):
    return appoint(
        planner,
        levenmouth,
        Appointment(
            "lead",
            "Dr Ann Reid",
            today - dt.timedelta(days=30),
            is_gp=True,
            practice="Leven Surgery",
            cluster="Levenmouth",
            reason="Chosen by the group.",
        ),
    )
