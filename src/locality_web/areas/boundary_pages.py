"""What the pages of boundary options show: the list, one option, several beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from locality.areas.change import flows
from locality.areas.communities import split_settlements
from locality_web.areas.boundary_figures import (
    best_at,
    localities_table,
    measures_table,
    say_measure,
)
from locality_web.areas.boundary_ground import InForce, division_of, ground_known, in_force
from locality_web.areas.boundary_log_pages import log_shown
from locality_web.areas.boundary_making import names_today
from locality_web.areas.boundary_map import map_of_option
from locality_web.areas.boundary_measuring import OPEN, Board, board_of, bring_up_to_date, measure_zones
from locality_web.areas.boundary_queries import NOTE, notes_on, options_for
from locality_web.areas.models import BoundaryOption
from locality_web.areas.shape_map import attribution_of
from locality_web.core.hooks import Entry, ask_rooms
from locality_web.core.models import Person
from locality_web.core.permissions import Place, may
from locality_web.core.remembered import Memory
from locality_web.core.tables import Column, Link, Noted, Table
from locality_web.core.words import count_of, join_words

TODAY = "Today"
MOST_COMPARED = 4
_MOST_CUT = 12  # settlements that are named; a longer list hides the ones that matter


def today_measured(place: Place, board: Board | None, memory: Memory) -> dict[str, Any]:
    """Give the measures of today's localities; nothing where they or the ground are not there."""
    if board is None or board.today is None:
        return {}

    def read() -> dict[str, Any]:
        now = in_force(place.partnership, memory)
        return measure_zones(board, now.zones, now.names)

    return memory.read(("areas.today_measured",), ("areas", "core", "money"), read)


def options_page(place: Place, person: Person | AnonymousUser, *, put_away: bool) -> dict[str, Any]:
    """The options that a person may read, with today's localities scored beside them."""
    memory = Memory(place.partnership)
    board = board_of(place.partnership, memory)
    today = today_measured(place, board, memory)
    options = list(options_for(place, person, put_away=put_away))
    bring_up_to_date(board, *options)
    best = best_at({TODAY: today} | {str(each.pk): each.measures for each in options})
    rows = [_row("Localities of today", today, (f"In force{_size(today)}", _say_best(best[TODAY])))] if today else []
    rows += [
        _row(
            _link(place, each),
            each.measures,
            (_stands(each) + _size(each.measures), _say_best(best[str(each.pk)]) or each.best_at),
        )
        for each in options
    ]
    known = ground_known(place.partnership, memory)
    return {
        "table": Table(
            "Options and today's localities",
            [Column("Option"), *_HEADS],
            rows,
            empty="There are no options yet.",
        ),
        "options": options,
        "board": board,
        "made_of": known.made_of,
        "crossings": known.crossings,
        "put_away": put_away,
        "links": _links(place, person, options, memory),
    }


def _links(
    place: Place, person: Person | AnonymousUser, options: Sequence[BoundaryOption], memory: Memory
) -> list[Entry]:
    """Give where the options that everybody may read are talked about."""
    keys = sorted(each.pk for each in options if each.is_public)
    name = ("areas.boundary_links", str(person.pk), *map(str, keys))

    def read() -> list[Entry]:
        return [link for links in ask_rooms("boundary_links", "entries", place, person, keys) for link in links]

    return memory.read(name, ("areas", "core", "voice"), read) if keys else []


_HEADS = [
    Column("Residents of each", "number"),
    Column("Practices contained", "number"),
    Column("Communities kept", "number"),
    Column("Border", "number"),
    Column("People moved", "number"),
    Column("All in one (J)", "number"),
]
_SHOWN = ("practice_containment", "communities_kept", "border_share", "people_moved", "composite")


def _row(title: str | Link, figures: dict[str, Any], notes: tuple[str, ...]) -> list[Any]:
    sizes = f"{say_measure(figures, 'smallest')} to {say_measure(figures, 'largest')}" if figures else ""
    return [Noted(title, tuple(filter(None, notes))), sizes, *(say_measure(figures, name) for name in _SHOWN)]


def _size(figures: dict[str, Any]) -> str:
    """Say how many localities there are, and how much there is to mend."""
    wrong = len(figures.get("warnings", ()))
    return f", {count_of(figures.get('number', 0), 'locality', 'localities')}" + (f", {wrong} to mend" if wrong else "")


def _say_best(titles: list[str]) -> str:
    return f"Best at: {join_words(titles)}" if titles else ""


def _link(place: Place, option: BoundaryOption) -> Link:
    return Link(option.name, reverse("areas:option", args=[place.partnership.slug, option.pk]))


def _stands(option: BoundaryOption) -> str:
    asked = ", open for consultation" if option.for_consultation else ""
    return f"{option.get_state_display()}{asked}"


