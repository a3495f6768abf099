"""What people may do with the projects of a vote before it opens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from locality.foundations import Fault, InputRefused, say_pounds
from locality_web.core.models import Locality, Person
from locality_web.voice.models import Opinion
from locality_web.voice.votes.models import Project, Vote
from locality_web.voice.votes.vote_changes import lock_draft, record


@dataclass(frozen=True)
class ProjectSaid:
    """What a project is.

    Args:
        code: Its short name on ballots.
        title: What people call it.
        cost_pence: What it costs.
        says: What it is, in plain words.
        least_pence: The least sum with which it can be done in part; None: only whole.
        heading: The service heading that it belongs to.
        locality: Where it is.
        not_with: Projects that cannot be chosen together with it.
        from_opinions: Views that it came from.
    """

    code: str
    title: str
    cost_pence: int
    says: str = ""
    least_pence: int | None = None
    heading: str = ""
    locality: Locality | None = None
    not_with: Sequence[Project] = ()
    from_opinions: Sequence[Opinion] = ()


@transaction.atomic
def add_project(by: Person, vote: Vote, said: ProjectSaid) -> Project:
    """Add a project to a vote.

    Raises:
        NotAllowed: The person may not.
        InputRefused: Its code is taken, or its costs cannot be.
        ResultRefused: The vote has opened.
    """
    kept = lock_draft(by, vote)
    _refuse(kept, said, None)
    made = _write(Project(vote=kept), said)
    _done(by, kept, "voice.project_added", f"Added the project {said.code} for {say_pounds(said.cost_pence)}", said)
    return made


@transaction.atomic
def change_project(by: Person, project: Project, said: ProjectSaid) -> Project:
    """Write a project anew.

    Raises:
        NotAllowed: The person may not.
        InputRefused: Its code is taken, or its costs cannot be.
        ResultRefused: The vote has opened.
    """
    kept = lock_draft(by, project.vote)
    _refuse(kept, said, project)
    changed = _write(project, said)
    _done(by, kept, "voice.project_changed", f"Changed the project {said.code} of “{kept.title}”", said)
    return changed


@transaction.atomic
def remove_project(by: Person, project: Project) -> None:
    """Take a project out of a vote that has not opened.

    Raises:
        NotAllowed: The person may not.
        ResultRefused: The vote has opened.
    """
    kept = lock_draft(by, project.vote)
    code = project.code
    project.delete()
    _done(by, kept, "voice.project_removed", f"Took the project {code} out of “{kept.title}”")


def _refuse(vote: Vote, said: ProjectSaid, itself: Project | None) -> None:
    faults = []
    others = vote.projects.exclude(pk=itself.pk) if itself else vote.projects.all()
    if others.filter(code__iexact=said.code).exists():
        what = f"The code {said.code} is that of another project"
        faults.append(Fault("project", what, "Choose another one.", "vote-project-code", column="code"))
    if said.cost_pence > vote.sum_pence:
        what = f"The project costs more than the whole sum, {say_pounds(vote.sum_pence)}"
        faults.append(Fault("project", what, "Lower its cost, or leave it out.", "vote-project-cost", column="cost"))
    if said.least_pence is not None and not 0 < said.least_pence < said.cost_pence:
        what = "The least sum is not below the cost"
        do = "Write a sum above nought and below the cost, or leave it empty."
        faults.append(Fault("project", what, do, "vote-project-least", column="least"))
    if faults:
        raise InputRefused(faults)


def _write(project: Project, said: ProjectSaid) -> Project:
    for name in ("code", "title", "cost_pence", "says", "least_pence", "heading", "locality"):
        setattr(project, name, getattr(said, name))
    project.save()
    project.not_with.set(said.not_with)
    project.from_opinions.set(said.from_opinions)
    return project


def _done(by: Person, vote: Vote, kind: str, says: str, said: ProjectSaid | None = None) -> None:
    """A lot that was drawn among other projects is void."""
    vote.rules["lot"] = []
    vote.save(update_fields=["rules"])
    record(by, vote, kind, says, {"code": said.code, "cost_pence": said.cost_pence} if said else None)
