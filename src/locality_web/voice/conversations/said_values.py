"""What somebody says in a conversation, as plain values: the same for every channel.

    contribute(place, conversation, Said(views=(View("The bus should stop at the surgery."),)), Came("web"))

Each channel fills in `Said` (what was said) and `Came` (how it came), and calls `changes.contribute`, which checks all
of it and writes it in one transaction.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from locality_web.core.models import Locality, Person
from locality_web.members.models import Member, Organisation


@dataclass(frozen=True)
class Mark:
    """A place.

    Args:
        place: The place in words: a street, a building.
        zone: The zone in which it lies, where known.
        geometry: GeoJSON of a point, several points, a line or an area in longitude and latitude; None: in words alone.
    """

    place: str = ""
    zone: str = ""
    geometry: dict[str, Any] | None = None


@dataclass(frozen=True)
class View:
    """A view in words.

    Args:
        text: The words, as they were said.
        language: Tag of their language.
        heading: Code of the service heading that it is about; empty: not said.
        shown_as: The name to be shown with it; empty: a resident.
        replies_to: Key of the view to which it replies; None: it stands for itself.
        mark: The place that it is about; None: none.
        also_to_held: Whether what it replies to may still be held; then it is held with it. For what is taken in.
    """

    text: str
    language: str = "en"
    heading: str = ""
    shown_as: str = ""
    replies_to: int | None = None
    mark: Mark | None = None
    also_to_held: bool = False


@dataclass(frozen=True)
class About:
    """What somebody says of themselves; all of it is optional. What the conversation does not ask for is not kept.

    Args:
        zone: Code of the zone where they live; its locality and deprivation fifth are looked up and kept with it.
        locality: Where they live, where the zone is not said.
        age_group: Code of an age group.
        disabled: yes, no, or empty: not said.
        carer: yes, no, or empty: not said.
        answers_as: Code of as whom they answer; one of `snapshot.ANSWERS_AS`.
    """

    zone: str = ""
    locality: Locality | None = None
    age_group: str = ""
    disabled: str = ""
    carer: str = ""
    answers_as: str = ""


@dataclass(frozen=True)
class Tell:
    """How somebody is told what became of it.

    Args:
        means: email, post or none.
        name: Their name, for a letter.
        email: Their e-mail address.
        address: Their address for post.
        language: Tag of the language in which they are told.
    """

    means: str = "none"
    name: str = ""
    email: str = ""
    address: str = ""
    language: str = "en"


@dataclass(frozen=True)
class Said:
    """Everything that one taking part says. What is empty was not said.

    Args:
        views: Views in words, and replies.
        statements: agree, disagree or pass, by key of the statement.
        suggested: Further statements that others could be asked about.
        ranking: Keys of options by place, the best first; options that share a place stand together. Options that are
            left out are not ranked.
        parts: Pence by key of the option, when a sum is divided; all of the sum.
        marks: Places without a view of their own.
        survey: Answers by key of the question: text; the place of a choice (from 0); several places; 1 to 5.
        boundaries: Key of the option for boundaries that they would choose; 0: none of them; None: not said.
        about: What they say of themselves.
        tell: How they are told.
        consents: Whether their words may be shown to everybody. Without it they are read and counted all the same.
    """

    views: tuple[View, ...] = ()
    statements: Mapping[int, str] = field(default_factory=dict)
    suggested: tuple[str, ...] = ()
    ranking: tuple[tuple[int, ...], ...] = ()
    parts: Mapping[int, int] = field(default_factory=dict)
    marks: tuple[Mark, ...] = ()
    survey: Mapping[int, Any] = field(default_factory=dict)
    boundaries: int | None = None
    about: About = field(default_factory=About)
    tell: Tell = field(default_factory=Tell)
    consents: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said at all."""
        said = (self.views, self.statements, self.suggested, self.ranking, self.parts, self.marks, self.survey)
        return not any(said) and self.boundaries is None


@dataclass(frozen=True)
class Came:
    """How it came.

    Args:
        channel: A channel of `Contribution.Channel`.
        by: Who was signed in and spoke for themselves.
        recorded_by: Who wrote it down; needed for every channel but the web, with `voice.record` (or `voice.take_in`
            for what comes from a file).
        received_on: The day on which it came; None: today.
        member: The member of the register who said it.
        organisation: The organisation through which it came.
        people: How many people it speaks for.
        for_whom: For whom somebody else speaks, in words.
        how_asked: How they were asked.
        read_back: Whether what was written down was read back to them.
        paper_code: Code of the paper form; it counts once.
        source: Name in the file of another system; it is taken in once.
        receipt: A receipt code that was handed out already, like that on a paper form; empty: one is drawn.
    """

    channel: str
    by: Person | None = None
    recorded_by: Person | None = None
    received_on: dt.date | None = None
    member: Member | None = None
    organisation: Organisation | None = None
    people: int = 1
    for_whom: str = ""
    how_asked: str = ""
    read_back: bool = False
    paper_code: str = ""
    source: str = ""
    receipt: str = ""
