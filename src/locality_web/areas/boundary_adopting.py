"""Adopt a final option: the record of its consultation, and a change of localities to look at before it counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from locality.areas.change import match_localities
from locality.areas.ground import Ground
from locality.foundations import Fault, InputRefused
from locality_web.areas.boundary_changes import about, locked
from locality_web.areas.boundary_ground import division_of
from locality_web.areas.boundary_log import agreed_words, make_log, offered_for
from locality_web.areas.boundary_making import need_board
from locality_web.areas.boundary_measuring import measure_zones
from locality_web.areas.changes import faults_of_date
from locality_web.areas.dividing import membership
from locality_web.areas.models import AreaVersion, BoundaryConsultation, BoundaryOption, ProposedChange
from locality_web.core.audit import record_event
from locality_web.core.hooks import Consulted
from locality_web.core.models import Person

RECORD = ("professionals", "professionals_said", "communities", "communities_said", "changed", "agreed_by", "agreed_on")


@transaction.atomic
def propose_adoption(
    person: Person,
    option: BoundaryOption,
    consultation: Mapping[str, Any],
    *,
    applies_from: dt.date,
    reason: str,
    chosen: Iterable[str] = (),
) -> ProposedChange:
    """Record how a final option was consulted on and agreed, and propose it as a change of localities.

    The change is then looked at and saved like any other. A locality in which most people of one of the newest
    division's localities live keeps that one's code, and with it its address, plans and budgets. What was published of
    every conversation about the option stands in the record as it is; `chosen` names further ones, and decisions.

    Raises:
        NotAllowed: The person may not.
        InputRefused: It is not final or no more within the sizes asked for, the record has gaps, the day is too early,
            its zones are of another edition than the localities, it divides as they do already, or people are still
            asked about it.
    """
    held = locked(person, option)
    base = held.partnership.area_versions.last()
    offered = offered_for(held)
    taken = offered.taken(chosen)
    said = _with_decisions(consultation, [each for each in taken if each.kind == "decision"])
    faults = [*_gaps(said), *faults_of_date(base, applies_from), *offered.faults]
    if held.state != BoundaryOption.State.FINAL:
        what = f"“{held.name}” is {held.get_state_display().lower()}"
        faults.append(_fault(what, "Make it final first.", "option-not-final"))
    before = membership(base)
    faults += _other_zones(held, before)
    if faults:
        raise InputRefused(faults)
    board = need_board(held.partnership)
    wrong = measure_zones(board, held.zones, held.names)["warnings"]
    if wrong:  # the sizes asked for may have changed since it was made final
        raise InputRefused(_fault(each["what"], each["do"], each["code"]) for each in wrong)
    codes = codes_for(held, board.ground, before)
    if before and before == {zone: codes[key] for zone, key in held.zones.items()}:
        what = "it puts every zone where it is already"
        raise InputRefused([_fault(what, "There is nothing to adopt.", "nothing-changed")])
    kept = {name: said[name] for name in RECORD} | {"written_by": person, "written_at": timezone.now()}
    kept["log"] = make_log(held, taken)
    BoundaryConsultation.objects.update_or_create(option=held, defaults=kept)
    record_event(
        person,
        "areas.consultation_recorded",
        f"Recorded the consultation on the boundary option {held.name}",
        **about(held, filled_from=[each.name for each in taken]),
    )
    return _propose(person, held, base, codes=codes, applies_from=applies_from, reason=reason)


def _propose(
    person: Person,
    option: BoundaryOption,
    base: AreaVersion | None,
    *,
    codes: Mapping[str, str],
    applies_from: dt.date,
    reason: str,
) -> ProposedChange:
    ground = need_board(option.partnership).ground
    names = dict(zip(ground.zones, ground.names, strict=True))
    ProposedChange.objects.filter(partnership=option.partnership, made_by=person).delete()
    return ProposedChange.objects.create(
        partnership=option.partnership,
        option=option,
        base=base,
        rows=[[zone, names.get(zone, ""), codes[key], option.names[key]] for zone, key in sorted(option.zones.items())],
        applies_from=applies_from,
        reason=reason.strip(),
        made_by=person,
    )


def codes_for(option: BoundaryOption, ground: Ground, before: Mapping[str, str]) -> dict[str, str]:
    """Give each locality of an option its code: an old one's where most people of the old one live, or else a new one.

    Args:
        option: The option.
        ground: With the people of each zone.
        before: The code of each zone's locality in the newest division.
    """
    keys, old = list(option.names), sorted(set(before.values()))
    after = division_of(ground, option.zones, keys)
    was = division_of(ground, dict(before), old)
    places = match_localities(ground, was, after).tolist() if old else [-1] * len(keys)
    found: dict[str, str] = {}
    for number, place in enumerate(places):
        stayed = ground.people[(was == place) & (after == number)].sum()
        if place >= 0 and 2 * stayed > ground.people[was == place].sum():
            found[keys[number]] = old[place]
    taken = {*option.partnership.localities.values_list("code", flat=True), *old}
    for key in keys:
        if key not in found:
            found[key] = _free_code(option.names[key], taken)
            taken.add(found[key])
    return found


def _free_code(name: str, taken: set[str]) -> str:
    stem = slugify(name)[:70] or "locality"
    code, number = stem, 1
    while code in taken:
        number += 1
        code = f"{stem}-{number}"
    return code


def _with_decisions(consultation: Mapping[str, Any], decisions: Sequence[Consulted]) -> dict[str, Any]:
    """Take from decisions who agreed and when, where nobody wrote it."""
    said = dict(consultation)
    if decisions and not str(said.get("agreed_by") or "").strip():
        said["agreed_by"] = agreed_words(decisions)
    if decisions and not said.get("agreed_on"):
        said["agreed_on"] = max(each.on for each in decisions)
    return said


def _gaps(consultation: Mapping[str, Any]) -> list[Fault]:
    return [
        Fault("consultation", "this is not recorded yet", "Fill this in.", "consultation-gap", column=name)
        for name in RECORD
        if not consultation.get(name) or not str(consultation[name]).strip()
    ]


def _other_zones(option: BoundaryOption, before: Mapping[str, str]) -> list[Fault]:
    if not before or set(before) == set(option.zones):
        return []
    alone = len(set(before) - set(option.zones)) or len(set(option.zones) - set(before))
    what = f"its zones are not those of the localities in force: {alone:,} are in only one of them"
    do = "Carry the localities over to the option's zones first, or draw it on the zones that they are made of."
    return [_fault(what, do, "zone-other-vintage")]


def _fault(what: str, do: str, code: str) -> Fault:
    return Fault("option", what, do, code)
