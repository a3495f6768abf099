"""What several localities want alike, and where they want opposites."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from locality.plans.content import Priority
from locality.plans.material import Material

Wish = tuple[str, Priority]
"""A locality's code and one of its priorities."""

Facts = dict[str, Any]


def common_priorities(material: Material) -> list[Facts]:
    """Find what at least two localities want alike: of the same service, of the same heading, or in the same words.

    Args:
        material: What is consolidated.

    Returns:
        One entry for each common wish, most localities first. A set of priorities is named once: a heading is left out
        where its service says the same, and words where service or heading do.
    """
    wishes = list(material.priorities())
    groups = [
        *_groups("service", ((one.service, one.direction, (code, one)) for code, one in wishes if one.service)),
        *_groups("heading", ((one.heading, one.direction, (code, one)) for code, one in wishes)),
        *_groups("words", ((plain_words(one.title), "", (code, one)) for code, one in wishes)),
    ]
    found: list[Facts] = []
    seen: set[frozenset[tuple[str, str]]] = set()
    for kind, subject, direction, members in groups:
        same = frozenset((code, one.id) for code, one in members)
        if len({code for code, _ in members}) > 1 and same not in seen:
            seen.add(same)
            found.append(_common(material, kind, (subject, direction), members))
    return sorted(found, key=lambda one: (-one["localities"], one["kind"], one["name"], one["direction"]))


def plain_words(title: str) -> str:
    """Bring a title to the words that are compared: lower case, without marks, sorted out of nothing else.

    Args:
        title: A priority's title.

    Returns:
        Its words, joined by one space each.
    """
    return " ".join(re.findall(r"\w+", title.casefold()))


_Group = tuple[str, str, str, list[Wish]]


def _groups(kind: str, keyed: Iterable[tuple[str, str, Wish]]) -> list[_Group]:
    found: dict[tuple[str, str], list[Wish]] = {}
    for subject, direction, wish in keyed:
        found.setdefault((subject, direction), []).append(wish)
    return [(kind, subject, direction, members) for (subject, direction), members in found.items() if subject]


def _common(material: Material, kind: str, about: tuple[str, str], members: Sequence[Wish]) -> Facts:
    subject, direction = about
    directions = {one.direction for _, one in members}
    service = material.services.get(subject) if kind == "service" else None
    return {
        "kind": kind,
        "subject": subject,
        "name": service.name if service else (members[0][1].title if kind == "words" else subject),
        "heading": members[0][1].heading if kind != "words" or len({one.heading for _, one in members}) == 1 else "",
        "direction": direction or (directions.pop() if len(directions) == 1 else ""),
        "localities": len({code for code, _ in members}),
        "priorities": [say_wish(material, wish) for wish in members],
    }


def say_wish(material: Material, wish: Wish) -> Facts:
    """Give a priority as plain values with its locality.

    Args:
        material: What is consolidated.
        wish: The locality's code and the priority.

    Returns:
        Locality, its name, and the priority's id, rank, title and direction.
    """
    code, one = wish
    return {
        "locality": code,
        "locality_name": material.names[code],
        "priority": one.id,
        "rank": one.rank,
        "title": one.title,
        "direction": one.direction,
    }


def conflicting_priorities(
    material: Material, opposites: Sequence[Sequence[str]], differing: Sequence[Sequence[str]] = ()
) -> list[Facts]:
    """Find priorities that conflict or differ: directions on one service, and money that goes against a wish.

    A priority about a whole heading is compared with every priority under it; two priorities about different services
    of a heading do not conflict, because money may well move between them.

    Args:
        material: What is consolidated.
        opposites: Pairs of directions that oppose each other.
        differing: Pairs of directions that both can be had, each in its locality, but that people should see side by
            side, because one place wants to give up what another wants to keep.

    Returns:
        First opposite wishes (`directions`), then those that differ (`differs`), then joint and partnership-wide lines
        that pay more for what a locality wants less of.
    """
    wishes = list(material.priorities())
    opposed = _pairs(wishes, opposites)
    differ = {about: members for about, members in _pairs(wishes, differing).items() if about not in opposed}
    return [
        *(_opposed(material, about, members, "directions") for about, members in opposed.items()),
        *(_opposed(material, about, members, "differs") for about, members in differ.items()),
        *_against_money(material, wishes),
    ]


def _pairs(wishes: Sequence[Wish], opposites: Sequence[Sequence[str]]) -> dict[tuple[str, str], list[Wish]]:
    """Give the wishes of one subject whose directions make one of the pairs, by heading and service."""
    by_heading: dict[str, list[Wish]] = {}
    for wish in wishes:
        by_heading.setdefault(wish[1].heading, []).append(wish)
    pairs = {frozenset(pair) for pair in opposites}
    found: dict[tuple[str, str], list[Wish]] = {}
    for heading, under in by_heading.items():
        for number, first in enumerate(under):
            for second in under[number + 1 :]:
                if frozenset((first[1].direction, second[1].direction)) in pairs and _same_subject(first, second):
                    subject = first[1].service or second[1].service
                    members = found.setdefault((heading, subject), [])
                    members += [wish for wish in (first, second) if wish not in members]
    return found


def _same_subject(first: Wish, second: Wish) -> bool:
    services = {first[1].service, second[1].service} - {""}
    return len(services) <= 1


def _opposed(material: Material, about: tuple[str, str], members: Sequence[Wish], kind: str) -> Facts:
    heading, service = about
    entry = material.services.get(service)
    # The narrowest subject decides whose money it is: where one wish is about a service, only that service's.
    narrowest = next((one for _, one in members if one.service == service), members[0][1])
    paid = material.lines_about(narrowest)
    together = any(line.kind != "own" for line in paid)
    return {
        "kind": kind,
        "heading": heading,
        "service": service,
        "name": entry.name if entry else heading,
        "planned_together": together,
        "line": "",
        "pence": sum(line.pence for line in paid),
        "last_year_pence": None,
        "priorities": [say_wish(material, wish) for wish in members],
    }


def _against_money(material: Material, wishes: Sequence[Wish]) -> Iterable[Facts]:
    """A locality wants less of what a joint line, or a line of the whole partnership, pays (more) for."""
    less = [wish for wish in wishes if wish[1].direction == "less"]
    for joint in material.joint:
        sharing = {share.locality for share in joint.shares}
        before = material.year.joint_last_year.get(joint.id)
        against = [wish for wish in less if wish[0] in sharing and _is_about(material, wish[1], joint.service)]
        if against and (before is None or joint.total_pence > before):
            yield _paid_against(material, (joint.service, joint.id), (joint.total_pence, before), against)
    for line in material.partnership_lines:
        before = line.last_year_pence
        against = [wish for wish in less if _is_about(material, wish[1], line.service)] if line.pence else []
        if against and (before is None or line.pence > before):
            yield _paid_against(material, (line.service, ""), (line.pence, before), against)


def _is_about(material: Material, priority: Priority, service: str) -> bool:
    if priority.service:
        return priority.service == service
    return priority.heading == material.services[service].heading


def _paid_against(
    material: Material, about: tuple[str, str], money: tuple[int, int | None], against: Sequence[Wish]
) -> Facts:
    service, line = about
    entry = material.services[service]
    return {
        "kind": "joint" if line else "partnership",
        "heading": entry.heading,
        "service": service,
        "name": entry.name,
        "planned_together": True,
        "line": line,
        "pence": money[0],
        "last_year_pence": money[1],
        "priorities": [say_wish(material, wish) for wish in against],
    }
