"""What stands still from a vote's opening on: one file that anybody can take, and its SHA-256."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any

from locality.foundations import ResultRefused
from locality.voice import choice as library
from locality.voice.choice import rules_hash
from locality_web.core.audit_models import AuditEvent
from locality_web.voice.votes.models import Project, Vote
from locality_web.voice.votes.rules_kept import rules_of
from locality_web.voice.votes.vote_changes import OPENED

# The address may change, and how the library writes the rules for its hash; neither changes who wins.
_NOT_COMPARED = {"partnership", "sha256_of_rules_and_projects"}


def projects_of(vote: Vote) -> list[Project]:
    """Give the projects of a vote with all that is frozen of them; three queries."""
    return list(vote.projects.select_related("locality").prefetch_related("not_with").order_by("code"))


def election_of(
    vote: Vote, ballots: Sequence[library.Ballot], projects: Iterable[Project] | None = None
) -> library.Election:
    """Give the vote as the library counts it."""
    those = projects_of(vote) if projects is None else projects
    sums = tuple(library.GroupSum(group, amount) for group, amount in vote.rules.get("group_sums", ()))
    return library.Election(
        name=vote.title,
        budget=vote.sum_pence,
        projects=tuple(_project(each) for each in those),
        ballots=tuple(ballots),
        group_sums=sums,
    )


def _project(one: Project) -> library.Project:
    return library.Project(
        code=one.code,
        name=one.title,
        cost=one.cost_pence,
        heading=one.heading,
        area=one.locality.code if one.locality else "",
        incompatible=tuple(sorted(other.code for other in one.not_with.all())),
        least=one.least_pence,
    )


def frozen_file(vote: Vote) -> bytes:
    """Give the file of everything that stands still: what it is about, who may, until when, rules, projects, costs."""
    return (json.dumps(_said_now(vote), ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _said_now(vote: Vote) -> dict[str, Any]:
    projects = projects_of(vote)
    # The library hashes an election, and an election has a ballot; none counts for its hash.
    blank = library.Ballot("none", (), group=next((name for name, _ in vote.rules.get("group_sums", ())), ""))
    return {
        "vote": vote.title,
        "number": vote.pk,
        "partnership": vote.conversation.partnership.slug,
        "says": vote.says,
        "who_may": vote.who_may,
        "sum_pence": vote.sum_pence,
        "source": vote.source,
        "opens_on": vote.opens_on.isoformat(),
        "closes_on": vote.closes_on.isoformat(),
        "rules": vote.rules,
        "projects": [{**vars_of(each), "says": each.says} for each in projects],
        "sha256_of_rules_and_projects": rules_hash(rules_of(vote), election_of(vote, [blank], projects)),
    }


def vars_of(one: Project) -> dict[str, Any]:
    """Give what is frozen of a project as plain values."""
    kept = _project(one)
    return {
        "code": kept.code,
        "title": kept.name,
        "cost_pence": kept.cost,
        "least_pence": kept.least,
        "heading": kept.heading,
        "locality": kept.area,
        "not_with": list(kept.incompatible),
    }


def refuse_if_changed(vote: Vote) -> None:
    """Refuse to go on with a vote of which anything differs from what was published when it opened.

    What is compared is what the published file says: a later version of the program may know more of a vote, and the
    partnership may have a new address, without a vote that is open being lost.

    Raises:
        ResultRefused: The file, the hash beside the vote, the audit record and the vote do not all say the same.
    """
    event = AuditEvent.objects.filter(kind=OPENED, subject=f"vote:{vote.pk}").order_by("-number").first()
    file = bytes(vote.frozen or b"")
    hashes = {hashlib.sha256(file).hexdigest(), vote.rules_sha256, event.detail.get("sha256") if event else None}
    if len(hashes) > 1 or not _holds(json.loads(file), _said_now(vote)):
        raise ResultRefused(
            "The rules, the projects or the costs of this vote are not those that were published when it opened, so it "
            "is not counted.",
            "Find out in the audit record and in a backup who changed what. Nothing is published until they are as "
            "they were.",
        )


def _holds(published: dict[str, Any], now: dict[str, Any]) -> bool:
    """Say whether everything that was published is so today."""
    told, projects = published.pop("projects"), now["projects"]
    same = all(now.get(name) == published[name] for name in published.keys() - _NOT_COMPARED)
    pairs = zip(told, projects, strict=False)
    alike = all(one.get(name) == was[name] for was, one in pairs for name in was)
    return same and alike and len(told) == len(projects)
