"""How rooms meet without knowing each other: core asks every room that has an answer.

A room offers a hook by having a module with the function:

| module.function | asked for |
|---|---|
| `today.due_for(person, roles)` | what needs this person today: a list of `Due` |
| `navigation.entries(place, person)` | links of a partnership's or locality's menu: a list of `Entry` |
| `release_parts.load_release(release, place, record)` | take what the room needs from a verified release |
| `planning_record.parts(partnership, year, memory)` | what the guidance checks may know: plain values by part |
| `locality_page.sections(place, person)` | sections of a locality's page: a list of `Section` |
| `partnership_page.sections(place, person)` | sections of a partnership's front page: a list of `Section` |
| `locality_list.columns(place, person)` | what the list of localities says of each: a list of `ListColumn` |
| `set_up.steps(partnership)` | what a new partnership has to do first: a list of `SetUpStep` |
| `after_budget.entries(place, year)` | where a year's budget goes next: a list of `Entry` |
| `agenda_matters.matters(place)` | what a meeting there could deal with: a list of `Matter` |
| `paper_forms.takes()` | forms that can be filled in on paper: a list of `PaperKind` |
| `briefing.facts(place)` | what a locality's briefing says of the room's matters: a list of `BriefingFact` |
| `influence_things.things(partnership)` | what views can lead to: a list of `InfluenceThing` |
| `public_news.happened(partnership, since, memory)` | what those who keep informed hear: a list of `PublicNews` |
| `boundary_links.entries(place, person, options)` | where options for boundaries are talked about: a list of `Entry` |
| `boundary_consulted.offers(partnership)` | by what such options were consulted on or agreed: a list of `Consulted` |
| `sitemap_pages.addresses()` | public addresses with the day of their last change |
| `warm_up.read_ahead(partnership)` | read, before the first visitor comes, what the room's heavy pages ask for |
| `warm_up.prepare_worker()` | prepare what background jobs need, while a worker that has begun is idle |
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps


@dataclass(frozen=True)
class Due:
    """One thing that waits for somebody: what, why, where to do it, and by when (a date, or None)."""

    title: str
    why: str
    address: str
    by: Any = None
    urgent: bool = False


@dataclass(frozen=True)
class Entry:
    """A link of the menu; lower order comes first."""

    title: str
    address: str
    order: int = 50


@dataclass(frozen=True)
class Section:
    """A section of a locality's page: a template of the room and what it shows; lower order comes first."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)
    order: int = 50


@dataclass(frozen=True)
class ListColumn:
    """A column of the list of localities: cells by primary key, and what the others show; lower order comes first."""

    title: str
    cells: Mapping[int, Any]
    otherwise: str = ""
    order: int = 50


@dataclass(frozen=True)
class SetUpStep:
    """One step of setting a partnership up; lower order comes first.

    Args:
        title: What is to be done.
        why: What it is for, in a sentence.
        address: Where it is done.
        permission: Who does it: a permission of `roles.yaml`, asked for at the whole partnership.
        done: Whether it is done.
        order: Its place in the row.
    """

    title: str
    why: str
    address: str
    permission: str
    done: bool
    order: int


@dataclass(frozen=True)
class Matter:
    """Something open that a meeting can put on its agenda.

    Args:
        name: Its stable name, like "plan:leven:2026/27"; one matter stands on an agenda once.
        title: What it is.
        why: Why a meeting should deal with it, in a sentence.
        address: Where it is on this site.
        purpose: decision, discussion or information.
        by: The day by which it should be dealt with, or None.
    """

    name: str
    title: str
    why: str
    address: str
    purpose: str = "discussion"
    by: Any = None


@dataclass(frozen=True)
class PaperKind:
    """Something that can be said on paper, with the same standing as on the site.

    Args:
        name: Its stable name, like "plans.stance".
        title: What the form is called.
        permission: Who may print and key it in.
        subjects: Gives what it can be about at a place: pairs of stable name and title.
        questions: Gives the questions of a subject, each a form field of Django by name, in order.
        background: Gives the paragraphs that stand above the questions of a subject.
        key_in: Takes (person who keys in, place, paper form, answers by name, day received) and does what the same
            answers on the site would do, inside the transaction that is open; refuses as that would.
        for_whom: Gives the numbers of the members for whom a subject's form can be printed, each with its own code;
            None: for anybody, also blank.
        slip: Gives the paragraphs of a slip that whoever fills in the form tears off and keeps, with the form's code;
            None: there is none.
        languages: Codes of the languages besides English in which it can be printed; its functions are then asked
            while the site speaks that language.
    """

    name: str
    title: str
    permission: str
    subjects: Callable[[Any], list[tuple[str, str]]]
    questions: Callable[[Any, str], dict[str, Any]]
    background: Callable[[Any, str], list[str]]
    key_in: Callable[..., None]
    for_whom: Callable[[Any, str], list[int]] | None = None
    slip: Callable[[Any, str], list[str]] | None = None
    languages: tuple[str, ...] = ()


