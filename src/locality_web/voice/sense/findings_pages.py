"""What pages show of who was heard and of groups of opinion; all of it as it was published once."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser

from locality_web.core.languages import tell, tell_count
from locality_web.core.languages_kept import as_written, tell_kept
from locality_web.core.models import Job, Person
from locality_web.core.permissions import may
from locality_web.core.tables import Column, Table
from locality_web.voice.conversations.kinds import STATEMENTS
from locality_web.voice.conversations.models import Conversation
from locality_web.voice.conversations.pages import told_of
from locality_web.voice.conversations.places import address_of, place_of
from locality_web.voice.sense.finding_groups import jobs_of
from locality_web.voice.sense.findings import AFTER, PERMISSION
from locality_web.voice.sense.models import Finding

_ANSWERS = (("agree", "Agree"), ("disagree", "Disagree"), ("passed", "Pass"))


def _finding(conversation: Conversation, what: str, person: Person | AnonymousUser) -> dict[str, Any]:
    found = conversation.findings.filter(what=what).first()
    may_publish = conversation.state in AFTER and may(person, PERMISSION, place_of(conversation))
    return {
        "conversation": conversation,
        **told_of(conversation),
        "finding": found,
        "says": found.says if found else None,
        "publish_address": address_of(conversation, "publish_findings") if may_publish and found is None else "",
        "answers_address": address_of(conversation, "answers"),
    }


def heard_page(conversation: Conversation, person: Person | AnonymousUser) -> dict[str, Any]:
    """Who was heard, as it was published."""
    shown = _finding(conversation, Finding.What.HEARD, person)
    parts = shown["says"]["dimensions"] if shown["says"] else []
    said: dict[str, Any] = shown["says"] or {}
    counts = {
        "people": tell_count(said.get("people") or 0, "{number} person took part", "{number} people took part"),
        "contributions": _contributions(said.get("contributions") or 0),
        "residents": _residents(said["residents"]) if said.get("residents") else "",
    }
    tables = [_crossed_table(each) for each in said.get("crossed", ())]
    return {**shown, **counts, "parts": [(each, _heard_table(each)) for each in parts], "crossed": tables}


def _contributions(number: int) -> str:
    one = "They made {number} contribution, by every channel alike."
    return tell_count(number, one, "They made {number} contributions, by every channel alike.")


def _residents(number: int) -> str:
    return tell_count(number, "{number} person lives here.", "{number} people live here.")


def _heard_table(part: dict[str, Any]) -> Table:
    rows = [
        [
            tell(each["name"]),
            _shown(each["people"]),
            each["residents"],
            each["said_ratio"],
            each["residents_ratio"],
            _word(each),
        ]
        for each in part["classes"]
    ]
    rows.append([tell("Did not say"), _shown(part["not_said"]), "", "", "", ""])
    columns = [
        Column(part["name"]),
        Column("Took part"),
        Column("Live here", "people"),
        Column("Of those who said", "percent"),
        Column("Of residents", "percent"),
        Column("Heard"),
    ]
    caption = tell("Who was heard, by {by}", by=tell(part["name"]).lower())
    return Table(caption, columns, rows, name=f"heard-{part['code']}")


def _crossed_table(part: dict[str, Any]) -> Table:
    """Two dimensions together, in people who took part."""
    one, two = part["names"]
    rows = [[tell(each["name"]), *(_shown(people) for people in each["people"])] for each in part["rows"]]
    columns = [Column(one), *(Column(name) for name in part["columns"])]
    caption = tell("People who took part, by {one} and {two}", one=tell(one).lower(), two=tell(two).lower())
    return Table(caption, columns, rows, name=f"heard-{part['code']}")


def _shown(people: int | None) -> str:
    return tell("not shown") if people is None else f"{people:,}"


def _word(each: dict[str, Any]) -> str:
    if each["ratio"] is None:
        return ""
    if each["under"]:
        return tell("less than they live here")
    return tell("more than they live here") if each["over"] else tell("about as many")


def groups_page(conversation: Conversation, person: Person | AnonymousUser) -> dict[str, Any]:
    """Groups of opinion, as they were published: what all share, what divides, and every statement."""
    shown = _finding(conversation, Finding.What.GROUPS, person)
    says = shown["says"]
    table = _groups_table(says) if says and "refused" not in says else None
    asks = STATEMENTS in conversation.kinds
    waits = _stands(conversation) if asks and says is None and conversation.state in AFTER else ""
    made_from = says.get("made_from") if says else None
    return {**shown, "table": table, "asks": asks, "waits": waits, "made_from": made_from}


def _stands(conversation: Conversation) -> str:
    """Say where the work on groups stands: under_way, failed, or empty where nobody asked for it."""
    newest = jobs_of(conversation).values_list("state", flat=True).first()
    if newest is None:
        return ""
    return "under_way" if newest in (Job.State.WAITING, Job.State.RUNNING) else "failed"


def _groups_table(says: dict[str, Any]) -> Table:
    names = ["all", *(each["name"] for each in says["groups"])]
    columns = [Column("Statement")]
    columns += [
        Column(tell_kept(f"{'All' if name == 'all' else f'Group {name}'}: {word.lower()}"))
        for name in names
        for _, word in _ANSWERS
    ]
    rows = [
        [as_written(each["text"]), *(_answer(each["answers"].get(name), key) for name in names for key, _ in _ANSWERS)]
        for each in says["statements"]
    ]
    return Table("Every statement, by group", columns, rows)


def _answer(counts: dict[str, Any] | None, key: str) -> str:
    return "" if counts is None else _shown(counts.get(key))
