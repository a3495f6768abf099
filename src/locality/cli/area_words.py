"""How the commands about boundaries print what they found."""

from __future__ import annotations

from collections.abc import Mapping

from rich.console import Console
from rich.table import Table

from locality.areas import DesignRules, Measures, measure_texts, say_figure
from locality.areas.compare import Comparison
from locality.areas.division_tables import NamedDivision
from locality.areas.ground import Ground, Practices
from locality.areas.practices import CutCluster, MoveList, PracticeMove
from locality.areas.zone_moves import ZoneMove
from locality.cli.area_files import Opened

_MOVES_SHOWN = 10


def console() -> Console:
    """Give the console that all of these print to."""
    return Console(highlight=False, markup=False, soft_wrap=True)


def say_notes(out: Console, opened: Opened) -> None:
    """Print what must be said beside every result."""
    for note in opened.notes:
        out.print(f"Note: {note}")
    if opened.inputs.made_up:
        out.print("Made up: this place does not exist.")


def say_bounds(out: Console, rules: DesignRules) -> None:
    """Print what localities were held against."""
    number = f"{rules.number} localities" if rules.number else "any number of localities"
    out.print(f"Held against: {rules.least:,} to {rules.most:,} people each, {number}, each in one piece.")


def say_measures(out: Console, found: Measures, names: tuple[str, ...], *, title: str) -> None:
    """Print the measures of one division: the whole, each with its sentence, then each locality."""
    whole = Table("measure", "figure", "what it means", title=title)
    for name, text in measure_texts().items():
        if name == "balance":
            for indicator, figure in found.balance.items():
                whole.add_row(f"{text.title}: {indicator}", say_figure(figure, text.unit), text.says)
        else:
            whole.add_row(text.title, say_figure(getattr(found, name), text.unit), text.says)
    out.print(whole)
    out.print(_localities(found, names))
    say_faults(out, found)


def _localities(found: Measures, names: tuple[str, ...]) -> Table:
    table = Table("locality", title="Localities")
    for head in ("people", "zones", "pieces", "practices", "compactness", "way"):
        table.add_column(head, justify="right")
    for one in found.localities:
        table.add_row(
            names[one.number],
            f"{one.people:,}",
            f"{one.zones:,}",
            str(one.pieces),
            say_figure(one.practice_containment, "share"),
            say_figure(one.compactness, "index"),
            say_figure(one.travel_km, "km"),
        )
    return table


def say_faults(out: Console, found: Measures) -> None:
    """Print what keeps a division from being final."""
    if found.is_valid:
        out.print("Nothing keeps it from being final.")
        return
    out.print(f"{len(found.faults)} thing{'s' if len(found.faults) > 1 else ''} keep it from being final:")
    for fault in found.faults:
        out.print(f"  {fault.what[:1].upper()}{fault.what[1:]}. {fault.do}")


def say_comparison(out: Console, found: Comparison, options: Mapping[str, NamedDivision]) -> None:
    """Print options side by side, what each is best at, and who moves where."""
    table = Table("measure", title="Side by side (* best)")
    for name in options:
        table.add_column(name, justify="right")
    for row in found.rows:
        cells = (say_figure(row.figures[name], row.text.unit) + (" *" if name in row.best else "") for name in options)
        table.add_row(row.label, *cells)
    out.print(table)
    for name, words in found.words.items():
        out.print(f"{name}:")
        for said in words:
            out.print(f"  {said}")
    first = next(iter(options))
    for (one, two), flows in found.moves.items():
        if one == first:
            out.print(_moves(one, two, sum(flow.people for flow in flows)))
            for flow in flows[:_MOVES_SHOWN]:
                before, after = _home(options[one], flow.before), _home(options[two], flow.after)
                zones = "1 zone" if flow.zones == 1 else f"{flow.zones:,} zones"
                out.print(f"  {flow.people:,} people ({zones}) from {before} to {after}")


def _moves(one: str, two: str, people: int) -> str:
    return f"From {one} to {two}: {people:,} people would be in another locality."


def _home(option: NamedDivision, number: int) -> str:
    return option.names[number] if number >= 0 else "no locality"


def say_cut_clusters(out: Console, ground: Ground, cut: tuple[CutCluster, ...], names: tuple[str, ...]) -> None:
    """Print which clusters cut across localities."""
    practices = _practices(ground)
    table = Table("cluster", title="Clusters that cut across localities")
    for head in ("practices", "patients", "elsewhere"):
        table.add_column(head, justify="right")
    table.add_column("where they live")
    for one in cut:
        homes = ", ".join(f"{names[home]} {count:,}" for home, count in one.by_locality)
        cells = (f"{one.practices:,}", f"{one.patients:,}", f"{one.elsewhere:,}")
        table.add_row(practices.clusters[one.cluster], *cells, homes)
    out.print(table)


def say_practice_moves(out: Console, ground: Ground, moves: tuple[PracticeMove, ...], listed: MoveList) -> None:
    """Print single moves of practices, and the list that leads to the target."""
    out.print("One practice to another cluster, each by itself, for discussion:")
    for move in moves[:_MOVES_SHOWN]:
        out.print(f"  {_say_move(ground, move)}")
    if not moves:
        out.print("  None would mend more than it breaks.")
    out.print(
        f"Towards {listed.target:.0%}: {len(listed.moves)} moves, one after the other, from {listed.before:.1%} to "
        f"{listed.after:.1%}." + ("" if listed.is_reached else " No further single move helps.")
    )
    for move in listed.moves:
        out.print(f"  {_say_move(ground, move)}")


def _say_move(ground: Ground, move: PracticeMove) -> str:
    practices = _practices(ground)
    before, after = practices.clusters[move.before], practices.clusters[move.after]
    return (
        f"{practices.codes[move.practice]} from {before} to {after}: {move.gains:,} patients gain, "
        f"{move.loses:,} lose; "
        f"{before} keeps {move.practices_left} practices and {move.patients_left:,} patients, {after} has "
        f"{move.practices_there} and {move.patients_there:,}; containment {move.containment:.1%}."
    )


def say_zone_moves(out: Console, ground: Ground, moves: tuple[ZoneMove, ...], names: tuple[str, ...]) -> None:
    """Print single zones at borders whose move would mend."""
    out.print("One zone to the neighbouring locality, each by itself, without breaking size or piece:")
    for move in moves:
        cut = f"; communities kept {move.communities:+.1%}" if move.communities else ""
        out.print(
            f"  {ground.zones[move.zone]} {ground.names[move.zone]} ({move.people:,} people) from "
            f"{names[move.before]} to {names[move.after]}: {move.mends:,} patients mended{cut}."
        )
    if not moves:
        out.print("  None would mend without breaking one of them.")


def _practices(ground: Ground) -> Practices:
    assert ground.practices is not None, "whoever has moves has practices"
    return ground.practices
