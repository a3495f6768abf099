"""The picture of a network: numbered circles with lines between them, and the same as a table."""

from __future__ import annotations

from django.utils.safestring import SafeString, mark_safe

from locality.members import places_in_circle
from locality_web.core.charts_svg import element
from locality_web.core.tables import Column, Table
from locality_web.core.words import count_of, join_words
from locality_web.members.connection_queries import Web

# Own choice of the founders, 2026-11: a drawing of 320 units fits a phone of 360 pixels; more circles would touch.
_SIZE, _MARGIN, _RADIUS = 320, 26, 14
MOST_DRAWN = 40
_IDENTITY = "network"


def drawn_of(web: Web) -> list[str]:
    """Give the stable names of those in the picture, part by part; those who are connected to nobody are listed."""
    return [name for part in web.network.parts for name in part][:MOST_DRAWN]


def draw(web: Web, title: str) -> SafeString:
    """Draw who is connected with whom; the numbers are those of the table."""
    names = drawn_of(web)
    inner = _SIZE - 2 * _MARGIN
    places = {name: (_MARGIN + x * inner, _MARGIN + y * inner) for name, (x, y) in places_in_circle(names).items()}
    radius = _RADIUS if len(names) <= MOST_DRAWN // 2 else _RADIUS * 2 / 3
    parts = [
        element(
            "line",
            x1=_at(places[a][0]),
            y1=_at(places[a][1]),
            x2=_at(places[b][0]),
            y2=_at(places[b][1]),
            class_="network-tie",
        )
        for a, b in web.network.ties
        if a in places and b in places
    ]
    for number, name in enumerate(names, 1):
        x, y = places[name]
        parts.append(element("circle", cx=_at(x), cy=_at(y), r=_at(radius), class_="network-end"))
        parts.append(element("text", str(number), x=_at(x), y=_at(y), class_="network-number"))
    inside = element("title", title, id=f"{_IDENTITY}-title") + element("desc", summary(web), id=f"{_IDENTITY}-says")
    return mark_safe(  # noqa: S308  # every text went through escape() in element()
        f'<svg class="network" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_SIZE} {_SIZE}" role="img" '
        f'aria-labelledby="{_IDENTITY}-title {_IDENTITY}-says">{inside}{"".join(parts)}</svg>'
    )


def _at(place: float) -> str:
    return f"{place:.1f}"


def summary(web: Web) -> str:
    """Say in a sentence or two what the picture shows."""
    network = web.network
    if not network.ties:
        return "Nobody is connected with anybody yet."
    parts = [
        f"{count_of(sum(map(len, network.parts)), 'is', 'are')} connected over {count_of(len(network.ties), 'tie')}"
    ]
    parts.append("all can reach one another" if len(network.parts) == 1 else f"in {len(network.parts)} separate parts")
    alone = len(network.isolated)
    return f"{', '.join(parts)}. {count_of(alone, 'member')} {'is' if alone == 1 else 'are'} connected to nobody."


def network_table(web: Web) -> Table:
    """Give the same as a table: each with a number, and with whom they are connected."""
    network = web.network
    names = [name for part in network.parts for name in part]
    number = {name: at for at, name in enumerate(names, 1)}
    with_whom: dict[str, list[str]] = {name: [] for name in names}
    for one, other in network.ties:
        with_whom[one].append(other)
        with_whom[other].append(one)
    rows = [
        [f"{number[name]}. {web.names[name]}", len(with_whom[name]), _say(with_whom[name], number, web)]
        for name in names
    ]
    columns = [Column("Who"), Column("Connections", "number"), Column("With whom")]
    return Table("Who is connected with whom", columns, rows, empty="Nobody is connected with anybody yet.")


def _say(those: list[str], number: dict[str, int], web: Web) -> str:
    return join_words(f"{number[name]}. {web.names[name]}" for name in sorted(those, key=number.__getitem__))
