"""Rules about how people take part: general practice, meetings, advice, decisions put to professions, access, links."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from locality.foundations import say_day
from locality.members import count_arranged, late_ones, measure_rhythm, practice_gaps
from locality.plans.check_rules.membership import members_of, voices_of
from locality.plans.check_rules.wording import counted, listed
from locality.plans.guidance import Finding
from locality.plans.record import PlanningRecord, known

Parameters = Mapping[str, Any]

_HELD = ("held", "minuted")
_AGREED = {"agreed": "agreed", "conditions": "agreed with conditions"}


def practices_have_liaisons(record: PlanningRecord, locality: str, parameters: Parameters) -> Finding:
    """Say whether every practice, or every cluster, has somebody who speaks for it; the gaps are named."""
    held = members_of(record)
    here = [each for each in held.practices if each.locality == locality]
    all_of_them = {each.name for each in here}
    if not all_of_them:
        return Finding(False, f"No practice of {record.name_of(locality)} is on the list.", {"practices": 0})
    gaps = [each.name for each in practice_gaps(here, held.on)]
    kind = "cluster" if held.by == "cluster" else "practice"
    figures = {kind + "s": len(all_of_them), "gaps": gaps}
    spoken = len(all_of_them) - len(gaps)
    says = f"{counted(spoken, 'has', 'have').capitalize()} a liaison of {counted(len(all_of_them), kind)}"
    return Finding(not gaps, f"{says}; not {listed(gaps)}." if gaps else f"{says}.", figures)


def meets_regularly(record: PlanningRecord, locality: str, parameters: Parameters) -> Finding:
    """Say whether meetings of a `kind` are as regular as the partnership asks; of a group, also minuted."""
    held = members_of(record)
    here = [each for each in held.meetings if each.locality == locality and each.kind == parameters["kind"]]
    met = [each for each in here if each.state in _HELD]
    rhythm = measure_rhythm(
        [each.on for each in met],
        [each.on for each in here if each.state in ("planned", "called")],
        today=held.on,
        most_days=held.group_meet_days if parameters["kind"] == "group" else held.meet_days,
    )
    figures = {"held": len(met), "longest_gap_days": rhythm.longest_gap_days}
    if parameters["kind"] != "group":
        return Finding(bool(rhythm.is_regular), rhythm.words, figures)
    minuted = [each for each in met if each.state == "minuted"]
    few = sum(each.present < each.quorum for each in met)
    says = f"{rhythm.words} Minutes of {len(minuted)} of {len(met)} are published."
    if few:
        says += f" {counted(few, 'meeting').capitalize()} had no quorum."
    figures |= {"minuted": len(minuted), "without_quorum": few}
    return Finding(bool(rhythm.is_regular and minuted), says, figures)


def members_are_told(record: PlanningRecord, locality: str, parameters: Parameters) -> Finding:
    """Say how many members were told of anything in the last year, and whether somebody wants to be and cannot."""
    held = members_of(record)
    told, paper = dict(held.told).get(locality, 0), dict(held.paper).get(locality, 0)
    wanting, unreached = dict(held.wanting).get(locality, 0), dict(held.unreached).get(locality, 0)
    of_all = f" of {wanting} who want notices" if wanting >= told else ""
    says = (
        f"{counted(told, 'member was', 'members were')} told by the means that they chose in the last 12 months{of_all}"
    )
    says += f"; {counted(paper, 'member')} chose post" if paper else ""
    says += f"; of {counted(unreached, 'member')} no address for notices is known" if unreached else ""
    figures = {"told": told, "wanting": wanting, "by_post": paper, "unreached": unreached}
    return Finding(told > 0 and not unreached, f"{says[:1].upper()}{says[1:]}.", figures)


def briefing_is_given(record: PlanningRecord, locality: str, parameters: Parameters) -> Finding:
    """Say whether there is a briefing, and everybody who takes part and wants notices was given it."""
    if not known(record.briefings, "briefings").get(locality, ""):
        return Finding(False, f"{record.name_of(locality)} has no briefing.")
    held = members_of(record)
    wanting, given = dict(held.wanting).get(locality, 0), dict(held.briefed).get(locality, 0)
    figures = {"members": wanting, "given": given}
    if not wanting:
        return Finding(False, "Nobody sits in the group who could be given the briefing.", figures)
    return Finding(given >= wanting, f"{given} of {counted(wanting, 'member')} were given the briefing.", figures)


def committee_has_agreed(record: PlanningRecord, locality: str, parameters: Parameters) -> Finding:
    """Say whether a `body` has agreed, and its agreement holds today."""
    held = members_of(record)
    said = [each for each in held.advice if each.body == parameters["body"] and each.on is not None]
    said.sort(key=lambda each: each.on or held.on)
    if not said:
        return Finding(False, f"No answer of the {parameters['name']} is recorded.", {"state": ""})
    last = said[-1]
    assert last.on is not None
    on = say_day(last.on.isoformat())
    if last.state not in _AGREED:
        words = {"refused": "did not agree", "withdrawn": "withdrew its agreement"}.get(last.state, "gave advice only")
        return Finding(False, f"{last.name} {words} on {on}.", {"state": last.state})
    if last.until is not None and last.until < held.on:
        ended = say_day(last.until.isoformat())
        return Finding(False, f"The agreement of {last.name} of {on} ended on {ended}.", {"state": "ended"})
    return Finding(True, f"{last.name} {_AGREED[last.state]} on {on}.", {"state": last.state})


def bodies_have_advised(record: PlanningRecord, locality: str, parameters: Parameters) -> Finding:
    """Say whether professional bodies besides `besides` contributed, and what became of it is written down."""
    held = members_of(record)
    given = [each for each in held.advice if each.body != parameters["besides"] and each.on is not None]
    if not given:
        return Finding(False, "No contribution of the Area Clinical Forum or a committee is recorded.", {"advice": 0})
    open_ones = sorted({each.name for each in given if not each.answered})
    figures = {"advice": len(given), "unanswered": len(open_ones)}
    says = f"{counted(len(given), 'contribution').capitalize()} of {listed(sorted({each.name for each in given}))}"
    if open_ones:
        return Finding(False, f"{says}; what became of it is not written down for {listed(open_ones)}.", figures)
    return Finding(True, f"{says}, each with what became of it.", figures)


def professions_are_asked_first(record: PlanningRecord, locality: str, parameters: Parameters) -> Finding:
    """Say whether each profession can be asked, was told in time, and heard what became of its answer."""
    held = members_of(record)
    voices = voices_of(record, locality)
    silent = [each.group.name for each in voices if each.group.profession and each.is_gap]
    asked = [each for each in held.asked if each.locality in (locality, "")]
    names = {each.code: each.name for each in held.groups}
    late = sorted({names.get(each.group, each.group) for each in late_ones(asked, held.notice_days)})
    waiting = [each for each in asked if each.decided and each.answered and not each.told_outcome]
    answers = sum(each.answered for each in asked)
    figures = {"asked": len(asked), "answers": answers, "late": len(late), "untold": len(waiting), "silent": silent}
    faults = []
    if silent:
        faults.append(f"{listed(silent)} can be asked by nobody's seat and no route")
    if late:
        faults.append(f"{listed(late)} had less than {held.notice_days} days' notice of a decision")
    if waiting:
        faults.append(f"{counted(len(waiting), 'answer')} without word of what became of it")
    if faults:
        says = "; ".join(faults)
        return Finding(False, f"{says[:1].upper()}{says[1:]}.", figures)
    if not asked:
        return Finding(True, "Every profession has a seat or a route; no decision was put to one yet.", figures)
    decisions = len({each.decision for each in asked})
    return Finding(
        True, f"Told in time of {counted(decisions, 'decision')}; {counted(answers, 'answer')} came.", figures
    )


def access_needs_are_met(record: PlanningRecord, locality: str, parameters: Parameters) -> Finding:
    """Say whether what people need was arranged at every meeting held, and other ways to take part are used."""
    held = members_of(record)
    past = [each for each in held.needs if each.locality == locality and each.meeting_on <= held.on]
    stands = count_arranged([each.state for each in past])
    paper = dict(held.paper).get(locality, 0)
    spoken = sum(people for code, people in held.spoken_for if code == locality)
    figures = {"needs": stands.all, "open": stands.open, "by_post": paper, "spoken_for": spoken}
    ways = f"{counted(paper, 'member')} told by post; organisations spoke for {counted(spoken, 'person', 'people')}"
    if stands.open or stands.not_possible:
        lacking = stands.open + stands.not_possible
        says = f"At meetings held, {counted(lacking, 'access need was', 'access needs were')} not met"
        return Finding(False, f"{says} of {stands.all}; {ways}.", figures)
    if not (stands.all or paper or spoken):
        says = "No access need, no member told by post and nobody spoken for is recorded: ask members what they need."
        return Finding(False, says, figures)
    return Finding(True, f"{counted(stands.all, 'access need').capitalize()} met at meetings; {ways}.", figures)


def links_are_made(record: PlanningRecord, locality: str, parameters: Parameters) -> Finding:
    """Say whether people and organisations were connected, and of how many it is known what came of it."""
    held = members_of(record)
    here = [each for each in held.links if each.locality == locality]
    known_of = sum(each.came_of for each in here)
    figures = {"links": len(here), "came_of": known_of}
    says = f"{counted(len(here), 'connection').capitalize()} recorded"
    return Finding(
        bool(here), f"{says}; of {known_of} it is written down what came of it." if here else f"{says}.", figures
    )