def option_page(place: Place, person: Person | AnonymousUser, option: BoundaryOption) -> dict[str, Any]:
    """One option: its measures beside today's, its localities, who moves, what it cuts, and the notes."""
    memory = Memory(place.partnership)
    board = board_of(place.partnership, memory)
    today = today_measured(place, board, memory)
    bring_up_to_date(board, option)
    columns = [(option.name, option.measures), *([(TODAY, today)] if today else [])]
    consultation = getattr(option, "consultation", None)
    known = ground_known(place.partnership, memory)
    return {
        "option": option,
        "measures": measures_table("Measures", columns),
        "map": map_of_option(option, memory),
        "attribution": attribution_of(place.partnership, memory),
        "localities": localities_table(option.measures, option.names),
        "warnings": option.measures.get("warnings", []),
        "moves": _moves_from_today(place, board, option, memory),
        "cut": _cut(board, option),
        "notes": _notes(board, option),
        "may_note": may(person, NOTE, place),
        "may_edit": may(person, "areas.edit", place),
        "is_open": option.state in OPEN,
        "is_draft": option.state == BoundaryOption.State.DRAFT,
        "consultation": consultation,
        "log_of_consultation": log_shown(consultation.log) if consultation else {},
        "links": _links(place, person, [option], memory),
        "made_of": known.made_of,
        "modelled": board is not None and board.ground.practices is not None and board.ground.practices.modelled,
    }


def _moves_from_today(place: Place, board: Board | None, option: BoundaryOption, memory: Memory) -> Table | None:
    if board is None or board.today is None:
        return None
    names = names_today(place.partnership, memory)
    before = [names.get(code, code) for code in board.today.codes]
    after = division_of(board.ground, option.zones, list(option.names))
    found = flows(board.ground, board.today.division, after)
    rows = [
        [_named(before, each.before), _named(list(option.names.values()), each.after), each.people, each.zones]
        for each in found
    ]
    return _flows_table("Who would be in another locality than today", rows)


def _flows_table(caption: str, rows: list[list[Any]]) -> Table:
    heads = [Column("From"), Column("To"), Column("Residents", "people"), Column("Zones", "number")]
    return Table(caption, heads, rows, empty="Nobody would be in another locality.")


def _named(names: Sequence[str], number: int) -> str:
    return names[number] if number >= 0 else "no locality"


def _cut(board: Board | None, option: BoundaryOption) -> Table | None:
    if board is None or not board.ground.settlements:
        return None
    division = division_of(board.ground, option.zones, list(option.names))
    found = split_settlements(board.ground, division, board.rules.most)
    rows = [
        [board.ground.settlements[each.settlement], each.people, each.parts, each.people - each.kept]
        for each in found[:_MOST_CUT]
    ]
    more = f"And {len(found) - _MOST_CUT} more." if len(found) > _MOST_CUT else ""
    heads = [
        Column("Settlement"),
        Column("Residents", "people"),
        Column("Localities", "number"),
        Column("Residents cut off", "people"),
    ]
    return Table("Settlements that are cut", heads, rows, empty="No settlement is cut.", note=more)


def _notes(board: Board | None, option: BoundaryOption) -> list[dict[str, Any]]:
    """Give each note with the name of its place."""
    names = dict(zip(board.ground.zones, board.ground.names, strict=True)) if board else {}
    return [{"note": each, "spot": names.get(each.spot, each.spot)} for each in notes_on(option)]


def compare_page(place: Place, chosen: Sequence[BoundaryOption], *, today: bool) -> dict[str, Any]:
    """Several options beside each other, and who moves from the first to each of the others."""
    memory = Memory(place.partnership)
    board = board_of(place.partnership, memory)
    measured = today_measured(place, board, memory) if today else {}
    bring_up_to_date(board, *chosen)
    columns = [*([(TODAY, measured)] if measured else []), *((each.name, each.measures) for each in chosen)]
    titles = [TODAY] * bool(measured) + [str(each.pk) for each in chosen]
    best = best_at(dict(zip(titles, (figures for _, figures in columns), strict=True)))
    return {
        "measures": measures_table("Measures side by side", columns),
        "best": [(title, join_words(best[key])) for key, (title, _) in zip(titles, columns, strict=True)],
        "flows": _all_flows(board, chosen, in_force(place.partnership, memory) if measured else None),
        "warnings": [(each.name, each.measures.get("warnings", [])) for each in chosen],
        "maps": [drawn for each in chosen if (drawn := map_of_option(each, memory)) is not None],
        "attribution": attribution_of(place.partnership, memory),
        "chosen": chosen,
    }


def _all_flows(board: Board | None, chosen: Sequence[BoundaryOption], now: InForce | None) -> list[Table]:
    if board is None:
        return []
    sides, found = [], []
    if now is not None and board.today is not None:
        sides.append((TODAY, [now.names[code] for code in board.today.codes], board.today.division))
    for each in chosen:
        division = division_of(board.ground, each.zones, list(each.names))
        sides.append((each.name, list(each.names.values()), division))
    for title, names_after, after in sides[1:]:
        first, names_before, before = sides[0]
        rows = [
            [_named(names_before, each.before), _named(names_after, each.after), each.people, each.zones]
            for each in flows(board.ground, before, after)
        ]
        found.append(_flows_table(f"Who moves from “{first}” to “{title}”", rows))
    return found
