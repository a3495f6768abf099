"""What a proposed change of localities would do, before it is saved."""

from __future__ import annotations

from typing import Any

from locality_web.areas.changes import moved_zones
from locality_web.areas.models import ProposedChange, ZonePeople
from locality_web.core.models import Locality
from locality_web.core.permissions import Place
from locality_web.core.tables import Column, Table
from locality_web.core.words import count_of


def preview_page(place: Place, proposal: ProposedChange) -> dict[str, Any]:
    """Give the zones and people that move, and the localities that begin, end or get another name."""
    names: dict[str, str] = {code: name for _, _, code, name in proposal.rows}
    known = {each.code: each for each in place.partnership.localities.all()}
    people = dict(ZonePeople.objects.filter(partnership=place.partnership).values_list("zone", "people"))
    moved = _moved(proposal, names | {code: each.name for code, each in known.items()}, people)
    return {
        "proposal": proposal,
        "moved": moved,
        "says": _say_moved([row[-1] for row in moved.rows]),
        "sizes": _sizes(proposal, names, people),
        **_changed_localities(names, known),
    }


def _say_moved(people: list[int | None]) -> str:
    if not people:
        return "No zone moves from one locality to another."
    known = [each for each in people if each is not None]
    who = count_of(sum(known), "resident") if len(known) == len(people) else "an unknown number of residents"
    return f"{count_of(len(people), 'zone moves', 'zones move')} to another locality, with {who}."


def _moved(proposal: ProposedChange, names: dict[str, str], people: dict[str, int]) -> Table:
    rows = [
        [name or zone, zone, names.get(leaves or "", "no locality"), names[joins], people.get(zone)]
        for zone, name, leaves, joins in moved_zones(proposal)
    ]
    columns = [Column("Zone"), Column("Code"), Column("From"), Column("To"), Column("Residents", "people")]
    return Table(caption="Zones that move", columns=columns, rows=rows, empty="No zone moves.")


def _sizes(proposal: ProposedChange, names: dict[str, str], people: dict[str, int]) -> Table:
    zones: dict[str, list[str]] = {code: [] for code in names}
    for zone, _, code, _ in proposal.rows:
        zones[code].append(zone)
    rows = []
    for code, own in sorted(zones.items(), key=lambda item: names[item[0]]):
        known = all(zone in people for zone in own)
        rows.append([names[code], sum(people[zone] for zone in own) if known else None, len(own)])
    columns = [Column("Locality"), Column("Residents", "people"), Column("Zones", "number")]
    return Table(caption="The localities after this change", columns=columns, rows=rows)


def _changed_localities(names: dict[str, str], known: dict[str, Locality]) -> dict[str, Any]:
    return {
        "begin": [name for code, name in names.items() if code not in known or known[code].ended_on],
        "end": [each.name for code, each in known.items() if code not in names and not each.ended_on],
        "renamed": [
            (known[code].name, name) for code, name in names.items() if code in known and known[code].name != name
        ],
    }