@dataclass(frozen=True)
class BriefingFact:
    """Something that a locality's briefing says, in plain words and in shorter ones; lower order comes first.

    Args:
        under: Which question it answers: "what" the locality is, what it "must" do, what it "has", "who" leads it,
            how to take "part".
        says: A sentence or two for everybody.
        easy: The same for easy read: short sentences, one idea each.
        order: Its place under the question.
        link: Where on this site there is more: what the link says, and its address.
    """

    under: str
    says: str
    easy: tuple[str, ...] = ()
    order: int = 50
    link: tuple[str, str] | None = None


@dataclass(frozen=True)
class InfluenceThing:
    """Something to which a view can lead, on its way to money and what is done with it.

    Args:
        name: Its stable name, like "plan:leven:2026/27:P3".
        kind: priority, line, pounds, action or measure.
        title: What it is.
        address: Where it is on this site.
        locality: The address part of the locality whose it is; empty: the whole partnership's.
        year: The financial year.
        state: waiting, in_progress, done or not_done.
        why: Why it was not done; needed for not_done.
        pence: Its money; None: it has no amount.
        more_pence: By how much that is more than the year before; None: not known.
        public: Whether everybody may know of it yet.
        leads_to: Names of what it leads to by itself, as a plan's line to its pounds.
        about: Names of what it may have led to; a person says whether it did.
    """

    name: str
    kind: str
    title: str
    address: str
    locality: str = ""
    year: str = ""
    state: str = "in_progress"
    why: str = ""
    pence: int | None = None
    more_pence: int | None = None
    public: bool = True
    leads_to: tuple[str, ...] = ()
    about: tuple[str, ...] = ()


@dataclass(frozen=True)
class PublicNews:
    """Something that happened which everybody may know, for those who keep informed.

    Args:
        key: Its stable name, like "plan:12:agreed:1"; it is told once, so what happens again needs another name.
        title: What happened, in a line.
        says: A sentence or two.
        address: Where more is on this site.
        at: When it happened.
        localities: Address parts of the localities where it happened; empty: in the whole partnership.
        headings: Service headings that it is about.
        zones: Zones that it is about; empty: all of its localities.
    """

    key: str
    title: str
    says: str
    address: str
    at: Any
    localities: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()


@dataclass(frozen=True)
class Consulted:
    """A conversation in which options for boundaries were consulted on, or a decision by which they may be agreed.

    Args:
        name: Its stable name, like "conversation:12".
        kind: conversation or decision.
        title: What it is.
        says: When, and by whom, in a line.
        on: The day on which it began, or was taken.
        asked: The options about which it asked, as they were then: key (None: it is no more), title, key of the
            locality by zone, and name of each locality by its key.
        waits: Why it cannot stand in a record yet, and what to do; empty: it can.
        record: Gives what a record keeps of it, as plain values that may be published.
    """

    name: str
    kind: str
    title: str
    says: str
    on: Any
    record: Callable[[], dict[str, Any]]
    asked: tuple[tuple[int | None, str, Mapping[str, str], Mapping[str, str]], ...] = ()
    waits: str = ""


@cache
def _functions(module: str, function: str) -> tuple[Callable[..., Any], ...]:
    found = []
    for app in apps.get_app_configs():
        if app.name.startswith("locality_web.") and find_spec(f"{app.name}.{module}"):
            found.append(getattr(import_module(f"{app.name}.{module}"), function))
    return tuple(found)


def ask_rooms(module: str, function: str, *arguments: Any, **named: Any) -> Iterator[Any]:
    """Call a hook of every room that offers it, lowest room first, and give the answers."""
    for call in reversed(_functions(module, function)):
        yield call(*arguments, **named)
