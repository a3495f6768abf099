"""Rules about who takes part: seats, groups with a voice, and the register itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from locality.foundations import say_day
from locality.members import Membership, Seen, Voice, cover, runs_on
from locality.plans.check_rules.wording import counted, listed
from locality.plans.guidance import Finding
from locality.plans.record import PlanningRecord, known

Parameters = Mapping[str, Any]

_STATE = {
    "lapsed": "nobody sits there since {until}",
    "vacant": "there is a seat, and nobody ever sat on it",
    "no_seat": "there is no seat for it",
}
_STEP = {
    "appoint": "appoint somebody to the seat",
    "invite": "invite somebody",
    "ask_interface": "ask the third-sector interface",
    "name_route": "name a route by which it feeds in",
    "make_seat": "make a seat",
}


def members_of(record: PlanningRecord) -> Membership:
    """Give what is held of membership, or stop the check that reads it."""
    return known(record.membership, "who is a member")


def voices_of(record: PlanningRecord, locality: str) -> tuple[Voice, ...]:
    """Say how each group is spoken for in a locality."""
    held = members_of(record)
    return cover(Seen(held.groups, held.terms, held.routes, held.on, held.warn_days), locality)


def people_plan_together(record: PlanningRecord, locality: str, parameters: Parameters) -> Finding:
    """Say whether a locality's group has people in it: at least `fewest` of them."""
    held = members_of(record)
    sitting = [each for each in held.terms if each.locality == locality and runs_on(each, held.on)]
    people = len({each.holder for each in sitting})
    says = f"{counted(people, 'member', 'members').capitalize()} of the group, on {counted(len(sitting), 'seat')}."
    return Finding(people >= parameters["fewest"], says, {"members": people, "seats": len(sitting)})


def register_is_kept(record: PlanningRecord, locality: str, parameters: Parameters) -> Finding:
    """Say whether the register is up to date: somebody sits, and no seat was left when a term ran out."""
    held = members_of(record)
    here = [each for each in held.terms if each.locality == locality]
    sitting = {each.seat for each in here if runs_on(each, held.on)}
    open_ones = {each.seat for each in here if each.seat_closed is None or each.seat_closed > held.on}
    over = {each.seat for each in here if each.ends is not None and each.ends < held.on}
    left = (over & open_ones) - sitting
    figures = {"seats": len(open_ones), "held": len(sitting), "left": len(left)}
    if not sitting:
        return Finding(False, f"Nobody is on the register of {record.name_of(locality)} today.", figures)
    says = f"{counted(len(sitting & open_ones), 'seat').capitalize()} of {len(open_ones)} held today"
    if left:
        return Finding(False, f"{says}; on {counted(len(left), 'seat')} the last term has run out.", figures)
    return Finding(True, f"{says}; no term has run out unnoticed.", figures)


def group_has_voice(record: PlanningRecord, locality: str, parameters: Parameters) -> Finding:
    """Say whether somebody speaks for one group: by a seat, through a group within it, or by another route."""
    voices = {each.group.code: each for each in voices_of(record, locality)}
    voice = voices.get(parameters["group"])
    if voice is None:
        name = next((each.name for each in members_of(record).groups if each.code == parameters["group"]), "")
        return Finding(False, f"{name or parameters['group']} has no seat and no other route.", {"state": "no_seat"})
    return Finding(not _is_silent(voice), _say_voice(voice, voices), {"state": voice.state, "seats": voice.seats})


def groups_plan_together(record: PlanningRecord, locality: str, parameters: Parameters) -> Finding:
    """Say whether somebody speaks for each of several `groups`; those without a voice are named."""
    voices = {each.group.code: each for each in voices_of(record, locality)}
    names = {each.code: each.name for each in members_of(record).groups}
    wanted: Sequence[str] = parameters["groups"]
    silent = [names.get(code, code) for code in wanted if code not in voices or _is_silent(voices[code])]
    figures = {"groups": len(wanted), "silent": silent}
    if silent:
        return Finding(False, f"Nobody speaks for {listed(silent)}.", figures)
    return Finding(True, f"Somebody speaks for each: {listed([names.get(code, code) for code in wanted])}.", figures)


def own_groups_have_voice(record: PlanningRecord, locality: str, parameters: Parameters) -> Finding:
    """Say whether somebody speaks for each group that the partnership itself added and asks for."""
    own = [each for each in voices_of(record, locality) if each.group.own and each.group.asked_for]
    if not own:
        return Finding(True, "The partnership asks for no further group.", {"groups": 0})
    silent = [each.group.name for each in own if each.is_gap]
    figures = {"groups": len(own), "silent": silent}
    if silent:
        return Finding(False, f"Nobody speaks for {listed(silent)}.", figures)
    says = f"Somebody speaks for {listed([each.group.name for each in own])}."
    return Finding(True, says, figures)


def _is_silent(voice: Voice) -> bool:
    return voice.state in _STATE


def _say_voice(voice: Voice, voices: Mapping[str, Voice]) -> str:
    name = voice.group.name
    if voice.state == "feeds_in":
        return f"{name} has no seat and feeds in by another route."
    if voice.state == "narrower":
        within = listed([voices[code].group.name for code in voice.narrower])
        return f"{name} is spoken for by {within}."
    if voice.state in ("filled", "lapsing"):
        held = f"{name}: {counted(len(voice.holders), 'seat')} held"
        ends = f", one only until {say_day(voice.until.isoformat())}" if voice.lapsing and voice.until else ""
        return f"{held}{ends}."
    lacks = _STATE[voice.state].format(until=say_day(voice.until.isoformat()) if voice.until else "its last term")
    return f"{name}: {lacks}. Next: {_say_steps(voice.steps)}."


def _say_steps(steps: Sequence[str]) -> str:
    said = [_STEP[each] for each in steps if each in _STEP]
    return " or ".join([", ".join(said[:-1]), said[-1]] if len(said) > 1 else said)
