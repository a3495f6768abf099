"""What this room puts onto a partnership's front page: what is asked now. Each part gives its own."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from locality_web.core.hooks import Section
from locality_web.core.models import Person
from locality_web.core.permissions import Place
from locality_web.voice.conversations import conversation_sections
from locality_web.voice.sense import sense_sections


def sections(place: Place, person: Person | AnonymousUser) -> list[Section]:
    """Give the sections of a partnership's front page."""
    return [conversation_sections.section(place), sense_sections.section(place, person)]
