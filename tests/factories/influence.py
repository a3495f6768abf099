"""Draws influence: one line for each link, like "view 1 -> theme buses = 1/2"; states and money stand apart."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from locality.voice.influence import Answer, Influence, Link, Ref, Thing, join_influence, pairs_on

TODAY = dt.date(2026, 11, 22)
PAIRS = pairs_on(TODAY)


def ref(said: str) -> Ref:
    return Ref(*said.strip().split(" ", 1))


def link_of(line: str) -> Link:
    way, _, claim = line.partition("=")
    start, end = map(ref, way.split("->"))
    claim = claim.strip()
    pence = int(claim[1:]) * 100 if claim.startswith("£") else None
    share = Fraction(claim) if claim and pence is None else None
    return Link(start, end, "locality lead", TODAY, "they belong together", share, pence)


def draw(lines: str, *, answers: str = "", **changes: dict[str, object]) -> Influence:
    """Join what is drawn; `changes` gives further fields of a thing, by "kind_id"."""
    links = [link_of(line) for line in lines.strip().splitlines() if "->" in line]
    alone = [ref(line) for line in lines.strip().splitlines() if "->" not in line]
    names = dict.fromkeys([*alone, *(end for link in links for end in (link.start, link.end))])
    things = [Thing(**{"ref": name, "words": name.id, **changes.get("_".join(name), {})}) for name in names]
    told = [Answer(ref(to), "Yes.", "locality lead", TODAY, "doing") for to in answers.split(",") if to.strip()]
    return join_influence(things, links, told, pairs=PAIRS)
