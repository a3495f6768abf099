"""What is wrong with something that was said: every fault at once, each beside the field of the form that it came in.

Fields are named view, statement_<key>, rank_<key>, part_<key>, question_<key>, place, zone, age_group, email, address.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from locality.foundations import Fault, say_pounds
from locality_web.core.languages import tell
from locality_web.voice.conversations import kinds
from locality_web.voice.conversations.boundaries import NONE_OF_THEM
from locality_web.voice.conversations.models import Conversation, Option, Question, Statement
from locality_web.voice.conversations.said import Opinion
from locality_web.voice.conversations.said_values import Mark, Said, Tell, View
from locality_web.voice.conversations.snapshot import ANSWERS_AS, age_groups, locality_of_zone

MOST_CHARACTERS, MOST_STATEMENT, MOST_POINTS = 5_000, 280, 200
_GEOMETRIES = {"Point", "MultiPoint", "LineString", "Polygon"}
_YES_NO = ("", "yes", "no")


@dataclass(frozen=True)
class Asked:
    """What a conversation asks, read once."""

    conversation: Conversation
    statements: dict[int, Statement] = field(default_factory=dict)
    options: dict[int, Option] = field(default_factory=dict)
    questions: dict[int, Question] = field(default_factory=dict)

    @classmethod
    def of(cls, conversation: Conversation) -> Asked:
        """Read what a conversation asks: its statements that are shown, options and questions."""
        taken, shown = set(conversation.kinds), Statement.State.SHOWN
        statements = conversation.statements.filter(state=shown) if kinds.STATEMENTS in taken else ()
        options = conversation.options.all() if taken & {kinds.RANKING, kinds.DIVIDING} else ()
        questions = conversation.questions.all() if kinds.SURVEY in taken else ()
        return cls(
            conversation,
            {each.pk: each for each in statements},
            {each.pk: each for each in options},
            {each.pk: each for each in questions},
        )


def faults_of(asked: Asked, said: Said) -> list[Fault]:
    """Give everything that is wrong with what was said."""
    checks = (
        _nothing(said),
        _not_asked(asked, said),
        *(_view(asked.conversation, each) for each in said.views),
        *(_mark(asked.conversation, each) for each in _marks(said)),
        _statements(asked, said),
        _ranking(asked, said),
        faults_of_parts(asked, said.parts),
        _survey(asked, said),
        _boundaries(asked.conversation, said),
        _about(asked.conversation, said),
        _tell(said.tell),
    )
    return [each for check in checks for each in check]


def _fault(column: str, what: str, do: str, code: str = "said") -> Fault:
    return Fault(column, what, do, code, column=column)


def _nothing(said: Said) -> Iterator[Fault]:
    if said.is_empty:
        yield _fault("view", tell("Nothing is said yet"), tell("Say what you think, or answer one of the questions."))


def _not_asked(asked: Asked, said: Said) -> Iterator[Fault]:
    """A reply is a view in words, which a conversation takes where views can be read at all."""
    own = [each for each in said.views if each.replies_to is None]
    given = {
        kinds.VIEWS: bool([each for each in own if each.mark is None]),
        kinds.STATEMENTS: bool(said.statements or said.suggested),
        kinds.RANKING: bool(said.ranking),
        kinds.DIVIDING: bool(said.parts),
        kinds.MAP: bool(said.marks),
        kinds.SURVEY: bool(said.survey),
        kinds.BOUNDARIES: said.boundaries is not None,
    }
    taken = {*asked.conversation.kinds}
    if kinds.BOUNDARIES in taken:
        taken.add(kinds.VIEWS)  # why somebody chooses an option is a view
    for kind, is_given in given.items():
        if is_given and kind not in taken:
            yield _fault(kind, tell("This conversation does not ask for that"), tell("Leave it out."))


def _view(conversation: Conversation, view: View) -> Iterator[Fault]:
    if not view.text.strip():
        yield _fault("view", tell("There is nothing written yet"), tell("Write what you think."))
    if len(view.text) > MOST_CHARACTERS:
        what = tell("It has more than {most} characters", most=f"{MOST_CHARACTERS:,}")
        yield _fault("view", what, tell("Shorten it, or say a part of it in a second view."))
    if len(view.shown_as) > 120:
        yield _fault("shown_as", tell("The name is too long"), tell("Write a shorter one."))
    if view.replies_to is not None:
        states = (*kinds.PUBLIC_VIEW, "held") if view.also_to_held else kinds.PUBLIC_VIEW
        there = Opinion.objects.filter(conversation=conversation, state__in=states, replies_to=None)
        if not there.filter(pk=view.replies_to).exists():
            yield _fault("view", tell("The view to which you reply is not shown any more"), tell("Choose another one."))


def _marks(said: Said) -> Iterable[Mark]:
    return [*said.marks, *(each.mark for each in said.views if each.mark is not None)]


def _mark(conversation: Conversation, mark: Mark) -> Iterator[Fault]:
    if not (mark.place.strip() or mark.zone or mark.geometry):
        yield _fault("place", tell("It is not said where the place is"), tell("Write it, or choose it in the list."))
    if len(mark.place) > 200:
        yield _fault("place", tell("The place has more than 200 characters"), tell("Shorten it."))
    if mark.zone and not _is_zone(conversation, mark.zone):
        yield _fault("place_zone", tell("This place is not in the list"), tell("Choose one of the list."))
    if mark.geometry is not None and not _is_on_earth(mark.geometry):
        yield _fault("place", tell("The place on the map cannot be read"), tell("Mark it again, or write it in words."))


def _is_zone(conversation: Conversation, zone: str) -> bool:
    return locality_of_zone(conversation.partnership, zone, conversation.opens_on) is not None or bool(
        conversation.partnership.area_versions.filter(zones__zone=zone).exists()
    )


def _is_on_earth(geometry: dict[str, Any]) -> bool:
    points = list(_points(geometry.get("coordinates")))
    known = geometry.get("type") in _GEOMETRIES and set(geometry) == {"type", "coordinates"}
    return known and 1 <= len(points) <= MOST_POINTS and all(_is_point(each) for each in points)


def _points(coordinates: Any) -> Iterator[Any]:
    if isinstance(coordinates, list | tuple):
        if coordinates and all(isinstance(each, list | tuple) for each in coordinates):
            for each in coordinates:
                yield from _points(each)
        else:
            yield coordinates


def _is_point(point: Any) -> bool:
    numbers = isinstance(point, list | tuple) and len(point) == 2
    if not numbers or not all(isinstance(each, int | float) and not isinstance(each, bool) for each in point):
        return False
    return bool(abs(point[0]) <= 180 and abs(point[1]) <= 90)


def _statements(asked: Asked, said: Said) -> Iterator[Fault]:
    for key, vote in said.statements.items():
        if key not in asked.statements or vote not in ("agree", "disagree", "pass"):
            what = tell("This statement is not asked about, or the answer is none of the three")
            yield _fault(f"statement_{key}", what, tell("Choose agree, disagree or pass."))
    if any(len(each) > MOST_STATEMENT for each in said.suggested):
        what = tell("A statement has at most {most} characters", most=MOST_STATEMENT)
        yield _fault("suggested", what, tell("Shorten it."))


def _ranking(asked: Asked, said: Said) -> Iterator[Fault]:
    ranked = [key for place in said.ranking for key in place]
    strange = [key for key in ranked if key not in asked.options]
    if strange or len(set(ranked)) < len(ranked) or not all(said.ranking):
        what = tell("An option is ranked twice, or is none of this conversation")
        yield _fault("ranking", what, tell("Give each option at most one place."))


def faults_of_parts(asked: Asked, parts: Mapping[int, int]) -> Iterator[Fault]:
    """Give what is wrong with how somebody divides the sum, in pence by option; nothing divided is right."""
    if not parts:
        return
    if any(key not in asked.options or pence < 0 for key, pence in parts.items()):
        yield _fault("parts", tell("A part is below nothing, or its option is none of these"), tell("Correct it."))
    whole, given = asked.conversation.divides_pence or 0, sum(parts.values())
    if given != whole:
        sums = {"whole": say_pounds(whole), "given": say_pounds(given), "left": say_pounds(abs(whole - given))}
        first = f"part_{next(iter(parts))}"
        if given < whole:
            what = tell("Your parts add up to {given} of {whole}: {left} is left over", **sums)
            yield _fault(first, what, tell("Give it to one of the options, so that nothing is left."))
        else:
            what = tell("Your parts add up to {given}, which is {left} more than {whole}", **sums)
            yield _fault(first, what, tell("Take it from one of the options."))


def _survey(asked: Asked, said: Said) -> Iterator[Fault]:
    for key, value in said.survey.items():
        question = asked.questions.get(key)
        if question is None or not _is_answer(question, value):
            what = tell("This is no answer to the question")
            yield _fault(f"question_{key}", what, tell("Choose one of the answers, or leave it empty."))


def _is_answer(question: Question, value: Any) -> bool:
    places = range(len(question.choices))
    if question.kind == Question.Kind.TEXT:
        return isinstance(value, str) and len(value) <= MOST_CHARACTERS
    if question.kind == Question.Kind.SEVERAL:
        return isinstance(value, list) and all(_is_whole(each) and each in places for each in value)
    return _is_whole(value) and value in (range(1, 6) if question.kind == Question.Kind.SCALE else places)


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _boundaries(conversation: Conversation, said: Said) -> Iterator[Fault]:
    if said.boundaries in (None, NONE_OF_THEM):
        return
    if not conversation.boundaries_asked.filter(option=said.boundaries).exists():
        yield _fault("boundaries", tell("This option is none of this conversation"), tell("Choose one of the list."))


def _about(conversation: Conversation, said: Said) -> Iterator[Fault]:
    about = said.about
    if about.zone and "zone" in conversation.asks_about and not _is_zone(conversation, about.zone):
        yield _fault("zone", tell("This place is not in the list"), tell("Choose one of the list, or leave it empty."))
    if about.age_group and about.age_group not in age_groups():
        what = tell("This age group is not in the list")
        yield _fault("age_group", what, tell("Choose one of the list, or leave it empty."))
    if about.locality is not None and about.locality.partnership_id != conversation.partnership_id:
        yield _fault("zone", tell("This place is not in the list"), tell("Choose one of the list, or leave it empty."))
    if about.answers_as and about.answers_as not in ANSWERS_AS:
        what = tell("This answer is not in the list")
        yield _fault("answers_as", what, tell("Choose one of the list, or leave it empty."))
    for name in ("disabled", "carer"):
        if getattr(about, name) not in _YES_NO:
            yield _fault(name, tell("The answer is neither yes nor no"), tell("Choose one, or leave it empty."))


def faults_of_telling(how: Tell) -> list[Fault]:
    """Give what is wrong with how somebody wants to be told."""
    return list(_tell(how))


def _tell(how: Tell) -> Iterator[Fault]:
    if how.means == "email":
        try:
            validate_email(how.email.strip())
        except ValidationError:
            what = tell("This is not an e-mail address")
            yield _fault("email", what, tell("Write it like name@example.org, or choose another way to be told."))
    if how.means == "post" and not (how.address.strip() and how.name.strip()):
        what = tell("A letter needs a name and an address")
        yield _fault("address", what, tell("Write both, or choose another way to be told."))
    if how.means not in ("email", "post", "none"):
        yield _fault("means", tell("This is no way to be told"), tell("Choose one of the list."))
