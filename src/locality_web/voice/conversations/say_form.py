"""The one form with which somebody takes part: all that a conversation asks, all of it optional but something."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django import forms

from locality.foundations import Fault
from locality_web.core.fields import MoneyField
from locality_web.core.forms import FaultForm
from locality_web.core.languages import spoken, tell
from locality_web.core.languages_kept import as_written
from locality_web.core.models import Person
from locality_web.voice.conversations import kinds
from locality_web.voice.conversations.boundaries import NONE_OF_THEM, options_asked
from locality_web.voice.conversations.marking import pick_map
from locality_web.voice.conversations.marks import FIELD, geometry_of, read_marks
from locality_web.voice.conversations.models import BoundaryAsked, Question, Translation
from locality_web.voice.conversations.queries import read_home, zone_choices
from locality_web.voice.conversations.said_checks import (
    MOST_CHARACTERS,
    Asked,
    faults_of_parts,
    faults_of_telling,
)
from locality_web.voice.conversations.said_values import About, Mark, Said, Tell, View
from locality_web.voice.conversations.snapshot import ANSWERS_AS, age_groups
from locality_web.voice.conversations.translating import languages

TRAP = "website"


def in_words(rows: int, most: int = MOST_CHARACTERS) -> dict[str, Any]:
    """Give what a field of so many rows for words in sentences is made with."""
    too_long = {"max_length": tell("It has more than {most} characters", most=f"{most:,}") + "."}
    return {"widget": forms.Textarea(attrs={"rows": rows}), "max_length": most, "error_messages": too_long}


def _choice_words() -> dict[str, str]:
    return {"invalid_choice": tell("Choose one of the list, or leave it empty.")}


class SayForm(FaultForm):
    """Take part in a conversation, on the site; the same questions are printed on paper."""

    def __init__(self, asked: Asked, *, person: Person | None = None, translated: dict[str, Translation], **named: Any):
        super().__init__(**named)
        self.asked, self.conversation, self.person = asked, asked.conversation, person
        self._translated = translated
        self.groups: dict[str, list[str]] = {}
        makers: dict[str, Callable[[], None]] = {
            kinds.VIEWS: self._ask_view,
            kinds.STATEMENTS: self._ask_statements,
            kinds.RANKING: self._ask_ranking,
            kinds.DIVIDING: self._ask_parts,
            kinds.MAP: self._ask_place,
            kinds.SURVEY: self._ask_survey,
            kinds.BOUNDARIES: self._ask_boundaries,
        }
        for kind, make in makers.items():
            if kind in self.conversation.kinds:
                make()
        self._ask_about()
        self._ask_tell()
        self.fields[TRAP] = forms.CharField(required=False, label=tell("Leave this empty"))
        self.say_gaps()

    def is_needed(self, name: str) -> bool:
        """Say of no field that it may stay empty: the page says it once, of all of them."""
        return True

    def part(self, group: str) -> list[forms.BoundField]:
        """Give the fields of a part of the form."""
        return [self[name] for name in self.groups.get(group, [])]

    @property
    def parts(self) -> dict[str, list[forms.BoundField]]:
        """Give the fields of all parts, for the template."""
        return {group: self.part(group) for group in self.groups}

    def _add(self, group: str, name: str, field: forms.Field) -> None:
        self.fields[name] = field
        self.groups.setdefault(group, []).append(name)

    def _ask_view(self) -> None:
        label = tell("What do you think?")
        self._add(kinds.VIEWS, "view", forms.CharField(label=label, required=False, **in_words(6)))
        written = forms.ChoiceField(
            label=tell("In which language did you write it?"),
            choices=list(languages().items()),
            initial=spoken().code,
            required=False,
            error_messages=_choice_words(),
        )
        self._add(kinds.VIEWS, "language", written)
        if len(self.conversation.headings) > 1:
            choices = [("", tell("I do not say")), *((each, each) for each in self.conversation.headings)]
            label = tell("What is it about?")
            self._add(kinds.VIEWS, "heading", forms.ChoiceField(label=label, choices=choices, required=False))
        label, hint = tell("The name to be shown with it"), tell("Leave it empty, and it says: a resident.")
        name = forms.CharField(label=label, help_text=hint, required=False, max_length=120)
        self._add(kinds.VIEWS, "shown_as", name)

    def _ask_statements(self) -> None:
        choices = [("agree", tell("Agree")), ("disagree", tell("Disagree"))]
        choices.append(("pass", tell("Pass: not sure, or not for me")))
        for each in self.asked.statements.values():
            text = self.told(f"statement:{each.pk}", each.text)
            field = forms.ChoiceField(label=text, choices=choices, widget=forms.RadioSelect, required=False)
            self._add(kinds.STATEMENTS, f"statement_{each.pk}", field)
        suggested = forms.CharField(
            label=tell("Which statement should others be asked about?"), required=False, **in_words(2, 280)
        )
        self._add(kinds.STATEMENTS, "suggested", suggested)

    def _ask_ranking(self) -> None:
        wrong = tell("Write a number from 1 to {most}.", most=len(self.asked.options))
        messages = {"invalid": wrong, "min_value": wrong, "max_value": wrong}
        for each in self.asked.options.values():
            field = forms.IntegerField(
                label=self.told(f"option:{each.pk}", each.title),
                help_text=as_written(each.says),
                min_value=1,
                max_value=len(self.asked.options),
                required=False,
                error_messages=messages,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "ds_input--fixed-2"}),
            )
            self._add(kinds.RANKING, f"rank_{each.pk}", field)

    def _ask_parts(self) -> None:
        for each in self.asked.options.values():
            label, says = self.told(f"option:{each.pk}", each.title), as_written(each.says)
            most = self.conversation.divides_pence
            self._add(
                kinds.DIVIDING,
                f"part_{each.pk}",
                MoneyField(label=label, help_text=says, required=False, least_pence=0, most_pence=most),
            )

    def _ask_place(self) -> None:
        hint = tell("A street, a building, a bus stop. You need no map for it.")
        place = forms.CharField(label=tell("Which place do you mean?"), help_text=hint, required=False, max_length=200)
        self._add(kinds.MAP, "place", place)
        choices = [("", tell("I do not say")), *zone_choices(self.conversation.partnership)]
        zone = forms.ChoiceField(
            label=tell("In which neighbourhood is it?"),
            choices=choices,
            required=False,
            error_messages=_choice_words(),
        )
        self._add(kinds.MAP, "place_zone", zone)
        self.fields[FIELD] = forms.CharField(required=False, max_length=500, widget=forms.HiddenInput)
        label = tell("What do you want to say about this place?")
        self._add(kinds.MAP, "place_view", forms.CharField(label=label, required=False, **in_words(4)))

    def _ask_survey(self) -> None:
        for each in self.asked.questions.values():
            self._add(
                kinds.SURVEY, f"question_{each.pk}", _question_field(each, self.told(f"question:{each.pk}", each.text))
            )

    def _ask_boundaries(self) -> None:
        choices = [(str(each.option_id), as_written(each.title)) for each in self.boundary_options()]
        label = tell("Which of them would you choose?")
        choices.append((str(NONE_OF_THEM), tell("None of them")))
        field = forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, required=False)
        self._add(kinds.BOUNDARIES, "boundaries", field)
        why = forms.CharField(label=tell("Why? What would you change, and where?"), required=False, **in_words(4))
        self._add(kinds.BOUNDARIES, "boundaries_why", why)

    def boundary_options(self) -> list[BoundaryAsked]:
        """Give the options for boundaries of localities that people choose among, read once."""
        if not hasattr(self, "_boundaries"):
            self._boundaries = options_asked(self.conversation)
        return self._boundaries

    def _ask_about(self) -> None:
        asks, none = self.conversation.asks_about, ("", tell("I do not say"))
        if "age_group" in asks:
            choices = [none, *((code, tell(name)) for code, name in age_groups().items())]
            self._add_choice("age_group", tell("Your age"), choices)
        if "zone" in asks:
            self._ask_home(none)
        if "answers_as" in asks:
            choices = [none, *((code, tell(name)) for code, name in ANSWERS_AS.items())]
            self._add_choice("answers_as", tell("As whom do you answer?"), choices)
        yes_no = [none, ("yes", tell("Yes")), ("no", tell("No"))]
        if "disabled" in asks:
            self._add_choice("disabled", tell("Are you disabled, or ill for a long time?"), yes_no)
        if "carer" in asks:
            self._add_choice("carer", tell("Do you look after somebody who needs help?"), yes_no)

    def _ask_home(self, none: tuple[str, str]) -> None:
        choices = [none, *zone_choices(self.conversation.partnership, whole=True)]
        self._add_choice("zone", tell("Where you live"), choices)
        hint = tell("Choose your neighbourhood, or only the locality if you do not want to say more.")
        self.fields["zone"].help_text = hint

    def _add_choice(self, name: str, label: str, choices: list[Any]) -> None:
        field = forms.ChoiceField(label=label, choices=choices, required=False, error_messages=_choice_words())
        self._add("about", name, field)

    def _ask_tell(self) -> None:
        means = [("none", tell("Not at all: I shall look with my code"))]
        means += [("email", tell("By e-mail")), ("post", tell("By post"))]
        chosen = forms.ChoiceField(
            label=tell("How shall we tell you what became of it?"), choices=means, widget=forms.RadioSelect
        )
        chosen.initial = "none"
        self._add("tell", "means", chosen)
        email = forms.CharField(label=tell("E-mail address"), required=False, max_length=254)
        email.widget.attrs |= {"type": "email", "autocomplete": "email"}
        email.initial = self.person.email if self.person else ""
        self._add("tell", "email", email)
        name = forms.CharField(label=tell("Name for a letter"), required=False, max_length=200)
        name.widget.attrs["autocomplete"] = "name"
        self._add("tell", "name", name)
        address = forms.CharField(label=tell("Address for post"), required=False, **in_words(3, 500))
        self._add("tell", "address", address)
        label = tell("My words may be shown on this site")
        hint = tell("If you do not tick this, they are read and counted all the same, and shown to nobody else.")
        self._add("consent", "consents", forms.BooleanField(label=label, help_text=hint, required=False))

    def told(self, of: str, text: str) -> str:
        """Give a text of the conversation in the language of the page, where somebody translated it."""
        found = self._translated.get(of)
        return found.text if found else as_written(text)

    def clean(self) -> dict[str, Any]:
        """Where a field cannot be read, say also what is wrong with others, so that all is mended at once."""
        given = super().clean() or self.cleaned_data
        if self.errors:
            self.add_faults(list(self._further()))
        return given

    def _further(self) -> Iterator[Fault]:
        given = self.cleaned_data
        if "means" in given:
            reached = (given.get(name, "") for name in ("name", "email", "address"))
            yield from (each for each in faults_of_telling(Tell(given["means"], *reached)) if each.column in given)
        if kinds.DIVIDING in self.groups and not any(name.startswith("part_") for name in self.errors):
            yield from faults_of_parts(self.asked, self._parts())

    @property
    def is_trapped(self) -> bool:
        """Whether the field that nobody sees was filled in, as only programs do."""
        return bool(self.data.get(TRAP))

    def said(self, told_in: str = "") -> Said:
        """Give what a valid form says; whoever says it is told in the language of the page, if no other is named."""
        given = self.cleaned_data
        zone, locality = read_home(self.conversation.partnership, given.get("zone") or "")
        return Said(
            views=tuple(self._views()),
            statements={key: str(vote) for key, vote in self._numbered("statement").items()},
            suggested=(given["suggested"],) if given.get("suggested") else (),
            ranking=self._ranking(),
            parts=self._parts(),
            marks=() if given.get("place_view") else tuple(self._marks()),
            survey={key: _read_answer(self.asked.questions[key], value) for key, value in self._survey()},
            boundaries=int(given["boundaries"]) if given.get("boundaries") else None,
            about=About(
                zone=zone,
                locality=locality,
                **{name: given.get(name, "") for name in ("age_group", "disabled", "carer", "answers_as")},
            ),
            tell=Tell(given["means"], given["name"], given["email"], given["address"], told_in or spoken().code),
            consents=given["consents"],
        )

    def _numbered(self, name: str) -> dict[int, Any]:
        """Give what was filled in of fields like statement_12, by the number."""
        there = ((each.removeprefix(f"{name}_"), value) for each, value in self.cleaned_data.items())
        return {int(key): value for key, value in there if key.isdecimal() and value not in (None, "", [])}

    def _views(self) -> list[View]:
        given = self.cleaned_data
        more = {"language": given.get("language") or spoken().code, "shown_as": given.get("shown_as", "")}
        heading = given.get("heading") or next(iter(self.conversation.headings), "")
        heading = heading if given.get("heading") or len(self.conversation.headings) == 1 else ""
        own = [given[name] for name in ("view", "boundaries_why") if given.get(name)]
        found = [View(text, heading=heading, **more) for text in own]
        if given.get("place_view"):
            mark = next(iter(self._marks()), None) or Mark()
            found.append(View(given["place_view"], heading=heading, mark=mark, **more))
        return found

    def _marks(self) -> list[Mark]:
        given = self.cleaned_data
        text = given.get(FIELD, "")
        drawn = pick_map(self.conversation.partnership) if "@" in text else None
        mark = Mark(given.get("place", ""), given.get("place_zone", ""), geometry_of(read_marks(text, drawn)))
        return [mark] if mark != Mark() else []

    def _ranking(self) -> tuple[tuple[int, ...], ...]:
        places: dict[int, list[int]] = {}
        for key, place in self._numbered("rank").items():
            places.setdefault(place, []).append(key)
        return tuple(tuple(places[place]) for place in sorted(places))

    def _parts(self) -> dict[int, int]:
        """All parts, also those of nothing, as soon as one is given."""
        given = self._numbered("part")
        return {key: int(given.get(key, 0)) for key in self.asked.options} if any(given.values()) else {}

    def _survey(self) -> list[tuple[int, Any]]:
        return list(self._numbered("question").items())


def _question_field(question: Question, label: str) -> forms.Field:
    numbered = [(str(at), as_written(each)) for at, each in enumerate(question.choices)]
    if question.kind == Question.Kind.TEXT:
        return forms.CharField(label=label, required=False, **in_words(3))
    if question.kind == Question.Kind.SEVERAL:
        several = forms.CheckboxSelectMultiple
        return forms.MultipleChoiceField(label=label, choices=numbered, widget=several, required=False)
    if question.kind == Question.Kind.SCALE:
        numbered = [(str(each), str(each)) for each in range(1, 6)]
    return forms.ChoiceField(label=label, choices=numbered, widget=forms.RadioSelect, required=False)


def _read_answer(question: Question, value: Any) -> Any:
    if question.kind == Question.Kind.TEXT:
        return str(value)
    return sorted(int(each) for each in value) if isinstance(value, list) else int(value)


class ReplyForm(FaultForm):
    """Reply to a view in words."""

    def __init__(self, *args: Any, **named: Any):
        super().__init__(*args, **named)
        self.fields["view"] = forms.CharField(label=tell("Your reply"), **in_words(4))
        hint = tell("Leave it empty, and it says: a resident.")
        label = tell("The name to be shown with it")
        self.fields["shown_as"] = forms.CharField(label=label, help_text=hint, required=False, max_length=120)
        self.fields[TRAP] = forms.CharField(required=False, label=tell("Leave this empty"))
        self.say_gaps()


class FlagForm(FaultForm):
    """Say why a view should not stand there."""

    def __init__(self, *args: Any, reasons: list[tuple[str, str]], **named: Any):
        super().__init__(*args, **named)
        label = tell("What is wrong with it?")
        choices = [(code, tell(name)) for code, name in reasons]
        self.fields["reason"] = forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect)
        self.fields["says"] = forms.CharField(label=tell("More about it"), required=False, max_length=300)
        self.say_gaps()
