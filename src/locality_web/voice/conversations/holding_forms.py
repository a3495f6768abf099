"""The forms of those who keep a conversation."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone

from locality.voice import engagement_levels
from locality_web.core.fields import DayField, MoneyField
from locality_web.core.forms import FaultForm
from locality_web.core.permissions import Place
from locality_web.money.queries import catalogue
from locality_web.voice.conversations import kinds
from locality_web.voice.conversations.holding_values import Choice, Prepared, SurveyQuestion
from locality_web.voice.conversations.models import Conversation
from locality_web.voice.conversations.moderation import reasons_to_choose
from locality_web.voice.conversations.snapshot import ASKS
from locality_web.voice.conversations.translating import PARTS, languages

_DAYS = 42
"""A new conversation is offered six weeks: own choice of the founders, 2026-11."""


def _long(rows: int = 4) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ConversationForm(FaultForm):
    """What is asked: everything stands still once it is opened."""

    title = forms.CharField(label="Title, in a few words", max_length=150)
    question = forms.CharField(label="What do you ask?", help_text="In a sentence or two", widget=_long(2))
    background = forms.CharField(
        label="What people should know",
        help_text="In plain words and short sentences. A blank line begins a paragraph.",
        widget=_long(8),
        required=False,
    )
    open_to_change = forms.CharField(label="What can people change by taking part?", widget=_long())
    not_open = forms.CharField(label="What is settled already, and why?", widget=_long(), required=False)
    localities = forms.MultipleChoiceField(
        label="Where is it asked?",
        help_text="None: everywhere in the partnership",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    headings = forms.MultipleChoiceField(
        label="Which services is it about?", widget=forms.CheckboxSelectMultiple, required=False
    )
    aims_at = forms.ChoiceField(label="Which level of engagement does it aim at?", widget=forms.RadioSelect)
    opens_on = DayField(label="First day")
    closes_on = DayField(label="Last day")
    other_ways = forms.CharField(
        label="How can people take part by telephone, on paper or at a visit?",
        help_text="A number and its hours, where forms lie and where they are handed in, who comes to a house",
        widget=_long(),
        required=False,
    )
    kinds = forms.MultipleChoiceField(
        label="How can people take part?",
        choices=list(kinds.KINDS.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    statements = forms.CharField(label="Statements, each on a line of its own", widget=_long(6), required=False)
    options = forms.CharField(
        label="Options to rank, or to divide a sum among",
        help_text="Each on a line of its own. After a | you can say more about it: Bus to Leven | Every half hour",
        widget=_long(6),
        required=False,
    )
    divides_pence = MoneyField(label="The sum that people divide", required=False)
    questions = forms.CharField(
        label="Questions of the survey",
        help_text=(
            "Each question on a line of its own, its answers below it with a - before each. With * before each, people "
            "can choose several. With 1-5 below it, people choose a number from 1 to 5. With nothing, they write."
        ),
        widget=_long(8),
        required=False,
    )
    boundary_options = forms.MultipleChoiceField(
        label="Options for the boundaries of localities", widget=forms.CheckboxSelectMultiple, required=False
    )
    asks_about = forms.MultipleChoiceField(
        label="What do you ask people about themselves?",
        help_text="Every answer stays optional.",
        choices=list(ASKS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    asks_why = forms.CharField(label="Why do you ask that?", widget=_long(2), required=False)
    moderation = forms.ChoiceField(
        label="When does somebody read a view?", choices=Conversation.Moderation.choices, widget=forms.RadioSelect
    )

    def __init__(self, place: Place, *args: Any, **named: Any):
        super().__init__(*args, **named)
        self.place = place
        levels = engagement_levels(timezone.localdate()).levels
        self._choose("aims_at", [(each.code, f"{each.name}: {each.means}") for each in levels])
        there = place.partnership.localities.filter(ended_on__isnull=True)
        self._localities = {each.slug: each for each in there}
        self._choose("localities", [(slug, each.name) for slug, each in self._localities.items()])
        headings = dict.fromkeys(each.heading for each in catalogue(place.partnership))
        self._choose("headings", [(each, each) for each in headings])
        public = place.partnership.boundary_options.defer("zones", "measures").filter(for_consultation=True)
        self._boundaries = {str(each.pk): each for each in public if each.is_public}
        self._choose("boundary_options", [(key, each.name) for key, each in self._boundaries.items()])

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        if not choices:
            del self.fields[name]
            return
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def prepared(self) -> Prepared:
        """Give what a valid form says."""
        given = self.cleaned_data
        same = ("title", "question", "background", "open_to_change", "not_open", "other_ways", "aims_at")
        more = ("moderation", "asks_why", "opens_on", "closes_on", "divides_pence")
        return Prepared(
            **{name: given[name] for name in (*same, *more)},
            localities=tuple(self._localities[each] for each in given.get("localities", ())),
            headings=tuple(given.get("headings", ())),
            kinds=tuple(given["kinds"]),
            asks_about=tuple(given["asks_about"]),
            statements=tuple(_lines(given["statements"])),
            options=tuple(_read_option(each) for each in _lines(given["options"])),
            questions=tuple(_read_questions(given["questions"])),
            boundary_options=tuple(self._boundaries[each] for each in given.get("boundary_options", ())),
        )


def _lines(text: str) -> list[str]:
    return [each.strip() for each in text.splitlines() if each.strip()]


def _read_option(line: str) -> Choice:
    title, _, says = line.partition("|")
    return Choice(title.strip()[:150], says.strip())


def _read_questions(text: str) -> list[SurveyQuestion]:
    found: list[SurveyQuestion] = []
    for line in _lines(text):
        answer = line[1:].strip()
        if line[0] in "-*" and answer and found:
            last = found.pop()
            kind = "one" if line[0] == "-" else "several"
            found.append(SurveyQuestion(last.text, kind, (*last.choices, answer)))
        elif line.replace(" ", "") == "1-5" and found:
            found.append(SurveyQuestion(found.pop().text, "scale"))
        else:
            found.append(SurveyQuestion(line[:300]))
    return found


def write_questions(conversation: Conversation) -> str:
    """Write the questions of a survey as the form takes them."""
    lines = []
    for each in conversation.questions.all():
        sign = "* " if each.kind == "several" else "- "
        lines += [each.text, *(f"{sign}{choice}" for choice in each.choices)]
        lines += ["1-5"] if each.kind == "scale" else []
    return "\n".join(lines)


def form_start(conversation: Conversation | None) -> dict[str, Any]:
    """Give what the form shows first: a draft as it is, or what is offered for a new conversation."""
    today = timezone.localdate()
    if conversation is None:
        return {
            "opens_on": today,
            "closes_on": today + dt.timedelta(days=_DAYS),
            "kinds": [kinds.VIEWS],
            "aims_at": engagement_levels(today).duty,
            "moderation": "before",
        }
    same = ("title", "question", "background", "open_to_change", "not_open", "other_ways", "aims_at", "moderation")
    more = ("asks_about", "asks_why", "opens_on", "closes_on", "divides_pence", "kinds", "headings")
    return {
        **{name: getattr(conversation, name) for name in (*same, *more)},
        "localities": [each.slug for each in conversation.localities.all()],
        "statements": "\n".join(each.text for each in conversation.statements.all()),
        "options": "\n".join(
            f"{each.title} | {each.says}" if each.says else each.title for each in conversation.options.all()
        ),
        "questions": write_questions(conversation),
        "boundary_options": _chosen_boundaries(conversation),
    }


def boundaries_start(options: list[str]) -> dict[str, Any]:
    """Give what the form shows first where somebody comes from options for boundaries, to ask about them."""
    if not options:
        return {}
    return {
        "title": "Which localities should we have?",
        "question": "Which of these ways to divide the area into localities would you choose, and why?",
        "background": (
            "A locality is a part of the area in which the people who live and work there plan services together.\n\n"
            "Each option is told in words and on a map. You can compare them with the localities of today."
        ),
        "open_to_change": "Where the boundaries of localities run, and how many localities there are.",
        "kinds": [kinds.VIEWS, kinds.BOUNDARIES],
        "boundary_options": [each for each in options if each.isdecimal()],
        "asks_about": ["zone", "answers_as"],
        "asks_why": "So that everybody can see what people answered place by place, in numbers only.",
    }


def _chosen_boundaries(conversation: Conversation) -> list[str]:
    if kinds.BOUNDARIES not in conversation.kinds:
        return []
    return [str(key) for key in conversation.boundary_options.values_list("pk", flat=True)]


class StateForm(FaultForm):
    """The reason for a step of a conversation, and a new last day where it opens again."""

    why = forms.CharField(label="Why? Everybody can read it", widget=_long(3), required=False)
    closes_on = DayField(label="New last day", required=False)


class ModerationForm(FaultForm):
    """Show or hide a view, with a reason."""

    reason = forms.ChoiceField(label="Why is it not shown?", required=False)
    says = forms.CharField(label="What its author reads besides", widget=_long(2), required=False)

    def __init__(self, *args: Any, **named: Any):
        super().__init__(*args, **named)
        field = self.fields["reason"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Choose a reason"), *((each.code, each.name) for each in reasons_to_choose())]


class TranslationForm(FaultForm):
    """A translation of one text of a conversation."""

    of = forms.ChoiceField(label="Which text?")
    language = forms.ChoiceField(label="Into which language?", initial="gd")
    text = forms.CharField(label="The translation", widget=_long(6))

    def __init__(self, conversation: Conversation, *args: Any, **named: Any):
        super().__init__(*args, **named)
        texts = [(name, what) for name, what in PARTS.items() if getattr(conversation, name.partition(".")[2])]
        texts += [(f"statement:{each.pk}", f"Statement: {each}"[:80]) for each in conversation.statements.all()]
        texts += [(f"option:{each.pk}", f"Option: {each}"[:80]) for each in conversation.options.all()]
        texts += [(f"question:{each.pk}", f"Question: {each}"[:80]) for each in conversation.questions.all()]
        others = [(code, name) for code, name in languages().items() if code not in ("und",)]
        for name, choices in (("of", texts), ("language", others)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices


class ViewTranslationForm(FaultForm):
    """A translation of a view."""

    language = forms.ChoiceField(label="Into which language?", choices=list(languages().items()), initial="en")
    text = forms.CharField(label="The translation", widget=_long(6))
