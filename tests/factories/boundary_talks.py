"""A conversation on two options for the boundaries of eight zones, and people who answer it.

        today             One valley          Three parts
1 2   levenmouth          1 2  levenmouth     1 2  levenmouth
3 4   north-east-fife     3 4  levenmouth     3 4  north-east-fife
5 6   kirkcaldy           5 6  kirkcaldy      5 6  kirkcaldy
7 8   dunfermline         7 8  dunfermline    7 8  kirkcaldy
"""

from __future__ import annotations

from factories import boundaries_site, talks, voice_site
from factories.areas import zone
from factories.site import place
from locality_web.areas import boundary_changes, boundary_states
from locality_web.areas.models import BoundaryOption
from locality_web.core.models import Partnership, Person
from locality_web.voice.conversations.changes import contribute
from locality_web.voice.conversations.holding import close_conversation
from locality_web.voice.conversations.said_values import About, Came, Said, View
from locality_web.voice.models import Conversation, Finding
from locality_web.voice.sense.answer_changes import begin_to_answer
from locality_web.voice.sense.boundary_finding import find_boundary_answers


def joined(by: Person, of: Partnership, name: str, *, zones: tuple[int, ...], to: str, gone: str) -> BoundaryOption:
    """The localities of today but for one, whose zones join another; open for consultation."""
    option = boundaries_site.option(by, of, name)
    option = boundary_changes.move_zones(by, option, {zone(each): to for each in zones}, option.version).option
    option = boundary_changes.remove_locality(by, option, gone, option.version).option
    return boundary_states.consult_on(by, option, is_open=True)


def two_options(by: Person, of: Partnership) -> tuple[BoundaryOption, BoundaryOption]:
    valley = joined(by, of, "One valley", zones=(3, 4), to="levenmouth", gone="north-east-fife")
    return valley, joined(by, of, "Three parts", zones=(7, 8), to="kirkcaldy", gone="dunfermline")


def asked(by: Person, of: Partnership, *options: BoundaryOption, **more: object) -> Conversation:
    """A conversation that asks which of the options people would choose, open from today on."""
    said = {
        "title": "Which localities?",
        "kinds": ("views", "boundaries"),
        "asks_about": ("zone", "answers_as"),
        "boundary_options": options,
    }
    return talks.opened(by, place(of), **(said | more))


def answer(
    talk: Conversation,
    option: BoundaryOption | None,
    number: int = 1,
    *,
    home: object = 0,
    why: str = "",
    **came: object,
) -> None:
    """So many people choose an option (None: none of them), living in the zone of a number or in a locality."""
    channel = str(came.pop("channel", "web"))
    said_as = str(came.pop("answers_as", ""))
    about = About(zone=zone(home)) if isinstance(home, int) and home else About(locality=home or None)
    about = About(zone=about.zone, locality=about.locality, answers_as=said_as)
    views = (View(why),) if why else ()
    for _ in range(number):
        said = Said(views=views, boundaries=option.pk if option else 0, about=about, consents=True)
        contribute(place(talk.partnership), talk, said, Came(channel, **came))


def published(by: Person, talk: Conversation) -> Conversation:
    """Closed, and what people answered published."""
    close_conversation(by, talk, why="Everybody has answered.")
    talk.refresh_from_db()
    begin_to_answer(by, talk, paper_keyed=True)
    talk.refresh_from_db()
    return talk


def samples(of: Partnership) -> dict[str, dict[str, object]]:
    """The arguments of each address about options for boundaries, with an option that has no ground."""
    zones, names = {zone(1): "a", zone(2): "b"}, {"a": "One", "b": "Two"}
    option = of.boundary_options.create(name="A sample", origin="file", for_consultation=True, zones=zones, names=names)
    said = {"kinds": ["boundaries"], "asks_about": ["zone"], "state": "being_answered", "slug": "boundary-sample"}
    talk = voice_site.conversation(of, **said)
    talk.boundary_options.add(option)
    talk.boundaries_asked.create(option=option, title=option.name, zones=zones, names=names)
    Finding.objects.create(conversation=talk, what=Finding.What.BOUNDARIES, says=find_boundary_answers(talk))
    here = {"partnership": of.slug, "slug": talk.slug}
    names = ("boundaries", "boundaries_csv", "boundary_answers", "boundary_answers_csv")
    return {f"voice:{name}": here for name in names}


__all__ = ["answer", "asked", "joined", "published", "samples", "two_options"]
