"""What the page of answers on options for boundaries shows: by option, by place, by channel, and as whom."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser

from locality_web.core.languages import tell, tell_count
from locality_web.core.models import Person
from locality_web.core.permissions import may
from locality_web.core.tables import Column, Table
from locality_web.voice.conversations.models import Conversation
from locality_web.voice.conversations.places import address_of, place_of
from locality_web.voice.sense.answer_queries import themes_of
from locality_web.voice.sense.boundary_finding import NONE, TODAY, count_so_far
from locality_web.voice.sense.findings import AFTER, PERMISSION
from locality_web.voice.sense.models import Finding

CSV_COLUMNS = ("counted by", "place or kind", "answer", "people")
READ = "voice.read"


def boundary_answers_page(conversation: Conversation, person: Person | AnonymousUser) -> dict[str, Any]:
    """What people answered, as it was published; before that, for keepers, how many answered so far."""
    found = conversation.findings.filter(what=Finding.What.BOUNDARIES).first()
    keeps = may(person, READ, place_of(conversation))
    says = found.says if found else count_so_far(conversation) if keeps else None
    may_publish = found is None and conversation.state in AFTER and may(person, PERMISSION, place_of(conversation))
    return {
        "finding": found,
        "says": says,
        "so_far": found is None and says is not None,
        "people": _people(says),
        "tables": tables_of(says) if says and says["people"] is not None else [],
        "themes": [each for each in themes_of(conversation) if each.views] if found else [],
        "publish_address": address_of(conversation, "publish_findings") if may_publish else "",
    }


def _people(says: dict[str, Any] | None) -> str:
    if says is None or says["people"] is None:
        return ""
    return tell_count(says["people"], "{number} person took part", "{number} people took part")


def tables_of(says: dict[str, Any]) -> list[Table]:
    """Give the published counts as tables: all together, by place, by groups of neighbourhoods, by channel."""
    all_together = [_counts([tell("Everybody")], says["everybody"])]
    tables = [_table(says, tell("All answers"), [tell("Who")], all_together)]
    for each in says["places"]:
        name = tell("The localities of today") if each["code"] == TODAY else each["name"]
        rows = [_counts([tell(row["names"][0])], row) for row in each["rows"]]
        tables.append(_table(says, tell("By locality: {name}", name=name), [tell("Locality")], rows))
    groups = says["groups"]
    if groups["rows"]:
        heads = [tell("Today") if each["code"] == TODAY else each["name"] for each in groups["heads"]]
        rows = [_counts([tell(name) for name in row["names"]], row) for row in groups["rows"]]
        tables.append(_table(says, tell("By neighbourhoods that every option leaves together"), heads, rows))
    for each in says["ways"]:
        rows = [_counts([tell(row["names"][0])], row) for row in each["rows"] if row["people"] != 0]
        tables.append(_table(says, tell(each["name"]), [tell(each["name"])], rows))
    return tables


def _table(says: dict[str, Any], caption: str, heads: list[str], rows: list[list[Any]]) -> Table:
    columns = [Column(head) for head in heads] + [Column(tell("Took part"), "number")]
    columns += [Column(title, "number") for title in answers_of(says)]
    return Table(caption, columns, rows)


def answers_of(says: dict[str, Any]) -> list[str]:
    """Give the answers in the order of the counts."""
    words = {NONE: tell("None of them")}
    return [each["title"] or words.get(each["code"], tell("Chose no option")) for each in says["answers"]]


def _counts(heads: list[str], row: dict[str, Any]) -> list[Any]:
    return [*heads, _shown(row["people"]), *(_shown(each) for each in row["chosen"])]


def _shown(people: int | None) -> str:
    return tell("not shown") if people is None else f"{people:,}"


def answers_rows(says: dict[str, Any]) -> list[list[Any]]:
    """Give the published counts one in each row, as a file has them; a count that is not shown is empty."""
    names = ["took part", *answers_of(says)]
    parts: list[tuple[str, list[dict[str, Any]]]] = [("all", [says["everybody"]])]
    parts += [(each["name"], each["rows"]) for each in says["places"]]
    parts.append(("neighbourhoods that every option leaves together", says["groups"]["rows"]))
    parts += [(each["name"], each["rows"]) for each in says["ways"]]
    return [
        [part, " / ".join(row["names"]), name, people]
        for part, rows in parts
        for row in rows
        for name, people in zip(names, [row["people"], *row["chosen"]], strict=True)
    ]
